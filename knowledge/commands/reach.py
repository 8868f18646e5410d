"""Commands that show whether a port of another host answers."""

import re
from functools import lru_cache
from typing import Final

from knowledge.commands.phrases import Caption, Caution
from knowledge.model import Command, Protocol, System, check_number

PLACE: Final = "HOST"  # where one is to be filled in
_HOST: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.:-]{0,252}|::[0-9A-Fa-f:.]*")


def is_host(text: str) -> bool:
    """Tell whether a text may be the name or the address of a host."""
    return _HOST.fullmatch(text) is not None


def reach_commands(
    number: int, protocol: Protocol | None, system: System, host: str = PLACE
) -> tuple[Command, ...]:
    """Return what tries a port of `host`, a name or an address.

    Without a protocol they try TCP and UDP. Empty for port 0 and for DCCP, which no common
    tool can try.

    Raises:
        ValueError: the number is outside 0 to 65535, or `host` is no name or address (such as
            text that a shell would run).

    >>> reach_commands(747, Protocol.TCP, System.FREEBSD, "example.org")[0].line
    'nc -zv -w 3 example.org 747'
    """
    if not is_host(host):
        raise ValueError(f"not a host name or address: {host!r}")
    # Whose host it is concerns the asker alone: nothing of it is kept.
    made = _commands if host == PLACE else _commands.__wrapped__
    return made(check_number(number), protocol, system, host) if number else ()


@lru_cache(maxsize=256)
def _commands(
    number: int, protocol: Protocol | None, system: System, host: str
) -> tuple[Command, ...]:
    match protocol:
        case None:
            tcp = _tcp(number, system, host)
            return tcp[0], *_udp(number, system, host)
        case Protocol.TCP:
            return _tcp(number, system, host)
        case Protocol.UDP:
            return _udp(number, system, host)
        case Protocol.SCTP:
            return (Command(_nmap("-sY", number, system, host), Caption.REACH_SCTP),)
        case Protocol.DCCP:
            return ()


def _tcp(number: int, system: System, host: str) -> tuple[Command, ...]:
    if system is System.WINDOWS:
        line = f"Test-NetConnection -ComputerName {host} -Port {number}"
        return (Command(line, Caption.REACH_TCP),)
    # On macOS -w is about idle connections, and -G limits the time to connect.
    limit = "-G 3" if system is System.MACOS else "-w 3"
    nc = Command(f"nc -zv {limit} {host} {number}", Caption.REACH_TCP)
    if system is not System.LINUX:
        return (nc,)
    bash = f"timeout 3 bash -c '</dev/tcp/{host}/{number}' && echo open"
    return nc, Command(bash, Caption.REACH_TCP_BASH)


def _udp(number: int, system: System, host: str) -> tuple[Command, ...]:
    scan = _nmap("-sU", number, system, host)
    nmap = Command(scan, Caption.REACH_UDP_NMAP, Caution.SILENCE)
    if system is System.WINDOWS:
        return (nmap,)
    nc = f"nc -zvu -w 3 {host} {number}"
    return nmap, Command(nc, Caption.REACH_UDP, Caution.SILENCE)


def _nmap(scan: str, number: int, system: System, host: str) -> str:
    root = "sudo " if system in (System.LINUX, System.MACOS) else ""
    family = "-6 " if ":" in host else ""
    return f"{root}nmap {family}{scan} -p {number} {host}"
