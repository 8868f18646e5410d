"""An answer becomes the components of a Discord message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import discord
from discord import ui

from bot.cards import layout, words
from bot.cards.custom_ids import Kind, Recall, recall_of
from bot.cards.guard import ROW_BUTTONS, Card, fit, shorten
from bot.cards.items import AskButton, FaqButton, PortButton, SystemMenu
from bot.cards.markdown import code, link, plain, visible
from knowledge.model import (
    Alternative,
    Answer,
    Intent,
    Source,
    System,
    status_word,
)

ALTERNATIVE_LABEL = 38  # more characters than these are cut on a phone
SOURCE_TITLE = 70  # characters
MOST_SOURCES = 8
_COLOURS = {
    "assigned": discord.Colour(0x2D7DD2),
    "reserved": discord.Colour(0xC98A1B),
    "unassigned": discord.Colour(0x7A8288),
    "dynamic": discord.Colour(0x7C5CBF),
}
_CONCEPT = discord.Colour(0x2A9D8F)
_UNSURE = discord.Colour(0x99AAB5)

Row = ui.ActionRow[Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a card is made.

    Attributes:
        asker: the user for whom the card changes when something on it is pressed.
        language: BCP-47 tag of the language the reader is answered in.
        system: whose commands to show; None shows those of the system in the answer, or Linux's.
        alone: the question said all by itself, without what was said before it.
        faq_titles: the question of each FAQ slug, for the labels of buttons.
    """

    asker: int
    language: str = "en"
    system: System | None = None
    alone: bool = True
    faq_titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def render(answer: Answer, reader: Reader) -> Card:
    """Return the card that shows an answer, within Discord's limits."""
    summary, points = layout.told(answer)
    head = [f"### {plain(answer.title)}"]
    head += [f"-# {line}" for line in layout.status_lines(answer)]
    head.append(plain(summary))
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(head).rstrip())]
    lines: list[str] = []
    for kind, texts in layout.headed(points).items():
        lines.append(f"**{words.HEADINGS[kind]}**")
        lines += [f"- {plain(text)}" for text in texts]
    parts.append(ui.TextDisplay("\n".join(lines)))
    parts += _commands(answer, reader)
    parts += _alternatives(answer.alternatives, reader)
    parts += _leads(answer, reader)
    if answer.sources:
        parts.append(ui.TextDisplay(f"-# {words.SOURCES}: {_links(answer.sources)}"))
    return fit([ui.Container(*parts, accent_colour=_colour(answer))])


def _commands(answer: Answer, reader: Reader) -> Iterator[ui.Item[Any]]:
    system = layout.shown_system(answer, reader.system)
    if system is None:
        return
    lines = [f"**{words.COMMANDS_ON.format(system=words.SYSTEMS[system])}**"]
    for block, cautions in layout.blocks(answer, system):
        lines.append(code(block, "powershell" if system is System.WINDOWS else "sh"))
        lines += [f"-# {words.CAREFUL} {plain(caution)}" for caution in cautions]
    yield ui.TextDisplay("\n".join(lines))
    choices = layout.systems(answer)
    recalled = recall_of(answer, reader.asker, reader.language, alone=reader.alone)
    if recalled is not None and len(choices) > 1:
        yield Row(SystemMenu(recalled, choices, system))


def _alternatives(alternatives: Sequence[Alternative], reader: Reader) -> Iterator[ui.Item[Any]]:
    buttons: list[ui.Item[Any]] = []
    for alternative in alternatives:
        recalled = Recall(
            Kind.ASK, reader.asker, reader.language, " ".join(alternative.ask.split())
        )
        if recalled.fits and len(buttons) < ROW_BUTTONS:
            buttons.append(
                AskButton(recalled, shorten(visible(alternative.title), ALTERNATIVE_LABEL))
            )
    if buttons:
        yield ui.TextDisplay(f"**{words.DID_YOU_MEAN}**")
        yield Row(*buttons)


def _leads(answer: Answer, reader: Reader) -> Iterator[ui.Item[Any]]:
    """Yield the row of buttons that lead to neighbours, related ports and FAQ entries."""
    if answer.entry is not None:
        buttons: list[ui.Item[Any]] = [
            FaqButton(
                Recall(Kind.FAQ, reader.asker, reader.language, slug),
                shorten(reader.faq_titles[slug], ALTERNATIVE_LABEL),
            )
            for slug in answer.entry.related
            if slug in reader.faq_titles
        ]
    else:
        buttons = [
            PortButton(Recall(Kind.PORT, reader.asker, reader.language, str(number)), label)
            for number, label in _ports_to_show(answer).items()
        ]
    if buttons:
        yield Row(*buttons[:ROW_BUTTONS])


def _ports_to_show(answer: Answer) -> Mapping[int, str]:
    """Return labels by port number: the neighbours of the one port, or each of several."""
    labels: dict[int, str] = {}
    if len(answer.facts) == 1:
        facts = answer.facts[0]
        if facts.previous is not None:
            labels[facts.previous] = words.PREVIOUS_PORT.format(number=facts.previous)
        if facts.next is not None:
            labels[facts.next] = words.NEXT_PORT.format(number=facts.next)
    for number in layout.related(answer) if labels else answer.ports:
        labels.setdefault(number, words.PORT.format(number=number))
    return labels


def _links(sources: Sequence[Source]) -> str:
    """Return links to the sources, shortened: where there are many, the rest is counted."""
    links = [link(shorten(each.title, SOURCE_TITLE), each.url) for each in sources[:MOST_SOURCES]]
    rest = len(sources) - len(links)
    return " · ".join(links) + (words.MORE_SOURCES.format(count=rest) if rest else "")


def _colour(answer: Answer) -> discord.Colour:
    """Return a colour for what the words say as well."""
    if answer.intent is Intent.NONE:
        return _UNSURE
    if answer.faq is not None or not answer.facts:
        return _CONCEPT
    found = {status_word(status) for status in answer.facts[0].states.values()}
    return next(colour for word, colour in _COLOURS.items() if word in found)
