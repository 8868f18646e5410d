"""No PowerShell runs here, so its lines are held against a small table of what it knows."""

import re
from collections.abc import Iterable
from itertools import pairwise

import pytest

from knowledge.commands import (
    Caption,
    Direction,
    check_commands,
    close_commands,
    container_commands,
    open_commands,
    reach_commands,
    stop_commands,
)
from knowledge.model import Command, Protocol, System

# Parameters by cmdlet, from Microsoft's reference; only those that are used here.
CMDLETS = {
    "ForEach-Object": set[str](),
    "Get-CimInstance": set[str](),
    "Get-NetFirewallPortFilter": set[str](),
    "Get-NetFirewallRule": set[str](),
    "Get-NetTCPConnection": {"LocalPort", "State", "ErrorAction"},
    "Get-NetUDPEndpoint": {"LocalPort", "ErrorAction"},
    "Get-Process": {"Id"},
    "New-NetFirewallRule": {
        "DisplayName",
        "Direction",
        "Protocol",
        "LocalPort",
        "RemotePort",
        "RemoteAddress",
        "Action",
    },
    "Select-Object": {"ExpandProperty", "Unique"},
    "Select-String": set[str](),
    "Stop-Process": {"Id", "Confirm"},
    "Test-NetConnection": {"ComputerName", "Port"},
    "Where-Object": {"eq", "in"},
}
PROGRAMS = {"kubectl", "netstat", "findstr", "netsh", "nmap", "taskkill"}
VALUES = {
    "State": {"Listen", "Established"},
    "ErrorAction": {"SilentlyContinue"},
    "Direction": {"Inbound", "Outbound"},
    "Protocol": {"TCP", "UDP"},
    "Action": {"Allow", "Block"},
}
OPERATORS = {"-in"}
TOKEN = re.compile(
    r"""(?P<word>(?:'[^']*'|"[^"]*"|[^\s'"|(){}])+)|(?P<pipe>\|)|(?P<open>[({])|(?P<close>[)}])"""
    r"""|(?P<space>\s+)|(?P<fault>.)"""
)
PAIRS = {")": "(", "}": "{"}


def commands_in(line: str) -> list[list[str]]:
    """Split a PowerShell line into its commands and expressions, each a list of words.

    Raises:
        ValueError: quotes or brackets are not balanced, or a pipe has nothing on one side.
    """
    done: list[list[str]] = []
    around: list[tuple[str, list[str]]] = []
    words: list[str] = []
    for token in TOKEN.finditer(line):
        text = token[0]
        match token.lastgroup:
            case "word":
                words.append(text)
            case "open":
                around.append((text, words))
                words = []
            case "pipe" | "close" if not words:
                raise ValueError(f"nothing before {text}")
            case "pipe":
                done.append(words)
                words = []
            case "close":
                done.append(words)
                opened, words = around.pop() if around else ("", [])
                if opened != PAIRS[text]:
                    raise ValueError(f"unbalanced {text}")
                words.append("")  # what stood in the brackets
            case "fault":
                raise ValueError(f"unbalanced {text}")
    if around or not words:
        raise ValueError("the line does not end")
    return [*done, words]


def fault_of(words: list[str]) -> str | None:
    """What is wrong with a command or an expression; None for nothing that can be seen."""
    first, *rest = words
    if first in CMDLETS:
        for word, value in pairwise([*rest, ""]):
            if word.startswith("-") and word[1:] not in CMDLETS[first]:
                return f"{first} has no {word}"
            if value not in VALUES.get(word[1:], {value}):
                return f"{word} has no {value}"
        return None
    if first in PROGRAMS:
        return None
    if not re.fullmatch(r"\d+(\.\.\d+)?|\$_", first):
        return f"no command {first}"
    strange = [word for word in rest if word.startswith("-") and word not in OPERATORS]
    return f"no operator {strange}" if strange else None


