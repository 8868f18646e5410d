"""Questions that are written as slash commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import as_command, reach
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, Port, Protocol, System

UDP = Protocol.UDP


@pytest.mark.parametrize(
    ("written", "intent", "ports", "protocol"),
    [
        (as_command.port("443"), Intent.ABOUT, (443,), None),
        (as_command.port("53/udp"), Intent.ABOUT, (53,), UDP),
        (as_command.port("53", UDP), Intent.ABOUT, (53,), UDP),
        (as_command.port("53/tcp", UDP), Intent.ABOUT, (53,), UDP),
        (as_command.port("postgres"), Intent.ABOUT, (5432,), None),
        (as_command.port("postgers"), Intent.ABOUT, (5432,), None),
        (as_command.port("wireguard", UDP), Intent.ABOUT, (51820,), UDP),
        (as_command.port("wich port is ssh on"), Intent.ABOUT, (22,), None),
        (as_command.check("8080"), Intent.CHECK, (8080,), None),
        (as_command.check("5432", Protocol.TCP), Intent.CHECK, (5432,), Protocol.TCP),
        (as_command.check("postgres"), Intent.CHECK, (5432,), None),
        (as_command.compare(80, 443), Intent.COMPARE, (80, 443), None),
        (as_command.compare(443, 80), Intent.COMPARE, (443, 80), None),
        ("/compare postgres and mysql", Intent.COMPARE, (5432, 3306), None),
    ],
)
def test_a_command_asks_what_it_says(
    written: str,
    intent: Intent,
    ports: tuple[int, ...],
    protocol: Protocol | None,
    base: KnowledgeBase,
) -> None:
    answer = ask(written, base)
    assert (answer.intent, answer.ports[:2], answer.protocol) == (intent, ports, protocol)


@pytest.mark.parametrize("language", ["ja", "ru", "de", "pt-BR", "th"])
@pytest.mark.parametrize("text", ["/port 443", "/check 443", "/compare 80 443", "/port postgres"])
def test_the_words_of_a_command_tell_no_language(
    text: str, language: str, base: KnowledgeBase
) -> None:
    answer = ask(text, base, Context(language))
    assert answer.question.language == language
    assert answer.question.text == text


def test_a_longer_text_tells_its_language_itself(base: KnowledgeBase) -> None:
    asked = as_command.port("welchen port benutzt postgres")
    assert ask(asked, base, Context("fr")).question.language == "de"


def test_the_askers_system_is_known_to_a_command(base: KnowledgeBase) -> None:
    assert ask("/port 443", base, Context("en", System.MACOS)).system is System.MACOS


@given(st.text())
def test_any_text_may_follow_a_slash(text: str) -> None:
    as_command.in_words(f"/{text}")
    as_command.in_words(f"/port {text}")
    reach.read(f"/check {text}")


# ---------------------------------------------------------------- another host


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1", "localhost", "HOST"])
@pytest.mark.parametrize("port", [Port(443), Port(53, UDP)])
def test_whether_a_host_answers_is_read_as_it_is_written(port: Port, host: str) -> None:
    assert reach.read(reach.written(port, host)) == (port, host)


@pytest.mark.parametrize(
    "text", ["/check 443 host:$(id)", "/check 443 host:", "/check 70000 host:a", "/check 443"]
)
def test_what_names_no_host_is_no_such_question(text: str) -> None:
    assert reach.read(text) is None


def test_the_commands_name_the_host_and_nothing_is_called(base: KnowledgeBase) -> None:
    answer = ask("/check 443/tcp host:example.org", base, Context("en", System.LINUX))
    assert answer.intent is Intent.CHECK
    assert answer.summary.startswith("Whether example.org answers on port 443")
    assert "I do not call it" in answer.summary
    assert len(answer.summary) <= 600
    for system in System:
        assert all("example.org" in command.line for command in answer.commands[system])
    assert answer.question.host == "example.org"


def test_no_tool_tries_dccp(base: KnowledgeBase) -> None:
    assert not ask("/check 443/dccp host:example.org", base).commands


@pytest.mark.parametrize(
    ("reader", "language"),
    [("es-419", "es"), ("en-GB", "en"), ("nb", "no"), ("tlh", "en"), ("", "en"), (None, "en")],
)
def test_a_command_is_in_the_readers_language_by_any_tag(
    base: KnowledgeBase, reader: str | None, language: str
) -> None:
    asked = ask("/port para que sirve un cortafuegos", base, Context(language=reader))
    assert asked.question.language == language
