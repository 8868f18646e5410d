from collections.abc import Callable
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.guard import Card, fit, fit_choices, fit_content

Broken = Callable[[Card], list[str]]
Components = Callable[[Card], list[dict[str, Any]]]


def button(label: str = "press", custom_id: str = "p1:1:en:1") -> ui.Button[Any]:
    return ui.Button(label=label, custom_id=custom_id)


def menu(options: list[discord.SelectOption], placeholder: str = "") -> ui.ActionRow[Any]:
    return ui.ActionRow(ui.Select(custom_id="s1:1:en:x", placeholder=placeholder, options=options))


def texts(components: Components, card: Card) -> list[str]:
    return [component["content"] for component in components(card) if component["type"] == 10]


def test_what_fits_stays_as_it_is(components: Components) -> None:
    card = fit([ui.Container(ui.TextDisplay("hello"), ui.ActionRow(button()))])
    assert [component["type"] for component in components(card)] == [17, 10, 1, 2]


def test_long_texts_are_cut_together_and_say_so(
    components: Components, broken_limits: Broken
) -> None:
    card = fit(
        [ui.TextDisplay("word " * 700), ui.TextDisplay("short"), ui.TextDisplay("x " * 900)]
    )
    assert not broken_limits(card)
    first, second, third = texts(components, card)
    assert second == "short"
    assert "cut here" in first
    assert len(first) + len(third) > 3000


def test_an_emoji_counts_once(components: Components) -> None:
    card = fit([ui.TextDisplay("\U0001f6a2" * 3900)])
    assert len(texts(components, card)[0]) == 3900


def test_forty_one_components_become_forty(broken_limits: Broken) -> None:
    card = fit([ui.Container(*(ui.TextDisplay(str(n)) for n in range(60)))])
    assert not broken_limits(card)
    assert card.total_children_count == 40


def test_buttons_go_before_texts_where_components_are_too_many(
    components: Components, broken_limits: Broken
) -> None:
    rows = [
        ui.ActionRow(*(button(custom_id=f"p1:1:en:{5 * row + n}") for n in range(5)))
        for row in range(7)
    ]
    card = fit([ui.Container(ui.TextDisplay("stays"), *rows)])
    assert not broken_limits(card)
    assert texts(components, card) == ["stays"]


@pytest.mark.parametrize(
    "item",
    [
        ui.ActionRow(button(label="")),
        ui.ActionRow(button(custom_id="x" * 101)),
        ui.ActionRow(button(custom_id="\U0001f6a2" * 51)),
        ui.ActionRow(ui.Button(label="go", url="https://x.example/" + "a" * 600)),
        menu([]),
        ui.TextDisplay("  \n "),
        ui.Container(),
        ui.Container(ui.ActionRow(button(label=" "))),
    ],
)
def test_what_cannot_be_shown_is_left_out(item: ui.Item[Any], components: Components) -> None:
    card = fit([ui.TextDisplay("stays"), item])
    assert [component["type"] for component in components(card)] == [10]


def test_the_second_of_two_equal_ids_is_left_out(components: Components) -> None:
    card = fit([ui.ActionRow(button("one"), button("two")), ui.ActionRow(button("three"))])
    assert [c["label"] for c in components(card) if c["type"] == 2] == ["one"]


def test_labels_options_and_placeholders_are_cut(
    components: Components, broken_limits: Broken
) -> None:
    options = [discord.SelectOption(label="l" * 200, value=str(n % 40)) for n in range(80)]
    card = fit([menu(options, "p" * 200), ui.ActionRow(button("b" * 90))])
    assert not broken_limits(card)
    select, pressed = (c for c in components(card) if c["type"] in (2, 3))
    assert len(select["options"]) == 25
    assert pressed["label"] == "b" * 79 + "…"


def test_a_card_listens_to_nothing_by_itself() -> None:
    assert fit([ui.ActionRow(button())]).is_finished()


def test_the_content_of_a_message_has_at_most_2000_characters() -> None:
    assert fit_content(" short ") == "short"
    assert len(fit_content("word " * 1000)) <= 2000


def test_autocomplete_choices_keep_to_their_limits() -> None:
    choices = fit_choices(
        [("n" * 150, "a"), ("again", "a"), ("long value", "v" * 101), ("", "b")]
        + [(f"number {n}", str(n)) for n in range(30)]
    )
    assert len(choices) == 25
    assert choices[0].name == "n" * 99 + "…"
    assert len({choice.value for choice in choices}) == 25


LABELS = st.text(max_size=120)
IDS = st.text(min_size=1, max_size=110)
LEAVES: st.SearchStrategy[ui.Item[Any]] = st.one_of(
    st.text(max_size=3000).map(ui.TextDisplay),
    st.just(None).map(lambda _: ui.Separator()),
    st.lists(st.tuples(LABELS, IDS), max_size=5).map(
        lambda pairs: ui.ActionRow(*(button(label, custom_id) for label, custom_id in pairs))
    ),
    st.lists(st.tuples(st.text(min_size=1, max_size=120), IDS), max_size=30).map(
        lambda pairs: menu([discord.SelectOption(label=a, value=b) for a, b in pairs])
    ),
)
ITEMS = st.one_of(LEAVES, st.lists(LEAVES, max_size=30).map(lambda items: ui.Container(*items)))


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, max_size=12))
def test_whatever_is_to_be_shown_keeps_to_discords_limits(
    broken_limits: Broken, items: list[ui.Item[Any]]
) -> None:
    card = fit([ui.TextDisplay("something"), *items])
    assert not broken_limits(card)
