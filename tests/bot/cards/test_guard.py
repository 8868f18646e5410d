from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.guard import fit, fit_choices, fit_content
from bot.cards.parts import (
    Button,
    Card,
    Gallery,
    Link,
    Menu,
    Option,
    Part,
    Picture,
    Row,
    Rule,
    Text,
    card_of,
    count,
    pictures,
)
from bot.cards.parts import components as components_of

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
    card = Card((Text("word " * 700), Text("short"), Text("x " * 1200)))
    assert not broken_limits(card)
    first, second, third = texts(card)
    assert second == "short"
    assert first.endswith("word…")
    assert "cut here" in third
    assert len(first) + len(third) > 3000


def test_what_is_cut_says_so_once_in_the_cards_own_words() -> None:
    card = Card((Text("word " * 700), Text("Wort " * 700)), cut="… gekürzt.")
    assert sum(text.count("gekürzt") for text in texts(card)) == 1
    assert texts(card)[1].endswith("Wort\n-# … gekürzt.")


def test_a_code_block_is_cut_between_its_lines_and_closed() -> None:
    (shown,) = texts(Card((Text("```sh\n" + "sudo ss -tulpn\n" * 400 + "```"),)))
    assert "sudo ss -tulpn\n```\n-# " in shown
    assert shown.count("```") == 2


def test_a_code_block_left_open_is_closed() -> None:
    assert texts(Card((Text("```sh\nss -tulpn"),))) == ["```sh\nss -tulpn\n```"]
    assert fit_content("```sh\nss") == "```sh\nss\n```"


def test_an_empty_card_still_is_a_message(broken_limits: Broken) -> None:
    assert not broken_limits(Card(()))
    assert not broken_limits(Card((Text(" "), Row(()))))
    assert fit_content("") == "…"


def test_one_choice_at_most_is_chosen() -> None:
    options = (Option("a", "a", chosen=True), Option("b", "b", chosen=True))
    (menu,) = fit(Card((Menu("s1:1:en:x", "Choose", options),))).parts
    assert isinstance(menu, Menu)
    assert [option.chosen for option in menu.options] == [True, False]


def test_pictures_that_are_too_many_or_too_big_are_left_out() -> None:
    small = tuple(Picture(f"{n}.png", "alt", b"x") for n in range(12))
    (gallery,) = fit(Card((Gallery(small),))).parts
    assert gallery == Gallery(small[:10])
    big = Gallery((Picture("big.png", "alt", bytes(11 * 1024 * 1024)),))
    assert fit(Card((Text("stays"), big))).parts == (Text("stays"),)


@pytest.mark.parametrize(
    "picture",
    [
        Picture("../x.png", "alt", b"x"),
        Picture("a b.png", "alt", b"x"),
        Picture("", "alt", b"x"),
        Picture("empty.png", "alt", b""),
    ],
)
def test_what_is_no_file_is_left_out(picture: Picture) -> None:
    assert fit(Card((Text("stays"), Gallery((picture,))))).parts == (Text("stays"),)


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


ANY = st.characters()  # lone surrogates as well
LABELS = st.text(ANY, max_size=120)
IDS = st.text(ANY, max_size=110)
LONG = st.one_of(
    st.text(ANY, max_size=3000),
    st.text(st.sampled_from("ab \n`[](<>)\ud83d\u4e2d"), max_size=3000),
    st.integers(1, 2000).map(lambda n: "```sh\n" + "ss -tulpn\n" * n + "```"),
    st.integers(1, 2000).map(lambda n: "word " * n),
)
PICTURES = st.builds(Picture, LABELS | st.just("map.png"), LONG, st.binary(max_size=8))
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, LONG),
    st.just(Rule()),
    st.builds(Gallery, st.lists(PICTURES, max_size=12).map(tuple)),
    st.builds(
        Row,
        st.lists(
            st.one_of(st.builds(Button, LABELS, IDS), st.builds(Link, LABELS, LABELS)), max_size=8
        ).map(tuple),
    ),
    st.builds(
        Menu,
        IDS,
        st.text(ANY, max_size=200),
        st.lists(st.builds(Option, LABELS, LABELS, st.booleans()), max_size=30).map(tuple),
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


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=50))
def test_whatever_is_cut_says_so_and_stays_of_whole_lines_of_code(parts: list[Part]) -> None:
    card = Card(tuple(parts), cut="It was cut.")
    said = [part.content for part in fit(card).parts if isinstance(part, Text)]
    whole = {part.content for part in parts if isinstance(part, Text)}
    shortened = [
        text for text in said if text.endswith(("…", "It was cut.")) and text not in whole
    ]
    if sum(map(len, said)) > 3950 or len(shortened) > 1:
        assert "It was cut." in shortened[-1]
    assert all("ss -tul\n" not in text and "ss -\n" not in text for text in shortened)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, max_size=50))
def test_a_card_is_read_back_from_the_message_that_shows_it(parts: list[Part]) -> None:
    card = fit(Card(tuple(part for part in parts if not isinstance(part, Gallery)), 7))
    assert card_of(components_of(card)) == card


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, max_size=20))
def test_every_picture_shown_goes_with_the_message(
    components: Components, parts: list[Part]
) -> None:
    card = Card(tuple(parts))
    names = [f"attachment://{picture.name}" for picture in pictures(fit(card))]
    items = [item for each in components(card) for item in each.get("items", ())]
    assert [item["media"]["url"] for item in items] == names
    assert len(names) <= 10


@settings(max_examples=200, deadline=None)
@given(LONG)
def test_any_line_is_a_content_that_discord_takes(text: str) -> None:
    said = fit_content(text)
    assert 0 < len(said.strip()) <= 2000
    assert said.count("```") % 2 == 0
    said.encode()


@given(st.lists(st.tuples(LABELS, LABELS), max_size=40))
def test_any_suggestions_are_choices_that_discord_takes(pairs: list[tuple[str, str]]) -> None:
    choices = fit_choices(pairs)
    assert len(choices) <= 25
    assert len({choice.value for choice in choices}) == len(choices)
    for choice in choices:
        for text in (choice.name, choice.value):
            assert 0 < len(text.strip()) <= len(text) <= 100
            text.encode()
