"""Pasted command output and configuration -> the ports in it, and the words beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.pasted import (
    addresses,
    configuration,
    containers,
    firewalls,
    logs,
    scans,
    servers,
    sockets,
    typed,
)
from knowledge.pasted.lines import lines_of
from knowledge.pasted.model import (
    Kind,
    Line,
    LineReader,
    Paste,
    PastedPort,
    Reading,
    Role,
    ServicePorts,
    Weight,
)

LONGEST = 200_000  # characters

# In the order in which they are asked: the strictest forms first.
_READERS: tuple[LineReader, ...] = (
    typed.read,
    sockets.read,
    scans.read,
    containers.read,
    logs.read,
    firewalls.read,
    servers.read,
    addresses.read,
    configuration.read,
    typed.read_showing,
)
_HEADING: tuple[LineReader, ...] = (
    sockets.read,
    scans.read,
    containers.read,
    firewalls.read,
    servers.read,
    typed.read_showing,
)
# Those that tell ports without a space in the line.
_COMPACT: tuple[LineReader, ...] = (
    sockets.read,
    containers.read,
    logs.read,
    servers.read,
    addresses.read,
    configuration.read,
    typed.read_showing,
)
_HOLDS_SIGN = re.compile(r"[:=/<{}>(),]")
_HOLDS_SOMETHING = re.compile(r"[\d:=*<{}]|port")
# What a line of code holds and a sentence does not; such a line is nobody's question.
# Words are taken whole (++): a line of one long word would else cost the cube of its length.
_CODE = re.compile(r"[#<>{}\[\]|+*/$@%;)\-]|[\w.\-]{1,60}\s?[:=](?:\s*+\S++){0,3}+$|[\w.\-]++$")
_ENDS_LIKE_CODE = ("{", "}", ";", "[", "]", "(", "\\", ":", ",")


class TooLongError(ValueError):
    """More text than is read at once; the message says so to whoever pasted it."""


def no_names(_: str) -> int | None:
    """Know no service names."""
    return None


def may_be_pasted(text: str) -> bool:
    """Tell, in less than a microsecond, whether `text` is worth to be read as pasted output."""
    return (  # spelled out: three times as fast as a loop over the pieces
        "\n" in text
        or "->" in text
        or "=" in text
        or "//" in text
        or "  " in text
        or " -" in text
        or "/tcp" in text
        or "/udp" in text
        or "*" in text
        or ";" in text
        or '"' in text
        or "\t" in text
        or "\r" in text
        or " 0 " in text
        or " > " in text
        or " TCP " in text
        or " ALLOW " in text
        or "EXPOSE" in text
        or "LISTEN" in text
        or "Listen " in text
        or "ESTAB" in text
        or "dport" in text
        or "proto " in text
        or "ufw " in text
        or " tcp " in text
        or "server " in text
        or " port [" in text
        or ":@" in text
        or " ACCEPT " in text
        or "] " in text
        or "port: " in text
    )


def read(text: str, service_ports: ServicePorts = no_names) -> Paste | None:
    """Return what a pasted text holds; None where `text` is no pasted output.

    Args:
        text: anything.
        service_ports: finds the port of a service name, for `*:ssh`.

    Raises:
        TooLongError: the text is longer than LONGEST characters.
    """
    if len(text) > LONGEST:
        raise TooLongError(
            f"That is more than I read at once: paste at most {LONGEST:,} characters."
        )
    found: list[tuple[str, Reading | None]] = []
    cache: dict[tuple[str, str], Reading | None] = {}
    for written, line in lines_of(text, service_ports):
        reading = None if line is None else _read(line, cache)
        found.append((written, reading))
    if scans.is_xml(text):
        ports = scans.read_xml(text)
        if ports:
            rest = [w for w, r in found if r is None and "<" not in w]
            return Paste(Kind.SCAN, ports, tuple(_words(rest)))
    readings = [reading for _, reading in found if reading is not None]
    if not _is_paste(readings, found):
        return None
    return _paste(found, readings)


def _read(line: Line, cache: dict[tuple[str, str], Reading | None]) -> Reading | None:
    """Return what a line tells, remembering it for lines that say the same."""
    compact = len(line.fields) == 1
    if not (_HOLDS_SIGN if compact else _HOLDS_SOMETHING).search(line.text):
        return None if compact else _first(_HEADING, line)
    key = (line.text, line.under)
    if key not in cache:
        cache[key] = _first(_COMPACT if compact else _READERS, line)
        return cache[key]
    reading = cache[key]
    if reading is None or not reading.ports:
        return reading
    ports = tuple(replace(port, line=line.number) for port in reading.ports)
    return replace(reading, ports=ports)


def _first(readers: Iterable[LineReader], line: Line) -> Reading | None:
    for reader in readers:
        reading = reader(line)
        if reading is not None:
            return reading
    return None


def _is_paste(readings: Sequence[Reading], found: Sequence[tuple[str, Reading | None]]) -> bool:
    """Tell whether there is enough that only output and configuration say."""
    if not any(reading.ports for reading in readings):
        return False
    weights = Counter(reading.weight for reading in readings)
    if weights[Weight.SURE]:
        return True
    likely = weights[Weight.MAYBE]
    return likely > 1 or (likely == 1 and weights[Weight.FRAME] > 0 and len(found) > 1)


def _paste(found: Sequence[tuple[str, Reading | None]], readings: Sequence[Reading]) -> Paste:
    ports: list[PastedPort] = []
    kinds: Counter[Kind] = Counter()
    item = 0  # where the ports of the list item begin that a protocol may be named for
    for written, reading in found:
        if written.lstrip().startswith("- "):
            item = len(ports)
        if reading is None:
            continue
        if reading.protocol is not None:
            ports[item:] = [
                replace(port, protocol=port.protocol or reading.protocol) for port in ports[item:]
            ]
        ports += reading.ports
        if reading.ports:
            kinds[reading.kind] += len(reading.ports)
    kind = kinds.most_common(1)[0][0]
    first = next(i for i, (_, r) in enumerate(found) if r is not None and r.ports)
    last = max(i for i, (_, r) in enumerate(found) if r is not None)
    outside = [w for i, (w, r) in enumerate(found) if r is None and not first < i < last]
    beside = [reading.words for reading in readings if reading.words]
    return Paste(kind, _settled(ports), (*_words(outside), *beside))


def _words(lines: Iterable[str]) -> Iterable[str]:
    """Yield the lines that people say, and not those that belong to a program."""
    for line in lines:
        bare = line.strip().lstrip(">").strip()
        if not bare or bare.startswith("```"):
            continue
        if "?" in bare or not (_CODE.match(bare) or bare.endswith(_ENDS_LIKE_CODE)):
            yield bare


def _settled(ports: Sequence[PastedPort]) -> tuple[PastedPort, ...]:
    """Return the ports with both sides of a connection told by what listens elsewhere in it."""
    listening = {
        (port.number, port.protocol)
        for port in ports
        if port.role is Role.LISTENER and port.state.lower() in {"listen", "listening", ""}
    }
    settled = list(ports)
    for index, port in enumerate(ports):
        if port.role is Role.CLIENT and (port.number, port.protocol) in listening:
            following = ports[index + 1] if index + 1 < len(ports) else None
            if (
                following is not None
                and following.role is Role.PEER
                and following.line == port.line
                and (following.number, following.protocol) not in listening
            ):
                settled[index] = replace(port, role=Role.LISTENER)
                settled[index + 1] = replace(following, role=Role.CLIENT)
    return tuple(settled)
