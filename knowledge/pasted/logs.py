"""What firewalls and sniffers write down: UFW, pf, Windows, tcpdump, Cisco, Fortinet."""

import re
from collections.abc import Callable, Mapping, Sequence

from knowledge.model import Protocol
from knowledge.pasted.endpoints import (
    Endpoint,
    endpoint,
    is_address,
    number_of,
    protocol_of,
    rank,
)
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_MOST_FIELDS = 200
_SOURCE = {"spt": 0, "sport": 0, "srcport": 0, "src_port": 0, "sourceport": 0, "s_port": 0}
_DESTINATION = {"dpt": 1, "dport": 1, "dstport": 1, "dst_port": 1, "destport": 1, "d_port": 1}
_PORT_KEYS = _SOURCE | _DESTINATION
_ADDRESS_KEYS = {"src": 0, "srcip": 0, "src_ip": 0, "dst": 1, "dstip": 1, "dst_ip": 1}
_NUMBERS = {"6": Protocol.TCP, "17": Protocol.UDP}
_VERDICT = re.compile(
    r"\b(BLOCK|ALLOW|AUDIT|LIMIT BLOCK|DROP|REJECT|ACCEPT|DENY|Deny|denied|Denied|permitted"
    r"|Built|Teardown|block|pass|drop|reject|accept|deny)\b"
)
_WINDOWS = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?P<verdict>[A-Z\-]{2,12}) (?P<protocol>TCP|UDP) "
    r"(?P<from>[\da-fA-F.:]+) (?P<to>[\da-fA-F.:]+) (?P<source>\d{1,5}) (?P<target>\d{1,5})\b"
)
_ASA = re.compile(r"(?P<zone>[\w\-]{1,40}):(?P<host>[\da-fA-F.:]{2,45})/(?P<port>\d{1,5})")
_IOS = re.compile(r"(?P<host>[\d.]{7,15})\((?P<port>\d{1,5})\)")
_TCPDUMP_TAIL = (" Flags [", " UDP,", ": Flags", " ack ", "length ", "? ", "NTP", "S ", ": BOOTP")
_FLOW_FIELDS = 14


def read(line: Line) -> Reading | None:
    """Return the ports of a line of a log; None for every other line."""
    text = line.text
    for test, reader in _READERS:
        if test(text):
            found = reader(line)
            if found is not None:
                return found
    return None


def sides(
    line: Line,
    pair: tuple[Endpoint, Endpoint],
    protocol: Protocol | None,
    state: str,
) -> tuple[PastedPort, ...]:
    """Return the ports of a packet: the sender's first, then the one it was sent to."""
    source, target = pair
    found = []
    answers = (
        source.number is not None
        and target.number is not None
        and rank(source.number)[0] < rank(target.number)[0]
    )
    roles = (Role.PEER, Role.CLIENT) if answers else (Role.CLIENT, Role.TARGET)
    for side, role in zip((source, target), roles, strict=True):
        if side.number is not None:
            found.append(
                PastedPort(side.number, protocol, role, side.host, "", state, line.number)
            )
    return tuple(found)


def _verdict(text: str) -> str:
    found = _VERDICT.search(text[:400])
    return found[1] if found else ""


def _pairs(line: Line) -> Reading | None:
    """Return the ports of SPT=51324 DPT=23, srcport=51324 dstport=23 and the like."""
    told: dict[str, str] = {}
    protocol: Protocol | None = None
    for field in line.fields[:_MOST_FIELDS]:
        key, equals, value = field.partition("=")
        if equals:
            told.setdefault(key.lower(), value.strip("\",;'"))
        else:
            protocol = protocol or protocol_of(field)
    numbers, hosts = _sides_of(told, _PORT_KEYS), _sides_of(told, _ADDRESS_KEYS)
    if not numbers[1] and not hosts[1]:
        return None
    named = told.get("proto") or told.get("protocol") or ""
    protocol = protocol_of(named) or _NUMBERS.get(named) or protocol
    state = told.get("action") or told.get("act") or _verdict(line.text)
    pair = Endpoint(hosts[0], number_of(numbers[0])), Endpoint(hosts[1], number_of(numbers[1]))
    return Reading(Kind.FIREWALL, sides(line, pair, protocol, state))


def _sides_of(told: Mapping[str, str], keys: Mapping[str, int]) -> tuple[str, str]:
    """Return what is told of the source and of the destination, "" where nothing is."""
    found = ["", ""]
    for key, side in keys.items():
        found[side] = found[side] or told.get(key, "")
    return found[0], found[1]


def _windows(line: Line) -> Reading | None:
    match = _WINDOWS.match(line.text)
    if match is None:
        return None
    pair = (
        Endpoint(match["from"], number_of(match["source"])),
        Endpoint(match["to"], number_of(match["target"])),
    )
    ports = sides(line, pair, protocol_of(match["protocol"]), match["verdict"])
    return Reading(Kind.FIREWALL, ports)


