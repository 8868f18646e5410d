import pytest

from bot.interjections import AGAIN_SECONDS, TAKEN_BACK_SECONDS, Interjections
from bot.overhearing import Silence
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from knowledge.team.model import answer_key

ADA, BEN, CHANNEL, DEV = 1, 2, 10, 11


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def said(clock: Clock) -> Interjections:
    return Interjections(clock)


@pytest.fixture
def postgres(base: KnowledgeBase) -> Answer:
    return ask("which port does postgres use?", base)


def test_the_same_question_is_answered_again_after_a_while(
    said: Interjections, clock: Clock, postgres: Answer
) -> None:
    assert said.silence(postgres, channel=CHANNEL, person=ADA) is None
    assert said.silence(postgres, channel=CHANNEL, person=BEN) is Silence.REPEATED
    assert said.silence(postgres, channel=DEV, person=BEN) is None
    clock.now += AGAIN_SECONDS
    assert said.silence(postgres, channel=CHANNEL, person=BEN) is None


def test_what_was_taken_back_is_not_said_to_the_same_person(
    said: Interjections, clock: Clock, postgres: Answer, base: KnowledgeBase
) -> None:
    said.take_back(ADA, answer_key(postgres))
    alike = ask("what is port 5432?", base)
    assert said.silence(alike, channel=CHANNEL, person=ADA) is Silence.TAKEN_BACK
    assert said.silence(alike, channel=CHANNEL, person=BEN) is None
    clock.now += TAKEN_BACK_SECONDS
    assert said.silence(alike, channel=DEV, person=ADA) is None


def test_who_deletes_their_data_is_forgotten(said: Interjections, postgres: Answer) -> None:
    said.take_back(ADA, answer_key(postgres))
    said.take_back(BEN, answer_key(postgres))
    assert said.forget(ADA)
    assert not said.forget(ADA)
    assert said.silence(postgres, channel=CHANNEL, person=ADA) is None
    assert said.silence(postgres, channel=DEV, person=BEN) is Silence.TAKEN_BACK


def test_a_channel_is_not_flooded_however_many_ask(
    said: Interjections, clock: Clock, base: KnowledgeBase
) -> None:
    answers = [ask(f"what is port {number}?", base) for number in range(20, 60)]
    spoken = 0
    for person, answer in enumerate(answers, start=100):
        spoken += said.silence(answer, channel=CHANNEL, person=person) is None
        clock.now += 1
    assert spoken <= 3 + len(answers) / 20


def test_what_is_forgotten_makes_it_speak_again(clock: Clock, postgres: Answer) -> None:
    said = Interjections(clock, most=1)
    assert said.silence(postgres, channel=CHANNEL, person=ADA) is None
    assert said.silence(postgres, channel=DEV, person=BEN) is None
    clock.now += 100
    assert said.silence(postgres, channel=CHANNEL, person=ADA) is None
