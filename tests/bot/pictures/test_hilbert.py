import pytest

from bot.pictures import hilbert
from bot.pictures.canvas import Canvas
from bot.pictures.hilbert import CELL, CELLS, LANDMARKS, MARGIN, SIDE, TOP, centre, curve
from bot.pictures.legend import FILLS, WHITE
from bot.pictures.marks import Mark, mark_of, tally
from bot.pictures.overview import describe
from knowledge.base import KnowledgeBase
from knowledge.census import census
from knowledge.model import PortRange
from knowledge.phrasebook import ENGLISH
from tests.bot.pictures.pixels import colour_at, opened


def _cell(number: int) -> tuple[int, int]:
    row, column = divmod(curve()[number], CELLS)
    return column, row


def test_every_port_has_a_cell_of_its_own() -> None:
    assert sorted(curve()) == list(range(65536))


def test_neighbouring_ports_are_neighbouring_cells() -> None:
    for number in range(65535):
        (x, y), (to_x, to_y) = _cell(number), _cell(number + 1)
        assert abs(x - to_x) + abs(y - to_y) == 1


def test_the_curve_begins_at_the_top_left_and_ends_at_the_top_right() -> None:
    assert _cell(0) == (0, 0)
    assert _cell(65535) == (255, 0)


@pytest.mark.parametrize("span", [PortRange.SYSTEM, PortRange.DYNAMIC])
def test_a_range_fills_the_square_that_is_outlined(span: PortRange) -> None:
    first, last = span.bounds
    left, top, right, bottom = hilbert.bounds(span)
    places = [centre(number) for number in range(first, last + 1)]
    assert all(left <= x < right and top <= y < bottom for x, y in places)
    assert (right - left) * (bottom - top) == (last - first + 1) * CELL * CELL


# ---------------------------------------------------------------- the statuses


def test_the_status_of_every_port_is_the_one_that_is_answered(base: KnowledgeBase) -> None:
    assert len(base.statuses) == 65536
    for number in (*range(1100), *range(1100, 65536, 17), *range(49100, 49200), 65535):
        assert base.statuses[number] == ord(mark_of(base.facts(number)))


def test_the_counts_are_the_registrys_and_sum_to_all_ports(base: KnowledgeBase) -> None:
    found = census(base).ports
    for span in PortRange:
        first, last = span.bounds
        counted = tally(base.statuses[first : last + 1])
        assert {mark: count for mark, count in counted.items() if count} == {
            Mark(word[0].upper()): count for word, count in found[span].items() if count
        }
    assert sum(tally(base.statuses).values()) == 65536


# ---------------------------------------------------------------- the picture


def test_each_cell_has_the_colour_of_its_status(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hilbert, "LANDMARKS", ())
    image = opened(hilbert.draw(base.statuses, ENGLISH)).convert("RGB")
    shown = [image.getpixel(centre(number)) for number in range(65536)]
    assert shown == [FILLS[Mark(chr(letter))] for letter in base.statuses]


def test_the_landmarks_hide_little(base: KnowledgeBase) -> None:
    image = opened(hilbert.draw(base.statuses, ENGLISH)).convert("RGB")
    hidden = sum(
        image.getpixel(centre(number)) != FILLS[Mark(chr(base.statuses[number]))]
        for number in range(65536)
    )
    assert 0 < hidden < 65536 * 0.05


def test_the_port_asked_for_is_ringed_and_its_own_colour_still_shows(base: KnowledgeBase) -> None:
    for number in (0, 80, 8443, 30000, 60156, 65535, *LANDMARKS):
        image = opened(hilbert.draw(base.statuses, ENGLISH, number))
        x, y = centre(number)
        assert colour_at(image, (x, y)) == FILLS[Mark(chr(base.statuses[number]))]
        ring = hilbert._RING - 3  # noqa: SLF001
        places = ((x + ring, y), (x - ring, y), (x, y + ring), (x, y - ring))
        inside = [each for each in places if 0 <= each[0] < image.width]
        assert all(colour_at(image, place) == WHITE for place in inside)


def test_the_map_without_a_port_is_another_picture(base: KnowledgeBase) -> None:
    plain = hilbert.draw(base.statuses, ENGLISH)
    marked = hilbert.draw(base.statuses, ENGLISH, 8443)
    assert plain != marked
    assert hilbert.draw(base.statuses, ENGLISH) == plain  # it was not drawn on
    assert hilbert.draw(base.statuses, ENGLISH, 8443) == marked


def test_every_port_can_be_marked_with_its_number_inside_the_map() -> None:
    for number in (0, 1, 255, 1023, 16383, 16384, 21845, 43690, 49151, 49152, 65535):
        taken: list[tuple[int, int, int, int]] = []
        canvas = Canvas((hilbert.WIDTH, TOP + SIDE + 60), (0, 0, 0))
        hilbert._mark(canvas, number, taken)  # noqa: SLF001
        _, (left, top, right, bottom) = taken
        assert left >= MARGIN
        assert right <= MARGIN + SIDE
        assert top >= TOP
        assert bottom <= TOP + SIDE


def test_the_picture_fits_a_phone_and_is_small(base: KnowledgeBase) -> None:
    png = hilbert.draw(base.statuses, ENGLISH, 8443)
    image = opened(png)
    assert len(png) < 150 * 1024
    assert image.mode == "P"
    assert image.width >= 1024


# ---------------------------------------------------------------- the alt text


def test_the_alt_text_counts_and_says_where_everything_is(base: KnowledgeBase) -> None:
    alt = describe(base.statuses, ENGLISH, 8443)
    counts = tally(base.statuses)
    assert "All 65,536".lower() in alt.lower()
    assert f"Assigned: {counts[Mark.ASSIGNED]:,};" in alt
    assert "dynamic: 16,384." in alt
    assert "port 8443: assigned." in alt
    assert len(alt) <= 1024


def test_the_alt_text_names_no_port_where_none_is_asked_for(base: KnowledgeBase) -> None:
    assert "A ring" not in describe(base.statuses, ENGLISH)
