"""The terms by which concept questions are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.wordings import terms_of

LETTERS = st.text(st.characters(categories=("L", "Zs")), max_size=80)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Why are ports closed?", ["why", "are", "port", "close"]),
        ("what's 127.0.0.1", ["what", "127.0.0.1"]),
        ("ポートとは", ["ポー", "ート", "トと", "とは"]),
        ("Größe des Ports", ["gross", "des", "port"]),
        ("?", []),
        ("", []),
    ],
)
def test_words_are_cut_to_what_their_forms_share(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@given(LETTERS)
def test_punctuation_changes_no_term(text: str) -> None:
    assert terms_of(f"! {text}?") == terms_of(text)
