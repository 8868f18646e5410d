"""An answer as text for a terminal: readable at 80 columns, with colour or without."""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import NullTranslations

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from bot.cards import layout, words
from bot.cards.markdown import visible
from knowledge.model import Answer, PointKind, System
from knowledge.phrasebook import ENGLISH

WIDEST = 100  # longer lines are hard to read, however wide the terminal is
_STYLES = {
    PointKind.OFFICIAL: "bold blue",
    PointKind.PRACTICE: "bold green",
    PointKind.DISPUTED: "bold magenta",
    PointKind.RISK: "bold yellow",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, and how to print it.

    Attributes:
        style: of rich; nothing is told by it alone.
        bullet: stands before the first line; what follows is indented as far.
        whole: never broken, so that it can be copied.
    """

    text: str = ""
    style: str = ""
    bullet: str = ""
    whole: bool = False


def print_answer(
    answer: Answer,
    console: Console,
    system: System | None = None,
    *,
    phrases: NullTranslations = ENGLISH,
    full: bool = False,
) -> None:
    """Print an answer: wrapped on a terminal, a paragraph a line into a pipe.

    Args:
        answer: what to tell.
        console: where to.
        system: whose commands to show where the question names none: the reader's own.
        phrases: the catalogue of the language to tell it in.
        full: the whole article or FAQ entry as well.
    """
    for line in _lines(answer, system, phrases):
        _print(line, console)
    if full:
        for markdown in _pages(answer):
            console.print()
            if console.is_terminal:
                console.print(Markdown(markdown), width=min(console.width, WIDEST))
            else:
                console.print(Text(markdown), soft_wrap=True)


def _print(line: Line, console: Console) -> None:
    text = Text(line.text, style=line.style)
    if line.whole or not console.is_terminal:
        console.print(Text(line.bullet) + text, soft_wrap=True)
        return
    width = min(console.width, WIDEST) - len(line.bullet)
    for index, row in enumerate(text.wrap(console, max(20, width)) or [text]):
        row.rstrip()
        start = line.bullet if index == 0 else " " * len(line.bullet)
        console.print(Text(start) + row, soft_wrap=True)


def _lines(answer: Answer, system: System | None, phrases: NullTranslations) -> Iterator[Line]:
    tell = phrases.gettext
    summary, points = layout.told(answer)
    offering = layout.only_offers(answer)  # then what else can be asked comes last
    yield Line(visible(layout.title(answer, phrases)), "bold")
    for status in layout.status_lines(answer, phrases):
        yield Line(status)
    if summary and not offering:
        yield Line()
        yield Line(visible(summary))
    for kind, texts in layout.headed(points, phrases).items():
        yield from _section(
            words.HEADINGS[kind] and tell(words.HEADINGS[kind]), texts, _STYLES.get(kind, "bold")
        )
    yield from _commands(answer, system, phrases)
    yield from _section(
        layout.alternatives_heading(answer, phrases),
        tuple(f"{each.title} (ask: {each.ask})" for each in answer.alternatives),
    )
    if offering:
        yield Line()
        yield Line(visible(summary))
    related = layout.related(answer)
    if related:
        numbers = ", ".join(str(number) for number in related)
        yield from _section(tell(words.RELATED_PORTS), (numbers,))
    yield from _section(
        tell(words.SOURCES),
        tuple(f"{source.title} {source.url}".strip() for source in answer.sources),
    )


def _section(heading: str, texts: tuple[str, ...], style: str = "bold") -> Iterator[Line]:
    """Yield a heading and a list; nothing where the list is empty."""
    if texts:
        yield Line()
    if texts and heading:
        yield Line(heading, style)
    for text in texts:
        yield Line(visible(text), bullet="  - ")


def _commands(answer: Answer, system: System | None, phrases: NullTranslations) -> Iterator[Line]:
    shown = layout.shown_system(answer, answer.system or system)
    if shown is None:
        return
    yield Line()
    yield Line(phrases.gettext(words.COMMANDS_ON).format(system=words.SYSTEMS[shown]), "bold")
    for lines, cautions in layout.blocks(answer, shown, phrases):
        for line in lines:
            yield Line(line, "dim" if line.startswith("#") else "", "  ", whole=True)
        for caution in cautions:
            yield Line(f"{phrases.gettext(words.CAREFUL)} {caution}", "yellow", "    ")
    others = [each for each in layout.systems(answer) if each is not shown]
    if others:
        told = phrases.gettext(words.OTHER_SYSTEMS)
        yield Line(told.format(systems=words.joined_systems(others, phrases)), bullet="  ")


def _pages(answer: Answer) -> Iterator[str]:
    """Yield the whole of what is written about the subject, as Markdown."""
    if answer.entry is not None and answer.entry.details:
        yield answer.entry.details.strip()
    for facts in answer.facts if answer.entry is None else ():
        if facts.article is None:
            continue
        for section in facts.article.sections:
            yield f"## {section.heading}\n\n{section.text.strip()}"
        for faq in facts.article.faqs:
            yield f"### {faq.question}\n\n{faq.answer.strip()}"
