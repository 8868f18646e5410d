"""The card that tells what the last updates of the registry changed."""

from collections.abc import Sequence
from gettext import NullTranslations

from bot.cards import words
from bot.cards.markdown import link, plain
from bot.cards.parts import Card, Part, Text
from knowledge import changes_told, compose
from knowledge.changes import Update
from knowledge.phrasebook import _

TITLE = _("What changed in the registry")
_COLOUR = 0x2D7DD2


def changes_card(registry_date: str, updates: Sequence[Update], phrases: NullTranslations) -> Card:
    """Return the card of the last updates, the newest first.

    Args:
        registry_date: of the registry that answers come from; "" where it is not known.
        updates: that are recorded, the newest first.
        phrases: the reader's.
    """
    now = changes_told.now(registry_date, updates, phrases)
    parts: list[Part] = [Text(f"### {phrases.gettext(TITLE)}\n{plain(now)}")]
    for told in changes_told.told(updates, phrases):
        lines = "\n".join(f"- {plain(line)}" for line in told.lines)
        parts.append(Text(f"**{plain(told.heading)}**\n{lines}"))
    source = link(compose.REGISTRY.title, compose.REGISTRY.url)
    parts.append(Text(f"-# {phrases.gettext(words.SOURCES)}: {source}"))
    return Card(tuple(parts), _COLOUR)
