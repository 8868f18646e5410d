"""Answers to those who want something of a port beside knowing it."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, PointKind, System

_TELL_THE_PROCESS = ("ss -tulpn", "lsof", "Get-Process", "sockstat")
_HINT = "Several products share it: the process that listens tells which one it is."


def linux(answer: Answer) -> list[str]:
    return [command.line for command in answer.commands[System.LINUX]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kill whatever is on 3000", "sudo fuser -k -i -TERM 3000/tcp"),
        ("Error: listen EADDRINUSE: address already in use :::3001", "sudo fuser -v 3001/tcp"),
        ("address already in use :3001", "sudo fuser -v 3001/tcp"),
        ("publish port 8080 in docker compose", 'ports: ["127.0.0.1:8080:8080"]'),
        ("which container uses port 5432", "docker ps --filter publish=5432"),
        ("which pod uses port 10250 in kubernetes", "kubectl port-forward svc/NAME 10250:10250"),
        ("block outgoing port 25", "sudo ufw deny out 25"),
        ("block 25 outgoing", "sudo ufw deny out 25"),
        ("only 10.0.0.0/8 may reach 6379", "sudo ufw allow from 10.0.0.0/8 to any port 6379"),
        ("open ports 6881-6889", "sudo ufw allow 6881:6889/tcp"),
        ("block 6881-6889/udp", "sudo iptables -I INPUT -p udp --dport 6881:6889 -j DROP"),
        (
            "what is listening on 6881-6889",
            "sudo ss -tulpn 'sport >= :6881 and sport <= :6889'",
        ),
    ],
)
def test_the_commands_are_those_that_were_wanted(
    base: KnowledgeBase, text: str, line: str
) -> None:
    assert line in linux(ask(text, base))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kill whatever is on 3000", "show what holds port 3000, and stop it."),
        ("address already in use :3001", "and how to stop it."),
        ("block outgoing port 25", "stop this machine from reaching port 25 of others"),
        ("allow outbound 587", "let this machine reach port 587"),
        ("only 10.0.0.0/8 may reach 6379", "open port 6379 to 10.0.0.0/8 in the firewall"),
        ("block 203.0.113.0/24 from port 22", "close port 22 to 203.0.113.0/24"),
        ("open ports 6881-6889", "open ports 6881-6889 in the firewall"),
        ("what is listening on 6881-6889", "What holds ports 6881-6889"),
        ("close port 23", "close port 23 in the firewall"),
    ],
)
def test_the_summary_says_what_the_commands_do(base: KnowledgeBase, text: str, words: str) -> None:
    assert words in ask(text, base).summary


def test_a_plain_question_gets_neither_what_stops_nor_containers(base: KnowledgeBase) -> None:
    lines = "\n".join(linux(ask("what is port 3000", base)))
    assert "fuser" not in lines
    assert "docker" not in lines


def test_docker_without_a_number_is_no_wish_for_containers(base: KnowledgeBase) -> None:
    answer = ask("kubernetes port", base)
    assert answer.ports == (6443,)
    assert not any("kubectl" in line for line in linux(answer))


def details(answer: Answer) -> list[str]:
    return [point.text for point in answer.points if point.kind is PointKind.DETAIL]


def test_a_security_group_is_told_in_words(base: KnowledgeBase) -> None:
    aws, both = details(ask("open port 443 in my aws security group", base))
    assert aws.startswith("AWS: add an inbound rule")
    assert "port range 443" in aws
    assert both.startswith("A rule in the cloud does not open the firewall of the machine")
    every = details(ask("open port 443/tcp in the security group", base))
    assert [text.split(":")[0] for text in every[:3]] == ["AWS", "Azure", "Google Cloud"]
    ranged = details(ask("open 6881-6889/udp in the azure nsg", base))
    assert "destination port 6881-6889, protocol UDP" in ranged[0]
    assert not details(ask("open port 443", base))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("how do i open port 8080 in aws", "AWS: "),
        ("azure nsg allow 22", "Azure: "),
        ("open 5432 in gcp from 10.0.0.0/8", "Google Cloud: "),
        ("open port 8080 on ubuntu", "The commands below open "),
        ("close 22 in aws", "The commands below close "),
        ("block 3389 in the azure nsg", "The commands below close "),
    ],
)
def test_the_firewall_of_the_cloud_that_is_named_comes_first(
    text: str, begins: str, base: KnowledgeBase
) -> None:
    assert ask(text, base).summary.startswith(begins)


@pytest.mark.parametrize("number", [8080, 3000, 9000, 5000, 8443])
def test_a_shared_port_lists_products_by_how_often_they_are_met_and_says_how_to_tell(
    base: KnowledgeBase, number: int
) -> None:
    answer = ask(f"what is port {number}?", base)
    (practice,) = (p.text for p in answer.points if p.kind is PointKind.PRACTICE)
    uses = list(dict.fromkeys(use.product for use in answer.facts[0].uses))
    ranks = [(use.last - use.first >= 100, -use.weight) for use in answer.facts[0].uses]
    assert ranks == sorted(ranks)
    places = [practice.index(product) for product in uses[:6]]
    assert places == sorted(places)
    assert len(places) > 2
    assert _HINT in practice
    for system in System:  # and the process is what the first commands show
        lines = " ".join(command.line for command in answer.commands[system][:2])
        assert any(tool in lines for tool in _TELL_THE_PROCESS)


def test_risks_are_told_calmly(base: KnowledgeBase) -> None:
    answer = ask("is port 12345 dangerous?", base)
    assert answer.intent is Intent.SAFETY
    risks = " ".join(p.text for p in answer.points if p.kind is PointKind.RISK)
    assert "NetBus" in risks
    assert "An open port alone proves nothing." in risks


def test_what_amplifies_and_what_browsers_refuse_is_told(base: KnowledgeBase) -> None:
    assert "amplify attacks" in ask("is 11211/udp safe?", base).summary
    blocked = ask("what is port 6000?", base)
    assert any("ERR_UNSAFE_PORT" in point.text for point in blocked.points)


@pytest.mark.parametrize(("number", "product"), [(5432, "TimescaleDB"), (10250, "K3s")])
def test_what_may_take_any_port_of_a_wide_range_is_told_last(
    base: KnowledgeBase, number: int, product: str
) -> None:
    wide = [use.last - use.first >= 100 for use in base.facts(number).uses]
    assert any(wide)
    assert wide == sorted(wide)
    assert product in ask(f"{number}/tcp", base).summary


@pytest.mark.parametrize(
    "text",
    [
        "bloquer le port 25 en sortie",
        "blochează portul 25 la ieșire",
        "blockera utgående trafik på port 25",
        "bloker udgående port 25",
        "estä lähtevä liikenne porttiin 25",
        "blokiraj odlazni port 25",
        "užblokuok išeinantį 25 prievadą",
        "tiltsd le a kimenő 25-ös portot",
        "封鎖對外連線的 25 埠",
    ],
)
def test_what_leaves_the_machine_is_told_from_what_comes_in(
    text: str, base: KnowledgeBase
) -> None:
    question = ask(text, base).question
    assert question.outbound
    assert question.closing
    assert question.ports == (25,)


def test_opening_to_the_outside_lets_in(base: KnowledgeBase) -> None:
    assert not ask("ouvrir le port 80 vers l'extérieur", base).question.outbound


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("block port 23 on linux", True),
        ("block all ports but 443", False),
        ("close everything except port 22", False),
        ("don't open port 22", True),
        ("please do not close port 443", False),
    ],
)
def test_what_is_denied_or_left_out_is_done_the_other_way(
    base: KnowledgeBase, text: str, *, closing: bool
) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.OPEN
    assert answer.question.closing is closing
    assert any(
        ("close" if closing else "open") in c.caption.lower()
        for c in answer.commands[System.LINUX]
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("free port 3000", Intent.CHECK),
        ("free port 3000, it is in use", Intent.CHECK),
        ("free port between 3000 and 4000", Intent.SUGGEST),
        ("give me a free port, 3000 is in use", Intent.SUGGEST),
    ],
)
def test_a_port_to_be_freed_is_no_free_port(
    base: KnowledgeBase, text: str, intent: Intent
) -> None:
    assert ask(text, base).intent is intent
