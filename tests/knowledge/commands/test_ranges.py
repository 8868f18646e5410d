"""Commands about a range of ports: parsed, run, and loaded where that can be done here."""

import re
import shlex
import socket
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import bashlex
import pytest

from knowledge.commands import (
    Direction,
    check_commands,
    close_commands,
    cloud_advice,
    open_commands,
)
from knowledge.model import Command, Protocol, System

FIRST, LAST = 6881, 6889
INSIDE, OUTSIDE = 6885, 6890
BOTH = (Protocol.TCP, Protocol.UDP)
SHELLS = (System.LINUX, System.MACOS, System.FREEBSD)
# What drops all that comes in but the marker port and what IPv6 needs.
GUARDS = {
    "nft": (
        "nft add table inet filter",
        "nft 'add chain inet filter input { type filter hook input priority 0; policy drop; }'",
        "nft add rule inet filter input meta l4proto ipv6-icmp accept",
        "nft add rule inet filter input tcp dport 9 accept",
    ),
    "iptables": (
        "iptables -P INPUT DROP",
        "iptables -A INPUT -p tcp --dport 9 -j ACCEPT",
    ),
}


def lines(commands: tuple[Command, ...], *words: str) -> list[str]:
    return [c.line for c in commands if any(word in c.line.split() for word in words)]


def test_a_shell_can_parse_every_line_about_a_range() -> None:
    found: set[str] = set()
    for protocol, system in product((None, *Protocol), SHELLS):
        found |= {c.line for c in check_commands(FIRST, protocol, system, LAST)}
        for make in (open_commands, close_commands):
            for source in (None, "10.0.0.0/8", "fd00::1"):
                found |= {c.line for c in make(FIRST, protocol, system, source, last=LAST)}
            outward = make(FIRST, protocol, system, None, Direction.OUT, LAST)
            found |= {c.line for c in outward}
    assert len(found) > 50
    for line in found:
        assert bashlex.parse(line), line


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (
            System.LINUX,
            (
                "sudo ufw allow 6881:6889/tcp",
                "sudo firewall-cmd --permanent --add-port=6881-6889/tcp",
                "sudo nft insert rule inet filter input tcp dport 6881-6889 accept",
                "sudo iptables -I INPUT -p tcp --dport 6881:6889 -j ACCEPT",
                "sudo ip6tables -I INPUT -p tcp --dport 6881:6889 -j ACCEPT",
            ),
        ),
        (
            System.WINDOWS,
            (
                (
                    "Get-NetFirewallPortFilter | Where-Object LocalPort -eq '6881-6889'"
                    " | Get-NetFirewallRule"
                ),
                (
                    "New-NetFirewallRule -DisplayName 'Open port 6881-6889 TCP in'"
                    " -Direction Inbound -Protocol TCP -LocalPort 6881-6889 -Action Allow"
                ),
                (
                    'netsh advfirewall firewall add rule name="Open port 6881-6889 TCP in" dir=in'
                    " action=allow protocol=TCP localport=6881-6889"
                ),
            ),
        ),
        (
            System.MACOS,
            (
                (
                    'echo "pass in quick proto tcp from any to any port 6881:6889"'
                    " | sudo pfctl -a com.apple/port-6881-6889-in -f -"
                ),
            ),
        ),
        (
            System.FREEBSD,
            ("echo 'pass in proto tcp from any to any port 6881:6889' >> /etc/pf.conf",),
        ),
    ],
)
def test_each_firewall_is_told_the_range_in_its_own_words(
    system: System, expected: tuple[str, ...]
) -> None:
    found = [c.line for c in open_commands(FIRST, Protocol.TCP, system, last=LAST)]
    for line in expected:
        assert line in found


def test_without_a_protocol_ufw_is_told_of_each_because_it_takes_no_bare_range() -> None:
    found = lines(close_commands(FIRST, None, System.LINUX, last=LAST), "ufw")
    assert found == ["sudo ufw deny 6881:6889/tcp", "sudo ufw deny 6881:6889/udp"]


@pytest.mark.parametrize("source", [None, "10.0.0.0/8", "fd00::/8"])
@pytest.mark.parametrize("make", [open_commands, close_commands])
def test_ufw_takes_the_range(
    make: Any, source: str | None, cable: Any, need: Callable[[str], None]
) -> None:
    need("ufw")
    for line in lines(make(FIRST, None, System.LINUX, source, last=LAST), "ufw"):
        dry = cable.guarded.must(line.replace("sudo ufw ", "ufw --dry-run "))
        assert "--dports 6881:6889" in dry


