"""Questions that nobody tuned the rules for are understood, and small talk is left alone."""

import random
import re

import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Intent
from tests.knowledge.generated import generator, score, spelling

SEED = 20261121
QUESTIONS = 5000
SMALL_TALK = 1500


def test_generated_questions_are_understood(base: KnowledgeBase) -> None:
    result = score.of_questions(SEED, QUESTIONS, base)
    told = "\n".join((*score.table(result), "", *score.told(result.misses)))
    assert result.accuracy >= 0.95, f"\n{told}"


def test_small_talk_is_left_alone(base: KnowledgeBase) -> None:
    answered = score.answered_small_talk(SEED, SMALL_TALK, base)
    told = "\n".join(score.told_small_talk(answered))
    assert len(answered) <= 0.03 * SMALL_TALK, f"{len(answered)} lines were answered:\n{told}"


def test_a_seed_always_gives_the_same_lines(base: KnowledgeBase) -> None:
    assert list(generator.questions(7, 200, base)) == list(generator.questions(7, 200, base))
    assert list(generator.small_talk(7, 200)) == list(generator.small_talk(7, 200))
    assert list(generator.small_talk(7, 200)) != list(generator.small_talk(8, 200))


def test_no_slot_is_left_unfilled_and_every_template_can_be_filled(base: KnowledgeBase) -> None:
    asked = list(generator.questions(1, 6000, base))
    assert {question.template for question in asked} == set(generator.templates())
    talk = list(generator.small_talk(1, 6000))
    assert not [line for line in (*(a.text for a in asked), *talk) if re.search(r"[{}]", line)]


def test_every_template_stands_once() -> None:
    texts = [template.text for template in generator.templates()]
    lines = list(generator.small_talk_templates())
    assert len(texts) == len(set(texts)) >= 220
    assert len(lines) == len(set(lines)) >= 260


def test_what_is_expected_stands_in_the_question(base: KnowledgeBase) -> None:
    for asked in generator.questions(2, 2000, base):
        numbers = {int(number) for number in re.findall(r"\d+", asked.text)}
        assert numbers.issuperset(asked.span or ())
        assert asked.protocol is None or asked.protocol in asked.text.lower()
        if asked.template.expects in {"port", "among"}:
            assert numbers.issuperset(asked.ports[0]), asked.text
        if asked.template.expects == "both":
            assert len(asked.ports) == 2
            assert asked.ports[0].isdisjoint(asked.ports[1])
        assert Intent.NONE not in asked.intents


def test_about_a_fifth_of_the_questions_is_misspelled(base: KnowledgeBase) -> None:
    asked = list(generator.questions(5, 2000, base))
    assert 0.17 < sum(question.slipped for question in asked) / len(asked) < 0.23


@pytest.mark.parametrize("word", ["which", "service", "grafana", "internet", "Please"])
def test_a_slip_keeps_the_first_letter_and_nearly_the_length(word: str) -> None:
    chance = random.Random(3)
    slips = {spelling.slip(word, chance) for _ in range(300)}
    assert len(slips) > 10
    assert {slip[0] for slip in slips} == {word[0]}
    assert {len(slip) - len(word) for slip in slips} == {-1, 0, 1}


@pytest.mark.parametrize(
    "text", ["port 8080", "12345 23456", "on tcp 53", "x86_64 ipv6", "EADDRINUSE"]
)
def test_numbers_short_words_and_codes_are_never_misspelled(text: str) -> None:
    chance = random.Random(4)
    for _ in range(50):
        pieces = spelling.mistyped((spelling.Piece(text, fixed=False),), lambda _: False, chance)
        assert "".join(piece.text for piece in pieces) == text
