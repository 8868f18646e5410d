"""Commands that show what listens on a port of this machine, and what is connected to it."""

from functools import lru_cache
from typing import Final, assert_never

from knowledge.commands.phrases import Caption
from knowledge.commands.rule import check_last
from knowledge.model import Command, Protocol, System, check_number

_SS_OPTION: Final = {Protocol.TCP: "t", Protocol.UDP: "u", Protocol.SCTP: "S", Protocol.DCCP: "d"}


def check_commands(
    number: int, protocol: Protocol | None, system: System, last: int | None = None
) -> tuple[Command, ...]:
    """Return what shows the listeners on a port with their processes, then its connections.

    Each is exact: port 747 never shows 7470. Without a protocol they cover TCP and UDP. Empty
    for port 0, which nothing can listen on, and for a protocol that the system does not have.
    With `last` they are about the range of ports from `number` to it.

    Raises:
        ValueError: a number is outside 0 to 65535, or `last` is below the first.

    >>> check_commands(747, Protocol.TCP, System.LINUX)[0].line
    "sudo ss -tlpn 'sport = :747'"
    """
    if check_last(check_number(number), last) == number:
        return _commands(number, protocol, system) if number else ()
    return _of_range(max(number, 1), check_last(number, last), protocol, system)


@lru_cache(maxsize=256)
def _commands(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
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


def _linux(number: int, protocol: Protocol | None) -> tuple[Command, ...]:
    which = _SS_OPTION[protocol] if protocol else "tu"
    caption = Caption.LISTENS_DCCP if protocol is Protocol.DCCP else Caption.LISTENS
    return (
        Command(f"sudo ss -{which}lpn 'sport = :{number}'", caption),
        Command(f"sudo ss -{which}pn 'src :{number} or dst :{number}'", Caption.CONNECTED),
    )


def _macos(number: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol in (Protocol.SCTP, Protocol.DCCP):
        return ()
    tcp = Command(f"sudo lsof -nP -iTCP:{number} -sTCP:LISTEN", Caption.LISTENS_TCP)
    # lsof shows a socket whose other end is the port, too; only those have an arrow.
    udp = Command(f"sudo lsof -nP -iUDP:{number} | awk '!/->/'", Caption.LISTENS_UDP)
    which = "" if protocol is None else protocol.upper()
    connected = Command(
        f"sudo lsof -nP -i{which}:{number} | awk 'NR == 1 || /->/'", Caption.CONNECTED
    )
    match protocol:
        case None:
            return tcp, udp, connected
        case Protocol.TCP:
            return tcp, connected
        case _:
            return udp, connected


def _windows(number: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol in (Protocol.SCTP, Protocol.DCCP):
        return ()
    # Where there is nothing PowerShell says so: "No matching ... objects found".
    listeners = f"Get-NetTCPConnection -LocalPort {number} -State Listen"
    endpoints = f"Get-NetUDPEndpoint -LocalPort {number}"
    tcp = (
        Command(listeners, Caption.ENDPOINTS_TCP),
        Command(f"Get-Process -Id ({listeners}).OwningProcess", Caption.PROCESS_TCP),
    )
    udp = (
        Command(endpoints, Caption.ENDPOINTS_UDP),
        Command(f"Get-Process -Id ({endpoints}).OwningProcess", Caption.PROCESS_UDP),
    )
    connected = Command(
        "Get-NetTCPConnection -State Established"
        f" | Where-Object {{ {number} -in $_.LocalPort, $_.RemotePort }}",
        Caption.CONNECTED,
    )
    # netstat pads its columns, so the blank after the number keeps 7470 out; its own -p tcp
    # would leave IPv6 out.
    pattern = f'/C:":{number} "' if protocol is None else f'/R /C:"{protocol.upper()}.*:{number} "'
    prompt = Command(f"netstat -ano | findstr {pattern}", Caption.COMMAND_PROMPT)
    match protocol:
        case None:
            return *tcp, *udp, connected, prompt
        case Protocol.TCP:
            return *tcp, connected, prompt
        case _:
            return *udp, prompt


def _freebsd(number: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol is Protocol.DCCP:
        return ()
    which = protocol or "tcp,udp"
    return (
        Command(f"sockstat -46l -p {number} -P {which}", Caption.LISTENS),
        Command(f"sockstat -46c -p {number} -P {which}", Caption.CONNECTED),
    )


# ---------------------------------------------------------------- ranges


@lru_cache(maxsize=64)
def _of_range(
    first: int, last: int, protocol: Protocol | None, system: System
) -> tuple[Command, ...]:
    match system:
        case System.LINUX:
            return _range_on_linux(first, last, protocol)
        case System.MACOS:
            return _range_on_macos(first, last, protocol)
        case System.WINDOWS:
            return _range_on_windows(first, last, protocol)
        case System.FREEBSD:
            return _range_on_freebsd(first, last, protocol)
        case _:
            assert_never(system)


def _range_on_linux(first: int, last: int, protocol: Protocol | None) -> tuple[Command, ...]:
    which = _SS_OPTION[protocol] if protocol else "tu"
    caption = Caption.LISTENS_DCCP if protocol is Protocol.DCCP else Caption.LISTENS
    here = f"sport >= :{first} and sport <= :{last}"
    there = f"dport >= :{first} and dport <= :{last}"
    return (
        Command(f"sudo ss -{which}lpn '{here}'", caption),
        Command(f"sudo ss -{which}pn '( {here} ) or ( {there} )'", Caption.CONNECTED),
    )


def _range_on_macos(first: int, last: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol in (Protocol.SCTP, Protocol.DCCP):
        return ()
    ports = f"{first}-{last}"
    tcp = Command(f"sudo lsof -nP -iTCP:{ports} -sTCP:LISTEN", Caption.LISTENS_TCP)
    udp = Command(f"sudo lsof -nP -iUDP:{ports} | awk '!/->/'", Caption.LISTENS_UDP)
    shown = {None: (tcp, udp), Protocol.TCP: (tcp,), Protocol.UDP: (udp,)}[protocol]
    which = "" if protocol is None else protocol.upper()
    connected = f"sudo lsof -nP -i{which}:{ports} | awk 'NR == 1 || /->/'"
    return *shown, Command(connected, Caption.CONNECTED)


def _range_on_windows(first: int, last: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol in (Protocol.SCTP, Protocol.DCCP):
        return ()
    within = f"Where-Object LocalPort -in ({first}..{last})"
    process = "ForEach-Object { Get-Process -Id $_.OwningProcess }"
    listeners = f"Get-NetTCPConnection -State Listen | {within}"
    endpoints = f"Get-NetUDPEndpoint | {within}"
    tcp = (
        Command(listeners, Caption.ENDPOINTS_TCP),
        Command(f"{listeners} | {process}", Caption.PROCESS_TCP),
    )
    udp = (
        Command(endpoints, Caption.ENDPOINTS_UDP),
        Command(f"{endpoints} | {process}", Caption.PROCESS_UDP),
    )
    return {None: (*tcp, *udp), Protocol.TCP: tcp, Protocol.UDP: udp}[protocol]


def _range_on_freebsd(first: int, last: int, protocol: Protocol | None) -> tuple[Command, ...]:
    if protocol is Protocol.DCCP:
        return ()
    which = f"-p {first}-{last} -P {protocol or 'tcp,udp'}"
    return (
        Command(f"sockstat -46l {which}", Caption.LISTENS),
        Command(f"sockstat -46c {which}", Caption.CONNECTED),
    )
