import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Intent
from knowledge.understand import understand


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("only 10.0.0.0/8 may reach 6379", "10.0.0.0/8"),
        ("allow 6379 from 192.168.1.5", "192.168.1.5"),
        ("open 22 only for fd00::/8", "fd00::/8"),
        ("open port 22 only to 10.0.0.7", "10.0.0.7"),
        ("open port 5432 for 2001:db8:1::/48", "2001:db8:1::/48"),
        ("block 203.0.113.0/24 from port 22", "203.0.113.0/24"),
        ("nur 10.0.0.0/8 soll port 6379 erreichen", "10.0.0.0/8"),
        ("is port 22 open on 192.168.1.5", None),
        ("open port 22 on 192.168.1.5", None),
        ("scan 10.0.0.0/24 for port 445", None),
        ("open 22 from 10.0.0.0/8 and 172.16.0.0/12", None),
        ("only 10.0.0.0/99 may reach 6379", None),
        ("only port 22", None),
    ],
)
def test_whom_a_firewall_shall_let_in(base: KnowledgeBase, text: str, source: str | None) -> None:
    assert understand(text, base.vocabulary).source == source


def test_who_may_alone_reach_a_port_asks_for_a_rule(base: KnowledgeBase) -> None:
    question = understand("only 10.0.0.0/8 may reach 6379", base.vocabulary)
    assert (question.intent, question.ports, question.closing) == (Intent.OPEN, (6379,), False)


def test_no_reading_with_an_address_is_kept(base: KnowledgeBase) -> None:
    understand("open port 6379 from 10.77.66.0/24", base.vocabulary)
    assert not any("10.77.66" in part for key in base.vocabulary.shapes for part in map(str, key))


@pytest.mark.parametrize(
    ("text", "outbound"),
    [
        ("block 25 outgoing", True),
        ("allow outbound 587/tcp", True),
        ("block port 25 egress", True),
        ("ausgehenden port 25 sperren", True),
        ("bloquea el puerto 25 saliente", True),
        ("block port 25", False),
        ("block inbound and outbound 445", False),
    ],
)
def test_which_way_the_traffic_goes(base: KnowledgeBase, text: str, outbound: bool) -> None:
    for _ in range(2):  # the second time from what is remembered of the first
        assert understand(text, base.vocabulary).outbound is outbound


def test_what_is_said_beside_a_question_stays_a_plain_number(base: KnowledgeBase) -> None:
    # A flag of enum is an int as well, but takes many times as long to compare.
    assert type(understand("what is port 6379?", base.vocabulary).concepts) is int