def _cisco(line: Line) -> Reading | None:
    text = line.text[:1000]
    protocol = next((p for f in line.fields[:20] if (p := protocol_of(f))), None)
    found = [
        Endpoint(match["host"], number_of(match["port"]))
        for pattern in (_ASA, _IOS)
        for match in pattern.finditer(text)
    ]
    if len(found) < 2:  # noqa: PLR2004 - a pair
        return None
    return Reading(Kind.FIREWALL, sides(line, (found[0], found[1]), protocol, _verdict(text)))


def _tcpdump(line: Line) -> Reading | None:
    """Return the ports of "IP 10.0.0.5.51324 > 10.0.0.9.443: Flags [S]", pf's log included."""
    fields = line.fields[:30]
    for index in range(1, len(fields) - 1):
        if fields[index] == ">":
            break
    else:
        return None
    known = "IP" in fields[:index] or "IP6" in fields[:index] or "rule" in fields[0:4]
    if not known and not any(tail in line.text for tail in _TCPDUMP_TAIL):
        return None
    source = endpoint(fields[index - 1], line.names, dotted=True)
    target = endpoint(fields[index + 1].rstrip(":"), line.names, dotted=True)
    if source is None or target is None:
        return Reading(Kind.FIREWALL) if known else None
    udp = "UDP" in fields or "udp" in line.text
    protocol = Protocol.TCP if "Flags" in fields else Protocol.UDP if udp else None
    return Reading(Kind.FIREWALL, sides(line, (source, target), protocol, _verdict(line.text)))


def _filterlog(line: Line) -> Reading | None:
    """Return the ports of pfSense's comma-separated log."""
    cells = line.text[:1000].split(",")
    for index in range(6, len(cells) - 5):
        if cells[index] not in {"tcp", "udp"}:
            continue
        hosts, digits = cells[index + 2 : index + 4], cells[index + 4 : index + 6]
        if all(map(is_address, hosts)) and all(number_of(d) is not None for d in digits):
            pair = (
                Endpoint(hosts[0], number_of(digits[0])),
                Endpoint(hosts[1], number_of(digits[1])),
            )
            state = cells[6]
            return Reading(Kind.FIREWALL, sides(line, pair, protocol_of(cells[index]), state))
    return None


def _arrow(line: Line) -> Reading | None:
    """Return the ports of "TCP (SYN), 203.0.113.9:51324->198.51.100.4:23" and Suricata's lines."""
    protocol = next((p for f in line.fields[:40] if (p := protocol_of(f.strip("{}(),")))), None)
    if protocol is None:
        return None
    fields = line.fields[:40]
    for index, field in enumerate(fields):
        here, arrow, there = field.strip(",").partition("->")
        if field == "->" and 0 < index < len(fields) - 1:
            here, there = fields[index - 1], fields[index + 1]
        elif not arrow:
            continue
        source, target = endpoint(here, line.names), endpoint(there, line.names)
        if source is not None and target is not None and source.literal and target.literal:
            ports = sides(line, (source, target), protocol, _verdict(line.text))
            return Reading(Kind.FIREWALL, ports)
    return None


def _flow(line: Line) -> Reading | None:
    """Return the ports of a row that a cloud's flow log writes: addresses, ports, protocol."""
    fields = line.fields
    if len(fields) != _FLOW_FIELDS or fields[-1] not in {"OK", "NODATA", "SKIPDATA"}:
        return None
    if not (is_address(fields[3]) and is_address(fields[4])):
        return None
    source, target = number_of(fields[5]), number_of(fields[6])
    protocol = _NUMBERS.get(fields[7])
    if source is None or target is None or protocol is None:
        return None
    pair = Endpoint(fields[3], source), Endpoint(fields[4], target)
    return Reading(Kind.FIREWALL, sides(line, pair, protocol, fields[12]))


def _frame(_: Line) -> Reading | None:
    return Reading(Kind.FIREWALL, weight=Weight.FRAME)


_LineTest = Callable[[str], bool]
_READERS: Sequence[tuple[_LineTest, Callable[[Line], Reading | None]]] = (
    (
        lambda t: (
            "DPT=" in t or "DST=" in t or "dport=" in t or "dstport=" in t or "dst_port=" in t
        ),
        _pairs,
    ),
    (lambda t: " TCP " in t or " UDP " in t, _windows),
    (lambda t: "%ASA-" in t or "%SEC-" in t or "%FTD-" in t or "%PIX-" in t, _cisco),
    (lambda t: " > " in t, _tcpdump),
    (lambda t: t.count(",", 0, 1000) > 15, _filterlog),  # noqa: PLR2004
    (lambda t: "->" in t, _arrow),
    (lambda t: t.endswith((" OK", " NODATA")), _flow),
    (
        lambda t: (
            t.startswith(("#Version:", "#Fields:", "#Software:", "listening on ", "tcpdump:"))
            or " packets captured" in t
            or " packets received by filter" in t
        ),
        _frame,
    ),
)
