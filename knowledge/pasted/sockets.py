"""What lists sockets: ss, netstat of every system, lsof -i, sockstat, Get-NetTCPConnection."""

import re
from collections.abc import Sequence

from knowledge.model import Protocol
from knowledge.pasted.endpoints import (
    Endpoint,
    endpoint,
    is_address,
    number_of,
    port_of,
    protocol_of,
    rank,
)
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

LISTENING = frozenset({
    "listen", "listening", "unconn", "bound", "idle",
    # netstat speaks the language of its Windows
    "abhören", "abhoeren", "escuchando", "écoute", "ecoute", "escutando", "bezig", "luisteren",
    "nasłuchiwanie", "ascolto", "слушание", "прослушивание", "dinleme", "lyssnar", "侦听",
    "リッスン",
})  # fmt: skip
_STATES = LISTENING | {
    "estab", "established", "syn-sent", "syn_sent", "syn-recv", "syn_recv", "syn_received",
    "fin-wait-1", "fin-wait-2", "fin_wait1", "fin_wait2", "fin_wait_1", "fin_wait_2",
    "time-wait", "time_wait", "timewait", "close-wait", "close_wait", "closewait", "last-ack",
    "last_ack", "closing", "closed", "close", "hergestellt", "wartend", "établie", "establecido",
    "time-warten", "schliessen_warten", "finwait1", "finwait2", "synsent", "synreceived",
}  # fmt: skip
# Sockets that have no ports; what stands after the colon is something else.
_PORTLESS = re.compile(
    r"(?:u_str|u_dgr|u_seq|nl|p_raw|p_dgr|raw6?|icmp[46]?|icm[46]|icm6|v_str|unix|unix[23]|ip4|ip6)"
)
_USERS = re.compile(r'users:\(\("([^"]{1,64})"')
_PROGRAM = re.compile(r"\d{1,7}/(\S{1,64})")
_ARROWS = frozenset({"->", "→", "<->", "<-", "=>", "-->"})
_LSOF_TYPES = frozenset({
    "REG", "DIR", "CHR", "BLK", "FIFO", "unix", "KQUEUE", "PIPE", "LINK", "a_inode", "netlink",
    "sock", "systm", "NPOLICY", "PSXSHM", "CHAN", "ndrv",
})  # fmt: skip
_FRAMES = re.compile(
    r"(?:Active (?:Internet|UNIX|LOCAL|Connections)|Proto\s+(?:Recv-Q|Local|RefCnt)|Netid\b"
    r"|State\s+Recv-Q|Recv-Q\s+Send-Q|COMMAND\s+PID|USER\s+COMMAND|LocalAddress\b"
    r"|Aktive Verbindungen|Conexiones activas|Connexions actives|-{3,}"
    r"|\[[\w.\- ]{1,60}\.exe\]$|Can(?: ?not) obtain ownership|program vers proto"
    r"|Active Multipath|\(Not all processes could)",
    re.IGNORECASE,
)
_POWERSHELL = re.compile(r"(?P<side>Local|Remote)Port\s*:\s*(?P<port>\d{1,5})$")
_FUSER = re.compile(r"(?P<port>\w{1,30})/(?P<protocol>tcp|udp):\s+[\da-z][\da-z ]*$")
_MOST_FIELDS = 40


def read(line: Line) -> Reading | None:
    """Return the ports of a line that tells a socket; None for every other line."""
    fields = line.fields[:_MOST_FIELDS]
    if len(fields) == 1 and "->" not in fields[0]:
        return None
    if _PORTLESS.fullmatch(fields[0]) and len(fields) > 4:  # noqa: PLR2004 - a row, no word
        return Reading(Kind.SOCKETS)
    found = _lsof(line, fields) or _pair(line, fields) or _columns(line, fields)
    if found is not None:
        return found
    if _FRAMES.match(line.text):
        return Reading(Kind.SOCKETS, weight=Weight.FRAME)
    return _lone(line, fields) or _others(line, fields)


