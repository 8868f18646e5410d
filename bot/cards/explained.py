"""The card that explains several texts at once, and what is said of files that were not read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import NullTranslations

from bot.cards.markdown import plain
from bot.cards.parts import Card, Part, Text
from knowledge.model import Answer, PointKind
from knowledge.phrasebook import _, counted

# Translators: in the place of a file's name.
THE_TEXT = _("The text")
# Translators: {name} is that of a file, or "The text".
NOTHING_THERE = _("{name}: I see nothing about ports in it.")
_SHOWN = {PointKind.RISK: 5, PointKind.DETAIL: 8}  # how many of each text
_COLOUR = 0x2A9D8F


def explained_card(
    answers: Sequence[tuple[str, Answer]], remarks: Sequence[str], phrases: NullTranslations
) -> Card:
    """Return one card for several texts: what is in each, and what deserves attention there.

    Args:
        answers: with the names of their files; "" for a text without one.
        remarks: of files that were not read; as Markdown.
        phrases: the reader's.
    """
    title = phrases.ngettext(
        "Ports in {count} text", "Ports in {count} texts", len(answers)
    ).format(count=counted(len(answers), phrases))
    parts: list[Part] = [Text(f"### {title}")]
    for name, answer in answers:
        heading = f"**{plain(name) if name else phrases.gettext(THE_TEXT)}**"
        parts.append(Text("\n".join((heading, *_lines(answer)))))
    return with_remarks(Card(tuple(parts), _COLOUR), remarks)


def _lines(answer: Answer) -> Iterator[str]:
    # Of a question in words the summary may speak of commands, for which there is no room here.
    told = answer.question.pasted or answer.entry is not None
    yield plain(answer.summary if told else answer.title)
    for kind, most in _SHOWN.items():
        texts = [point.text for point in answer.points if point.kind is kind]
        yield from (f"- {plain(text)}" for text in texts[:most])


def with_remarks(card: Card, remarks: Sequence[str]) -> Card:
    """Return the card with remarks below it, as Markdown."""
    if not remarks:
        return card
    return replace(card, parts=(*card.parts, Text("\n".join(f"-# {each}" for each in remarks))))


def nothing_in(name: str, phrases: NullTranslations) -> str:
    """Return that a text holds nothing about ports, as Markdown."""
    shown = plain(name) if name else phrases.gettext(THE_TEXT)
    return phrases.gettext(NOTHING_THERE).format(name=shown)
