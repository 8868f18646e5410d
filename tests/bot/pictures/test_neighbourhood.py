import re
from gettext import NullTranslations

import pytest

from bot.pictures import neighbourhood, surroundings
from bot.pictures.canvas import width
from bot.pictures.legend import FILLS, GROUND, INKS, UNIT, WHITE
from bot.pictures.marks import Mark
from bot.pictures.neighbourhood import CELL, corner
from bot.pictures.surroundings import Surroundings, around, describe
from knowledge.base import KnowledgeBase
from knowledge.model import status_word
from knowledge.phrasebook import ENGLISH
from tests.bot.pictures.pixels import colour_at, colours_in, opened

SHOWN = (0, 1, 80, 576, 756, 1023, 8080, 8443, 49150, 60156, 65535)


@pytest.mark.parametrize("number", SHOWN)
def test_the_64_ports_shown_are_those_around_the_one_asked_for(
    base: KnowledgeBase, number: int
) -> None:
    view = around(number, base.facts)
    numbers = [cell.number for cell in view.cells]
    assert numbers == list(range(numbers[0], numbers[0] + 64))
    assert numbers[0] % 8 == 0
    assert 0 <= numbers[0] <= number <= numbers[-1] <= 65535
    assert view.framed.number == number
    if 24 <= number <= 65495:
        assert numbers[24] <= number < numbers[32]


@pytest.mark.parametrize("number", SHOWN)
def test_each_cell_is_marked_as_the_knowledge_base_says(base: KnowledgeBase, number: int) -> None:
    order = ["assigned", "reserved", "unassigned", "dynamic"]
    view = around(number, base.facts)
    for cell in view.cells:
        found = {status_word(state) for state in base.facts(cell.number).states.values()}
        assert cell.mark == min(found, key=order.index)[0].upper()
        assert base.statuses[cell.number] == ord(cell.mark)


