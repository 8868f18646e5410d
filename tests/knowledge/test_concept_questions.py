"""Whether a concept question is asked, or merely shares words with what is."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.concept_questions import anchors, is_asked, is_plainly_asked, may_be_asked, odds
from knowledge.likeness import Hit
from knowledge.understand import understand

HIT = Hit("any", 0.6, "", weight=8.0, lead=0.2)


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


SHARED = frozenset({"port", "cgnat", "whose", "mean"})


def told(text: str, base: KnowledgeBase, hit: Hit = HIT) -> float:
    """Return the log-odds of an entry that shares some words with the text."""
    return odds(understand(text, base.vocabulary), replace(hit, shared=SHARED))


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        ("whose cgnat port do i mean", "whose port do i mean"),
        ("whose port do i mean", "whose port does the hotel mean"),
        ("whose port do i mean", "whose flat do i mean"),
    ],
)
def test_anchors_speak_for_a_concept_question_and_other_trades_against_it(
    base: KnowledgeBase, likelier: str, than: str
) -> None:
    assert told(likelier, base) > told(than, base)


def test_what_fits_better_and_leads_and_shares_more_is_likelier(base: KnowledgeBase) -> None:
    text = "whose port do i mean"
    assert told(text, base, replace(HIT, score=0.9)) > told(text, base, replace(HIT, score=0.6))
    assert told(text, base, replace(HIT, lead=0.3)) > told(text, base, replace(HIT, lead=0.0))
    assert told(text, base, replace(HIT, weight=9.0)) > told(text, base, replace(HIT, weight=3.0))


def test_more_of_what_is_enough_makes_it_no_surer(base: KnowledgeBase) -> None:
    text = "whose port do i mean"
    enough = told(text, base, replace(HIT, weight=15.0))
    assert enough == told(text, base, replace(HIT, weight=60.0))


def test_the_name_of_a_product_says_less_than_a_word_that_is_none(base: KnowledgeBase) -> None:
    question = understand("why grafana", base.vocabulary)
    hit = replace(HIT, shared=frozenset({"grafan"}))
    assert odds(question, hit) > odds(question, hit, names={1})


def test_an_address_anchors_as_a_word_does(base: KnowledgeBase) -> None:
    question = understand("why 127.0.0.1", base.vocabulary)
    shared = frozenset({"why", "127.0.0.1"})
    assert odds(question, replace(HIT, shared=shared)) > odds(
        question, replace(HIT, shared=frozenset({"why"}))
    )


def test_a_port_of_which_the_entry_speaks_itself_anchors(base: KnowledgeBase) -> None:
    assert asked("為什麼 1024 以下的埠需要 root 權限", base) == "privileged-ports"


def test_a_case_of_the_entry_is_no_rival(base: KnowledgeBase) -> None:
    text = "what is the file /etc/services for"
    hits = base.concept_questions.closest(understand(text, base.vocabulary))
    assert [hit.slug for hit in hits[:2]] == ["etc-services-file", "service-names"]
    assert hits[0].lead > hits[0].score - hits[1].score


def test_what_shares_but_the_word_port_is_not_even_offered(base: KnowledgeBase) -> None:
    question = understand("the port of call was lovely", base.vocabulary)
    assert not may_be_asked(question, Hit("any", 0.6, "", frozenset({"port", "the", "of"})))
    question = understand("the firewall and the port", base.vocabulary)
    assert may_be_asked(question, Hit("any", 0.6, "", frozenset({"port", "firewa"})))


def test_only_many_anchors_say_plainly_what_is_asked(base: KnowledgeBase) -> None:
    terms = frozenset({"port", "docke", "ufw", "publis", "firewa"})
    few = understand("docker and its port", base.vocabulary)
    many = understand("docker published my port past the ufw firewall", base.vocabulary)
    assert not is_plainly_asked(few, replace(HIT, shared=terms))
    assert is_plainly_asked(many, replace(HIT, shared=terms))


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
        "docker image size is huge",
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


@pytest.mark.parametrize(
    "text",
    [
        "how do i see what is listening",
        "list open ports linux",
        "how to check open ports",
        "how can i tell which ports are open",
    ],
)
def test_who_wants_to_see_ports_is_not_told_how_to_open_them(
    base: KnowledgeBase, text: str
) -> None:
    assert ask(text, base).faq == "check-listening"


def test_a_wish_to_open_ports_stays_one(base: KnowledgeBase) -> None:
    assert ask("how do i open ports on linux", base).faq == "firewall-basics"
