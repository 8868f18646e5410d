import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, PointKind, System


def test_something_is_told_of_each_port(base: KnowledgeBase) -> None:
    answer = ask("22, 80 and 443", base)
    assert answer.title == "Ports 22, 80 and 443"
    assert answer.summary == "3 ports: 22 (ssh), 80 (http) and 443 (https)."
    told = [point.text for point in answer.points if point.kind is PointKind.DETAIL]
    assert [text.split(" is ")[0] for text in told] == ["Port 22", "Port 80", "Port 443"]
    kinds = {point.kind for point in answer.points}
    assert kinds == {
        PointKind.DETAIL,
        PointKind.RISK,
    }  # nothing of the first alone


def test_of_many_ports_a_line_each_is_told(base: KnowledgeBase) -> None:
    answer = ask("ports 22 80 443 8080 25 53 110 143", base)
    assert answer.title == "Ports 22, 80, 443, 8080, 25, 53, …"
    assert answer.summary.endswith("25 (smtp), 53 (domain) and 2 more.")
    told = [point.text for point in answer.points if point.kind is PointKind.DETAIL]
    assert len(told) == 8
    assert told[-1].startswith("143: imap")


@pytest.mark.parametrize(
    ("asked", "intent"),
    [
        ("what listens on 8080 and 3000?", Intent.CHECK),
        ("open ports 8080 and 3000", Intent.OPEN),
        ("close ports 8080 and 3000", Intent.OPEN),
    ],
)
def test_what_is_done_to_ports_is_done_to_each(
    asked: str, intent: Intent, base: KnowledgeBase
) -> None:
    answer = ask(asked, base)
    assert answer.intent is intent
    assert "8080 and 3000" in answer.summary.partition(". ")[0]
    for system in System:
        lines = "\n".join(command.line for command in answer.commands[system])
        assert "8080" in lines
        assert "3000" in lines


def test_the_risks_come_first_where_safety_is_asked(base: KnowledgeBase) -> None:
    answer = ask("are 443 and 23 safe?", base)
    assert answer.summary.startswith("Port 23 should not face the internet.")
    assert answer.points[0].kind is PointKind.RISK
    assert answer.points[0].text.startswith("23: ")


def test_products_of_another_protocol_do_not_share_a_port(base: KnowledgeBase) -> None:
    assert not [p for p in ask("22/sctp", base).points if p.kind is PointKind.PRACTICE]
    (udp,) = (p for p in ask("80/udp", base).points if p.kind is PointKind.PRACTICE)
    assert "share" not in udp.text
