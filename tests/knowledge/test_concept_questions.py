"""Whether a concept question is asked, or merely shares words with what is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.concept_questions import anchors, is_asked, is_plainly_asked, may_be_asked
from knowledge.likeness import Hit
from knowledge.understand import understand


def closest(text: str, base: KnowledgeBase) -> Hit:
    return base.concept_questions.closest(understand(text, base.vocabulary))[0]


def asked(text: str, base: KnowledgeBase) -> str | None:
    """Return the slug of the concept question that a text asks; None where it asks none."""
    hits = base.concept_questions.closest(understand(text, base.vocabulary))
    question = understand(text, base.vocabulary)
    return hits[0].slug if hits and is_asked(question, hits[0]) else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what is cgnat", {"cgnat"}),
        ("docker publishes ports past the ufw", {"docker", "publishes", "ports", "ufw"}),
        ("what is the", set()),
    ],
)
def test_words_of_the_trade_anchor_a_text_and_small_words_do_not(
    base: KnowledgeBase, text: str, words: set[str]
) -> None:
    question = understand(text, base.vocabulary)
    terms = frozenset({"cgnat", "docke", "publis", "port", "ufw", "what", "the", "is"})
    held = anchors(question, Hit("any", 0.5, "", terms))
    assert {question.words[index] for index in held} == words


def test_a_term_anchors_once_however_often_it_is_said(base: KnowledgeBase) -> None:
    question = understand("port port ports", base.vocabulary)
    assert list(anchors(question, Hit("any", 0.5, "", frozenset({"port"}))).values()) == ["port"]


@pytest.mark.parametrize(
    ("text", "score", "enough"),
    [
        # the word port alone: nearly the wording itself
        ("whose port do i mean", 0.57, False),
        ("whose port do i mean", 0.6, True),
        # with a word that nobody else uses, less
        ("whose cgnat port do i mean", 0.5, True),
        # another trade's word beside it, more
        ("whose cgnat port does the hotel mean", 0.5, False),
        ("whose cgnat port does the hotel mean", 0.7, True),
        # nothing of ours: only word for word
        ("whose flat do i mean", 0.85, False),
    ],
)
def test_the_less_anchors_a_text_the_more_alike_it_has_to_be(
    base: KnowledgeBase,
    text: str,
    score: float,
    enough: bool,  # noqa: FBT001
) -> None:
    hit = Hit("any", score, "", frozenset({"port", "cgnat", "whose", "mean"}))
    assert is_asked(understand(text, base.vocabulary), hit) is enough


def test_a_word_that_nobody_knows_makes_the_word_port_say_less(base: KnowledgeBase) -> None:
    hit = Hit("any", 0.7, "", frozenset({"port"}))
    assert is_asked(understand("where is the port", base.vocabulary), hit)
    assert not is_asked(understand("where is port quibblethorpe", base.vocabulary), hit)


def test_the_name_of_a_product_says_less_than_a_word_that_is_none(base: KnowledgeBase) -> None:
    question = understand("why grafana", base.vocabulary)
    hit = Hit("any", 0.65, "", frozenset({"grafan"}))
    assert is_asked(question, hit)
    assert not is_asked(question, hit, names={1})


def test_an_address_anchors_as_a_word_does(base: KnowledgeBase) -> None:
    question = understand("why 127.0.0.1", base.vocabulary)
    assert is_asked(question, Hit("any", 0.65, "", frozenset({"why", "127.0.0.1"})))
    assert not is_asked(question, Hit("any", 0.65, "", frozenset({"why"})))


def test_what_shares_but_the_word_port_is_not_even_offered(base: KnowledgeBase) -> None:
    question = understand("the port of call was lovely", base.vocabulary)
    assert not may_be_asked(question, Hit("any", 0.6, "", frozenset({"port", "the", "of"})))
    question = understand("the firewall and the port", base.vocabulary)
    assert may_be_asked(question, Hit("any", 0.6, "", frozenset({"port", "firewa"})))


def test_only_many_anchors_say_plainly_what_is_asked(base: KnowledgeBase) -> None:
    terms = frozenset({"port", "docke", "ufw", "publis", "firewa"})
    few = understand("docker and its port", base.vocabulary)
    many = understand("docker published my port past the ufw firewall", base.vocabulary)
    assert not is_plainly_asked(few, Hit("any", 0.6, "", terms))
    assert is_plainly_asked(many, Hit("any", 0.6, "", terms))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (
            "My NAS went silent twice this week. Anyway, what does NAT do with ports?",
            "nat-and-ports",
        ),
        ("We had lunch outside. So why does Chrome refuse some ports?", "browser-blocked-ports"),
        ("thx for yesterday! one more: how does port knocking work?", "port-knocking"),
        ("昨天谢谢你。临时端口是什么？", "ephemeral-ports"),
    ],
)
def test_one_sentence_of_a_story_asks(base: KnowledgeBase, text: str, slug: str) -> None:
    assert asked(text, base) == slug
    assert ask(text, base).faq == slug


def test_what_all_sentences_share_with_an_entry_counts(base: KnowledgeBase) -> None:
    hit = closest("Chrome shows an error. Why are some ports unsafe for it?", base)
    assert {"chrom", "port", "unsaf"} <= hit.shared


@pytest.mark.parametrize(
    "text",
    [
        "may two friends share a flat",
        "which docker image is the smallest",
        "can a gate block the driveway",
        "who designed the harbour of Genoa",
        "why is the sky blue",
    ],
)
def test_other_trades_share_words_and_ask_nothing_of_ours(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).faq is None


@pytest.mark.parametrize(
    "text",
    [
        "is it safe to leave the garden gate open at night",
        "what is the difference between a count and a baron",
        "how can i check whether the bakery is open",
        "how long does registering a bike take",
        "why does the rat hate the light",
        "two parties in one building",
    ],
)
def test_ways_to_ask_are_no_subject(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).faq is None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("is it safe to leave a port open at night", "is-an-open-port-dangerous"),
        ("how do i see everything thats listening on my box", "check-listening"),
        ("address already in use", "address-already-in-use"),
        ("my boss hates his address already in use thing", "address-already-in-use"),
        ("my friend asks: what is iana", "what-is-iana"),
    ],
)
def test_with_a_subject_of_ours_they_ask(base: KnowledgeBase, text: str, slug: str) -> None:
    assert ask(text, base).faq == slug


def test_the_same_text_gets_the_same_answer_in_every_process(base: KnowledgeBase) -> None:
    files = base.connection.execute("PRAGMA database_list")
    path = next(file for _, name, file in files if name == "main")
    program = (
        "import sys; from pathlib import Path; from knowledge.base import KnowledgeBase;"
        "from knowledge.ask import ask; base = KnowledgeBase.open(Path(sys.argv[1]));"
        "print([repr(ask(text, base).confidence) for text in sys.argv[2:]])"
    )
    texts = (
        "which range does port 1024 belong to, well known or registered",
        "why does my server answer on the box itself but not from a laptop in the same network",
        "what is the difference between the port that a container exposes and one it publishes",
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program, path, *texts],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        ).stdout
        for seed in range(1, 7)
    }  # fmt: skip
    assert len(told) == 1, told
