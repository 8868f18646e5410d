"""The one gate that every outgoing message passes: it counts as Discord does, and cuts to fit.

Limits without a source of their own are those of Discord's component reference.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from discord import app_commands

from bot.cards.markdown import FENCE, cut, sayable
from bot.cards.parts import (
    Button,
    Card,
    Gallery,
    Link,
    Menu,
    Option,
    Part,
    Picture,
    Row,
    Rule,
    Text,
    count,
    pictures,
)

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
PICTURES = 10  # of one gallery, and files of one message
ALT = 1024
FILE_BYTES = 10 * 1024 * 1024  # of all files of a message, where nothing allows more
NOTHING = "…"  # stands where nothing is left: Discord takes no empty message
_FILE_NAME = re.compile(r"[\w-][\w.-]{0,99}", re.ASCII)
_SCHEMES = ("http://", "https://", "discord://")


def fit(card: Card) -> Card:
    """Return the card, cut to Discord's limits where it exceeds them.

    What cannot be shown at all (a button without a label, a second component of the same id, an
    id or address that is too long, a picture that is too big) is left out.
    """
    seen: set[str] = set()
    parts = [part for each in card.parts if (part := _fit_part(each, seen)) is not None]
    while count(Card(tuple(parts))) > COMPONENTS:
        _drop_last(parts)
    _drop_pictures(parts)
    if sum(len(part.content) for part in parts if isinstance(part, Text)) > TEXT_BUDGET:
        parts = _cut_texts(parts, f"\n-# {sayable(card.cut)[:CHOICE_TEXT]}")
    return Card(tuple(parts) or (Text(NOTHING),), card.colour, card.cut)


def fit_content(text: str) -> str:
    """Return a text that may be the content of a message without components."""
    return cut(_closed(sayable(text).strip()), CONTENT) or NOTHING


def fit_choices(choices: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Return autocomplete choices of (name, value); a value that is too long is left out."""
    fitting: dict[str, str] = {}
    for name, value in choices:
        shown = sayable(name).strip()
        if shown and value.strip() and len(value) <= CHOICE_TEXT and value == sayable(value):
            fitting.setdefault(value, shorten(shown, CHOICE_TEXT))
        if len(fitting) == CHOICES:
            break
    return [app_commands.Choice(name=name, value=value) for value, name in fitting.items()]


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning and "…", in at most `limit` characters.

    It ends between words, unless a word is half as long as all that there is room for.
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    if at > limit // 2 and text[limit - 1] != " ":
        head = head[:at]
    return head.rstrip() + "…"


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
            said = _closed(sayable(content))
            return Text(said) if said.strip() else None
        case Row(buttons):
            fit_buttons = [each for one in buttons if (each := _fit_button(one, seen)) is not None]
            return Row(tuple(fit_buttons[:ROW_BUTTONS])) if fit_buttons else None
        case Menu(custom_id, placeholder, options):
            fitting = _fit_options(options)
            if not fitting or not _is_new(custom_id, seen):
                return None
            return Menu(custom_id, shorten(sayable(placeholder), PLACEHOLDER), fitting)
        case Gallery(shown):
            fit_pictures = tuple(_fit_picture(each) for each in shown if _is_file(each, seen))
            return Gallery(fit_pictures[:PICTURES]) if fit_pictures else None
        case Rule():
            return part


def _closed(text: str) -> str:
    """Return the text with the code block closed that it leaves open."""
    return f"{text}\n{FENCE}" if text.count(FENCE) % 2 else text


def _fit_button(button: Button | Link, seen: set[str]) -> Button | Link | None:
    label = sayable(button.label)
    if not label.strip():
        return None
    if isinstance(button, Link):
        url = button.url
        if len(url) > URL or not url.startswith(_SCHEMES) or url != sayable(url):
            return None
    elif not _is_new(button.custom_id, seen):
        return None
    label = shorten(label, LABEL)
    return button if label == button.label else replace(button, label=label)


def _fit_picture(picture: Picture) -> Picture:
    return replace(picture, alt=shorten(sayable(picture.alt), ALT))


def _is_file(picture: Picture, seen: set[str]) -> bool:
    """Return whether a picture may go with a message, beside the names seen."""
    name = f"attachment://{picture.name}"
    if not _FILE_NAME.fullmatch(picture.name) or not picture.content or name in seen:
        return False
    seen.add(name)
    return True


def _is_new(custom_id: str, seen: set[str]) -> bool:
    """Return whether a component may bear this id, beside those seen; remember it if so."""
    sent = custom_id.strip() if custom_id == sayable(custom_id) else ""
    if not sent or id_length(custom_id) > CUSTOM_ID or custom_id in seen:
        return False
    seen.add(custom_id)
    return True


def _fit_options(options: Iterable[Option]) -> tuple[Option, ...]:
    fitting: dict[str, Option] = {}
    chosen = False  # one choice, so one that is chosen already
    for option in options:
        label, value = sayable(option.label).strip(), option.value
        if not label or not value.strip() or len(value) > OPTION_TEXT or value != sayable(value):
            continue
        if value in fitting or len(fitting) == OPTIONS:
            continue
        fitting[value] = Option(shorten(label, OPTION_TEXT), value, option.chosen and not chosen)
        chosen = chosen or option.chosen
    return tuple(fitting.values())


def _drop_last(parts: list[Part]) -> None:
    """Leave out the last button, or the last part that has none."""
    last = parts.pop()
    if isinstance(last, Row) and len(last.buttons) > 1:
        parts.append(Row(last.buttons[:-1]))


def _drop_pictures(parts: list[Part]) -> None:
    """Leave out the last galleries while there are too many files, or too much in them."""
    while True:
        files = tuple(pictures(Card(tuple(parts))))
        size = sum(len(each.content) for each in files)
        if len(files) <= PICTURES and size <= FILE_BYTES:
            return
        last = max(at for at, part in enumerate(parts) if isinstance(part, Gallery))
        del parts[last]


def _cut_texts(parts: list[Part], note: str) -> list[Part]:
    """Return the parts with the longest texts cut alike, so that all are within the budget.

    The last of those that are cut says so, the others end in "…".
    """
    texts = {at: part.content for at, part in enumerate(parts) if isinstance(part, Text)}
    room = _level([len(text) for text in texts.values()], TEXT_BUDGET - len(note))
    long = [at for at, text in texts.items() if len(text) > room]
    for at in long:
        last = at == long[-1]
        texts[at] = cut(texts[at], room + len(note) if last else room, note if last else "…")
    return [Text(texts[at]) if at in texts else part for at, part in enumerate(parts)]


def _level(lengths: Iterable[int], budget: int) -> int:
    """Return the greatest length that all may keep to be within the budget together."""
    left, rising = budget, sorted(lengths)
    for at, length in enumerate(rising):
        share = left // (len(rising) - at)
        if length > share:
            return share
        left -= length
    return budget