def _pair(line: Line, fields: Sequence[str]) -> Reading | None:
    """Return the ports of a row in which a local and a peer endpoint stand side by side."""
    dotted = protocol_of(fields[0]) is not None and fields[0][-1].isdigit()
    named = dotted or fields[0] in {"TCP", "UDP"}  # Windows names ports, too
    before: Endpoint | None = None
    arrow = False
    for index, field in enumerate(fields):
        if ":" not in field and "." not in field and field not in _ARROWS:
            before, arrow = None, False
            continue
        if field in _ARROWS:
            arrow = before is not None
            continue
        joined = field.partition("->")
        if joined[1] and "/" not in joined[2]:
            local = endpoint(joined[0], line.names)
            peer = endpoint(joined[2], line.names)
            if local is not None and peer is not None:
                return _row(line, fields, index, index + 1, (local, peer))
        here = endpoint(field, line.names, dotted=dotted, named=named)
        if here is not None and before is not None:
            return _row(line, fields, index - 1 - arrow, index + 1, (before, here), arrow=arrow)
        before, arrow = here, False
    return None


def _row(  # noqa: PLR0913
    line: Line,
    fields: Sequence[str],
    start: int,
    end: int,
    pair: tuple[Endpoint, Endpoint],
    *,
    arrow: bool = False,
) -> Reading | None:
    head, tail = fields[:start], fields[end:]
    strange = [f for f in head if not (f.isdigit() or _is_word(f))]
    sockstat = _is_sockstat(head)
    state = next((f for f in (*tail[:6], *head) if _folded(f) in _STATES), "")
    wild = pair[1].number in {None, 0} and is_address(pair[1].host)
    if strange and not sockstat and not state and not wild:
        return None
    if not (strange or state or wild or sockstat or arrow or "->" in line.text):
        protocol_named = any(protocol_of(f) for f in head)
        counted = sum(f.isdigit() for f in head) > 1
        if not (protocol_named or counted) or (tail and not counted and not protocol_named):
            return None
    if strange and not state and len(tail) > 1 and not sockstat:
        return None  # words on either side: a sentence
    protocol = next((p for f in head if (p := protocol_of(f))), None)
    if protocol is None and _is_tcp(state):
        protocol = Protocol.TCP
    process = head[1] if sockstat else _process(line.text, tail)
    words = "" if sockstat else " ".join(strange)
    ports = sockets(line, pair, protocol, state.strip("()"), process)
    return Reading(Kind.SOCKETS, ports, words=words)


def _is_tcp(state: str) -> bool:
    return _folded(state) in _STATES - {"unconn", "bound", "idle", "closed", "close", ""}


def _folded(word: str) -> str:
    return word.strip("(),").lower()


def _is_word(field: str) -> bool:
    return protocol_of(field) is not None or _folded(field) in _STATES


def _is_sockstat(head: Sequence[str]) -> bool:
    """Tell whether a row begins as sockstat's do: user, command, PID, descriptor, protocol."""
    return (
        len(head) >= 5  # noqa: PLR2004
        and protocol_of(head[-1]) is not None
        and head[2].isdigit()
    )


def _process(text: str, tail: Sequence[str]) -> str:
    users = _USERS.search(text)
    if users:
        return users[1]
    for field in tail[:3]:
        program = _PROGRAM.fullmatch(field)
        if program:
            return program[1].rstrip(":")
    return ""


def sockets(
    line: Line,
    pair: tuple[Endpoint, Endpoint],
    protocol: Protocol | None,
    state: str,
    process: str = "",
) -> tuple[PastedPort, ...]:
    """Return the ports of a socket: a listener's, or both sides of a connection."""
    local, peer = pair
    waits = peer.number in {None, 0} or (state.lower() in LISTENING)
    if local.number is None:
        return ()
    if waits:
        if local.number == 0:
            return ()
        return (
            PastedPort(
                local.number,
                protocol,
                Role.LISTENER,
                local.host,
                process,
                state,
                line.number,
            ),
        )
    assert peer.number is not None  # noqa: S101 - for mypy
    begins = rank(local.number) > rank(peer.number)
    return (
        PastedPort(
            local.number,
            protocol,
            Role.CLIENT if begins else Role.LISTENER,
            local.host,
            process,
            state,
            line.number,
        ),
        PastedPort(
            peer.number,
            protocol,
            Role.PEER if begins else Role.CLIENT,
            peer.host,
            "",
            state,
            line.number,
        ),
    )


