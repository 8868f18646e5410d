"""Draws all 65,536 ports on a Hilbert curve, a cell a port, coloured by status.

On the curve ports of near numbers are near each other, and every aligned block of 4, 16, 64 ...
16,384 ports is a square: the System Ports the first one of 1,024, the Dynamic Ports a quarter.
"""

from array import array
from collections.abc import Iterable
from functools import cache, lru_cache
from gettext import NullTranslations

from bot.pictures import legend, words
from bot.pictures.canvas import Box, Canvas, Colour, Place, width
from bot.pictures.legend import FILLS, GROUND, SOFT, UNIT, WHITE, Item
from bot.pictures.marks import tally
from knowledge.model import PortRange

ORDER = 8
CELLS = 1 << ORDER  # in a row
CELL = 4  # pixels, as all measures below
SIDE = CELLS * CELL
MARGIN = 11 * UNIT
TOP = 72 * UNIT  # above the map
WIDTH = SIDE + 2 * MARGIN
LANDMARKS = (443, 3389, 8080, 16384, 27017, 32768, 51820)
_COLOURS: dict[int, Colour] = {ord(mark): colour for mark, colour in FILLS.items()}
_LABEL = 12 * UNIT
_RING = 10 * UNIT
_SPOT = 3 * UNIT
_LINE = 3  # one pixel of the cells before a border, two of those behind it


@cache
def curve() -> "array[int]":
    """Return where each port lies: row * 256 + column.

    The curve begins at the top left and ends at the top right.
    """
    points = [(0, 0)]  # column, row
    for order in range(ORDER):
        side = 1 << order
        points = [
            *((y, x) for x, y in points),
            *((x, y + side) for x, y in points),
            *((x + side, y + side) for x, y in points),
            *((2 * side - 1 - y, side - 1 - x) for x, y in points),
        ]
    return array("H", (y * CELLS + x for x, y in points))


def centre(number: int) -> Place:
    """Return the pixel in the middle of a port's cell."""
    row, column = divmod(curve()[number], CELLS)
    return MARGIN + column * CELL + CELL // 2, TOP + row * CELL + CELL // 2


def draw(statuses: bytes, phrases: NullTranslations, asked: int | None = None) -> bytes:
    """Return the map as a PNG.

    Args:
        statuses: a letter for each port, as KnowledgeBase.statuses.
        phrases: the catalogue of the language; English where the font cannot show it.
        asked: a port to mark.
    """
    canvas = _unmarked(statuses, legend.drawable(phrases)).copy()
    taken: list[Box] = []
    if asked is not None:
        _mark(canvas, asked, taken)
    for number in LANDMARKS:
        _landmark(canvas, number, taken)
    return canvas.png()


@lru_cache(maxsize=2)
def _unmarked(statuses: bytes, phrases: NullTranslations) -> Canvas:
    """Return the map with its legend and nothing marked; it is copied and not drawn on."""
    tell = phrases.gettext
    items = [
        Item(mark, f"{tell(words.STATUSES[mark])} {legend.amount(count, phrases)}")
        for mark, count in tally(statuses).items()
    ]
    below = TOP + SIDE + 33 * UNIT
    canvas = Canvas((WIDTH, below + legend.height(items, SIDE) + 5 * UNIT), GROUND)
    title = tell(words.ALL).format(count=legend.amount(len(statuses), phrases))
    canvas.text((MARGIN, 35 * UNIT), title, 26 * UNIT, WHITE, GROUND, bold=True)
    cells = bytearray(len(statuses))
    for place, letter in zip(curve(), statuses, strict=True):
        cells[place] = letter
    canvas.mosaic((MARGIN, TOP), bytes(cells), _COLOURS, CELL)
    _ranges(canvas, phrases)
    legend.draw(canvas, (MARGIN, below), items, SIDE)
    return canvas


