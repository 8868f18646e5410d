"""Pastes as people ask about them: which ports an answer holds, and what it takes for asked.

In tests/knowledge/pastes/asked/ a case is a line `=== name`, the paste with what was said around
it, and a line `--- 22, 80 about safety`: the ports in any order, and which intents will do, where
it is not only `about` (or `check`, where the paste says that a port is taken). The texts in
tests/knowledge/pastes/other/ are full of numbers, none of which is a port.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import paste
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.explain import names_of
from knowledge.model import Intent, System
from knowledge.understand import understand

FOLDER = Path(__file__).parent / "pastes"
EXPECTED = re.compile(r"--- (?P<ports>\d+(?:, \d+)*|none)(?P<intents>(?: [a-z]+)*)$")


def cases(folder: str) -> Iterator[tuple[str, str, set[int], set[str]]]:
    for path in sorted((FOLDER / folder).glob("*.txt")):
        name, lines = "", list[str]()
        for line in path.read_text(encoding="utf-8").splitlines():
            expected = EXPECTED.fullmatch(line)
            if line.startswith("=== "):
                name, lines = f"{path.stem}: {line[4:]}", []
            elif expected:
                ports = {int(digits) for digits in re.findall(r"\d+", expected["ports"])}
                intents = set(expected["intents"].split()) or {"about", "check"}
                yield name, "\n".join(lines), ports, intents
            else:
                lines.append(line)


@pytest.mark.parametrize(
    ("text", "ports", "intents"), [pytest.param(*rest, id=name) for name, *rest in cases("asked")]
)
def test_an_answer_holds_the_ports_of_a_paste_and_no_other(
    text: str, ports: set[int], intents: set[str], base: KnowledgeBase
) -> None:
    answer = ask(text, base)
    assert set(answer.ports) == ports
    assert answer.intent.value in intents


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=name) for name, text, _, _ in cases("other")]
)
def test_numbers_that_are_no_ports_are_left_alone(text: str, base: KnowledgeBase) -> None:
    assert paste.read(text, names_of(base)) is None
    question = understand(paste.spoken(text), base.vocabulary)
    assert not question.ports
    assert not question.spans


@pytest.mark.parametrize(
    "text",
    [
        "what is port 443?",
        "ssh: 22\nhttp: 80",
        "nc -vz пишет connection refused на 5432, слушает ли он?",
        "docker: EXPOSE vs -p, what does publishing a port do",
        'it says "bind: address already in use" on 53. who uses it?',
        "I need:\n- 5432 for the database\n- 6379 for redis",
        "Hi all,\n\nwhich one is it, 5432 or 5433?\n\nBye, Anna",
    ],
)
def test_what_people_say_is_left_as_it_is(text: str) -> None:
    assert paste.spoken(text) == text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        # the words of a paste do not vote
        ("Status: active\n22/tcp   ALLOW   Anywhere\n23/tcp   DENY   Anywhere", Intent.ABOUT),
        ("LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nwhat is this ss output", Intent.ABOUT),
        ("pls explain this netstat\ntcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 1/sshd", Intent.ABOUT),
        ("filterlog: blocked WAN tcp 203.0.113.4:58914 -> 203.0.113.9:23 S\ntons of these",
         Intent.ABOUT),
        # those around it do
        ("is that dangerous?\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*", Intent.SAFETY),
        ("LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nwhich process uses it?", Intent.CHECK),
        ("docker run -p 5432:5432 postgres is that safe on a vps", Intent.SAFETY),
        ("iptables -A INPUT -p tcp --dport 3306 -j ACCEPT is this dangerous?", Intent.SAFETY),
        # a port that is taken: who holds it?
        ("Error: listen EADDRINUSE: address already in use :::3000", Intent.CHECK),
        ("nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)", Intent.CHECK),
    ],
)  # fmt: skip
def test_only_the_words_around_a_paste_say_what_is_wanted(
    text: str, intent: Intent, base: KnowledgeBase
) -> None:
    assert ask(text, base).intent is intent


@pytest.mark.parametrize(
    ("text", "ports", "system"),
    [
        (
            'ubuntu, it says "bind() to 0.0.0.0:80 failed (98: in use)". how do I get its pid',
            (80,),
            System.LINUX,
        ),
        (
            "Error: listen EADDRINUSE: in use :::3001 .... how do i find what it is on windows",
            (3001,),
            System.WINDOWS,
        ),
        (
            "since today I see: [emerg] 31#31: bind() to [::]:8443 failed (98: in use)",
            (8443,),
            None,
        ),
        ("ssh -L 8080:localhost:80 web doesnt work on windows, why", (8080, 80), System.WINDOWS),
        ("getting `dial tcp 10.0.3.4:8500: i/o timeout` since 2024, mac", (8500,), System.MACOS),
    ],
)
def test_an_error_within_a_sentence_is_told_from_the_sentence(
    text: str, ports: tuple[int, ...], system: System | None, base: KnowledgeBase
) -> None:
    answer = ask(text, base)
    assert answer.ports == ports
    assert answer.system is system


def test_a_summary_ends_with_a_sentence(base: KnowledgeBase) -> None:
    for port in (3306, 6379, 8080, 25565):
        answer = ask(f"refused: connect ECONNREFUSED 127.0.0.1:{port}", base)
        assert len(answer.summary) <= 600
        assert answer.summary.endswith((".", "?", "!"))
