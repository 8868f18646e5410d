import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.hosts import named_host
from knowledge.model import Intent, System
from knowledge.reach import is_host
from knowledge.understand import understand


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("does example.org answer on port 443?", "example.org"),
        ("is Example.ORG:8443 up", "Example.ORG"),
        ("does https://www.example.co.uk/a/b answer", "www.example.co.uk"),
        ("can I reach 192.0.2.7:8080?", "192.0.2.7"),
        ("I can't reach 192.0.2.7.", "192.0.2.7"),
        ("does 2001:db8::1 answer", "2001:db8::1"),
        ("does [2001:db8::1]:443 answer", "2001:db8::1"),
        ("ssh root@db.internal", "db.internal"),
    ],
)
def test_a_name_or_an_address_is_found(text: str, host: str) -> None:
    assert named_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        "what listens on port 443",
        "127.0.0.1:8080, ::1, 0.0.0.0:80",  # this machine
        "localhost:5173",
        "a.example.org or b.example.org?",  # which one?
        "nginx.conf, main.py, node.js, asp.net",
        "only 10.0.0.0/8",
        "e.g. at 10:30:15, v1.2.3, 80:8080",
        "00:1a:2b:3c:4d:5e",
        "is it open.check please",
    ],
)
def test_what_is_no_other_machine_is_none(text: str) -> None:
    assert named_host(text) is None


@given(st.text("ab.:-[]/019 \n@é", max_size=60) | st.text(max_size=60))
def test_whatever_is_found_can_stand_in_a_command(text: str) -> None:
    found = named_host(text)
    assert found is None or is_host(found)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("does example.org answer on port 443?", "example.org", 443),
        ("antwortet example.org auf port 443?", "example.org", 443),
        ("is port 25565 open on play.example.net", "play.example.net", 25565),
        ("is https reachable on example.org?", "example.org", 443),
        ("does 2001:db8::1 answer on port 443?", "2001:db8::1", 443),
    ],
)
def test_the_commands_name_the_host_that_was_asked_of(
    base: KnowledgeBase, text: str, host: str, port: int
) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.CHECK
    assert answer.ports == (port,)
    assert answer.summary.startswith(f"Whether {host} answers on port {port}")
    lines = [command.line for command in answer.commands[System.LINUX]]
    assert lines[0] == f"nc -zv -w 3 {host} {port}"
    assert any(line.startswith("sudo ss") for line in lines)  # it may be this machine
    assert not any("HOST" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "kill what is on port 8080 at 192.0.2.7",
        "is port 8080 in use on 192.0.2.7",
        "what is example.org:443",
        "open port 443 for 192.0.2.7",
    ],
)
def test_who_wants_something_else_of_the_port_gets_that(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).question.host is None


def test_a_question_that_goes_on_keeps_the_host(base: KnowledgeBase) -> None:
    first = ask("does example.org answer on port 443?", base)
    for text, port in (("and 8443?", 8443), ("and on windows?", 443)):
        further = ask(text, base, Context(previous=first))
        assert further.commands[System.WINDOWS][0].line == (
            f"Test-NetConnection -ComputerName example.org -Port {port}"
        )


def test_nobodys_host_is_remembered_for_others(base: KnowledgeBase) -> None:
    for host in ("one.example.org", "two.example.org"):
        assert understand(f"does {host} answer on port 443?", base.vocabulary).host == host
