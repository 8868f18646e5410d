from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.cards.custom_ids import Kind, Recall
from bot.cards.in_short import in_short
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Faq, Intent, Protocol, Question
from knowledge.vocabulary import Concept
from knowledge.wishes import wish_of

LIMITS: dict[
    str, dict[str, Any]
] = {  # what a question may be limited to, and how it stands in the question
    "container": {"concepts": int(Concept.CONTAINER)},
    "cluster": {"concepts": int(Concept.CLUSTER)},
    "cloud": {"concepts": int(Concept.CLOUD)},
    "outgoing": {"outbound": True, "concepts": int(Concept.OUTBOUND)},
    "one source": {"source": "10.0.0.7"},
    "a network": {"source": "2001:db8::/32"},
    "nothing": {},
}
WISHES: dict[str, tuple[Intent, dict[str, Any]]] = {
    "about": (Intent.ABOUT, {}),
    "check": (Intent.CHECK, {}),
    "stop": (Intent.CHECK, {"concepts": int(Concept.STOP)}),
    "taken": (Intent.CHECK, {"concepts": int(Concept.IN_USE)}),
    "open": (Intent.OPEN, {}),
    "close": (Intent.OPEN, {"closing": True, "concepts": int(Concept.CLOSE)}),
    "safety": (Intent.SAFETY, {}),
    "neighbors": (Intent.NEIGHBORS, {}),
}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"intent": Intent.CHECK, "protocol": Protocol.UDP}, "check port 53/udp"),
        ({"intent": Intent.OPEN}, "open port 53"),
        ({"intent": Intent.SAFETY}, "safety of port 53"),
        ({"intent": Intent.NEIGHBORS}, "neighbors of port 53"),
        ({"intent": Intent.COMPARE, "ports": (53, 853)}, "compare ports 53 and 853"),
        ({"span": (53, 59)}, "ports 53-59"),
        ({"entry": Faq("time-wait", "What is TIME_WAIT?", (), "")}, "What is TIME_WAIT?"),
        ({"ports": ()}, None),
    ],
)
def test_what_was_understood_has_a_short_question(
    changes: dict[str, object], text: str | None, about: Callable[..., Answer]
) -> None:
    assert in_short(about(53, **changes)) == text


@pytest.mark.parametrize(
    ("wanted", "limit", "span"),
    [
        (wanted, limit, span)
        for wanted, limit, span in product(WISHES, LIMITS, (None, (440, 450)))
        if wanted != "neighbors" or span is None
    ],
)
def test_the_short_question_wants_the_same(
    wanted: str,
    limit: str,
    span: tuple[int, int] | None,
    about: Callable[..., Answer],
    base: KnowledgeBase,
) -> None:
    intent, wish = WISHES[wanted]
    concepts = LIMITS[limit].get("concepts", 0) | wish.get("concepts", 0)
    named = () if span else (443,)
    asked = {**LIMITS[limit], **wish, "concepts": concepts, "ports": named}
    question = Question("a long one", **asked)
    ports = span or named
    for protocol in (None, Protocol.UDP):
        answer = about(
            443, question=question, intent=intent, ports=ports, span=span, protocol=protocol
        )
        text = in_short(answer)
        assert text is not None
        again = ask(text, base)
        found = (again.intent, again.ports, again.span, again.protocol)
        assert found == (intent, ports, span, protocol), text
        wishes = [wish_of(each.question, intent) for each in (answer, again)]
        if intent is not Intent.OPEN:  # a source is for firewalls
            wishes = [replace(each, source=None) for each in wishes]
        assert wishes[0] == wishes[1], text
        if intent in {Intent.OPEN, Intent.SAFETY}:
            assert bool(again.question.concepts & Concept.CLOUD) == (limit == "cloud"), text
        assert Recall(Kind.SYSTEM, 2**63, "pt-BR", text).fits


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("what listens on 8080", "and on windows?"),
        ("close port 3389", "and on windows?"),
        ("close port 3389", "and 445"),
        ("kill what is on port 3000", "on linux?"),
        ("block outgoing port 25", "and udp?"),
    ],
)
def test_a_question_that_goes_on_is_said_by_itself(
    first: str, second: str, base: KnowledgeBase
) -> None:
    before = ask(first, base)
    answer = ask(second, base, Context(previous=before))
    assert answer.question.goes_on
    again = ask(in_short(answer) or "", base)
    assert not again.question.goes_on
    assert (again.intent, again.ports) == (answer.intent, answer.ports)
    assert wish_of(again.question, again.intent) == wish_of(answer.question, answer.intent)


def test_a_question_of_its_own_does_not_go_on(base: KnowledgeBase) -> None:
    before = ask("what listens on 8080", base)
    assert not ask("which port does ssh use?", base, Context(previous=before)).question.goes_on
