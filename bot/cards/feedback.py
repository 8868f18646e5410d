"""The three faces under an answer, what they say to who presses one, and their sums."""

from collections.abc import Callable
from functools import lru_cache
from gettext import NullTranslations

from bot.cards import words
from bot.cards.custom_ids import NOBODY, Kind, Recall
from bot.cards.markdown import plain
from bot.cards.parts import Button, Card, Row, Text
from knowledge.phrasebook import _, counted
from knowledge.team.model import Summary, Tally, Vote

QUESTION = _("Was this helpful?")
FACES = {Vote.NO: "😔", Vote.PARTLY: "🤨", Vote.YES: "😃"}
WORDS = {
    # Translators: a button, under "Was this helpful?".
    Vote.NO: _("No"),
    # Translators: a button, under "Was this helpful?".
    Vote.PARTLY: _("Partly"),
    # Translators: a button, under "Was this helpful?".
    Vote.YES: _("Yes"),
}
THANKS = {
    Vote.NO: _(
        "Thank you for saying so. Try it in other words, or name the port and your system. "
        "/help shows what I understand."
    ),
    Vote.PARTLY: _(
        "Thank you! Tell me more: the port, the protocol or your system. "
        "/help shows what I understand."
    ),
    Vote.YES: _("Thank you! I am glad that it helped."),
}
CHANGEABLE = _("Press another face to change your vote. I keep it without your name: /privacy")
TITLE = _("How helpful my answers were here")
NO_VOTES = _(
    "Nobody here has voted in the last {days} days. Under each answer are three faces to press."
)
# Translators: heading of a list of answers.
MOST_HELPFUL = _("Most helpful")
# Translators: heading of a list of answers.
LEAST_HELPFUL = _("Least helpful")
NAMELESS = _("Votes are counted without names.")
# Translators: {numbers} is a list or a range of ports.
PORTS = _("Ports {numbers}")
NOTHING_FOUND = _("Questions that I could not answer")
OTHERS = _("Other answers")
SHOWN = 5  # answers in each of the two lists


@lru_cache(maxsize=512)
def feedback_row(answer_key: str, language: str, phrases: NullTranslations) -> Row:
    """Return the faces, to be shown under the line `QUESTION`.

    The question stands above them once, so that each button needs no more than a short word and
    all three fit beside each other on a phone.

    Args:
        answer_key: of the answer on the card, as `knowledge.team.model.answer_key` gives it.
        language: the card's, as custom ids hold it.
        phrases: the card's.
    """
    return Row(
        tuple(
            Button(
                phrases.gettext(WORDS[vote]),
                Recall(Kind.VOTE, NOBODY, language, f"{vote.value}:{answer_key}").custom_id,
                FACES[vote],
            )
            for vote in Vote
        )
    )


def thanks(vote: Vote, phrases: NullTranslations) -> str:
    """Return what to say to who has voted: thanks, and what else may help."""
    return f"{words.told(THANKS[vote], phrases)}\n-# {words.told(CHANGEABLE, phrases)}"


def summary_card(
    summary: Summary,
    days: int,
    faq_title: Callable[[str], str | None],
    phrases: NullTranslations,
) -> Card:
    """Return what managers see of their server's votes: the sums, the best and the worst answers.

    Args:
        summary: of the server.
        days: that it covers.
        faq_title: the question of a FAQ slug, if there is one.
        phrases: the reader's.
    """
    head = f"### {phrases.gettext(TITLE)}"
    total = summary.total
    if not total.total:
        return Card((Text(f"{head}\n{phrases.gettext(NO_VOTES).format(days=days)}"),))
    count = phrases.ngettext(
        "{count} vote in the last {days} days",
        "{count} votes in the last {days} days",
        total.total,
    ).format(count=counted(total.total, phrases), days=days)
    faces = " · ".join(
        f"{FACES[vote]} {phrases.gettext(WORDS[vote])}: {counted(number, phrases)}"
        for vote, number in _counts(total).items()
    )
    texts = [f"{head}\n{count}\n{faces}"]
    good = (each for each in summary.answers if each[1].mean > Vote.PARTLY)
    best = sorted(good, key=lambda each: (-each[1].mean, -each[1].total))[:SHOWN]
    bad = (each for each in summary.answers if each[1].mean < Vote.PARTLY)
    worst = sorted(bad, key=lambda each: (each[1].mean, -each[1].total))[:SHOWN]
    for heading, answers in ((MOST_HELPFUL, best), (LEAST_HELPFUL, worst)):
        if answers:
            lines = [f"**{phrases.gettext(heading)}**"]
            for key, tally in answers:
                name = plain(_name(key, faq_title, phrases))
                lines.append(f"- {name} · {_short(tally)}")
            texts.append("\n".join(lines))
    texts.append(f"-# {phrases.gettext(NAMELESS)}")
    return Card(tuple(Text(text) for text in texts))


def _counts(tally: Tally) -> dict[Vote, int]:
    return {Vote.NO: tally.no, Vote.PARTLY: tally.partly, Vote.YES: tally.yes}


def _short(tally: Tally) -> str:
    """Return the faces with their numbers, such as "😔 1 · 🤨 0 · 😃 3"."""
    return " · ".join(f"{FACES[vote]} {number}" for vote, number in _counts(tally).items())


def _name(key: str, faq_title: Callable[[str], str | None], phrases: NullTranslations) -> str:
    """Return what an answer's key stands for, in words."""
    kind, _colon, which = key.partition(":")
    match kind:
        case "port":
            return phrases.gettext(words.PORT).format(number=which)
        case "range" | "ports":
            return phrases.gettext(PORTS).format(numbers=which.replace(",", ", "))
        case "faq":
            return faq_title(which) or which
        case "none":
            return phrases.gettext(NOTHING_FOUND)
        case _other:
            return phrases.gettext(OTHERS)
