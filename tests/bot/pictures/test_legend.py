from gettext import NullTranslations
from itertools import combinations

import pytest

from bot.pictures import legend
from bot.pictures.canvas import Colour, covers, width
from bot.pictures.legend import FILLS, GROUND, INKS, SOFT, WHITE, Item
from bot.pictures.marks import Mark
from knowledge.phrasebook import ENGLISH
from tests.bot.pictures.pixels import contrast, luminance

TEXT = 4.5  # WCAG 2.2, 1.4.3
GRAPHICS = 3.0  # 1.4.11


@pytest.mark.parametrize("mark", list(Mark))
def test_the_letters_are_easy_to_read_on_their_colour(mark: Mark) -> None:
    assert contrast(INKS[mark], FILLS[mark]) >= TEXT


@pytest.mark.parametrize("ink", [WHITE, SOFT])
def test_the_texts_are_easy_to_read_on_the_ground(ink: Colour) -> None:
    assert contrast(ink, GROUND) >= TEXT


def test_the_frame_stands_out_from_its_rim() -> None:
    assert contrast(WHITE, GROUND) >= GRAPHICS


# How dichromats see: Vienot, Brettel and Mollon 1999, on linear RGB.
_SIGHTS = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


def _seen(colour: Colour, sight: str) -> tuple[float, ...]:
    """Return a colour as CIE L*a*b* for somebody of that sight."""
    linear = [((v / 255 + 0.055) / 1.055) ** 2.4 if v > 10 else v / 255 / 12.92 for v in colour]
    r, g, b = (
        max(0.0, sum(part * value for part, value in zip(row, linear, strict=True)))
        for row in _SIGHTS[sight]
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", ["all colours", "protanopia", "deuteranopia"])
def test_the_colours_differ_for_every_kind_of_sight(sight: str) -> None:
    for one, other in combinations(Mark, 2):
        pairs = zip(_seen(FILLS[one], sight), _seen(FILLS[other], sight), strict=True)
        distance = sum((a - b) ** 2 for a, b in pairs) ** 0.5
        assert distance > 20, (one, other, distance)  # 2.3 is just noticeable


def test_what_is_often_side_by_side_differs_in_grey_as_well() -> None:
    for one, other in ((Mark.ASSIGNED, Mark.UNASSIGNED), (Mark.RESERVED, Mark.UNASSIGNED)):
        assert contrast(FILLS[one], FILLS[other]) >= GRAPHICS
    assert luminance(FILLS[Mark.DYNAMIC]) > 1.5 * luminance(FILLS[Mark.UNASSIGNED])


# ---------------------------------------------------------------- words that the font can show


class _Language(NullTranslations):
    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        return self._words.get(message, message)


def test_the_font_covers_what_all_pictures_hold() -> None:
    assert covers("".join(map(chr, range(32, 127))))


@pytest.mark.parametrize("text", ["zugewiesen für", "назначен", "割り当て", "ถูก", "přiděleno"])
def test_the_font_does_not_cover_other_scripts(text: str) -> None:
    assert not covers(text)


def test_words_that_the_font_covers_are_shown_in_the_readers_language() -> None:
    dutch = _Language({"assigned": "toegewezen", "reserved": "gereserveerd"})
    assert legend.drawable(dutch) is dutch


def test_words_that_the_font_lacks_leave_the_whole_picture_in_english() -> None:
    czech = _Language({"assigned": "přiděleno", "reserved": "vyhrazeno"})
    assert legend.drawable(czech) is ENGLISH


def test_a_legend_never_gets_wider_than_its_room() -> None:
    room = 1000
    for words in (
        ("a", "b", "c"),
        ("assigned 50", "reserved 10", "unassigned 4", "in use, no"),
        ("eine lange Bezeichnung", "noch eine lange Bezeichnung", "kurz", "x", "y"),
    ):
        items = [Item(None, word) for word in words]
        columns = legend._columns(items, room)  # noqa: SLF001
        for index, item in enumerate(items):
            left = columns[index % len(columns)]
            assert left + legend._CHIP + 18 + width(item.text, legend._TEXT) <= room  # noqa: SLF001
