import re
import shlex
import shutil
import subprocess
from typing import Any

import pytest

from knowledge.commands import Direction, close_commands, open_commands
from knowledge.model import Protocol, System

# The part of the grammar in pf.conf(5) that is used here: pf-rule, action, protospec, hosts.
RULE = re.compile(
    r"(?P<action>pass|block(?: return)?)"
    r" (?P<direction>in|out)"
    r"(?P<quick> quick)?"
    r" proto (?P<protocol>tcp|udp|\{ tcp, udp \})"
    r" from (?P<source>any|[0-9a-f.:]+(?:/[0-9]+)?)"
    r" to any port (?P<port>[1-9][0-9]*)"
)
MAKES = [open_commands, close_commands]


def rule_of(commands: Any, system: System) -> str:
    """The text that the command line hands to pf."""
    loads = [command.line for command in commands if command.line.startswith("echo ")]
    assert len(loads) == 1
    words = shlex.split(loads[0])
    if system is System.MACOS:
        assert words[2:6] == ["|", "sudo", "pfctl", "-a"]
        assert words[7:] == ["-f", "-"]
    else:
        assert words[2:] == [">>", "/etc/pf.conf"]
    return words[1]


@pytest.mark.parametrize("system", [System.MACOS, System.FREEBSD])
@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("protocol", [None, Protocol.TCP, Protocol.UDP], ids=str)
@pytest.mark.parametrize("source", [None, "10.0.0.0/8", "192.0.2.7", "fd00::/8"])
def test_a_rule_says_what_was_meant_in_the_grammar_of_pf(
    system: System, make: Any, protocol: Protocol | None, source: str | None
) -> None:
    rule = rule_of(make(747, protocol, system, source), system)
    parsed = RULE.fullmatch(rule)
    assert parsed, rule
    assert parsed["action"] == ("pass" if make is open_commands else "block")
    assert parsed["direction"] == "in"
    assert parsed["protocol"] == (protocol or "{ tcp, udp }")
    assert parsed["source"] == (source or "any")
    assert parsed["port"] == "747"
    # In a file the last match wins; an anchor stands before other rules and has to decide.
    assert bool(parsed["quick"]) == (system is System.MACOS)
    if shutil.which("pfctl"):
        subprocess.run(["pfctl", "-n", "-f", "-"], input=rule, text=True, check=True)


@pytest.mark.parametrize("system", [System.MACOS, System.FREEBSD])
def test_what_leaves_is_refused_at_once(system: System) -> None:
    commands = close_commands(25, Protocol.TCP, system, direction=Direction.OUT)
    parsed = RULE.fullmatch(rule_of(commands, system))
    assert parsed
    assert (parsed["action"], parsed["direction"]) == ("block return", "out")


def test_on_macos_a_port_has_one_anchor_so_that_opening_takes_a_block_back() -> None:
    anchors = {
        re.search(r"-a (\S+)", command.line)[1]  # type: ignore[index]
        for make in MAKES
        for command in make(747, Protocol.TCP, System.MACOS)
        if "-a " in command.line
    }
    assert anchors == {"com.apple/port-747-in"}


def test_on_freebsd_the_file_is_checked_before_it_is_applied() -> None:
    lines = [command.line for command in open_commands(747, None, System.FREEBSD)]
    assert lines[1:] == ["pfctl -nf /etc/pf.conf", "service pf reload"]


@pytest.mark.parametrize("system", [System.MACOS, System.FREEBSD])
@pytest.mark.parametrize("protocol", [Protocol.SCTP, Protocol.DCCP], ids=str)
def test_pf_is_not_asked_for_ports_it_cannot_tell_apart(
    system: System, protocol: Protocol
) -> None:
    assert open_commands(747, protocol, system) == ()