@pytest.mark.parametrize("number", SHOWN)
def test_each_cell_has_the_colour_and_the_ink_of_its_mark(
    base: KnowledgeBase, number: int
) -> None:
    view = around(number, base.facts)
    image = opened(neighbourhood.draw(view, ENGLISH))
    for index, cell in enumerate(view.cells):
        left, top = corner(index)
        assert colour_at(image, (left + CELL[0] // 2, top + 2 * UNIT)) == FILLS[cell.mark]
        inside = (left + 9, top + 9, left + CELL[0] - 9, top + CELL[1] - 9)
        assert INKS[cell.mark] in colours_in(image, inside)
        others = {FILLS[mark] for mark in Mark} - {FILLS[cell.mark]}
        assert not others & colours_in(image, inside)


def test_two_ports_of_another_letter_look_different_without_colour(base: KnowledgeBase) -> None:
    view = around(60, base.facts)  # 60 is unassigned, 61 reserved, 62 assigned
    image = opened(neighbourhood.draw(view, ENGLISH))
    shapes = set()
    for number in (60, 61, 62):
        index = number - view.cells[0].number
        left, top = corner(index)
        letter = image.convert("RGB").crop((left + 54, top + 57, left + 84, top + 87))
        ink = INKS[view.cells[index].mark]
        pixels = letter.tobytes()
        shapes.add(tuple(pixels[at : at + 3] == bytes(ink) for at in range(0, len(pixels), 3)))
    assert len(shapes) == 3


@pytest.mark.parametrize("number", SHOWN)
def test_a_frame_is_around_the_port_asked_for_and_around_no_other(
    base: KnowledgeBase, number: int
) -> None:
    view = around(number, base.facts)
    image = opened(neighbourhood.draw(view, ENGLISH))
    framed = []
    for index, cell in enumerate(view.cells):
        left, top = corner(index)
        middle = left + CELL[0] // 2, top + CELL[1] // 2
        edges = (
            (middle[0], top - UNIT), (middle[0], top + CELL[1] + UNIT),
            (left - UNIT, middle[1]), (left + CELL[0] + UNIT, middle[1]),
        )  # fmt: skip
        if all(colour_at(image, place) == WHITE for place in edges):
            framed.append(cell.number)
    assert framed == [number]


def test_the_frame_leaves_a_dark_rim_so_that_it_stands_out_on_every_colour(
    base: KnowledgeBase,
) -> None:
    for number in (80, 0, 60156):
        view = around(number, base.facts)
        image = opened(neighbourhood.draw(view, ENGLISH))
        left, top = corner(number - view.cells[0].number)
        assert colour_at(image, (left + CELL[0] // 2, top + 1)) == GROUND


def test_the_picture_fits_a_phone_and_is_small(base: KnowledgeBase) -> None:
    for number in SHOWN:
        png = neighbourhood.draw(around(number, base.facts), ENGLISH)
        image = opened(png)
        assert len(png) < 60 * 1024
        assert image.mode == "P"
        assert image.width <= image.height < 1.4 * image.width
        # Numbers of at least 11 pixels where Discord shows the picture 350 pixels wide.
        assert neighbourhood._NUMBER * 350 / image.width >= 11  # noqa: SLF001


def test_the_same_facts_give_the_same_bytes(base: KnowledgeBase) -> None:
    first = neighbourhood.draw(around(8443, base.facts), ENGLISH)
    assert neighbourhood.draw(around(8443, base.facts), ENGLISH) == first


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("http", ("http",)),
        ("pcsync-https", ("pcsync-", "https")),
        ("DNS over QUIC", ("DNS over", "QUIC")),
        ("a-name-that-is-far-too-long-for-two-lines", ("a-name-t…",)),
        ("Antidisestablishmentarianism", ("Antidisest…",)),
        ("メール", ()),
        ("", ()),
    ],
)
def test_a_name_is_shown_in_two_lines_or_its_beginning(name: str, lines: tuple[str, ...]) -> None:
    room = CELL[0] - 5 * UNIT
    shown, size = neighbourhood.fitted(name, room)
    assert tuple(shown) == lines
    assert all(width(line, size) <= room for line in shown)


def test_every_name_that_is_shown_fits_its_cell(base: KnowledgeBase) -> None:
    room = CELL[0] - 5 * UNIT
    for first in range(0, 65536, 1021):
        for cell in around(first, base.facts).cells:
            lines, size = neighbourhood.fitted(cell.name, room)
            assert len(lines) <= 2
            assert all(width(line, size) <= room for line in lines)


def test_five_digits_fit_into_the_framed_cell() -> None:
    assert width("60000", neighbourhood._NUMBER) + 2 <= CELL[0] - 2 * neighbourhood._RIM  # noqa: SLF001


# ---------------------------------------------------------------- the alt text


def _counts(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"signed: (\d+)|reserved: (\d+)", text)]


def test_the_alt_text_says_what_is_to_be_seen(base: KnowledgeBase) -> None:
    alt = describe(around(8443, base.facts), ENGLISH)
    assert "8416 to 8479" in alt
    assert "port 8443: assigned, pcsync-https" in alt
    assert "Assigned: 17; unassigned: 47." in alt
    assert "8444 pcsync-http" in alt
    assert "8440-8441 Apache Ambari" in alt


def test_the_alt_text_of_a_port_without_a_name_says_its_status(base: KnowledgeBase) -> None:
    assert "port 756: unassigned." in describe(around(756, base.facts), ENGLISH)


def test_every_alt_text_is_within_discords_limit(base: KnowledgeBase) -> None:
    for number in range(0, 65536, 37):
        assert len(describe(around(number, base.facts), ENGLISH)) <= 1024


class _Wordy(NullTranslations):
    """A language that needs four times as many letters."""

    def gettext(self, message: str) -> str:
        return message + " mm" * len(message)


def test_a_wordy_language_loses_the_least_important_sentences_first(base: KnowledgeBase) -> None:
    alt = describe(around(8443, base.facts), _Wordy())
    assert len(alt) <= surroundings.ALT
    assert "8416 to 8479" in alt


def test_counts_of_the_legend_are_those_of_the_cells(base: KnowledgeBase) -> None:
    for number in SHOWN:
        view: Surroundings = around(number, base.facts)
        assert sum(view.tally.values()) == 64
        for mark, count in view.tally.items():
            assert count == sum(cell.mark is mark for cell in view.cells)
