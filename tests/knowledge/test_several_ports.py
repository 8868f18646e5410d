"""Questions about several ports at once: each has its answer, the worst first."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, Protocol, System
from knowledge.verdicts import Verdict, verdict_on


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("are 22, 443 and 3389 dangerous", (3389, 22, 443)),
        ("nmap says 22/tcp open ssh, 445/tcp open microsoft-ds. should I worry?", (445, 22)),
        ("i found 80, 443 and 6379 open on our server, is that bad?", (6379, 80, 443)),
        ("shodan lists 443, 25 and 27017 for us. risky?", (27017, 443, 25)),
        ("sind 80, 443 und 5900 gefährlich?", (5900, 80, 443)),
        ("les ports 443 et 3306 sont-ils dangereux ?", (3306, 443)),
        ("¿son peligrosos los puertos 443 y 23?", (23, 443)),
        ("опасны ли порты 443 и 445", (445, 443)),
        ("443和3389端口安全吗", (3389, 443)),
        ("is it safe to leave 22 and 2375 open", (2375, 22)),
    ],
)
def test_each_port_is_judged_the_worst_first(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.SAFETY
    assert answer.ports == ports
    assert answer.title.startswith(f"Ports {ports[0]}")
    places = [answer.summary.index(f"Port {number} ") for number in ports]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        (443, Verdict.PUBLIC),
        (22, Verdict.PUBLIC),
        (51820, Verdict.PUBLIC),
        (445, Verdict.EXPOSED),
        (6379, Verdict.EXPOSED),
        (11211, Verdict.AMPLIFIES),
        (576, Verdict.UNKNOWN),
        (16261, Verdict.PUBLIC),
        (30120, Verdict.PUBLIC),
        (22000, Verdict.PUBLIC),
    ],
)
def test_the_verdict_is_that_of_what_is_mostly_met(
    base: KnowledgeBase, number: int, verdict: Verdict
) -> None:
    assert verdict_on(base.facts(number), None) is verdict


def test_a_verdict_is_one_on_a_protocol(base: KnowledgeBase) -> None:
    facts = base.facts(11211)
    assert verdict_on(facts, Protocol.UDP) is Verdict.AMPLIFIES
    assert verdict_on(facts, Protocol.TCP) is Verdict.EXPOSED


@pytest.mark.parametrize(
    ("text", "lines", "words"),
    [
        (
            "open 80 and 443 on ubuntu",
            ["sudo ufw allow 80", "sudo ufw allow 443"],
            "open ports 80 and 443 in the firewall",
        ),
        (
            "close 139, 445 and 3389",
            ["sudo ufw deny 139", "sudo ufw deny 445", "sudo ufw deny 3389"],
            "close ports 139, 445 and 3389 in the firewall",
        ),
        (
            "block everything but 22 and 443",
            ["sudo ufw allow 22", "sudo ufw allow 443"],
            "open ports 22 and 443 in the firewall",
        ),
    ],
)
def test_every_port_is_opened_or_closed(
    base: KnowledgeBase, text: str, lines: list[str], words: str
) -> None:
    answer = ask(text, base)
    told = [command.line for command in answer.commands[System.LINUX]]
    assert [line for line in told if "ufw" in line and "reload" not in line] == lines
    assert words in answer.summary


def test_a_reload_comes_behind_all_that_it_loads(base: KnowledgeBase) -> None:
    told = [c.line for c in ask("open 80 and 443", base).commands[System.LINUX]]
    reload = told.index("sudo firewall-cmd --reload")
    added = [place for place, line in enumerate(told) if "--add-port" in line]
    assert len([line for line in told if "--add-port=443" in line]) > 0
    assert max(added) < reload


@pytest.mark.parametrize("text", ["what is 80 and 443", "what listens on 80 and 443"])
def test_other_questions_keep_the_order(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).ports == (80, 443)


@pytest.mark.parametrize(
    "text",
    [
        "nmap found 21 22 80 443 3306 open. which one should i worry about",
        "is 21 or 3306 more dangerous",
    ],
)
def test_which_of_them_is_dangerous_compares_no_two(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.SAFETY