def bounds(span: PortRange) -> Box:
    """Return the square that a range fills; that of the User Ports is all of the map."""
    half, eighth = SIDE // 2, SIDE // 8
    match span:
        case PortRange.SYSTEM:
            return MARGIN, TOP, MARGIN + eighth, TOP + eighth
        case PortRange.DYNAMIC:
            return MARGIN + half, TOP, MARGIN + SIDE, TOP + half
        case PortRange.USER:
            return MARGIN, TOP, MARGIN + SIDE, TOP + SIDE


def _ranges(canvas: Canvas, phrases: NullTranslations) -> None:
    """Outline the ranges, such that the middle of every cell still shows, and name them."""
    for span in PortRange:
        left, top, right, bottom = bounds(span)
        canvas.outline((left - 1, top - 1, right + 2, bottom + 2), WHITE, _LINE)
    above, under = TOP - 7 * UNIT, TOP + SIDE + 15 * UNIT
    half = MARGIN + SIDE // 2
    for span, place, room in (
        (PortRange.SYSTEM, (MARGIN, above), SIDE // 2 - 4 * UNIT),
        (PortRange.DYNAMIC, (half, above), SIDE // 2),
        (PortRange.USER, (MARGIN, under), SIDE),
    ):
        name, (first, last) = phrases.gettext(words.RANGES[span]), span.bounds
        told = f"{name} {first}-{last}"
        if width(told, _LABEL) > room:
            told = f"{first}-{last}"
        canvas.text(place, told, _LABEL, SOFT, GROUND)


def _mark(canvas: Canvas, number: int, taken: list[Box]) -> None:
    """Ring the cell of the port that was asked for, and write its number beside it."""
    x, y = centre(number)
    canvas.ring((x, y), _RING + UNIT, GROUND, 5 * UNIT)
    canvas.ring((x, y), _RING, WHITE, 3 * UNIT)
    taken.append(_around((x, y), _RING + UNIT))
    box = _beside((x, y), _RING + 2 * UNIT, str(number), 16 * UNIT, taken)
    if box is not None:
        _plate(canvas, box, str(number), 16 * UNIT, (WHITE, GROUND))
        taken.append(box)


def _landmark(canvas: Canvas, number: int, taken: list[Box]) -> None:
    """Mark a well-known port, unless something stands there already."""
    x, y = centre(number)
    spot = _around((x, y), _SPOT)
    box = _beside((x, y), _SPOT + UNIT, str(number), 11 * UNIT, [*taken, spot])
    if box is None or any(_meet(spot, other) for other in taken):
        return
    canvas.disc((x, y), _SPOT, GROUND)
    canvas.disc((x, y), _SPOT - UNIT, WHITE)
    _plate(canvas, box, str(number), 11 * UNIT, (GROUND, WHITE))
    taken += [spot, box]


def _plate(canvas: Canvas, box: Box, text: str, size: int, colours: tuple[Colour, Colour]) -> None:
    (left, top, right, bottom), (fill, ink) = box, colours
    canvas.fill(box, fill, 3 * UNIT)
    base = (left + right) // 2, (top + bottom) // 2 + round(size * 0.36)
    canvas.text(base, text, size, ink, fill, anchor="ms", bold=True)


def _beside(place: Place, away: int, text: str, size: int, taken: Iterable[Box]) -> Box | None:
    """Return where a plate fits beside a place: right, left, below or above it; else None.

    It is moved into the map where it would stick out.
    """
    half_width, half_height = width(text, size) // 2 + 4 * UNIT, size * 2 // 3
    sideways, upright = away + half_width, away + half_height
    for right, down in ((sideways, 0), (-sideways, 0), (0, upright), (0, -upright)):
        x = _inside(place[0] + right, MARGIN, half_width)
        y = _inside(place[1] + down, TOP, half_height)
        box = x - half_width, y - half_height, x + half_width, y + half_height
        if not any(_meet(box, other) for other in taken):
            return box
    return None


def _inside(middle: int, edge: int, half: int) -> int:
    """Return the middle of what is twice `half` long, moved between the edges of the map."""
    return max(edge + half + 2 * UNIT, min(middle, edge + SIDE - half - 2 * UNIT))


def _around(place: Place, radius: int) -> Box:
    x, y = place
    return x - radius, y - radius, x + radius, y + radius


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
