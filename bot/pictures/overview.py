"""All 65,536 ports: what a picture of them says in words."""

from gettext import NullTranslations

from bot.pictures import words
from bot.pictures.marks import Mark, tally
from knowledge.phrasebook import counted


def ring(statuses: bytes, number: int, phrases: NullTranslations) -> str:
    """Return which port is marked, and its status, as a sentence."""
    status = phrases.gettext(words.STATUSES[Mark(chr(statuses[number]))])
    return phrases.gettext(words.RING).format(number=number, status=status)


def describe(statuses: bytes, phrases: NullTranslations, asked: int | None = None) -> str:
    """Return in words what the picture shows.

    Args:
        statuses: a letter for each port, as KnowledgeBase.statuses.
        phrases: the catalogue of the language.
        asked: the port that is marked.
    """
    told = [
        phrases.gettext(words.ALL_ALT).format(count=counted(len(statuses), phrases)),
        words.counts_sentence(tally(statuses), phrases),
    ]
    if asked is not None:
        told.append(ring(statuses, asked, phrases))
    return " ".join(told)
