"""The cards that show a picture: the ports around one, and all of them."""

from collections.abc import Iterable
from gettext import NullTranslations

from bot.cards.markdown import link
from bot.cards.parts import Card, Gallery, Picture, Text
from bot.cards.words import SOURCES
from bot.pictures import overview, surroundings, words
from bot.pictures.marks import tally
from bot.pictures.surroundings import Surroundings
from knowledge.compose import REGISTRY
from knowledge.model import PortRange, Source
from knowledge.phrasebook import counted

COLOUR = 0x56B4E9  # of what is assigned on the pictures
_MOST_SOURCES = 4


def neighbourhood_card(
    view: Surroundings, png: bytes | None, registry_date: str, phrases: NullTranslations
) -> Card:
    """Return the card of the 64 ports around one.

    Args:
        view: the ports.
        png: their picture, as Atlas.around draws it; None where no file may be sent.
        registry_date: YYYY-MM-DD.
        phrases: the catalogue of the reader's language.
    """
    tell = phrases.gettext
    alt = surroundings.describe(view, phrases)
    key = [" · ".join(words.lettered(view.tally, phrases))]
    if any(cell.in_practice for cell in view.cells):
        key.append(f"● {tell(words.IN_PRACTICE)}")
    return _card(
        tell(words.AROUND_TITLE).format(number=view.asked),
        Picture(f"ports-around-{view.asked}.png", alt, png) if png is not None else alt,
        "\n".join(key),
        _sources(registry_date, view.sources, phrases),
        phrases,
    )


def overview_card(
    statuses: bytes,
    asked: int | None,
    png: bytes | None,
    registry_date: str,
    phrases: NullTranslations,
) -> Card:
    """Return the card of all ports.

    Args:
        statuses: a letter for each port, as KnowledgeBase.statuses.
        asked: the port that the picture marks.
        png: the picture, as Atlas.all draws it; None where no file may be sent.
        registry_date: YYYY-MM-DD.
        phrases: the catalogue of the reader's language.
    """
    tell = phrases.gettext
    title = tell(words.ALL_TITLE).format(count=counted(len(statuses), phrases))
    lines = []
    if asked is not None and png is not None:
        lines.append(overview.ring(statuses, asked, phrases))
    lines.append(" · ".join(words.lettered(tally(statuses), phrases)))
    for span in PortRange:
        first, last = span.bounds
        told = " · ".join(words.counts(tally(statuses[first : last + 1]), phrases))
        lines.append(f"**{tell(words.RANGES[span])}** {first}-{last}\n-# {told}")
    name = f"ports-{asked}.png" if asked is not None else "ports.png"
    alt = overview.describe(statuses, phrases, asked)
    return _card(
        title,
        Picture(name, alt, png) if png is not None else "",
        "\n".join(lines),
        _sources(registry_date, (), phrases),
        phrases,
    )


def _card(
    title: str, picture: Picture | str, text: str, sources: str, phrases: NullTranslations
) -> Card:
    """Return a card with a picture, or with what it would have shown in words."""
    if isinstance(picture, Picture):
        shown: Gallery | Text = Gallery((picture,))
    else:
        shown = Text("\n".join((f"-# {phrases.gettext(words.NO_FILES)}", picture)).strip())
    return Card((Text(f"### {title}"), shown, Text(text), Text(sources)), COLOUR)


def _sources(registry_date: str, others: Iterable[Source], phrases: NullTranslations) -> str:
    tell = phrases.gettext
    found = list(others)
    date = tell(words.REGISTRY_OF).format(date=registry_date)
    links = [f"{link(REGISTRY.title, REGISTRY.url)} ({date})"]
    links += [link(source.title, source.url) for source in found[:_MOST_SOURCES]]
    rest = len(found) - _MOST_SOURCES
    if rest > 0:
        more = phrases.ngettext("and {count} more", "and {count} more", rest)
        links.append(more.format(count=counted(rest, phrases)))
    return f"-# {tell(SOURCES)}: {' · '.join(links)}"
