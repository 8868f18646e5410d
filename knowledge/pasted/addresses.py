"""Addresses with ports as configuration writes them: `*:443`, URLs, connection strings."""

import re
from collections.abc import Iterable, Iterator

from knowledge.model import Protocol
from knowledge.pasted.endpoints import endpoint, number_of, span_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role

PATHS = ("unix:", "/", "fd@", "fd://")  # places of sockets that have no port
_BULLETS = "➜›•*· "
_LONGEST_URL = 600  # characters
_SCHEME = re.compile(r"(?:jdbc:)?[\w+.\-]{1,30}:(?:[a-z]{2,12}:)*//(?P<rest>.*)$")
_ORACLE = re.compile(
    r"jdbc:oracle:thin:\S{0,60}?@(?://)?(?P<host>[\w.\-]{1,100}):(?P<port>\d{1,5})\b"
)
_AUTHORITY_END = re.compile(r"[/?#;]")
_CONNECTION = re.compile(
    r"(?:^|[;\s])(?P<key>port|host|server|data source|address|addr|dbname|user id|uid|database"
    r"|initial catalog|user|password|pwd|sslmode)\s*=\s*(?P<value>[^;\s]{1,200})",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[\w.\-\"']{1,80}\s*[:=]\s*[\"']?\S+$")
_IN_LIST = (",", ";", "\\", '"', "'")


def read(line: Line) -> Reading | None:
    """Return the ports of a line that is an address, or assigns one; None for every other."""
    text = line.text[:4000].lstrip(_BULLETS)
    if "//" in text or "jdbc:" in text:
        return _oracle(line, text) or _urls_in(line, text)
    if text.count("=") > 1 and ("port" in text.lower() or "," in text):
        return _connection(line, text)
    return None


def ports_at(
    line: Line,
    texts: Iterable[str],
    role: Role,
    protocol: Protocol | None = None,
) -> Iterator[PastedPort]:
    """Yield the ports of texts such as "8080", "*:443", ":80" or "127.0.0.1:5432"."""
    for text in texts:
        piece = text.strip("\"',;")
        number, host, last = None, "", None
        if piece.startswith(PATHS):
            continue
        if piece[:1].isdigit() and (span := span_of(piece, line.names, "-")) is not None:
            number, last = span
        elif piece.startswith(":") and (number := number_of(piece[1:])) is not None:
            host = "*"
        else:
            place = endpoint(piece, line.names)
            if place is not None:
                number, host = place.number, place.host
        if number is not None:
            yield PastedPort(number, protocol, role, host, line=line.number, last=last)


def url_ports(line: Line, url: str, role: Role) -> Iterator[PastedPort]:
    """Yield the ports that an address names itself: none for http://example.org/."""
    match = _SCHEME.match(url)
    if match is None:
        return
    authority = _AUTHORITY_END.split(match["rest"], maxsplit=1)[0].rpartition("@")[2]
    for place in authority.split(","):
        host, _, digits = place.rpartition(":")
        number = number_of(digits.rstrip(")\\"))
        if number is not None:
            yield PastedPort(number, None, role, host.strip("[]"), line=line.number)


def _oracle(line: Line, text: str) -> Reading | None:
    match = _ORACLE.search(text)
    number = number_of(match["port"]) if match else None
    if match is None or number is None:
        return None
    port = PastedPort(number, Protocol.TCP, Role.PEER, match["host"], line=line.number)
    return Reading(Kind.CONFIGURATION, (port,))


def _urls_in(line: Line, text: str) -> Reading | None:
    ports: list[PastedPort] = []
    for url in _urls(text):
        ports += url_ports(line, url, Role.PEER)
    if not ports:
        return None
    alone = " " not in text
    listed = line.text[0] in "-\"'" and text.endswith(_IN_LIST)
    if alone or listed or _VALUE.search(text.removeprefix("export ").removeprefix("- ")):
        before = text.partition("//")[0]
        return (
            None
            if " " in before.strip() and not _is_key(before)
            else Reading(Kind.CONFIGURATION, tuple(ports))
        )
    return None


def _is_key(before: str) -> bool:
    """Tell whether what stands before an address is `key = ` or `- key: `, and no sentence."""
    key = before.strip().removeprefix("export ").removeprefix("set ").removeprefix("- ")
    return len(key.replace("=", " ").replace(": ", " ").split()) <= 2 and (  # noqa: PLR2004
        "=" in key or ": " in key
    )


def _urls(text: str) -> Iterator[str]:
    """Yield the addresses among the words of a text."""
    for field in text.split():
        if "//" not in field:
            continue
        start = max(field.rfind(mark, 0, field.find("//")) for mark in "=\"'`<(")
        url = field[start + 1 :].strip("\"'`<>();,")
        if len(url) <= _LONGEST_URL:
            yield url


def _connection(line: Line, text: str) -> Reading | None:
    """Return the port of "Host=db;Port=5433;Database=shop" or "Server=tcp:db.example,1433;"."""
    parts = [(m["key"].lower(), m["value"].strip("\"'")) for m in _CONNECTION.finditer(text)]
    keys = {key for key, _ in parts}
    if len(keys) < 2:  # noqa: PLR2004 - one assignment is no connection string
        return None
    host = next((value for key, value in parts if key in {"host", "server", "address"}), "")
    for key, value in parts:
        digits = value if key == "port" else value.rpartition(",")[2]
        number = number_of(digits)
        if number is not None and (key == "port" or "," in value):
            name = host.removeprefix("tcp:").partition(",")[0]
            port = PastedPort(number, Protocol.TCP, Role.PEER, name, line=line.number)
            return Reading(Kind.CONFIGURATION, (port,))
    return None
