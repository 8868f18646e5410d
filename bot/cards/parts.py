"""What a message is made of, as plain values: rendering returns them, the guard counts them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, assert_never

from bot.cards import words

Payload = dict[str, Any]

# Component types of Discord's component reference.
_ROW, _BUTTON, _MENU, _TEXT, _GALLERY, _RULE, _CONTAINER = 1, 2, 3, 10, 12, 14, 17
_SECONDARY, _LINK = 2, 5  # styles of buttons


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, one line or many."""

    content: str


class Sight(Enum):
    """On which messages something makes sense."""

    ALL = auto()
    PUBLIC = auto()  # those that all can read
    PRIVATE = auto()  # those that only the asker can read


@dataclass(frozen=True, slots=True)
class Button:
    """Does what its custom id says.

    Attributes:
        emoji: a Unicode emoji before the label; "" is none.
        sight: on which messages it stands; on others it is left out.
    """

    label: str
    custom_id: str
    emoji: str = ""
    sight: Sight = Sight.ALL


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that is shown.

    Attributes:
        name: of the file, such as "ports.png"; letters, digits, "-", "_" and ".".
        alt: what the picture shows, in words.
    """

    name: str
    alt: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures beside each other; they go with the message as files."""

    pictures: tuple[Picture, ...]


Part = Text | Row | Menu | Rule | Gallery


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


def pictures(card: Card) -> Iterator[Picture]:
    """Yield the pictures on a card, in their order."""
    for part in card.parts:
        if isinstance(part, Gallery):
            yield from part.pictures


def seen_as(card: Card, *, private: bool) -> Card:
    """Return the card without what makes no sense on a private message, or on a public one."""
    unseen = Sight.PUBLIC if private else Sight.PRIVATE
    return Card(tuple(_without(part, unseen) for part in card.parts), card.colour, card.cut)


def _without(part: Part, unseen: Sight) -> Part:
    if not isinstance(part, Row) or not any(_is_unseen(each, unseen) for each in part.buttons):
        return part
    return Row(tuple(each for each in part.buttons if not _is_unseen(each, unseen)))


def _is_unseen(button: Button | Link, unseen: Sight) -> bool:
    return isinstance(button, Button) and button.sight is unseen


def card_of(sent: Iterable[Payload]) -> Card:
    """Return the card that a message shows, from its components; what is no part is left out.

    Pictures are left out as well: their files stay with the message.
    """
    container: Payload = next((each for each in sent if each["type"] == _CONTAINER), {})
    parts = (_part(each) for each in container.get("components", ()))
    shown = tuple(part for part in parts if part is not None)
    return Card(shown, container.get("accent_color"))


def _part(component: Payload) -> Part | None:
    match component:
        case {"type": 10, "content": content}:
            return Text(content)
        case {"type": 1, "components": [{"type": 3} as menu]}:
            options = (
                Option(each["label"], each["value"], bool(each.get("default")))
                for each in menu["options"]
            )
            return Menu(menu["custom_id"], menu.get("placeholder") or "", tuple(options))
        case {"type": 1, "components": buttons}:
            return Row(tuple(_pressable(button) for button in buttons))
        case {"type": 14}:
            return Rule()
        case _:
            return None


def _pressable(button: Payload) -> Button | Link:
    label = button.get("label") or ""
    if button.get("url"):
        return Link(label, button["url"])
    return Button(label, button["custom_id"], (button.get("emoji") or {}).get("name") or "")


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
            case Text() | Rule() | Gallery():
                pass


def _size(part: Part) -> int:
    match part:
        case Row(buttons):
            return 1 + len(buttons)
        case Menu():
            return 2
        case Text() | Rule() | Gallery():
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
        case Gallery(shown):
            items = [
                {"media": {"url": f"attachment://{each.name}"}, "description": each.alt}
                for each in shown
            ]
            return {"type": _GALLERY, "items": items}
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
