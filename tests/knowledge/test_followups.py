"""Questions that go on from an answer: what they leave out is taken from it."""

import pytest

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent


def after(base: KnowledgeBase, *texts: str) -> Answer:
    """Return the answer to the last text, each asked after the answer before."""
    answer = ask(texts[0], base)
    for text in texts[1:]:
        answer = ask(text, base, Context(previous=answer))
    return answer


@pytest.mark.parametrize(
    ("first", "second", "port"),
    [
        ("redis port", "with tls?", 6380),
        ("redis port", "for sentinel?", 26379),
        ("redis port", "and with the cluster?", 16379),
        ("elasticsearch port", "and the cluster?", 9300),
        ("ldap", "over ssl", 636),
        ("mqtt port", "with tls", 8883),
        ("smtp port", "with starttls?", 587),
        ("which port does imap use", "over tls?", 993),
        ("welchen port nutzt mqtt", "mit tls?", 8883),
        ("quel port pour ldap", "avec tls ?", 636),
        ("qué puerto usa mqtt", "con tls?", 8883),
        ("mysql", "and oracle?", 1521),
        ("mysql port", "what about postgres", 5432),
        ("postgres port", "and redis", 6379),
    ],
)
def test_a_role_or_another_name_goes_on(
    base: KnowledgeBase, first: str, second: str, port: int
) -> None:
    answer = after(base, first, second)
    assert answer.intent is Intent.ABOUT
    assert answer.ports[0] == port


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("what is 22", "with cheese"),
        ("mysql", "and you?"),
        ("mysql", "and the weather?"),
        ("mysql port", "and lunch?"),
        ("redis", "thanks"),
        ("redis port", "with milk please"),
        ("is ssh safe", "and the cat?"),
        ("check 8080 on 10.0.0.5", "my ip is 10.0.0.6 today anyway"),
        ("open 8080", "dont"),
    ],
)
def test_chat_does_not_go_on(base: KnowledgeBase, first: str, second: str) -> None:
    assert after(base, first, second).intent is Intent.NONE


@pytest.mark.parametrize(
    ("texts", "intent", "port", "closing"),
    [
        (("close ssh", "and telnet"), Intent.OPEN, 23, True),
        (("block 3389", "and vnc"), Intent.OPEN, 5900, True),
        (("open port 80", "and https"), Intent.OPEN, 443, False),
        (("is redis safe to expose", "and mongodb?"), Intent.SAFETY, 27017, None),
        (("is 22 safe", "and 23?", "close it"), Intent.OPEN, 23, True),
        (("what is 3306", "close it", "undo"), Intent.OPEN, 3306, False),
        (("close 22", "no, open it"), Intent.OPEN, 22, False),
        (("block 3389", "in ufw"), Intent.OPEN, 3389, True),
        (("block 3389", "with iptables"), Intent.OPEN, 3389, True),
        (("close 445", "and in windows firewall?"), Intent.OPEN, 445, True),
        (("schließe port 23", "und 445"), Intent.OPEN, 445, True),
        (("ferme le port 23", "et 445"), Intent.OPEN, 445, True),
        (("cierra el puerto 23", "y 445"), Intent.OPEN, 445, True),
    ],
)
def test_what_was_wanted_is_wanted_of_the_next(
    base: KnowledgeBase,
    texts: tuple[str, ...],
    intent: Intent,
    port: int,
    *,
    closing: bool | None,
) -> None:
    answer = after(base, *texts)
    assert answer.intent is intent
    assert answer.ports[0] == port
    if closing is not None:
        assert answer.question.closing is closing


def test_traffic_that_leaves_is_still_meant(base: KnowledgeBase) -> None:
    question = after(base, "block 25 outgoing", "and 465").question
    assert question.outbound
    assert question.closing


def test_whom_a_rule_lets_in_may_be_said_afterwards(base: KnowledgeBase) -> None:
    answer = after(base, "open 8080", "only for 10.0.0.0/8")
    assert answer.intent is Intent.OPEN
    assert answer.ports == (8080,)
    assert answer.question.source == "10.0.0.0/8"


@pytest.mark.parametrize(
    ("first", "second", "host"),
    [
        ("check 8080 on 10.0.0.5", "what about 10.0.0.6", "10.0.0.6"),
        ("is example.com:443 up?", "and example.org", "example.org"),
        ("ist 10.0.0.5:22 erreichbar", "und 10.0.0.6?", "10.0.0.6"),
        ("does example.org answer on port 443?", "and on 192.168.1.9", "192.168.1.9"),
    ],
)
def test_the_same_is_checked_of_another_machine(
    base: KnowledgeBase, first: str, second: str, host: str
) -> None:
    answer = after(base, first, second)
    assert answer.intent is Intent.CHECK
    assert answer.ports == ask(first, base).ports
    assert host in answer.summary
