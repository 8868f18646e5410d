from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.guard import fit, fit_choices, fit_content
from bot.cards.parts import Button, Card, Link, Menu, Option, Part, Row, Rule, Text, count

Broken = Callable[[Card], list[str]]
Components = Callable[[Card], list[Mapping[str, Any]]]


def row(*labels: str, first: int = 0) -> Row:
    return Row(tuple(Button(label, f"p1:1:en:{first + n}") for n, label in enumerate(labels)))


def texts(card: Card) -> list[str]:
    return [part.content for part in fit(card).parts if isinstance(part, Text)]


def test_what_fits_stays_as_it_is() -> None:
    menu = Menu("s1:1:en:x", "Choose", (Option("Linux", "linux", chosen=True),))
    card = Card((Text("hello"), row("press"), menu, Rule()), 0xFF0000)
    assert fit(card) == card


def test_a_card_is_sent_as_discord_wants_it(components: Components) -> None:
    menu = Menu("s1:1:en:x", "Choose", (Option("Linux", "linux", chosen=True),))
    buttons = Row((Button("press", "p1:1:en:1"), Link("read", "https://x.example")))
    card = Card((Text("hello"), buttons, menu, Rule()), 0xFF0000)
    sent = components(card)
    assert [component["type"] for component in sent] == [17, 10, 1, 2, 2, 1, 3, 14]
    assert count(card) == len(sent)
    assert sent[0]["accent_color"] == 0xFF0000
    assert sent[6]["options"] == [{"label": "Linux", "value": "linux", "default": True}]


def test_long_texts_are_cut_together_and_say_so(broken_limits: Broken) -> None:
    card = Card((Text("word " * 700), Text("short"), Text("x " * 900)))
    assert not broken_limits(card)
    first, second, third = texts(card)
    assert second == "short"
    assert "cut here" in first
    assert len(first) + len(third) > 3000


def test_an_emoji_counts_once() -> None:
    assert texts(Card((Text("\U0001f6a2" * 3900),))) == ["\U0001f6a2" * 3900]


def test_what_exceeds_forty_components_is_left_out_from_the_end(broken_limits: Broken) -> None:
    card = Card(tuple(Text(str(n)) for n in range(60)))
    assert not broken_limits(card)
    assert count(fit(card)) == 40
    assert texts(card)[0] == "0"


def test_a_row_that_is_too_much_loses_its_last_buttons(broken_limits: Broken) -> None:
    rows = [row(*"abcde", first=5 * n) for n in range(7)]
    card = Card((Text("stays"), *rows))
    assert not broken_limits(card)
    assert texts(card) == ["stays"]
    assert count(fit(card)) == 40


@pytest.mark.parametrize(
    "part",
    [
        row(""),
        row(" "),
        Row(()),
        Row((Button("press", ""),)),
        Row((Button("press", "x" * 101),)),
        Row((Button("press", "\U0001f6a2" * 51),)),
        Row((Link("go", "https://x.example/" + "a" * 600),)),
        Menu("s1:1:en:x", "Choose", ()),
        Menu("s1:1:en:x", "Choose", (Option(" ", "a"), Option("a", ""))),
        Menu("x" * 101, "Choose", (Option("a", "a"),)),
        Text("  \n "),
        Text(""),
    ],
)
def test_what_cannot_be_shown_is_left_out(part: Part) -> None:
    assert fit(Card((Text("stays"), part))).parts == (Text("stays"),)


def test_the_second_of_two_equal_ids_is_left_out() -> None:
    card = fit(Card((row("one"), row("two", "three"))))
    assert card.parts == (row("one"), row("three", first=1))


def test_labels_options_and_placeholders_are_cut(broken_limits: Broken) -> None:
    options = tuple(Option("l" * 200, str(n % 40)) for n in range(80))
    card = Card((Menu("s1:1:en:x", "p" * 200, options), row("b" * 90)))
    assert not broken_limits(card)
    menu, buttons = fit(card).parts
    assert isinstance(menu, Menu)
    assert len(menu.options) == 25
    assert buttons == row("b" * 79 + "…")


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
IDS = st.text(max_size=110)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, st.text(max_size=3000)),
    st.just(Rule()),
    st.builds(
        Row,
        st.lists(
            st.one_of(st.builds(Button, LABELS, IDS), st.builds(Link, LABELS, LABELS)), max_size=8
        ).map(tuple),
    ),
    st.builds(
        Menu,
        IDS,
        st.text(max_size=200),
        st.lists(st.builds(Option, LABELS, LABELS), max_size=30).map(tuple),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=50))
def test_whatever_is_to_be_shown_keeps_to_discords_limits(
    broken_limits: Broken, parts: list[Part]
) -> None:
    card = Card((Text("something"), *parts))
    assert not broken_limits(card)
    assert fit(fit(card)) == fit(card)
