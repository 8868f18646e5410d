import json
from collections.abc import Callable

import pytest

from bot.cards.as_json import to_json, to_line
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Alternative, Answer, Intent, Point, PointKind, Question, System

PROMISED = {
    "id", "question", "intent", "ports", "range", "faq", "protocol", "os", "confidence", "title",
    "summary", "commands", "status", "services", "sources", "alternatives",
}  # fmt: skip


def test_every_promised_key_is_there(about: Callable[..., Answer]) -> None:
    assert set(to_json(about(576))) >= PROMISED


def test_an_answer_is_told_in_plain_values(about: Callable[..., Answer]) -> None:
    value = to_json(
        about(
            576,
            points=(Point(PointKind.PRACTICE, "Foo."),),
            alternatives=(Alternative("x", (1, 2), 0.25, "port 1"),),
        ),
        "q-1",
    )
    assert value["id"] == "q-1"
    assert value["status"] == {
        "tcp": "assigned", "udp": "assigned", "sctp": "unassigned", "dccp": "unassigned",
    }  # fmt: skip
    assert value["services"] == {
        "tcp": ["ipcd", "ipcd-2"], "udp": ["ipcd", "ipcd-2"], "sctp": [], "dccp": [],
    }  # fmt: skip
    assert value["commands"]["linux"] == ["show 576 on linux"]
    assert value["sources"] == [{"title": "IANA", "url": "https://www.iana.org/assignments"}]
    assert value["points"] == [{"kind": "practice", "text": "Foo."}]
    assert value["alternatives"][0]["ports"] == [1, 2]
    assert json.loads(json.dumps(value)) == value


def test_what_is_not_known_is_null() -> None:
    value = to_json(Answer(Question("hello"), Intent.NONE, 0.0, "No answer", "No."))
    nothing = {"id", "range", "faq", "faq_entry", "protocol", "os", "status", "services"}
    assert {key for key, entry in value.items() if entry is None} == nothing
    assert value["ports"] == []


def test_a_case_of_a_wider_question_is_told_as_that(base: KnowledgeBase) -> None:
    value = to_json(ask("what is the /etc/services file for", base))
    assert (value["faq"], value["faq_entry"]) == ("service-names", "etc-services-file")


def test_a_range_and_a_system_are_told(about: Callable[..., Answer]) -> None:
    value = to_json(about(576, span=(576, 580), system=System.MACOS))
    assert (value["range"], value["os"]) == ([576, 580], "macos")


def test_the_whole_article_is_told_on_demand(base: KnowledgeBase) -> None:
    answer = ask("what is port 6379?", base)
    assert "articles" not in to_json(answer)
    value = to_json(answer, full=True)
    (article,) = value["articles"]
    headings = [section["heading"] for section in article["sections"]]
    assert headings == ["What it is", "In practice", "Security"]
    assert len(article["questions"]) >= 2
    assert all(each["question"] and each["answer"] for each in article["questions"])
    assert value["details"] is None
    lines = [note["line"] for note in value["command_notes"]["linux"]]
    assert lines == value["commands"]["linux"]
    assert json.loads(json.dumps(value)) == value


def test_what_changes_something_says_so_to_programs(base: KnowledgeBase) -> None:
    notes = to_json(ask("open port 443/tcp", base), full=True)["command_notes"]["linux"]
    assert notes[0]["line"] == "sudo ufw allow 443/tcp"
    assert notes[0]["caution"].startswith("Everyone")


def test_the_longer_answer_of_a_faq_is_told_on_demand(base: KnowledgeBase) -> None:
    value = to_json(ask("what is TIME_WAIT?", base), full=True)
    assert len(value["details"].split()) > 60
    assert value["articles"] == []


def test_port_80_has_all_its_names(base: KnowledgeBase) -> None:
    services = to_json(ask("what is port 80?", base))["services"]
    assert set(services["tcp"]) == {"http", "www", "www-http"}


@pytest.mark.parametrize("text", ["порт 443", "half \ud83d a pair", "\U0001f6a2", "\udcff"])
def test_a_line_can_be_written_and_read_back(text: str, about: Callable[..., Answer]) -> None:
    line = to_line(about(443, question=Question(text)), text)
    assert "\n" not in line
    assert json.loads(line.encode("utf-8"))["id"] == text


def test_a_line_keeps_scripts_readable(about: Callable[..., Answer]) -> None:
    assert "порт" in to_line(about(443, question=Question("порт 443")))
