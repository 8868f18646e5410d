import pytest

from bot import conversations
from bot.conversations import KEPT_SECONDS, Conversations
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, System


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_question_goes_on_from_the_last_answer(base: KnowledgeBase) -> None:
    kept = Conversations(Clock())
    kept.remember(1, 2, ask("what listens on port 8080", base))
    answer = ask("and on windows?", base, Context(previous=kept.last(1, 2)))
    assert answer.ports == (8080,)
    assert answer.intent is Intent.CHECK
    assert answer.system is System.WINDOWS


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is it safe?", Intent.SAFETY),
        ("what about udp?", Intent.ABOUT),
        ("how do i close it", Intent.OPEN),
    ],
)  # fmt: skip
def test_what_is_wanted_of_the_same_port_may_change(
    base: KnowledgeBase, text: str, intent: Intent
) -> None:
    answer = ask(text, base, Context(previous=ask("redis port", base)))
    assert answer.ports[0] == 6379
    assert answer.intent is intent


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("is http safe?", 80),
        ("tcp or udp for dns?", 53),
        ("close telnet", 23),
        ("what about ssh on windows", 22),
        ("und ist dns sicher?", 53),
        ("how do i test it with telnet", 6379),
        ("is it open in the router?", 6379),
        ("allow it in the firewall of the nas", 6379),
    ],
)
def test_another_service_is_told_from_a_word_about_the_same_port(
    base: KnowledgeBase, text: str, port: int
) -> None:
    answer = ask(text, base, Context(previous=ask("redis port", base)))
    assert answer.ports[0] == port


def test_another_port_takes_the_same_intent(base: KnowledgeBase) -> None:
    before = ask("what listens on port 8080", base)
    answer = ask("and 3000?", base, Context(previous=before))
    assert answer.ports == (3000,)
    assert answer.intent is Intent.CHECK


@pytest.mark.parametrize("text", ["thanks", "lol", "ok cool", "see you tomorrow"])
def test_small_talk_after_an_answer_is_no_question(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base, Context(previous=ask("what is port 22", base)))
    assert answer.intent is Intent.NONE


def test_each_person_and_channel_has_a_conversation_of_its_own(base: KnowledgeBase) -> None:
    kept = Conversations(Clock())
    kept.remember(1, 2, ask("port 22", base))
    assert kept.last(1, 3) is None
    assert kept.last(4, 2) is None


def test_a_conversation_is_forgotten_after_ten_minutes(base: KnowledgeBase) -> None:
    clock = Clock()
    kept = Conversations(clock)
    kept.remember(1, 2, ask("port 22", base))
    clock.now = KEPT_SECONDS
    assert kept.last(1, 2) is not None
    clock.now += 1
    assert kept.last(1, 2) is None
    assert len(kept) == 0


def test_an_answer_about_no_port_leaves_the_one_before(base: KnowledgeBase) -> None:
    kept = Conversations(Clock())
    kept.remember(1, 2, ask("port 22", base))
    kept.remember(1, 2, ask("what is TIME_WAIT", base))
    found = kept.last(1, 2)
    assert found is not None
    assert found.ports == (22,)


def test_only_so_many_conversations_are_kept(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "MOST", 3)
    kept = Conversations(Clock())
    answer = ask("port 22", base)
    for person in range(5):
        kept.remember(1, person, answer)
    assert len(kept) == 3
    assert kept.last(1, 0) is None
    assert kept.last(1, 4) is answer


def test_old_conversations_are_forgotten_with_the_next_one(base: KnowledgeBase) -> None:
    clock = Clock()
    kept = Conversations(clock)
    kept.remember(1, 2, ask("port 22", base))
    kept.remember(1, 3, ask("port 22", base))
    clock.now = KEPT_SECONDS + 1
    kept.remember(1, 4, ask("port 22", base))
    assert len(kept) == 1


def test_a_person_is_forgotten_in_every_channel_and_nobody_else(base: KnowledgeBase) -> None:
    kept = Conversations(Clock())
    for channel, person in ((1, 2), (3, 2), (1, 4)):
        kept.remember(channel, person, ask("port 22", base))
    assert kept.forget(2)
    assert not kept.forget(2)
    assert kept.last(1, 2) is None
    assert kept.last(1, 4) is not None