def test_firewalld_saves_the_range(
    tmp_path: Path, shell: Any, need: Callable[[str], None]
) -> None:
    need("firewall-offline-cmd")
    for folder in ("zones", "policies", "services", "icmptypes", "ipsets", "helpers"):
        (tmp_path / folder).mkdir()
    offline = f"firewall-offline-cmd --system-config {tmp_path}"
    for commands in (
        open_commands(FIRST, Protocol.UDP, System.LINUX, last=LAST),
        open_commands(FIRST, Protocol.UDP, System.LINUX, "10.0.0.0/8", last=LAST),
    ):
        (line,) = (c.line for c in commands if "--permanent" in c.line)
        done = shell(line.replace("sudo firewall-cmd --permanent", offline))
        if "PermissionError" in done.stderr or "must be root" in done.stderr:
            pytest.skip("firewall-offline-cmd needs root")
        assert done.returncode == 0, done.stderr
    saved = "".join(path.read_text() for path in tmp_path.glob("*/*.xml"))
    assert saved.count('port="6881-6889" protocol="udp"') == 2


@pytest.mark.parametrize("tool", GUARDS)
@pytest.mark.parametrize("protocol", [*BOTH, None], ids=str)
def test_a_range_is_opened_and_closed_and_nothing_beside_it(
    tool: str, protocol: Protocol | None, cable: Any, need: Callable[[str], None]
) -> None:
    need(tool)
    guarded = cable.guarded
    if guarded.run("nft list ruleset" if tool == "nft" else "iptables -S").returncode:
        pytest.skip(f"{tool} does not work here")
    for line in GUARDS[tool]:
        guarded.must(line)
    change = "insert" if tool == "nft" else "iptables"
    meant = (protocol,) if protocol else BOTH
    ends = [cable.listen(one, port) for one in meant for port in (FIRST, INSIDE, LAST)]
    beside = cable.listen(meant[0], OUTSIDE)
    for line in lines(open_commands(FIRST, protocol, System.LINUX, last=LAST), change):
        guarded.must(line)
    assert all(cable.opened(listener) for listener in ends)
    assert cable.closed(beside)
    for line in lines(close_commands(FIRST, protocol, System.LINUX, last=LAST), change):
        guarded.must(line)
    assert all(cable.closed(listener) for listener in ends)


@pytest.mark.parametrize(
    ("system", "tool"), [(System.LINUX, "ss"), (System.MACOS, "lsof")], ids=str
)
@pytest.mark.parametrize("protocol", [*BOTH, None], ids=str)
def test_what_listens_in_a_range_is_found_and_what_lies_beside_it_is_not(
    system: System, tool: str, protocol: Protocol | None, shell: Any, need: Callable[[str], None]
) -> None:
    need(tool)
    kind = socket.SOCK_DGRAM if protocol is Protocol.UDP else socket.SOCK_STREAM
    with (
        socket.socket(socket.AF_INET, kind) as one,
        socket.socket(socket.AF_INET, kind) as other,
    ):
        for sock in (one, other):
            sock.bind(("127.0.0.1", 0))
            if kind is socket.SOCK_STREAM:
                sock.listen()
        low, high = sorted(sock.getsockname()[1] for sock in (one, other))
        around = check_commands(low - 1, protocol, system, low + 1)[0]
        beside = check_commands(high + 1, protocol, system, high + 2)[0]
        found = shell(around.line).stdout
        assert re.search(rf":{low}\b", found)
        assert not re.search(rf":{high}\b", found) or high == low + 1
        assert not re.search(rf":({low}|{high})\b", shell(beside.line).stdout)


def test_every_filter_of_ss_is_one_that_it_understands(
    shell: Any, need: Callable[[str], None]
) -> None:
    need("ss")
    for protocol in (None, *Protocol):
        for command in check_commands(FIRST, protocol, System.LINUX, LAST):
            done = shell(command.line)
            assert done.returncode == 0, done.stderr


def test_windows_is_asked_for_each_port_of_the_range() -> None:
    found = [c.line for c in check_commands(FIRST, Protocol.TCP, System.WINDOWS, LAST)]
    assert found == [
        "Get-NetTCPConnection -State Listen | Where-Object LocalPort -in (6881..6889)",
        (
            "Get-NetTCPConnection -State Listen | Where-Object LocalPort -in (6881..6889)"
            " | ForEach-Object { Get-Process -Id $_.OwningProcess }"
        ),
    ]


def test_freebsd_is_asked_for_the_range() -> None:
    found = check_commands(FIRST, None, System.FREEBSD, LAST)[0].line
    assert shlex.split(found) == ["sockstat", "-46l", "-p", "6881-6889", "-P", "tcp,udp"]


@pytest.mark.parametrize(("first", "last"), [(10, 9), (10, 65536), (-1, 5)])
@pytest.mark.parametrize("make", [check_commands, open_commands, close_commands])
def test_a_range_that_is_none_is_refused(make: Any, first: int, last: int) -> None:
    with pytest.raises(ValueError, match="range"):
        make(first, None, System.LINUX, last=last)


def test_a_range_of_one_port_is_that_port() -> None:
    for make in (check_commands, open_commands, close_commands):
        assert make(747, None, System.LINUX, last=747) == make(747, None, System.LINUX)


def test_the_clouds_are_told_of_the_range() -> None:
    sentences = cloud_advice(FIRST, Protocol.UDP, last=LAST)
    assert "port range 6881-6889" in sentences[0]
    assert "udp:6881-6889" in sentences[2]
