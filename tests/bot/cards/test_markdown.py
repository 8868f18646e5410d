import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.markdown import code, cut, link, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two  words\nand more", "two words and more"),
        (
            "*bold* _it_ ~~no~~ ||secret|| `code`",
            r"\*bold\* \_it\_ \~\~no\~\~ \|\|secret\|\| \`code\`",
        ),
        ("# a heading", r"\# a heading"),
        ("-# small", r"\-# small"),
        ("- a list", r"\- a list"),
        ("> a quote", r"\> a quote"),
        ("7. seventh", r"7\. seventh"),
        ("443 is https", "443 is https"),
        ("[here](https://evil.example)", r"\[here\](https://evil.example)"),
        ("see https://a.example/b_c_d.", "see https://a.example/b_c_d."),
        ("@everyone look", "@\u200beveryone look"),
        ("<@123456789012345678>", "\\<@\u200b123456789012345678>"),
        ("me@here.example", "me@\u200bhere.example"),
        ("a\u202eb\u0000c", "abc"),
        ("half \ud83d a pair", "half a pair"),
        ("", ""),
    ],
)
def test_text_is_shown_as_it_is_written(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_any_text_is_one_line_without_a_ping(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"@(everyone|here)", shown)
    assert not re.search(r"<@[!&]?\d{15,20}>", shown)


@given(st.lists(st.text()))
def test_no_line_ends_a_code_block(lines: list[str]) -> None:
    block = code(lines)
    assert block.count("```") == 2
    assert block.startswith("```sh\n")
    assert block.endswith("\n```")


@pytest.mark.parametrize(
    ("title", "url", "shown"),
    [
        ("IANA", "https://www.iana.org/a", "[IANA](<https://www.iana.org/a>)"),
        ("IANA", "", "IANA"),
        ("evil", "javascript:alert(1)", "evil"),
        ("a [b] c", "https://x.example/(d) e", r"[a \[b\] c](<https://x.example/%28d%29%20e>)"),
        (
            "see https://x.example",
            "https://x.example",
            "[see https x.example](<https://x.example>)",
        ),
        ("long", "https://x.example/" + "a" * 600, "long"),
    ],
)
def test_a_source_is_a_masked_link(title: str, url: str, shown: str) -> None:
    assert link(title, url) == shown


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut("as it is", 8) == "as it is"


def test_a_cut_comes_between_words_and_says_so() -> None:
    text = cut("word " * 100, 200)
    assert len(text) <= 200
    assert text.split("\n")[0].removesuffix("word") != text.split("\n")[0]
    assert "cut here" in text


def test_a_cut_closes_the_code_block_it_leaves_open() -> None:
    text = cut("```sh\n" + "ss -tulpn\n" * 50 + "```\nafter", 300)
    assert text.count("```") == 2
    assert "ss -tulpn\n```" in text


def test_a_cut_leaves_no_half_link() -> None:
    links = " · ".join(link(f"source {n}", f"https://x.example/{n}") for n in range(50))
    shown = cut(links, 400).split("\n")[0]
    assert shown.count("](<") == shown.count(">)") == shown.count("[")


@given(st.text(alphabet="ab \n`[](<>)\\·", max_size=600), st.integers(0, 500))
def test_a_cut_keeps_to_its_limit_and_closes_what_is_open(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    if len(text) > limit >= 200:
        assert shown.count("```") % 2 == 0
