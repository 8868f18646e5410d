"""The one gate that every outgoing message passes: it counts as Discord does, and cuts to fit.

Limits without a source of their own are those of Discord's component reference.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import discord
from discord import app_commands, ui
from typing_extensions import override

from bot.cards.markdown import cut

COMPONENTS = 40  # of one message, nested ones included
TEXT = 4000  # characters of all text displays together
TEXT_BUDGET = 3900  # what we use of them: a margin, for Discord counts after its own trimming
CONTENT = 2000  # characters of a message without components
ROW_BUTTONS = 5
SECTION_TEXTS = 3
GALLERY_ITEMS = 10
OPTIONS = 25
OPTION_TEXT = 100  # label, value and description of an option, each
PLACEHOLDER = 150
CUSTOM_ID = 100
LABEL = 80
URL = 512
CHOICES = 25
CHOICE_TEXT = 100  # name and value of an autocomplete choice, each
_MINIMUM = 200  # a text display is not cut below this while another one is longer

Item = ui.Item[Any]


class Card(ui.LayoutView):
    """A message's components, within Discord's limits.

    It never listens by itself: what can be pressed on it are dynamic items, whose patterns the
    client knows, so that discord.py need not keep a view in memory for each message.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @override
    def is_finished(self) -> bool:
        """Return True, so that discord.py does not store the view when it is sent."""
        return True


def fit(items: Iterable[Item]) -> Card:
    """Return the top-level items as one message, cut to Discord's limits where they exceed them.

    The items may be changed. What cannot be shown at all (a button without a label, a second
    component of the same id, an id or address that is too long) is left out.
    """
    kept = _pruned(items, seen=set())
    while sum(1 for _ in _walk(kept)) > COMPONENTS:
        _drop_last(kept)
        kept = _pruned(kept, seen=set())
    _cut_texts([item for item in _walk(kept) if isinstance(item, ui.TextDisplay)])
    card = Card()
    for item in kept:
        card.add_item(item)
    return card


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


# ---------------------------------------------------------------- the parts


def _children(item: Item) -> Sequence[Item]:
    match item:
        case ui.Section():
            return [*item.children, item.accessory]
        case ui.Container() | ui.ActionRow():
            return item.children
        case _:
            return ()


def _walk(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _walk(_children(item))


def _pruned(items: Iterable[Item], *, seen: set[str]) -> list[Item]:
    """Return the items that can be shown, with what is in them pruned likewise."""
    return [item for item in items if _prune(item, seen)]


def _prune(item: Item, seen: set[str]) -> bool:
    """Make one item fit; return False if it is to be left out."""
    match item:
        case ui.TextDisplay():
            return bool(item.content.strip())
        case ui.ActionRow():
            _prune_row(item, seen)
            return bool(item.children)
        case ui.Container():
            _keep(item.children, item.remove_item, lambda child: _prune(child, seen))
            return bool(item.children)
        case ui.Section():
            _keep(item.children, item.remove_item, lambda child: _prune(child, seen))
            for surplus in item.children[SECTION_TEXTS:]:
                item.remove_item(surplus)
            return bool(item.children) and _fits_row(item.accessory, seen)
        case ui.MediaGallery():
            item.items = item.items[:GALLERY_ITEMS]
            return bool(item.items)
        case _:
            return True


def _keep(
    children: Sequence[Item], remove: Callable[[Item], object], keep: Callable[[Item], bool]
) -> None:
    for child in children:
        if not keep(child):
            remove(child)


def _prune_row(row: ui.ActionRow[Any], seen: set[str]) -> None:
    _keep(row.children, row.remove_item, lambda child: _fits_row(child, seen))
    for surplus in row.children[ROW_BUTTONS:]:
        row.remove_item(surplus)


def _fits_row(item: Item, seen: set[str]) -> bool:
    """Make a button or a select fit; return False if it is to be left out."""
    inner: Item = item.item if isinstance(item, ui.DynamicItem) else item
    match inner:
        case ui.Button():
            return _fits_button(inner) and _is_new(inner.custom_id, seen)
        case ui.Select():
            inner.options = _options(inner.options)
            inner.placeholder = shorten(inner.placeholder or "", PLACEHOLDER) or None
            return bool(inner.options) and _is_new(inner.custom_id, seen)
        case _:
            return True


def _fits_button(button: ui.Button[Any]) -> bool:
    button.label = shorten(button.label.strip(), LABEL) if button.label else None
    shown = bool(button.label or button.emoji)
    return shown and (button.url is None or len(button.url) <= URL)


def _is_new(custom_id: str | None, seen: set[str]) -> bool:
    """Return whether a component may bear this id, beside those seen; None is for link buttons."""
    if custom_id is None:
        return True
    if not 0 < id_length(custom_id) <= CUSTOM_ID or custom_id in seen:
        return False
    seen.add(custom_id)
    return True


def _options(options: Iterable[discord.SelectOption]) -> list[discord.SelectOption]:
    fitting: dict[str, discord.SelectOption] = {}
    for option in options:
        if not option.label.strip() or not 0 < len(option.value) <= OPTION_TEXT:
            continue
        option.label = shorten(option.label, OPTION_TEXT)
        if option.description:
            option.description = shorten(option.description, OPTION_TEXT)
        fitting.setdefault(option.value, option)
    return list(fitting.values())[:OPTIONS]


def _drop_last(items: list[Item]) -> None:
    """Leave out the last item that is no container, wherever it is."""
    last = items[-1]
    children = _children(last)
    if isinstance(last, ui.Container | ui.ActionRow) and len(children) > 1:
        if isinstance(children[-1], ui.ActionRow) and len(children[-1].children) > 1:
            children[-1].remove_item(children[-1].children[-1])
        else:
            last.remove_item(children[-1])
    else:
        items.pop()


def _cut_texts(texts: Sequence[ui.TextDisplay[Any]]) -> None:
    """Cut the longest texts until all together are within the budget."""
    while (surplus := sum(len(text.content) for text in texts) - TEXT_BUDGET) > 0:
        longest = max(texts, key=lambda text: len(text.content))
        length = len(longest.content)
        floor = min(_MINIMUM, TEXT_BUDGET // len(texts))
        longest.content = cut(longest.content, max(floor, length - surplus))
        if len(longest.content) >= length:
            longest.content = longest.content[: max(1, length - surplus)]
