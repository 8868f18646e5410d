"""Commands that find the process which holds a port, and stop it: asked first, then by force."""

from functools import lru_cache
from typing import assert_never

from knowledge.commands.check import check_commands
from knowledge.commands.phrases import Caption, Caution
from knowledge.model import Command, Protocol, System, check_number

_COMMON = (Protocol.TCP, Protocol.UDP)


def stop_commands(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
    """Return what shows the process that holds a port, asks it to stop, and ends it by force.

    A process that merely talks to that port on another host is never stopped. Without a protocol
    they are about TCP, then UDP. Empty for port 0, and for a protocol the system does not have.

    Raises:
        ValueError: the number is outside 0 to 65535.

    >>> stop_commands(747, Protocol.TCP, System.LINUX)[2].line
    'sudo fuser -k -i -TERM 747/tcp'
    """
    return _commands(check_number(number), protocol, system) if number else ()


@lru_cache(maxsize=256)
def _commands(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
    if protocol is None:
        return tuple(command for one in _COMMON for command in _commands(number, one, system))
    if protocol not in _COMMON:
        return _by_id(number, protocol, system)
    match system:
        case System.LINUX:
            return _linux(number, protocol)
        case System.MACOS:
            return _macos(number, protocol)
        case System.WINDOWS:
            return _windows(number, protocol)
        case System.FREEBSD:
            return _freebsd(number, protocol)
        case _:
            assert_never(system)


def _by_id(number: int, protocol: Protocol, system: System) -> tuple[Command, ...]:
    shown = check_commands(number, protocol, system)[:1]
    root = "sudo " if system is System.LINUX else ""
    stop = Command(f"{root}kill PID", Caption.STOP_BY_ID, Caution.STOPS)
    return (*shown, stop) if shown else ()


def _linux(number: int, protocol: Protocol) -> tuple[Command, ...]:
    # In fuser a bare number is the local port, so clients of a remote one are left alone.
    port = f"{number}/{protocol}"
    return (
        Command(f"sudo fuser -v {port}", Caption.HOLDER),
        Command(f"systemctl status $(sudo fuser {port})", Caption.UNIT),
        Command(f"sudo fuser -k -i -TERM {port}", Caption.STOP, Caution.STOPS),
        Command(f"sudo fuser -k {port}", Caption.STOP_FORCED, Caution.STOPS_FORCED),
    )


def _macos(number: int, protocol: Protocol) -> tuple[Command, ...]:
    if protocol is Protocol.TCP:
        shown = f"sudo lsof -nP -iTCP:{number} -sTCP:LISTEN"
        ids = f"sudo lsof -t -nP -iTCP:{number} -sTCP:LISTEN"
    else:
        shown = f"sudo lsof -nP -iUDP:{number} | awk '!/->/'"
        ids = f"sudo lsof -nP -iUDP:{number} | awk 'NR > 1 && !/->/ {{ print $2 }}' | sort -u"
    return (
        Command(shown, Caption.HOLDER),
        Command(f"{ids} | xargs sudo kill", Caption.STOP, Caution.STOPS),
        Command(f"{ids} | xargs sudo kill -KILL", Caption.STOP_FORCED, Caution.STOPS_FORCED),
    )


def _windows(number: int, protocol: Protocol) -> tuple[Command, ...]:
    if protocol is Protocol.TCP:
        sockets = f"Get-NetTCPConnection -LocalPort {number} -State Listen"
    else:
        sockets = f"Get-NetUDPEndpoint -LocalPort {number}"
    # A program that listens on IPv4 and on IPv6 has two sockets, and one id.
    ids = f"{sockets} | Select-Object -ExpandProperty OwningProcess -Unique"
    return (
        Command(f"{ids} | ForEach-Object {{ Get-Process -Id $_ }}", Caption.HOLDER),
        Command(
            f"Get-CimInstance Win32_Service"
            f" | Where-Object ProcessId -in ({sockets}).OwningProcess",
            Caption.SERVICE,
        ),
        Command(
            f"{ids} | ForEach-Object {{ taskkill /PID $_ }}", Caption.STOP, Caution.STOPS_WINDOWS
        ),
        Command(
            f"{ids} | ForEach-Object {{ Stop-Process -Id $_ -Confirm }}",
            Caption.STOP_FORCED,
            Caution.STOPS_FORCED,
        ),
    )


def _freebsd(number: int, protocol: Protocol) -> tuple[Command, ...]:
    shown = f"sockstat -46l -p {number} -P {protocol}"
    ids = f"sockstat -46lq -p {number} -P {protocol} | awk '{{ print $3 }}' | sort -u"
    return (
        Command(shown, Caption.HOLDER),
        Command(f"{ids} | xargs kill", Caption.STOP, Caution.STOPS),
        Command(f"{ids} | xargs kill -KILL", Caption.STOP_FORCED, Caution.STOPS_FORCED),
    )
