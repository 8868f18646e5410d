import pytest

from bot.cards.guard import fit
from bot.cards.maps import neighbourhood_card, overview_card
from bot.cards.parts import Card, Gallery, Text, pictures
from bot.pictures.surroundings import around, describe
from knowledge.base import KnowledgeBase
from knowledge.phrasebook import ENGLISH

DATE = "2026-09-17"
PNG = b"\x89PNG"


def _text(card: Card) -> str:
    return "\n".join(part.content for part in card.parts if isinstance(part, Text))


@pytest.mark.parametrize("number", [0, 80, 576, 756, 8443, 49150, 60156, 65535])
def test_the_ports_around_one_make_a_card_that_fits(base: KnowledgeBase, number: int) -> None:
    view = around(number, base.facts)
    card = neighbourhood_card(view, PNG, DATE, ENGLISH)
    assert fit(card) == card
    (shown,) = pictures(card)
    assert shown.alt == describe(view, ENGLISH)
    assert shown.name == f"ports-around-{number}.png"
    assert f"### The ports around port {number}" in _text(card)
    assert DATE in _text(card)


def test_the_letters_are_explained_beside_the_picture(base: KnowledgeBase) -> None:
    text = _text(neighbourhood_card(around(8443, base.facts), PNG, DATE, ENGLISH))
    assert "**A** assigned: 17 · **U** unassigned: 47" in text
    assert "● in use, not assigned" in text


def test_products_are_sourced(base: KnowledgeBase) -> None:
    view = around(8443, base.facts)
    text = _text(neighbourhood_card(view, PNG, DATE, ENGLISH))
    assert view.sources
    assert all(source.title for source in view.sources)
    assert view.sources[0].url in text


def test_a_block_without_products_explains_no_dot(base: KnowledgeBase) -> None:
    views = (around(number, base.facts) for number in range(50000, 65000, 64))
    view = next(view for view in views if not any(cell.in_practice for cell in view.cells))
    assert "●" not in _text(neighbourhood_card(view, PNG, DATE, ENGLISH))


def test_without_a_picture_its_words_are_told(base: KnowledgeBase) -> None:
    view = around(8443, base.facts)
    card = neighbourhood_card(view, None, DATE, ENGLISH)
    assert not any(isinstance(part, Gallery) for part in card.parts)
    assert describe(view, ENGLISH) in _text(card)
    assert fit(card) == card


@pytest.mark.parametrize("asked", [None, 0, 8443, 65535])
@pytest.mark.parametrize("png", [None, PNG])
def test_all_ports_make_a_card_that_fits(
    base: KnowledgeBase, asked: int | None, png: bytes | None
) -> None:
    card = overview_card(base.statuses, asked, png, DATE, ENGLISH)
    assert fit(card) == card
    assert len(list(pictures(card))) == (png is not None)
    for counts in (
        "**System Ports** 0-1023\n-# assigned: 686 · reserved: 56 · unassigned: 282",
        "**Dynamic Ports** 49152-65535\n-# dynamic: 16,384",
    ):
        assert counts in _text(card)
