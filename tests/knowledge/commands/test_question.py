import copy
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import product

import bashlex
import pytest

from knowledge.commands import (
    Caption,
    Caution,
    Direction,
    check_commands,
    close_commands,
    container_commands,
    for_question,
    open_commands,
    reach_commands,
    stop_commands,
)
from knowledge.model import MAX_PORT, Command, Intent, Protocol, System

Make = Callable[[int, Protocol | None, System], tuple[Command, ...]]

MAKES: tuple[Make, ...] = (
    check_commands,
    reach_commands,
    open_commands,
    close_commands,
    stop_commands,
)
PROTOCOLS = (None, *Protocol)
SHELLS = (System.LINUX, System.MACOS, System.FREEBSD)


def made(number: int = 747, systems: Iterable[System] = System) -> list[Command]:
    """Every command that can be made for a port."""
    commands: list[Command] = []
    for protocol, system in product(PROTOCOLS, systems):
        for make in MAKES:
            commands += make(number, protocol, system)
        for change in (open_commands, close_commands):
            for source in ("10.0.0.0/8", "fd00::1"):
                commands += change(number, protocol, system, source)
            commands += change(number, protocol, system, direction=Direction.OUT)
    for protocol in PROTOCOLS:
        commands += container_commands(number, protocol)
    return commands


def test_a_shell_can_parse_every_line_that_is_meant_for_one() -> None:
    lines = {c.line for c in made(systems=SHELLS) if c.caption is not Caption.COMPOSE}
    assert len(lines) > 100
    for line in lines:
        assert bashlex.parse(line), line


CHANGES = re.compile(
    r"sudo ufw|firewall-cmd|nft insert|ip6?tables|New-NetFirewallRule|netsh|pfctl.* -f -$"
    r"|pfctl -E|>>|service pf|fuser -k|\bkill\b|taskkill|Stop-Process|docker run"
)


def test_what_changes_something_and_nothing_else_carries_a_caution() -> None:
    for command in made():
        changes = CHANGES.search(command.line) or command.caution == Caution.SILENCE
        assert bool(command.caution) == bool(changes), command


def test_a_caution_is_one_sentence() -> None:
    for caution in Caution:
        assert re.fullmatch(r"[A-Z][^.]*\.", caution), caution


def test_every_phrase_is_one_of_the_fixed_ones_and_each_of_those_is_used() -> None:
    captions = {command.caption for command in made()}
    cautions = {command.caution for command in made()} - {""}
    assert captions == set(Caption)
    assert cautions == set(Caution)
    assert len(set(Caption)) == len({caption.value for caption in Caption})


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("system", System)
@pytest.mark.parametrize("number", [-1, MAX_PORT + 1])
def test_a_number_that_is_no_port_is_refused(make: Make, system: System, number: int) -> None:
    with pytest.raises(ValueError, match="port number out of range"):
        make(number, None, system)


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize(("protocol", "system"), list(product(PROTOCOLS, System)), ids=str)
def test_port_zero_has_no_commands(make: Make, protocol: Protocol | None, system: System) -> None:
    assert make(0, protocol, system) == ()


@pytest.mark.parametrize("number", [1, 80, 1023, 1024, 60156, MAX_PORT])
def test_a_line_names_the_port_it_was_made_for_and_is_one_line(number: int) -> None:
    plain = (
        Caption.FIREWALLD_APPLY,
        Caption.FIREWALLD_POLICY,
        Caption.FIREWALLD_INGRESS,
        Caption.FIREWALLD_EGRESS,
        Caption.NFTABLES_LIST,
        Caption.APPLICATION_FIREWALL,
        Caption.PF_ENABLE,
        Caption.PF_CHECK,
        Caption.PF_APPLY,
        Caption.STOP_BY_ID,
    )
    for command in made(number):
        assert "\n" not in command.line
        assert command.line == command.line.strip()
        if command.caption not in plain:
            assert re.search(rf"(?<!\d){number}(?!\d)", command.line), command.line


@pytest.mark.parametrize(
    ("intent", "makes"),
    [
        (Intent.ABOUT, (check_commands, reach_commands)),
        (Intent.CHECK, (check_commands, reach_commands)),
        (Intent.OPEN, (open_commands,)),
        (Intent.SAFETY, (check_commands, close_commands)),
        (Intent.COMPARE, ()),
        (Intent.NEIGHBORS, ()),
        (Intent.SUGGEST, ()),
        (Intent.FAQ, ()),
        (Intent.NONE, ()),
    ],
)
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=str)
def test_a_question_gets_the_commands_that_fit_its_intent(
    intent: Intent, makes: tuple[Make, ...], protocol: Protocol | None
) -> None:
    found = for_question(intent, 747, protocol)
    expected = {
        system: commands
        for system in System
        if (commands := tuple(c for make in makes for c in make(747, protocol, system)))
    }
    assert dict(found) == expected
    assert found == expected
    assert list(found) == list(expected)
    assert len(found) == len(expected)


def test_a_question_about_one_system_gets_its_commands_alone() -> None:
    found = for_question(Intent.CHECK, 747, None, (System.WINDOWS,))
    assert list(found) == [System.WINDOWS]
    assert System.LINUX not in found
    with pytest.raises(KeyError):
        found[System.LINUX]


def test_port_zero_gets_no_commands_and_no_port_is_refused() -> None:
    assert not for_question(Intent.ABOUT, 0)
    with pytest.raises(ValueError, match="port number out of range"):
        for_question(Intent.ABOUT, MAX_PORT + 1)


def test_the_commands_of_a_question_are_a_mapping_that_can_be_copied_and_read() -> None:
    found = for_question(Intent.CHECK, 747, Protocol.TCP)
    assert isinstance(found, Mapping)
    assert copy.deepcopy(found) == found
    assert "sudo ss -tlpn 'sport = :747'" in repr(found)


@pytest.mark.parametrize("system", System)
def test_what_shows_a_listener_on_a_phone_needs_no_scrolling_but_on_windows(
    system: System,
) -> None:
    limit = 85 if system is System.WINDOWS else 45
    first = check_commands(65535, Protocol.TCP, system)[0]
    assert len(first.line) <= limit
