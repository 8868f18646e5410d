import os
import re
import socket
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.commands import check_commands
from knowledge.model import Protocol, System

KINDS = {Protocol.TCP: socket.SOCK_STREAM, Protocol.UDP: socket.SOCK_DGRAM}
FIRST = 1100  # so that ten times the port is a port, too
LAST = 6553


@pytest.fixture(params=[Protocol.TCP, Protocol.UDP], ids=str)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    found: Protocol = request.param
    return found


@pytest.fixture
def pair(protocol: Protocol) -> Any:
    """Sockets of this very process on a free port, and on the port of ten times its number."""
    for port in range(FIRST, LAST):
        short = socket.socket(socket.AF_INET, KINDS[protocol])
        long = socket.socket(socket.AF_INET, KINDS[protocol])
        try:
            short.bind(("127.0.0.1", port))
            long.bind(("127.0.0.1", port * 10))
        except OSError:
            short.close()
            long.close()
            continue
        if protocol is Protocol.TCP:
            short.listen()
            long.listen()
        yield port, short
        short.close()
        long.close()
        return
    pytest.fail("no free port")


def ports_in(output: str) -> set[int]:
    return {int(found) for found in re.findall(r":(\d+)\b", output)}


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_ss_finds_the_listener_and_its_process_and_not_the_port_times_ten(
    pair: tuple[int, socket.socket],
    protocol: Protocol,
    named: bool,
    shell: Any,
    need: Callable[[str], None],
) -> None:
    need("ss")
    port, _ = pair
    listens = check_commands(port, protocol if named else None, System.LINUX)[0]
    found = shell(listens.line)
    assert found.returncode == 0, found.stderr
    rows = found.stdout.splitlines()[1:]
    assert len(rows) == 1
    assert f"pid={os.getpid()}," in rows[0]
    assert ports_in(rows[0]) == {port}


def test_ss_does_not_find_a_listener_of_another_protocol(
    pair: tuple[int, socket.socket], protocol: Protocol, shell: Any, need: Callable[[str], None]
) -> None:
    need("ss")
    port, _ = pair
    other = Protocol.UDP if protocol is Protocol.TCP else Protocol.TCP
    found = shell(check_commands(port, other, System.LINUX)[0].line)
    assert found.returncode == 0
    assert len(found.stdout.splitlines()) == 1  # the heading


def test_ss_finds_a_connection_at_either_end_and_no_listener(
    pair: tuple[int, socket.socket], protocol: Protocol, shell: Any, need: Callable[[str], None]
) -> None:
    need("ss")
    port, _ = pair
    for where in (port, port * 10):
        client = socket.socket(socket.AF_INET, KINDS[protocol])
        client.connect(("127.0.0.1", where))
        own = client.getsockname()[1]
        try:
            from_here = shell(check_commands(own, protocol, System.LINUX)[1].line)
            to_there = shell(check_commands(where, protocol, System.LINUX)[1].line)
        finally:
            client.close()
        for found in (from_here, to_there):
            assert found.returncode == 0, found.stderr
            rows = found.stdout.splitlines()[1:]
            assert rows
            assert all(ports_in(row) == {own, where} for row in rows)
            assert f"pid={os.getpid()}," in found.stdout


@pytest.mark.parametrize("protocol", [Protocol.SCTP], ids=str)
def test_ss_understands_the_filters_for_sctp(
    protocol: Protocol, shell: Any, need: Callable[[str], None]
) -> None:
    need("ss")
    for command in check_commands(747, protocol, System.LINUX):
        found = shell(command.line)
        assert found.returncode == 0, found.stderr
        assert len(found.stdout.splitlines()) == 1


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_lsof_as_on_macos_finds_the_listener_and_leaves_clients_out(
    pair: tuple[int, socket.socket],
    protocol: Protocol,
    named: bool,
    shell: Any,
    need: Callable[[str], None],
) -> None:
    need("lsof")
    port, _ = pair
    client = socket.socket(socket.AF_INET, KINDS[protocol])
    client.connect(("127.0.0.1", port))
    try:
        commands = check_commands(port, protocol if named else None, System.MACOS)
        outputs = [shell(command.line).stdout.splitlines()[1:] for command in commands]
    finally:
        client.close()
    *listeners, connected = outputs
    rows = [row for output in listeners for row in output]
    assert len(rows) == 1
    assert rows[0].split()[1] == str(os.getpid())
    assert rows[0].split()[8] == f"127.0.0.1:{port}"
    assert connected
    assert all(f"->127.0.0.1:{port}" in row or f":{port}->" in row for row in connected)


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        (None, ["sockstat -46l -p 747 -P tcp,udp", "sockstat -46c -p 747 -P tcp,udp"]),
        (Protocol.UDP, ["sockstat -46l -p 747 -P udp", "sockstat -46c -p 747 -P udp"]),
        (Protocol.SCTP, ["sockstat -46l -p 747 -P sctp", "sockstat -46c -p 747 -P sctp"]),
        (Protocol.DCCP, []),
    ],
)
def test_freebsd_asks_sockstat_by_port_and_protocol(
    protocol: Protocol | None, expected: list[str]
) -> None:
    assert [c.line for c in check_commands(747, protocol, System.FREEBSD)] == expected


NETSTAT = """\
  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:747            0.0.0.0:0              LISTENING       1004
  TCP    0.0.0.0:7470           0.0.0.0:0              LISTENING       1005
  TCP    0.0.0.0:1747           0.0.0.0:0              LISTENING       1006
  TCP    10.0.0.5:50747         203.0.113.7:443        ESTABLISHED     1007
  TCP    10.0.0.5:50001         203.0.113.7:747        ESTABLISHED     1008
  TCP    [::]:747               [::]:0                 LISTENING       1009
  TCP    [fe80::747:1%4]:80     [::]:0                 LISTENING       1010
  UDP    0.0.0.0:747            *:*                                    1011
  UDP    [::]:7470              *:*                                    1012
"""


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        (None, {1004, 1008, 1009, 1011}),
        (Protocol.TCP, {1004, 1008, 1009}),
        (Protocol.UDP, {1011}),
    ],
)
def test_findstr_keeps_other_ports_of_netstat_out(
    protocol: Protocol | None, expected: set[int]
) -> None:
    line = check_commands(747, protocol, System.WINDOWS)[-1].line
    pattern = re.fullmatch(r'netstat -ano \| findstr (?:/R )?/C:"(.*)"', line)
    assert pattern  # the one special sign in it, .*, means in findstr what it means here
    found = [row for row in NETSTAT.splitlines() if re.search(pattern[1], row)]
    assert {int(row.split()[-1]) for row in found} == expected
