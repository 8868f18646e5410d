"""The terms by which concept questions are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.wordings import MOST_WORDS, sentences_of, stem, terms_of

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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("one sentence here", [["one", "senten", "here"]]),
        ("My nas is slow. Why?", [["my", "nas", "is", "slow"], ["why"]]),
        ("Hi! Why are ports closed?", [["hi", "why", "are", "port", "close"]]),
        ("see 10.0.0.1 or example.org, ok?", [["see", "10.0.0.1", "or", "exampl", "ok"]]),
        ("port port ports", [["port"]]),
        ("你好谢谢。端口是什么？", [["你好", "好谢", "谢谢"], ["端口", "口是", "是什", "什么"]]),
        ("...", []),
        ("", []),
    ],
)
def test_a_text_is_asked_sentence_by_sentence(text: str, sentences: list[list[str]]) -> None:
    assert list(sentences_of(text)) == sentences


def test_the_last_sentence_holds_all_that_are_too_many() -> None:
    text = ". ".join(f"red{n} blue{n} green{n}" for n in "abcdefghij")
    found = list(sentences_of(text))
    assert len(found) == 6
    assert found[-1][0] == "redf"
    assert {term for terms in found for term in terms} == set(terms_of(text))


@given(st.text(max_size=300))
def test_sentences_hold_the_terms_of_their_text_and_no_other(text: str) -> None:
    found = [term for terms in sentences_of(text) for term in terms]
    if len(terms_of(text)) < MOST_WORDS and text.isprintable():
        assert set(found) == set(terms_of(text))


@pytest.mark.parametrize(
    ("word", "other"),
    [("port", "ports"), ("service", "services"), ("forward", "forwarded"), ("listen", "listens")],
)
def test_forms_of_a_word_share_a_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_short_words_in_s_are_whole() -> None:
    assert stem("ss") == "ss"
    assert stem("dns") == "dns"
