"""Settings that name ports: .env, ini, properties, TOML, JSON, systemd's sockets, services."""

import re

from knowledge.model import Protocol
from knowledge.pasted.addresses import ports_at
from knowledge.pasted.endpoints import number_of, port_of, protocol_of, spans_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_PREFIX = re.compile(r"(?:(?:export|set|ENV|let|const|var)\s+|-\s+|\$env:|--)?[{,]?\s*")
_COMMENT = re.compile(r"\s(?:#|//|;)")
_ASSIGNED_KEY = re.compile(r"[A-Za-z_][\w.\-]{0,80}")
_SYSTEMD = re.compile(r"(?P<key>ListenStream|ListenDatagram)=(?P<value>\S{1,100})$")
_PORT_KEY = re.compile(r"(?:^|[a-z0-9_.\-])(?:port|ports)$|Ports?$|^PORTS?$|[A-Z_]PORTS?$")
_OTHER_WORD = re.compile(
    r"(?:trans|sup|re|im|ex|air|pass|view|rap|de|tele|sea|space)ports?$", re.IGNORECASE
)
_ADDRESS_KEY = re.compile(
    r"(?:^|[a-z0-9_.\-])(?:addr|address|listen|bind|host|hosts|server|servers|endpoint|endpoints"
    r"|broker|brokers|upstream|backend|target|web|url|uri|dsn|advertise|addresses)$",
    re.IGNORECASE,
)
_JSON = re.compile(
    r"[\"'](?P<key>[\w.\-]{0,60}(?:[pP]ort|PORT))[\"']\s*:\s*[\"']?(?P<port>\d{1,5})[\"']?(?=\s*[,}\]\r\n]|\s*$)"
)
_SERVICES = re.compile(
    r"(?P<name>[a-z][\w\-]{1,30})\s+(?P<port>\d{1,5})/(?P<protocol>tcp|udp|sctp)(?:\s+(?P<more>.*))?$"
)
_FRAMES = re.compile(
    r"(?:server|upstream|location|http|stream|events|frontend|backend|defaults|global|listen)\b"
    r"[^?]{0,80}\{?$|[{}\[\]();,]+$|</?\w[^>]{0,100}>$"
)


def read(line: Line) -> Reading | None:
    """Return the ports of a line of settings; None for every other line."""
    text = line.text
    if "=" in text or ":" in text:
        found = _assignment(line)
        if found is not None:
            return found
    if "/tcp" in text or "/udp" in text:
        match = _SERVICES.match(text)
        if match and (number := number_of(match["port"])) is not None:
            port = PastedPort(number, protocol_of(match["protocol"]), line=line.number)
            return Reading(Kind.CONFIGURATION, (port,), Weight.MAYBE)
    if text[0] in "{}[]()<" and _FRAMES.match(text[:200]):
        return Reading(Kind.CONFIGURATION, weight=Weight.FRAME)
    return None


def _assignment(line: Line) -> Reading | None:
    text = line.text[:1500]
    match = _SYSTEMD.match(text)
    if match:
        protocol = Protocol.TCP if match["key"] == "ListenStream" else Protocol.UDP
        ports = tuple(ports_at(line, [match["value"]], Role.CONFIGURED, protocol))
        return Reading(Kind.CONFIGURATION, ports) if ports else None
    found = [
        PastedPort(number, None, Role.CONFIGURED, line=line.number)
        for each in _JSON.finditer(text)
        if (number := number_of(each["port"])) is not None
    ]
    if found:
        return Reading(Kind.CONFIGURATION, tuple(found))
    parts = _parts(text)
    return None if parts is None else _assigned(line, *parts)


def _parts(text: str) -> tuple[str, str, str] | None:
    """Return the key, the sign and the value of `key = value`, comments left out; or None."""
    text = _COMMENT.split(text, maxsplit=1)[0]
    start = _PREFIX.match(text)
    body = text[start.end() if start else 0 :]
    places = [place for place in (body.find("="), body.find(":")) if place > 0]
    if not places:
        return None
    place = min(places)
    sign = "=" if "=" in body[place : place + 2] else ":"
    key = body[:place].strip(" \"'")
    value = body[place + 1 :].lstrip("= \t").rstrip(" ,;}])")
    if not value or not _ASSIGNED_KEY.fullmatch(key):
        return None
    return key, sign, value


def _assigned(line: Line, key: str, sign: str, written: str) -> Reading | None:
    value = written.strip("\"' ")
    if _PORT_KEY.search(key) and not _OTHER_WORD.search(key):
        return _port_key(line, key, sign, written)
    if _ADDRESS_KEY.search(key) and "//" not in value:
        pieces = value.split(",")
        ports = tuple(ports_at(line, pieces, Role.CONFIGURED))
        if ports and all(":" in piece for piece in pieces):
            weight = Weight.SURE if sign == "=" else Weight.MAYBE
            return Reading(Kind.CONFIGURATION, ports, weight)
    return None


def _port_key(line: Line, key: str, sign: str, written: str) -> Reading | None:
    """Return the ports of `port = 5432`, `HTTP_PORT: "8080"` or `ports=80,443`."""
    value = written.strip("\"' ")
    if len(value.split()) != 1 and "," not in value:
        return None
    if not value[:1].isdigit() and (sign != "=" or port_of(value, line.names) is None):
        return None
    ports = tuple(
        PastedPort(first, None, Role.CONFIGURED, line=line.number, last=last)
        for first, last in spans_of(value, line.names)
    )
    if not ports:
        return None
    plain = key in {"port", "Port", "ports", "Ports"} and written[:1] not in "\"'"
    sure = not plain and (sign == "=" or not key.islower() or bool(set(key) & set("_.-")))
    return Reading(Kind.CONFIGURATION, ports, Weight.SURE if sure else Weight.MAYBE)
