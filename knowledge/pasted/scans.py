"""What scanners print: nmap as text, -oG and -oX; masscan, rustscan, netcat."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.pasted.endpoints import endpoint, number_of, protocol_of
from knowledge.pasted.marks import PERSON
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_STATE = r"(?:open|closed|filtered|unfiltered)(?:\|(?:filtered|closed))?"
_ROW = re.compile(
    rf"(?:\|[_ ]?\s*)?(?P<port>\d{{1,5}})/(?P<protocol>tcp|udp|sctp|dccp)(?P<gap>\s+)"
    rf"(?P<state>{_STATE})(?:(?P<space>\s+)(?P<service>\S+)(?P<more>.*))?$",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"[a-z0-9][\w.+\-]*(?:/[\w\-]+)*\?*", re.IGNORECASE)
_TERM = re.compile(r"[a-z][\d/\-]|\d[a-z]", re.IGNORECASE)  # "ajp13", "ssl/http", "ms-wbt-server"
_SAYS_NOTHING = frozenset({"unknown", "tcpwrapped", "unknown?"})
_GREPPABLE = re.compile(
    rf"(?P<port>\d{{1,5}})/(?P<state>{_STATE})/(?P<protocol>tcp|udp|sctp)/[^/,]{{0,99}}/"
)
_DISCOVERED = re.compile(
    r"Discovered open port (?P<port>\d{1,5})/(?P<protocol>tcp|udp|sctp) on (?P<host>\S+)"
)
_LISTED = re.compile(
    r"(?P<state>open|closed) (?P<protocol>tcp|udp|sctp) (?P<port>\d{1,5}) (?P<host>[\d.a-f:]+) \d+"
)
_RUSTSCAN = re.compile(r"(?:\S+ -> \[(?P<ports>[\d, ]+)\]|Open (?P<endpoint>\S+:\d{1,5}))$")
_NETCAT = re.compile(
    r"(?:Connection to (?P<host>\S+)(?: \([^)]{1,60}\))? (?P<port>\d{1,5}) port"
    r" \[(?P<protocol>tcp|udp)/\S{1,40}\] succeeded"
    r"|Ncat: Connected to (?P<endpoint>\S+:\d{1,5})\.$"
    r"|(?P<name>\S+) \[(?P<address>[\d.]+)\] (?P<number>\d{1,5}) \([^)]{1,40}\) (?P<state>open|:))"
)
_LONGEST_STATE = 20
_TAG = re.compile(r"<(/?)(port|state)\b([^<>]{0,1500})>")
_ATTRIBUTE = re.compile(r"""\b([a-z]{1,20})=["']([^"'<>]{0,200})["']""")
_FRAMES = re.compile(
    r"(?:Starting (?:Nmap|masscan)|Nmap scan report|Nmap done|Host is up|Not shown:|Service Info:"
    r"|MAC Address:|All \d+ scanned ports|OS details:|OS CPE:|Device type:|Running(?: \(JUST)?:"
    r"|Network Distance:|Service detection performed|PORT\s+STATE\b|Read data files from"
    r"|# Nmap|# Masscan|# masscan|Scanning \d+ hosts|Initiating |Completed |Increasing send delay"
    r"|Too many fingerprints|No exact OS|OS detection performed|Other addresses for|rDNS record"
    r"|Host:\s\S+ \(|Warning: |\|[_ ])"
)


def read(line: Line) -> Reading | None:
    """Return the ports of a line that a scanner printed; None for every other line."""
    text = line.text
    if "/" in text:
        found = _row(line) or _greppable(line)
        if found is not None:
            return found
    if text.startswith(("Discovered", "open ", "closed ", "Open ", "Connection to", "Ncat:")) or (
        "[" in text and len(line.fields) < 12  # noqa: PLR2004
    ):
        found = _others(line)
        if found is not None:
            return found
    if _FRAMES.match(text):
        return Reading(Kind.SCAN, weight=Weight.FRAME)
    return None


def _row(line: Line) -> Reading | None:
    match = _ROW.match(line.text)
    if match is None:
        return None
    number = number_of(match["port"])
    if number is None:
        return None
    service, more = match["service"] or "", match["more"] or ""
    wide = len(match["gap"]) > 1 or len(match["space"] or "") > 1 or "|" in match["state"]
    sure = bool(service and _SERVICE.fullmatch(service)) and (
        wide
        or (not service.endswith("?") and line.names(service.lower()) is not None)
        or (_TERM.search(service) is not None and not PERSON.search(f"{service}{more}"))
    )
    alone = bool(_SERVICE.fullmatch(service)) and not match["more"]  # rather than in a sentence
    if service and not sure and not wide and not alone and not service.endswith("?"):
        return None
    port = PastedPort(
        number,
        protocol_of(match["protocol"]),
        Role.SCANNED,
        state=match["state"].lower(),
        line=line.number,
        service="" if service in _SAYS_NOTHING else service.rstrip("?"),
    )
    return Reading(Kind.SCAN, (port,), Weight.SURE if sure else Weight.MAYBE)


def _greppable(line: Line) -> Reading | None:
    if "Ports:" not in line.text:
        return None
    ports = tuple(
        PastedPort(
            number,
            protocol_of(match["protocol"]),
            Role.SCANNED,
            state=match["state"],
            line=line.number,
        )
        for match in _GREPPABLE.finditer(line.text)
        if (number := number_of(match["port"])) is not None
    )
    return Reading(Kind.SCAN, ports) if ports else None


def _others(line: Line) -> Reading | None:
    for pattern in (_DISCOVERED, _LISTED, _RUSTSCAN, _NETCAT):
        match = pattern.match(line.text)
        if match:
            ports = tuple(_found(line, match))
            return Reading(Kind.SCAN, ports) if ports else None
    return None


def _found(line: Line, match: re.Match[str]) -> Iterator[PastedPort]:
    groups = match.groupdict()
    protocol = protocol_of(groups.get("protocol") or "")
    whole = endpoint(groups.get("endpoint") or "", line.names)
    if whole is not None and whole.number is not None:
        yield PastedPort(
            whole.number, protocol, Role.SCANNED, whole.host, state="open", line=line.number
        )
    digits = groups.get("ports") or groups.get("port") or groups.get("number") or ""
    for piece in digits.replace(",", " ").split():
        number = number_of(piece)
        if number is not None:
            yield PastedPort(
                number,
                protocol,
                Role.SCANNED,
                groups.get("host") or "",
                state=groups.get("state") or "open",
                line=line.number,
            )


def is_xml(text: str) -> bool:
    """Tell whether a text holds nmap's or masscan's XML, or a piece of it."""
    return "<port " in text and "portid=" in text


def read_xml(text: str) -> tuple[PastedPort, ...]:
    """Return the ports of nmap's XML.

    The tags are read one by one, not as a document: pasted pieces are cut anywhere, and text that
    is no document can hold no entities that unfold.
    """
    ports: list[PastedPort] = []
    line, end = 1, 0
    for match in _TAG.finditer(text):
        closing, tag, inside = match.groups()
        if closing:
            continue
        found = dict(_ATTRIBUTE.findall(inside))
        if tag == "port":
            number = number_of(found.get("portid", ""))
            if number is None:
                continue
            line += text.count("\n", end, match.start())
            end = match.start()
            ports.append(
                PastedPort(
                    number,
                    protocol_of(found.get("protocol", "")),
                    Role.SCANNED,
                    line=line,
                )
            )
        elif ports:
            ports[-1] = replace(ports[-1], state=found.get("state", "")[:_LONGEST_STATE])
    return tuple(ports)
