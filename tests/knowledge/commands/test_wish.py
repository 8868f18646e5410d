"""What a question may want beside its intent, and the commands that it gets for it."""

import pytest

from knowledge.commands import (
    PLAIN,
    Direction,
    Wish,
    check_commands,
    close_commands,
    container_commands,
    for_question,
    open_commands,
    reach_commands,
    stop_commands,
)
from knowledge.model import Command, Intent, Protocol, System

LINUX = System.LINUX
TCP = Protocol.TCP


def told(intent: Intent, wish: Wish, last: int | None = None) -> tuple[Command, ...]:
    return for_question(intent, 747, TCP, wish=wish, last=last)[LINUX]


def test_who_wants_the_process_stopped_is_told_that_first() -> None:
    assert told(Intent.CHECK, Wish(stopping=True)) == (
        *stop_commands(747, TCP, LINUX),
        *check_commands(747, TCP, LINUX),
    )


def test_who_finds_the_port_taken_sees_what_holds_it_before_it_is_stopped() -> None:
    assert told(Intent.CHECK, Wish(in_use=True)) == (
        *check_commands(747, TCP, LINUX),
        *stop_commands(747, TCP, LINUX),
    )


@pytest.mark.parametrize("intent", [Intent.CHECK, Intent.OPEN, Intent.ABOUT, Intent.SAFETY])
def test_containers_add_to_what_there_is_else(intent: Intent) -> None:
    found = told(intent, Wish(containers=True, cluster=True))
    assert set(container_commands(747, TCP)) <= set(found)
    assert set(told(intent, PLAIN)) <= set(found)


def test_docker_and_kubernetes_are_told_apart() -> None:
    docker = {c.line.split()[0] for c in told(Intent.CHECK, Wish(containers=True))}
    cluster = {c.line.split()[0] for c in told(Intent.CHECK, Wish(cluster=True))}
    assert "docker" in docker - cluster
    assert "kubectl" in cluster - docker


def test_windows_finds_a_kubernetes_service_without_grep() -> None:
    found = for_question(Intent.CHECK, 747, TCP, wish=Wish(cluster=True))[System.WINDOWS]
    assert found[0].line == "kubectl get svc -A | Select-String '[ ,:]747(:[0-9]+)?/TCP'"


def test_who_opens_or_closes_gets_nothing_that_would_undo_it() -> None:
    opens, closes = (make(747, TCP, LINUX) for make in (open_commands, close_commands))
    assert told(Intent.OPEN, PLAIN) == opens
    assert told(Intent.OPEN, Wish(closing=True)) == closes


def test_outbound_traffic_has_rules_of_its_own() -> None:
    out = Direction.OUT
    closed = close_commands(747, TCP, LINUX, direction=out)
    assert told(Intent.OPEN, Wish(closing=True, outbound=True)) == closed
    first, *_ = told(Intent.CHECK, Wish(outbound=True))
    assert first == reach_commands(747, TCP, LINUX)[0]


@pytest.mark.parametrize("outbound", [False, True])
def test_one_source_is_let_in_or_shut_out_and_nothing_else_is_changed(outbound: bool) -> None:
    source = "10.0.0.0/8"
    wish = Wish(outbound=outbound, source=source)
    assert told(Intent.OPEN, wish) == open_commands(747, TCP, LINUX, source)
    wish = Wish(closing=True, source=source)
    assert told(Intent.OPEN, wish) == close_commands(747, TCP, LINUX, source)


def test_a_source_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        for_question(Intent.OPEN, 747, TCP, wish=Wish(source="$(id)"))


@pytest.mark.parametrize(
    ("intent", "tools"),
    [
        (Intent.ABOUT, {"ss"}),
        (Intent.CHECK, {"ss"}),
        (Intent.SAFETY, {"ss"}),
        (Intent.OPEN, {"ufw", "firewall-cmd", "nft", "iptables", "ip6tables"}),
        (Intent.COMPARE, set()),
    ],
)
def test_a_range_gets_commands_about_the_whole_of_it(intent: Intent, tools: set[str]) -> None:
    found = for_question(intent, 6881, None, last=6889)
    assert set(found) == (set(System) if tools else set())
    lines = [command.line for command in found.get(LINUX, ())]
    assert {line.split()[1] for line in lines} == tools
    plain = ("--reload", "list chain")
    for line in lines:
        assert ("6881" in line and "6889" in line) or any(word in line for word in plain)


def test_a_range_from_zero_begins_at_the_first_port_there_can_be() -> None:
    (first, *_) = for_question(Intent.CHECK, 0, TCP, last=1023)[LINUX]
    assert first.line == "sudo ss -tlpn 'sport >= :1 and sport <= :1023'"
    assert not for_question(Intent.CHECK, 0, TCP, last=0)
