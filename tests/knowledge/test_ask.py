"""Questions and their answers, through the front door."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, PointKind, System


def told(answer: Answer) -> str:
    return " ".join([answer.title, answer.summary, *(point.text for point in answer.points)])


@pytest.mark.parametrize("number", [747, 756])
def test_netinfo_is_told_to_those_who_ask(base: KnowledgeBase, number: int) -> None:
    answer = ask(f"was port {number} netinfo on mac os x?", base)
    disputed = " ".join(p.text for p in answer.points if p.kind is PointKind.DISPUTED)
    assert "NetInfo" in disputed
    assert "600-1023" in disputed


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("what is port 576?", ["576", "ipcd", "assigned"]),
        ("what is port 756?", ["756", "unassigned", "755-757"]),
        ("what is port 940?", ["unassigned", "916-952", "37 ports"]),
        ("what is port 60156?", ["dynamic", "49152-65535", "Linux (32768-60999)"]),
        ("what is port 49151?", ["reserved"]),
        ("what is port 6667?", ["ircu"]),
        ("what is port 6001?", ["x11", "6000-6063"]),
        ("what is port 25565?", ["Minecraft"]),
        ("what is 65536", ["not a port", "0 to 65535"]),
    ],
)
def test_what_is_asked_is_told(base: KnowledgeBase, text: str, phrases: list[str]) -> None:
    answer = ask(text, base)
    for phrase in phrases:
        assert phrase in told(answer)


def test_every_answer_about_a_port_names_its_sources(base: KnowledgeBase) -> None:
    for number in (0, 80, 576, 756, 940, 8291, 25565, 49151, 60156):
        assert any("IANA" in s.title for s in ask(f"port {number}", base).sources)


def test_two_ports_asked_about_at_once_are_both_told(base: KnowledgeBase) -> None:
    answer = ask("ports 80 and 443", base)
    assert answer.ports == (80, 443)
    assert "https" in told(answer)


def test_a_comparison_tells_both(base: KnowledgeBase) -> None:
    answer = ask("imap vs imaps", base)
    assert answer.intent is Intent.COMPARE
    assert answer.ports == (143, 993)


def test_the_same_wish_gets_the_same_free_ports(base: KnowledgeBase) -> None:
    first, second = (ask("suggest three free ports", base).ports for _ in range(2))
    assert first == second
    assert len(first) == 3
    for number in first:
        facts = base.facts(number)
        assert all(use.last - use.first >= 1000 for use in facts.uses)
        assert not facts.browser_blocked
        assert 1024 <= number < 10000


def test_a_wish_with_bounds_is_kept_inside_them(base: KnowledgeBase) -> None:
    assert all(
        20000 <= number <= 30000
        for number in ask("a free port between 20000 and 30000 please", base).ports
    )


def test_the_commands_are_those_of_the_port_asked_about(base: KnowledgeBase) -> None:
    answer = ask("what is listening on port 747 on linux", base)
    assert answer.system is System.LINUX
    lines = [command.line for command in answer.commands[System.LINUX]]
    assert any("'sport = :747'" in line for line in lines)


def test_the_system_of_the_asker_is_taken_where_the_text_names_none(base: KnowledgeBase) -> None:
    assert ask("port 80", base, Context(system=System.WINDOWS)).system is System.WINDOWS
    assert ask("port 80 on mac", base, Context(system=System.WINDOWS)).system is System.MACOS


@pytest.mark.parametrize(
    "text",
    ["", "   ", "hello", "thanks!", "what time is it", "port wine", "?!", "\N{SHIP}", "\ud800"],
)
def test_small_talk_gets_no_answer(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.NONE
    assert answer.ports == ()


PIECES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.sampled_from(["port", "8080", "tcp/", "::", "[::1]:", "vs", "65536", "-", "http://", "%"]),
    st.sampled_from(["ポート", "พอร์ต", "порт", "\x00", "\ud83d", "port eighty", "(", "'"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_text_is_answered_or_not_but_never_fails(text: str) -> None:
    answer = ask(text[:4000], BASES[0])
    assert isinstance(answer, Answer)
    list(answer.points)
    list(answer.sources)


BASES: list[KnowledgeBase] = []


@pytest.fixture(scope="module", autouse=True)
def keep(base: KnowledgeBase) -> None:
    BASES[:] = [base]


def test_knowledge_has_never_heard_of_discord() -> None:
    code = (
        "import importlib, json, pkgutil, sys, knowledge\n"
        "for module in pkgutil.walk_packages(knowledge.__path__, 'knowledge.'):\n"
        "    importlib.import_module(module.name)\n"
        "found = [m for m in sys.modules if m.split('.')[0] in ('discord', 'bot')]\n"
        "print(json.dumps(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert json.loads(done.stdout) == []


def test_the_lowest_ports_may_be_wished_for(base: KnowledgeBase) -> None:
    answer = ask("suggest a free port under 6", base)
    assert answer.intent is Intent.SUGGEST
