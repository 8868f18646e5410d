"""The one gate that every outgoing message passes: it counts as Discord does, and cuts to fit.

Limits without a source of their own are those of Discord's component reference.
"""

from collections.abc import Iterable
from dataclasses import replace

from discord import app_commands

from bot.cards.markdown import cut
from bot.cards.parts import Button, Card, Link, Menu, Option, Part, Row, Rule, Text, count

COMPONENTS = 40  # of one message, nested ones included
TEXT = 4000  # characters of all text displays together
TEXT_BUDGET = 3900  # what we use of them: a margin, for Discord counts after its own trimming
CONTENT = 2000  # characters of a message without components
ROW_BUTTONS = 5
OPTIONS = 25
OPTION_TEXT = 100  # label and value of an option, each
PLACEHOLDER = 150
CUSTOM_ID = 100
LABEL = 80
URL = 512
CHOICES = 25
CHOICE_TEXT = 100  # name and value of an autocomplete choice, each
_MINIMUM = 200  # a text is not cut below this while another one is longer


def fit(card: Card) -> Card:
    """Return the card, cut to Discord's limits where it exceeds them.

    What cannot be shown at all (a button without a label, a second component of the same id, an
    id or address that is too long) is left out.
    """
    seen: set[str] = set()
    fitting = (_fit_part(part, seen) for part in card.parts)
    parts = [part for part in fitting if part is not None]
    while count(Card(tuple(parts))) > COMPONENTS:
        _drop_last(parts)
    surplus = sum(len(part.content) for part in parts if isinstance(part, Text)) - TEXT_BUDGET
    if surplus > 0:
        parts = _cut_texts(parts, f"\n-# {card.cut}")
    return replace(card, parts=tuple(parts))


def fit_content(text: str) -> str:
    """Return a text that may be the content of a message without components."""
    return cut(text.strip(), CONTENT)


def fit_choices(choices: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Return autocomplete choices of (name, value); a value that is too long is left out."""
    fitting: dict[str, str] = {}
    for name, value in choices:
        if name.strip() and 0 < len(value) <= CHOICE_TEXT:
            fitting.setdefault(value, shorten(name.strip(), CHOICE_TEXT))
        if len(fitting) == CHOICES:
            break
    return [app_commands.Choice(name=name, value=value) for value, name in fitting.items()]


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning and "…", in at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def id_length(custom_id: str) -> int:
    """Return the length of a custom id, in UTF-16 units: the greater of what may be counted."""
    return len(custom_id) if custom_id.isascii() else len(custom_id.encode("utf-16-le")) // 2


def _fit_part(part: Part, seen: set[str]) -> Part | None:
    """Return a part that fits by itself; None where nothing of it can be shown.

    Args:
        part: as it was made.
        seen: the custom ids before it; its own are added.
    """
    match part:
        case Text(content):
            return part if content and not content.isspace() else None
        case Row(buttons):
            shown = [_fit_button(button) for button in buttons if _may_show(button, seen)]
            return Row(tuple(shown[:ROW_BUTTONS])) if shown else None
        case Menu(custom_id, placeholder, options):
            fitting = _fit_options(options)
            if not fitting or not _is_new(custom_id, seen):
                return None
            return Menu(custom_id, shorten(placeholder, PLACEHOLDER), fitting)
        case Rule():
            return part


def _may_show(button: Button | Link, seen: set[str]) -> bool:
    if not button.label or button.label.isspace():
        return False
    if isinstance(button, Link):
        return len(button.url) <= URL
    return _is_new(button.custom_id, seen)


def _fit_button(button: Button | Link) -> Button | Link:
    if len(button.label) <= LABEL:
        return button
    return replace(button, label=shorten(button.label, LABEL))


def _is_new(custom_id: str, seen: set[str]) -> bool:
    """Return whether a component may bear this id, beside those seen; remember it if so."""
    if not 0 < id_length(custom_id) <= CUSTOM_ID or custom_id in seen:
        return False
    seen.add(custom_id)
    return True


def _fit_options(options: Iterable[Option]) -> tuple[Option, ...]:
    fitting: dict[str, Option] = {}
    for option in options:
        if not option.label.strip() or not 0 < len(option.value) <= OPTION_TEXT:
            continue
        label = shorten(option.label, OPTION_TEXT)
        fitting.setdefault(option.value, Option(label, option.value, option.chosen))
    return tuple(fitting.values())[:OPTIONS]


def _drop_last(parts: list[Part]) -> None:
    """Leave out the last button, or the last part that has none."""
    last = parts.pop()
    if isinstance(last, Row) and len(last.buttons) > 1:
        parts.append(Row(last.buttons[:-1]))


def _cut_texts(parts: list[Part], note: str) -> list[Part]:
    """Return the parts with the longest texts cut, so that all together are within the budget."""
    texts = {at: part.content for at, part in enumerate(parts) if isinstance(part, Text)}
    floor = min(_MINIMUM, TEXT_BUDGET // len(texts))
    while (surplus := sum(map(len, texts.values())) - TEXT_BUDGET) > 0:
        longest = max(texts, key=lambda at: len(texts[at]))
        content = texts[longest]
        room = max(floor, len(content) - surplus)
        shorter = cut(content, room, note)
        texts[longest] = shorter if len(shorter) < len(content) else content[:room]
    return [Text(texts[at]) if at in texts else part for at, part in enumerate(parts)]
