import os
import shlex
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.commands import Caution, reach_commands
from knowledge.model import Protocol, System


@pytest.fixture
def listener() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def deaf() -> Any:
    """A port that is taken but does not listen, so nobody else can open it meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken


@pytest.mark.parametrize("position", [0, 1], ids=["nc", "bash"])
def test_linux_tells_an_open_port_from_a_closed_one(
    position: int,
    listener: socket.socket,
    deaf: socket.socket,
    shell: Any,
    need: Callable[[str], None],
) -> None:
    need(("nc", "bash")[position])
    opened, closed = (
        reach_commands(one.getsockname()[1], Protocol.TCP, System.LINUX, "127.0.0.1")[position]
        for one in (listener, deaf)
    )
    assert shell(opened.line).returncode == 0
    assert shell(closed.line).returncode != 0


def test_bash_says_open_where_it_is_open(
    listener: socket.socket, need: Callable[[str], None], shell: Any
) -> None:
    need("bash")
    port = listener.getsockname()[1]
    command = reach_commands(port, Protocol.TCP, System.LINUX, "127.0.0.1")[1]
    assert shell(command.line).stdout == "open\n"


def test_nmap_tells_silence_from_a_closed_udp_port(
    shell: Any, need: Callable[[str], None]
) -> None:
    need("nmap")
    if os.geteuid() != 0:
        pytest.skip("nmap -sU needs root")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        line = reach_commands(port, Protocol.UDP, System.LINUX, "127.0.0.1")[0].line
        silent = shell(line)
    closed = shell(line)
    assert f"{port}/udp open|filtered" in silent.stdout
    assert f"{port}/udp closed" in closed.stdout


@pytest.mark.parametrize("system", System)
def test_everything_about_udp_says_that_silence_proves_nothing(system: System) -> None:
    commands = reach_commands(747, Protocol.UDP, system)
    assert commands
    assert {command.caution for command in commands} == {Caution.SILENCE}


@pytest.mark.parametrize("system", System)
def test_without_a_protocol_both_tcp_and_udp_are_tried(system: System) -> None:
    lines = [command.line for command in reach_commands(747, None, system)]
    tcp = [command.line for command in reach_commands(747, Protocol.TCP, system)]
    udp = [command.line for command in reach_commands(747, Protocol.UDP, system)]
    assert lines == [tcp[0], *udp]


def test_an_ipv6_address_is_told_to_nmap() -> None:
    line = reach_commands(747, Protocol.UDP, System.LINUX, "2001:db8::1")[0].line
    assert line == "sudo nmap -6 -sU -p 747 2001:db8::1"


@pytest.mark.parametrize(
    "host", ["", "a b", "-e", "$(id)", "a;id", "a|id", "a'b", "a\n", "`id`", "a&b", "a>b", "é"]
)
def test_a_host_that_a_shell_would_run_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="not a host name"):
        reach_commands(747, Protocol.TCP, System.LINUX, host)


@given(st.text(st.characters(codec="ascii"), max_size=12))
def test_a_host_is_one_plain_word_of_a_shell_or_refused(host: str) -> None:
    try:
        commands = reach_commands(747, Protocol.TCP, System.WINDOWS, host)
    except ValueError:
        return
    assert shlex.quote(host) == host
    assert shlex.split(commands[0].line)[2] == host
