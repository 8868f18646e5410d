"""What a message is made of, as plain values: rendering returns them, the guard counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from bot.cards import words

Payload = dict[str, Any]

# Component types of Discord's component reference.
_ROW, _BUTTON, _MENU, _TEXT, _RULE, _CONTAINER = 1, 2, 3, 10, 14, 17
_SECONDARY, _LINK = 2, 5  # styles of buttons


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, one line or many."""

    content: str


@dataclass(frozen=True, slots=True)
class Button:
    """Does what its custom id says.

    Attributes:
        emoji: a Unicode emoji before the label; "" is none.
    """

    label: str
    custom_id: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons beside each other."""

    buttons: tuple[Button | Link, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a menu; `chosen` is shown as the current one."""

    label: str
    value: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A select with one choice, in a row of its own."""

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the card."""


Part = Text | Row | Menu | Rule


@dataclass(frozen=True, slots=True)
class Card:
    """A message: parts in a container with an accent colour, top to bottom.

    Attributes:
        cut: what is said where the texts are too long for one message.
    """

    parts: tuple[Part, ...]
    colour: int | None = None
    cut: str = words.CUT


def components(card: Card) -> list[Payload]:
    """Return the card as Discord wants to have it."""
    parts = [_component(part) for part in card.parts]
    return [{"type": _CONTAINER, "accent_color": card.colour, "components": parts}]


def count(card: Card) -> int:
    """Return the number of components, nested ones included."""
    return 1 + sum(_size(part) for part in card.parts)


def custom_ids(card: Card) -> Iterator[str]:
    """Yield the custom ids on a card, in their order."""
    for part in card.parts:
        match part:
            case Row(buttons):
                yield from (each.custom_id for each in buttons if isinstance(each, Button))
            case Menu(custom_id):
                yield custom_id
            case Text() | Rule():
                pass


def _size(part: Part) -> int:
    match part:
        case Row(buttons):
            return 1 + len(buttons)
        case Menu():
            return 2
        case Text() | Rule():
            return 1
        case _:
            assert_never(part)


def _component(part: Part) -> Payload:
    match part:
        case Text(content):
            return {"type": _TEXT, "content": content}
        case Row(buttons):
            return {"type": _ROW, "components": [_button(button) for button in buttons]}
        case Menu(custom_id, placeholder, options):
            menu = {
                "type": _MENU,
                "custom_id": custom_id,
                "placeholder": placeholder,
                "options": [
                    {"label": option.label, "value": option.value, "default": option.chosen}
                    for option in options
                ],
            }
            return {"type": _ROW, "components": [menu]}
        case Rule():
            return {"type": _RULE}
        case _:
            assert_never(part)


def _button(button: Button | Link) -> Payload:
    match button:
        case Button(label, custom_id, emoji):
            payload: Payload = {
                "type": _BUTTON,
                "style": _SECONDARY,
                "label": label,
                "custom_id": custom_id,
            }
            return payload | {"emoji": {"name": emoji}} if emoji else payload
        case Link(label, url):
            return {"type": _BUTTON, "style": _LINK, "label": label, "url": url}
        case _:
            assert_never(button)
