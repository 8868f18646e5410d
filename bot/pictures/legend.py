"""What all pictures share: their colours, the words in them, and the legend that explains both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from math import ceil

from bot.pictures import words
from bot.pictures.canvas import Canvas, Colour, Place, covers, width
from bot.pictures.marks import Mark
from knowledge.phrasebook import ENGLISH, counted

UNIT = 3  # pixels; pictures are three times as large as they are meant to be seen on a phone
GROUND: Colour = (20, 26, 34)  # of its own, so that it looks the same on dark and on light
WHITE: Colour = (255, 255, 255)
SOFT: Colour = (174, 185, 199)
_DARK: Colour = (16, 20, 27)
# Told apart by lightness as well as by hue, after Okabe and Ito's colours for all kinds of sight.
FILLS: dict[Mark, Colour] = {
    Mark.ASSIGNED: (86, 180, 233),
    Mark.RESERVED: (240, 173, 40),
    Mark.UNASSIGNED: (52, 62, 77),
    Mark.DYNAMIC: (116, 86, 176),
}
INKS: dict[Mark, Colour] = {
    Mark.ASSIGNED: _DARK,
    Mark.RESERVED: _DARK,
    Mark.UNASSIGNED: WHITE,
    Mark.DYNAMIC: WHITE,
}
_TEXT = 12 * UNIT
_CHIP = 17 * UNIT
_ROW = 24 * UNIT
_GAP = 8 * UNIT  # at least, between columns
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})  # between thousands in many languages


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a legend: a chip with a letter, or a dot (None), and what it stands for."""

    mark: Mark | None
    text: str


@lru_cache(maxsize=64)
def drawable(phrases: NullTranslations) -> NullTranslations:
    """Return the catalogue if the font can show all words that pictures hold, else English."""
    held = (
        *words.STATUSES.values(), *words.RANGES.values(), words.IN_PRACTICE, words.ALL,
        words.PORT,
    )  # fmt: skip
    shown = [phrases.gettext(text) for text in held]
    return phrases if all(map(covers, shown)) else ENGLISH


def amount(number: int, phrases: NullTranslations) -> str:
    """Return how many, as the language writes it and the font can show it."""
    text = counted(number, phrases).translate(_SPACES)
    return text if covers(text) else counted(number, ENGLISH)


def chip(canvas: Canvas, place: Place, mark: Mark, side: int = _CHIP) -> None:
    """Draw a letter on its colour; `place` is the top left corner."""
    left, top = place
    canvas.fill((left, top, left + side, top + side), FILLS[mark], side // 4)
    size = side * 3 // 4
    centre = left + side // 2, top + side // 2 + round(size * 0.36)
    canvas.text(centre, mark, size, INKS[mark], FILLS[mark], anchor="ms", bold=True)


def dot(canvas: Canvas, centre: Place, ink: Colour) -> None:
    """Draw what says that a port is in use without being assigned."""
    canvas.disc(centre, 5 * UNIT // 2, ink)


def height(items: Sequence[Item], room: int) -> int:
    """Return how high a legend is that is `room` wide, in pixels."""
    return _ROW * ceil(len(items) / len(_columns(items, room)))


def draw(canvas: Canvas, place: Place, items: Sequence[Item], room: int) -> None:
    """Draw a legend in as few rows as it needs; `place` is the top left corner."""
    columns = _columns(items, room)
    for index, item in enumerate(items):
        row, column = divmod(index, len(columns))
        left, top = place[0] + columns[column], place[1] + row * _ROW
        if item.mark is None:
            dot(canvas, (left + _CHIP // 2, top + _CHIP // 2), WHITE)
        else:
            chip(canvas, (left, top), item.mark)
        base = left + _CHIP + 6 * UNIT, top + _CHIP // 2 + round(_TEXT * 0.36)
        canvas.text(base, item.text, _TEXT, WHITE, GROUND)


def _columns(items: Sequence[Item], room: int) -> list[int]:
    """Return where the columns begin that hold the items row by row: as many as fit.

    In more than one row they are spread evenly, so that they stand below each other.
    """
    for rows in range(1, len(items) + 1):
        count = ceil(len(items) / rows)
        widths = [max(map(_width, items[at::count])) for at in range(count)]
        free = room - sum(widths)
        if free >= _GAP * (count - 1) or count == 1:
            gap = min(free // max(1, count - 1), 2 * _GAP)
            return [sum(widths[:at]) + gap * at for at in range(count)]
    raise ValueError("a legend needs an item")


def _width(item: Item) -> int:
    return _CHIP + 6 * UNIT + width(item.text, _TEXT)
