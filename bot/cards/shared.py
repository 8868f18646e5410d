"""A private card as all see it once it is shared."""

from dataclasses import replace

from bot.cards import words
from bot.cards.components import bin_button
from bot.cards.custom_ids import Kind, Recall, read
from bot.cards.parts import Button, Card, Link, Part, Row, Text
from bot.languages import catalogue


def without_share(card: Card) -> Card:
    """Return the card without the button that shares it."""
    return replace(card, parts=tuple(_replaced(part, ()) for part in card.parts))


def shared(card: Card, recalled: Recall) -> Card:
    """Return the card as all see it: it says who shared it, who can delete it as well.

    Args:
        card: the private one.
        recalled: what its button to share remembers.
    """
    phrases = catalogue(recalled.language)
    delete = bin_button(recalled.asker, recalled.language, phrases)
    parts = tuple(_replaced(part, (delete,)) for part in card.parts)
    sharer = phrases.gettext(words.SHARED_BY).format(person=f"<@{recalled.asker}>")
    return replace(card, parts=(*parts, Text(f"-# {sharer}")))


def _replaced(part: Part, instead: tuple[Button, ...]) -> Part:
    """Return a part with other buttons where it has the one that shares."""
    if not isinstance(part, Row):
        return part
    buttons: list[Button | Link] = []
    for button in part.buttons:
        buttons += instead if _shares(button) else (button,)
    return Row(tuple(buttons))


def _shares(button: Button | Link) -> bool:
    recalled = read(button.custom_id) if isinstance(button, Button) else None
    return recalled is not None and recalled.kind is Kind.SHARE
