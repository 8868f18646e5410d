"""Pasted command output and configuration -> the ports in it, and the words beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.pasted import (
    addresses,
    configuration,
    containers,
    firewalls,
    forms,
    logs,
    scans,
    servers,
    sockets,
    tables,
    typed,
)
from knowledge.pasted.failures import failure_of
from knowledge.pasted.lines import lines_of
from knowledge.pasted.marks import PERSON, TYPED
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
from knowledge.pasted.written import Written, parted
from knowledge.pasted.written import written as written_by

LONGEST = 200_000  # characters

# In the order in which they are asked: the strictest forms first.
_READERS: tuple[LineReader, ...] = (
    typed.read,
    sockets.read,
    tables.read,
    scans.read,
    containers.read,
    logs.read,
    tables.read_alone,
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
    tables.read,
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
_TAKEN = re.compile(
    r"address (?:is )?already in use|\bEADDRINUSE\b|AddrInUse|AddressAlreadyInUse"
    r"|port \d+ (?:(?:is|was) )?(?:already )?in use|already allocated"
    r"|Only one usage of each socket address|\bin use by\b"
    r"|failed to bind to port \d+|a server is already running on that port",
    re.IGNORECASE,
)
_TAKEN_HINTS = ("in use", "inuse", "allocated", "usage", "to bind to port", "already running")
_PLACE = re.compile(
    r"[:.#]\d{1,5}(?![\d.])|/(?:tcp|udp)|[pP]ort|PORT|(?:->|→)\s?\d"
)  # that may be a port's
# A name that no person would write before a number, as in `destinationPortRanges: ["80"]`.
_SETTING = re.compile(
    r"[\"']?[\w.\-]{0,60}(?:[a-z]P|_p|_P)(?:ort|ORT)\w{0,20}[\"']?\s*[:=]\s*[\[\"'\d]"
    r"|\"ports?\": \[|elements\s?=\s?\{"
    r"|.{0,80}(?:\.listen\(\d{2,5}\b|\bnew \w{0,20}(?:Socket|Listener)\(\d{2,5}[,)])"
)
_DIGITS = re.compile(r"(?<![\w.])\d+(?![\w])")
_ERRNO = re.compile(r"\(\d{1,3}\)")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"\S+")
_FEW = 3  # numbers in a line
# Programs by whose names people call their output: "what does this netstat say".
_OUTPUT = re.compile(
    r"(?i:(?<![\w./\-])(?:ss|netstat|lsof|nmap|masscan|tcpdump|tshark|wireshark|sockstat|iptables|nft"
    r"|ufw|pf|docker ps|docker|podman|kubectl|compose|journalctl|dmesg|caddyfile)(?![\w./\-]))"
)
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
        or ": " in text
        or "`" in text
        or "\\n" in text
        or "→" in text
        or "tcp:" in text
        or "udp:" in text
        or "port-forward " in text
        or "refused it" in text
        or text.startswith("-p")
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
    if scans.is_xml(text) and (ports := scans.read_xml(text)):
        beyond = (line for line in text.splitlines() if "<" not in line)
        return Paste(Kind.SCAN, ports, tuple(_words(beyond)))
    found: list[tuple[str, Reading | None]] = []
    cache: dict[tuple[str, ...], Reading | None] = {}
    said: dict[int, Line] = {}  # by place in `found`
    single = "\n" not in text and "\r" not in text  # though it may be parted
    before = surest = Written.PERSON
    for written, line in lines_of(parted(text), service_ports):
        if line is None:
            found.append((written, None))
            continue
        if single:
            line = replace(line, number=1)  # noqa: PLW2901 - as it was written
        reading = _read(line, cache)
        if reading is not None and reading.ports and reading.weight is Weight.SURE:
            before = Written.PROGRAM
        else:
            before = written_by(line.text, indented=written[:1].isspace(), after=before)
        surest = max(surest, before)
        if before is not Written.PERSON or (reading is not None and reading.ports):
            reading = _with_forms(line, reading, before)
        else:
            said[len(found)] = line
        found.append((written, reading))
    readings = [reading for _, reading in found if reading is not None]
    told = {place: [*forms.mentioned(line, certain=True)] for place, line in said.items()}
    beside = {place: ports for place, ports in told.items() if ports}
    if not _is_paste(readings, found) and not (beside and surest is Written.PROGRAM):
        return None
    return _paste(found, readings, beside, taken=_says_taken(text))


def _says_taken(text: str) -> bool:
    """Tell whether a text says that a port is in use, and nothing else can listen on it."""
    lowered = text.lower()
    told = any(hint in lowered for hint in _TAKEN_HINTS)
    return told and bool(_TAKEN.search(text)) and failure_of(text) is None


def spoken(text: str) -> str:
    """Return a text that is no paste without the numbers of what a program wrote in it.

    A stack trace, the output of a compiler or a table of files is full of numbers, none of which
    anybody asks about; its words may still tell what is asked.
    """
    if "\n" not in text:  # of one line it is not surely told whose numbers they are
        return _ERRNO.sub(" ", text) if written_by(text) is Written.PROGRAM else text
    lines = parted(text).replace("\r", "\n").split("\n")
    by: list[Written] = []
    for line in lines:
        before = by[-1] if by else Written.PERSON
        bare = line.strip()
        indented = line[:1].isspace()
        by.append(written_by(bare, indented=indented, after=before) if bare else before)
    by = [
        Written.PERSON if TYPED.match(line.strip()) else who
        for who, line in zip(by, lines, strict=True)
    ]
    rows = any(
        who is Written.MAYBE and len(_DIGITS.findall(line)) >= _FEW
        for who, line in zip(by, lines, strict=True)
    )
    if Written.PROGRAM not in by and not (rows and by.count(Written.MAYBE) > 1):
        return text
    left = [
        _unnumbered(line, who) if who is not Written.PERSON or line.strip().isdigit() else line
        for who, line in zip(by, lines, strict=True)
    ]
    return text if left == lines else "\n".join(left)


def _unnumbered(line: str, by: Written) -> str:
    """Return a line of a program without what holds digits; "" for one of a call stack."""
    if by is Written.PROGRAM and line[:1].isspace():
        return ""
    return _PIECE.sub(lambda piece: " " if _DIGIT.search(piece[0]) else piece[0], line)


def _with_forms(line: Line, reading: Reading | None, by: Written) -> Reading:
    """Return a reading with what else of the line is written as only ports are."""
    if reading is not None and reading.weight is Weight.SURE:
        places = len(_PLACE.findall(line.text)) if reading.ports else 0
        if places <= len(reading.ports):
            return reading  # there is no more in it
    known = set[int]()
    for port in reading.ports if reading else ():
        known |= {port.number, port.last or port.number}
    more = []
    for port in forms.mentioned(line):
        if not {port.number, port.last or port.number} <= known:
            more.append(port)
            known |= {port.number, port.last or port.number}
    if reading is None:
        sure = by is Written.PROGRAM or bool(_SETTING.match(line.text))
        likely = Weight.SURE if sure else Weight.MAYBE
        if TYPED.match(line.text) and (PERSON.search(line.text) or "?" in line.text):
            return Reading(Kind.MESSAGE, weight=Weight.FRAME, words=line.text)  # a question
        return Reading(Kind.MESSAGE, tuple(more), likely if more else Weight.FRAME)
    if not more:
        return reading
    weight = Weight.SURE if by is Written.PROGRAM else max(reading.weight, Weight.MAYBE)
    return replace(reading, ports=(*reading.ports, *more), weight=weight)


def _read(line: Line, cache: dict[tuple[str, ...], Reading | None]) -> Reading | None:
    """Return what a line tells, remembering it for lines that say the same."""
    compact = len(line.fields) == 1
    if not (_HOLDS_SIGN if compact else _HOLDS_SOMETHING).search(line.text):
        return None if compact else _first(_HEADING, line)
    key = (line.text, line.under, *(value for _, value in line.cells))
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


def _paste(
    found: Sequence[tuple[str, Reading | None]],
    readings: Sequence[Reading],
    said: Mapping[int, Sequence[PastedPort]],
    *,
    taken: bool = False,
) -> Paste:
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
    kind = kinds.most_common(1)[0][0] if kinds else Kind.MESSAGE
    first = next((i for i, (_, r) in enumerate(found) if r is not None and r.ports), len(found))
    last = max(i for i, (_, r) in enumerate(found) if r is not None)
    outside = [
        w
        for i, (w, r) in enumerate(found)
        if r is None
        and not first < i < last
        and (i not in said or "?" in w or PERSON.search(w))  # a line with ports seldom asks
    ]
    beside = [reading.words for reading in readings if reading.words]
    explained = {(port.number, port.last) for port in ports if port.role is not Role.MENTIONED}
    settled = _settled(
        [
            port
            for port in ports
            if port.role is not Role.MENTIONED or (port.number, port.last) not in explained
        ]
    )
    known = {port.number for port in settled}
    more = tuple(p for ports in said.values() for p in ports if p.number not in known)
    return Paste(kind, settled + more, (*_words(outside), *beside), taken)


def _words(lines: Iterable[str]) -> Iterable[str]:
    """Yield the lines that people say, and not those that belong to a program."""
    for line in lines:
        bare = line.strip().lstrip(">").strip()
        if not bare or bare.startswith("```"):
            continue
        if "?" in bare or not (_CODE.match(bare) or bare.endswith(_ENDS_LIKE_CODE)):
            yield " ".join(_OUTPUT.sub(" ", bare).split())


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
