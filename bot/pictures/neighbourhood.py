"""Draws the 64 ports around a port: numbers, letters and colours, the one asked for framed."""

import re
from collections.abc import Sequence
from gettext import NullTranslations

from bot.pictures import legend, words
from bot.pictures.canvas import Canvas, Place, covers, width
from bot.pictures.legend import FILLS, GROUND, INKS, SOFT, UNIT, WHITE, Item
from bot.pictures.marks import Mark
from bot.pictures.surroundings import COLUMNS, Cell, Surroundings

CELL = (46 * UNIT, 49 * UNIT)  # width and height in pixels, as all measures below
GAP = 4 * UNIT
MARGIN = 12 * UNIT
TOP = 56 * UNIT  # above the first row
WIDTH = 2 * MARGIN + COLUMNS * CELL[0] + (COLUMNS - 1) * GAP
_RADIUS = 6 * UNIT
_FRAME = 3 * UNIT  # of the gap around the framed cell; as much of the cell gives way to a rim
_RIM = 3 * UNIT // 2
_NUMBER = 40
_LETTER = 33
_NAMES = (27, 25, 23)  # sizes of a name's letters, the first that fits
_BASE_LINES = 16 * UNIT, 28 * UNIT  # of the number and of the letter
_HALVES = 25  # of a name in two lines
_NAME_LINES = {1: (40 * UNIT,), 2: (37 * UNIT, 45 * UNIT)}
_BREAKS = re.compile(r"(?<=[-_/.])|\s+")


def draw(view: Surroundings, phrases: NullTranslations) -> bytes:
    """Return the map as a PNG, its words in the catalogue's language where the font has them."""
    told = legend.drawable(phrases)
    items = _items(view, told)
    room = WIDTH - 2 * MARGIN
    below = corner(len(view.cells))[1] - GAP + 14 * UNIT
    bottom = below + legend.height(items, room) + 7 * UNIT
    canvas = Canvas((WIDTH, bottom), GROUND)
    _head(canvas, view, told)
    for index, cell in enumerate(view.cells):
        if cell is not view.framed:
            _cell(canvas, corner(index), cell)
    _framed(canvas, corner(view.cells.index(view.framed)), view.framed)
    legend.draw(canvas, (MARGIN, below), items, room)
    return canvas.png()


def corner(index: int) -> Place:
    """Return where the top left corner of a cell is."""
    row, column = divmod(index, COLUMNS)
    return MARGIN + column * (CELL[0] + GAP), TOP + row * (CELL[1] + GAP)


def _head(canvas: Canvas, view: Surroundings, phrases: NullTranslations) -> None:
    tell, cell = phrases.gettext, view.framed
    base = TOP - 20 * UNIT
    title = tell(words.PORT).format(number=view.asked)
    canvas.text((MARGIN, base), title, 26 * UNIT, WHITE, GROUND, bold=True)
    left = MARGIN + width(title, 26 * UNIT) + 13 * UNIT
    side = 21 * UNIT
    legend.chip(canvas, (left, base - side + UNIT), cell.mark, side)
    said = tell(words.STATUSES[cell.mark])
    named = f"{said}: {cell.name}" if cell.mark is Mark.ASSIGNED else said
    left += side + 8 * UNIT
    for text in (named, cell.name, said):
        if text and covers(text) and width(text, 16 * UNIT) <= WIDTH - MARGIN - left:
            canvas.text((left, base), text, 16 * UNIT, SOFT, GROUND)
            break


def _items(view: Surroundings, phrases: NullTranslations) -> list[Item]:
    items = [
        Item(mark, f"{phrases.gettext(words.STATUSES[mark])} {count}")
        for mark, count in view.tally.items()
        if count
    ]
    if any(cell.in_practice for cell in view.cells):
        items.append(Item(None, phrases.gettext(words.IN_PRACTICE)))
    return items


def _framed(canvas: Canvas, place: Place, cell: Cell) -> None:
    left, top = place
    right, bottom = left + CELL[0], top + CELL[1]
    for wider, colour in ((_FRAME, WHITE), (0, GROUND), (-_RIM, FILLS[cell.mark])):
        box = (left - wider, top - wider, right + wider, bottom + wider)
        canvas.fill(box, colour, _RADIUS + wider)
    _letter(canvas, place, cell)


def _cell(canvas: Canvas, place: Place, cell: Cell) -> None:
    left, top = place
    canvas.fill((left, top, left + CELL[0], top + CELL[1]), FILLS[cell.mark], _RADIUS)
    _letter(canvas, place, cell)


def _letter(canvas: Canvas, place: Place, cell: Cell) -> None:
    """Write the number, the letter and the name of a cell."""
    left, top = place
    middle = left + CELL[0] // 2
    ink, fill = INKS[cell.mark], FILLS[cell.mark]

    def write(line: int, text: str, size: int, *, bold: bool) -> None:
        canvas.text((middle, top + line), text, size, ink, fill, anchor="ms", bold=bold)

    write(_BASE_LINES[0], str(cell.number), _NUMBER, bold=True)
    write(_BASE_LINES[1], cell.mark, _LETTER, bold=True)
    if cell.in_practice:
        legend.dot(canvas, (middle + 10 * UNIT, top + _BASE_LINES[1] - 4 * UNIT), ink)
    lines, size = fitted(cell.name, CELL[0] - 5 * UNIT)
    for line, text in zip(_NAME_LINES.get(len(lines), ()), lines, strict=True):
        write(line, text, size, bold=False)


def fitted(name: str, room: int) -> tuple[Sequence[str], int]:
    """Return a name in one line or two that fit, and the size of its letters.

    Of a longer one the beginning is shown, and nothing of one that the font cannot show.
    """
    if name and covers(name):
        sizes = [size for size in _NAMES if width(name, size) <= room]
        if sizes and (sizes[0] >= _HALVES or not _BREAKS.search(name)):
            return (name,), sizes[0]
        halves = [
            (name[: match.start()], name[match.end() :])
            for match in _BREAKS.finditer(name)
            if match.start() > 0 and match.end() < len(name)
        ]
        halves.sort(key=lambda pair: max(width(half, _HALVES) for half in pair))
        if halves and max(width(half, _HALVES) for half in halves[0]) <= room:
            return halves[0], _HALVES
        for end in range(len(name) - 1, 0, -1):
            begun = f"{name[:end].rstrip('-_/. ')}…"
            if width(begun, _NAMES[-1]) <= room:
                return (begun,), _NAMES[-1]
    return (), _NAMES[0]