def _lsof(line: Line, fields: Sequence[str]) -> Reading | None:
    for index, field in enumerate(fields[:-1]):
        if field in {"TCP", "UDP"} and ("IPv4" in fields[:index] or "IPv6" in fields[:index]):
            break
        if field in _LSOF_TYPES and index >= 3 and fields[1].isdigit():  # noqa: PLR2004
            return Reading(Kind.SOCKETS)
    else:
        return None
    protocol = protocol_of(field)
    name, tail = fields[index + 1], fields[index + 2 :]
    state = tail[0].strip("()") if tail else ""
    here, arrow, there = name.partition("->")
    local = endpoint(here, line.names, named=True)
    peer = endpoint(there, line.names, named=True) if arrow else Endpoint("*", None)
    if local is None or peer is None:
        return Reading(Kind.SOCKETS) if ":" in name or name == "*" else None
    ports = sockets(line, (local, peer), protocol, state, fields[0])
    return Reading(Kind.SOCKETS, ports)


def _columns(line: Line, fields: Sequence[str]) -> Reading | None:
    """Return the ports of PowerShell's tables: address, port, address, port, state."""
    if len(fields) < 4 or not (is_address(fields[0]) and is_address(fields[2])):  # noqa: PLR2004
        return None
    local, peer = number_of(fields[1]), number_of(fields[3])
    if local is None or peer is None:
        return None
    state = fields[4] if len(fields) > 4 else ""  # noqa: PLR2004
    if not state:  # netsh interface portproxy show all
        ports = (
            PastedPort(local, Protocol.TCP, Role.LISTENER, fields[0], line=line.number),
            PastedPort(peer, Protocol.TCP, Role.TARGET, fields[2], line=line.number),
        )
        return Reading(Kind.SOCKETS, ports)
    pair = Endpoint(fields[0], local), Endpoint(fields[2], peer)
    return Reading(Kind.SOCKETS, sockets(line, pair, Protocol.TCP, state))


def _lone(line: Line, fields: Sequence[str]) -> Reading | None:
    """Return the port of a row that was cut: one endpoint and the word that it listens."""
    states = [f for f in fields if f.isupper() and _folded(f) in LISTENING]
    if not states:
        return None
    found = [e for f in fields if (e := endpoint(f, line.names)) is not None]
    known = sum(f.isdigit() or _is_word(f) for f in fields)
    if len(found) != 1 or known + 1 < len(fields):
        return None
    protocol = next((p for f in fields if (p := protocol_of(f))), None)
    ports = sockets(line, (found[0], Endpoint("*", None)), protocol, states[0].strip("()"))
    return Reading(Kind.SOCKETS, ports)


def _others(line: Line, fields: Sequence[str]) -> Reading | None:
    """Return the ports of lines of PowerShell's lists, fuser and rpcinfo."""
    match = _POWERSHELL.match(line.text)
    if match:
        role = Role.LISTENER if match["side"] == "Local" else Role.PEER
        number = number_of(match["port"])
        ports = (PastedPort(number, None, role, line=line.number),) if number else ()
        return Reading(Kind.SOCKETS, ports)
    match = _FUSER.match(line.text) if "/tcp:" in line.text or "/udp:" in line.text else None
    if match:
        number = port_of(match["port"], line.names)
        if number is not None:
            held = PastedPort(
                number, protocol_of(match["protocol"]), Role.LISTENER, line=line.number
            )
            return Reading(Kind.SOCKETS, (held,))
    if (
        len(fields) in {4, 5}
        and fields[0].isdigit()
        and fields[1].isdigit()
        and fields[2] in {"tcp", "udp", "tcp6", "udp6"}
    ):
        number = number_of(fields[3])
        if number is not None and int(fields[0][:9]) >= 100000:  # noqa: PLR2004 - RPC programs
            process = fields[4] if len(fields) > 4 else ""  # noqa: PLR2004
            held = PastedPort(
                number,
                protocol_of(fields[2]),
                Role.LISTENER,
                process=process,
                line=line.number,
            )
            return Reading(Kind.SOCKETS, (held,))
    return None
