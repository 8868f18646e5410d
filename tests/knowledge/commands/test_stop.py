import re
import signal
import socket
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.commands import Caption, check_commands, stop_commands
from knowledge.model import Protocol, System

PATIENCE = 60  # seconds


def line_of(commands: Any, caption: Caption) -> str:
    lines = [command.line for command in commands if command.caption is caption]
    assert len(lines) == 1
    found: str = lines[0]
    return found


@pytest.mark.parametrize("protocol", [Protocol.TCP, Protocol.UDP], ids=str)
@pytest.mark.parametrize(
    ("system", "tool", "caption", "ending"),
    [
        (System.LINUX, "fuser", Caption.STOP, signal.SIGTERM),
        (System.LINUX, "fuser", Caption.STOP_FORCED, signal.SIGKILL),
        (System.MACOS, "lsof", Caption.STOP, signal.SIGTERM),
        (System.MACOS, "lsof", Caption.STOP_FORCED, signal.SIGKILL),
    ],
    ids=lambda value: str(getattr(value, "name", value)).lower(),
)
def test_the_holder_of_a_port_is_stopped_and_its_clients_live(
    protocol: Protocol,
    system: System,
    tool: str,
    caption: Caption,
    ending: signal.Signals,
    hold: Any,
    shell: Any,
    need: Callable[[str], None],
) -> None:
    need(tool)
    holder = hold(protocol)
    client = hold(protocol, peer=holder.port)
    commands = stop_commands(holder.port, protocol, system)
    done = shell(line_of(commands, caption), answer="y\n")
    assert holder.process.wait(PATIENCE) == -ending, done.stderr
    assert client.process.poll() is None


@pytest.mark.parametrize("protocol", [Protocol.TCP, Protocol.UDP], ids=str)
def test_linux_asks_before_it_stops_anything(
    protocol: Protocol, hold: Any, shell: Any, need: Callable[[str], None]
) -> None:
    need("fuser")
    holder = hold(protocol)
    shell(line_of(stop_commands(holder.port, protocol, System.LINUX), Caption.STOP), answer="n\n")
    assert holder.process.poll() is None


@pytest.mark.parametrize("protocol", [Protocol.TCP, Protocol.UDP], ids=str)
@pytest.mark.parametrize(
    ("system", "tool"), [(System.LINUX, "fuser"), (System.MACOS, "lsof")], ids=str
)
def test_the_holder_is_shown_by_its_process_id(
    protocol: Protocol,
    system: System,
    tool: str,
    hold: Any,
    shell: Any,
    need: Callable[[str], None],
) -> None:
    need(tool)
    holder = hold(protocol)
    client = hold(protocol, peer=holder.port)
    shown = shell(line_of(stop_commands(holder.port, protocol, system), Caption.HOLDER))
    numbers = re.findall(r"\b\d+\b", shown.stdout)
    assert str(holder.process.pid) in numbers
    assert str(client.process.pid) not in numbers


@pytest.mark.parametrize(
    ("system", "tool"), [(System.LINUX, "fuser"), (System.MACOS, "lsof")], ids=str
)
def test_nothing_is_stopped_where_nothing_holds_the_port(
    system: System, tool: str, hold: Any, shell: Any, need: Callable[[str], None]
) -> None:
    need(tool)
    holder = hold(Protocol.TCP)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        free = taken.getsockname()[1]
    shell(line_of(stop_commands(free, Protocol.UDP, system), Caption.STOP), answer="y\n")
    assert holder.process.poll() is None


def test_for_sctp_the_process_is_stopped_by_its_id() -> None:
    shown, stop = stop_commands(747, Protocol.SCTP, System.LINUX)
    assert shown == check_commands(747, Protocol.SCTP, System.LINUX)[0]
    assert stop.line == "sudo kill PID"
    assert stop_commands(747, Protocol.SCTP, System.WINDOWS) == ()


@pytest.mark.parametrize("system", System)
def test_asking_stands_before_force(system: System) -> None:
    captions = [command.caption for command in stop_commands(747, Protocol.TCP, system)]
    assert captions.index(Caption.STOP) < captions.index(Caption.STOP_FORCED)