def all_commands() -> Iterable[Command]:
    for protocol in (None, Protocol.TCP, Protocol.UDP):
        for make in (check_commands, reach_commands, stop_commands):
            yield from make(747, protocol, System.WINDOWS)
        for change in (open_commands, close_commands):
            for source in (None, "10.0.0.0/8", "2001:db8::1"):
                yield from change(747, protocol, System.WINDOWS, source)
            yield from change(747, protocol, System.WINDOWS, direction=Direction.OUT)
            yield from change(747, protocol, System.WINDOWS, last=750)
        yield from check_commands(747, protocol, System.WINDOWS, 750)
        containers = container_commands(747, protocol, System.WINDOWS)
        yield from (c for c in containers if c.caption is Caption.KUBERNETES_WHO)


LINES = sorted({command.line for command in all_commands()})


@pytest.mark.parametrize("line", LINES)
def test_a_windows_line_is_made_of_what_powershell_knows(line: str) -> None:
    for words in commands_in(line):
        assert fault_of(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "Get-NetTCPConnection -LocalPort 747 | ForEach-Object { Get-Process -Id $_.OwningProcess",
        "Get-NetTCPConnection -LocalPort 747 | ForEach-Object { Get-Process -Id $_ )",
        "Get-NetTCPConnection -LocalPort 747 }",
        "New-NetFirewallRule -DisplayName 'Open port 747",
        "| Get-Process",
        "Get-NetTCPConnection |",
    ],
)
def test_a_line_that_is_not_whole_would_be_noticed(line: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|nothing before|does not end"):
        commands_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Get-NetTCPConnection -LocalPorts 747",
        "Get-NetTcpListener -LocalPort 747",
        "Get-NetTCPConnection -State Listening",
        "New-NetFirewallRule -Action Deny",
        "ss -tulpn",
    ],
)
def test_a_word_that_powershell_does_not_know_would_be_noticed(line: str) -> None:
    assert fault_of(commands_in(line)[0])


NETSH = re.compile(
    r'netsh advfirewall firewall add rule name="[^"]+" dir=(?P<dir>in|out)'
    r" action=(?P<action>allow|block) protocol=(?P<protocol>TCP|UDP)"
    r" (?P<side>local|remote)port=747(?: remoteip=(?P<source>\S+))?"
)


@pytest.mark.parametrize("protocol", [Protocol.TCP, Protocol.UDP], ids=str)
@pytest.mark.parametrize(
    ("direction", "side"), [(Direction.IN, "local"), (Direction.OUT, "remote")], ids=str
)
@pytest.mark.parametrize("make", [open_commands, close_commands])
def test_powershell_and_netsh_say_the_same(
    protocol: Protocol, direction: Direction, side: str, make: type
) -> None:
    commands = make(747, protocol, System.WINDOWS, direction=direction)
    lines = [command.line for command in commands]
    (netsh,) = (line for line in lines if line.startswith("netsh"))
    (cmdlet,) = (line for line in lines if line.startswith("New-"))
    parsed = NETSH.fullmatch(netsh)
    assert parsed
    assert parsed["dir"] == direction
    assert parsed["side"] == side
    assert parsed["protocol"] == protocol.upper()
    assert parsed["action"] == ("allow" if make is open_commands else "block")
    assert f"-Direction {'Inbound' if direction is Direction.IN else 'Outbound'} " in cmdlet
    assert f"-{side.capitalize()}Port 747 " in cmdlet
    assert f"-Protocol {protocol.upper()} " in cmdlet
    assert cmdlet.endswith("-Action Allow" if make is open_commands else "-Action Block")


@pytest.mark.parametrize("protocol", [Protocol.SCTP, Protocol.DCCP], ids=str)
def test_windows_has_neither_sctp_nor_dccp(protocol: Protocol) -> None:
    for make in (check_commands, open_commands, close_commands, stop_commands):
        assert make(747, protocol, System.WINDOWS) == ()
