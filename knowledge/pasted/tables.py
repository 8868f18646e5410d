"""Tables whose heading says which column holds ports: PowerShell's, routers', clouds', CSV."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.pasted.endpoints import is_address, protocol_of, span_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_LONGEST = 1000  # characters of a heading
_MOST_CELLS = 40
_MOST_WORDS = 4  # in a cell of a heading
_SIDES = (
    r"local|remote|source|src|dest(?:ination)?|dst|external|internal|ext|int|public|private|wan"
    r"|lan|start|end|from|to|host|guest|container|target|forward(?:ed)?|listen(?:ing)?|client"
    r"|server|s|c|node"
)
_PORT = re.compile(
    rf"(?:(?:{_SIDES})[ _\-]?)?ports?(?:[ _\-]?(?:range|number|no|nr)s?|\(s\))?"
    r"|id\.(?:orig|resp)_p",
    re.IGNORECASE,
)
# A cell that stands apart may say more: "Port extern vergeben", "Frontend port".
_APART = re.compile(
    r"(?:[\w.()]{1,20}[ _\-]){0,2}ports?(?:\(s\))?(?:[ _\-][\w.()]{1,20}){0,3}"
    r"|[a-z]+ports?(?:ranges?)?",
    re.IGNORECASE,
)
_CELL = re.compile(
    rf"(?:(?:{_SIDES})\s)?(?:ports?(?:\s(?:range|number|no))?|(?:ip|mac)(?:\saddress)?|address)"
    r"(?!\S)|\S+",
    re.IGNORECASE,
)
# Ports of switches and machines, which are no numbers of TCP.
_OTHER = re.compile(
    r"\b(?:vlan|duplex|speed|link|poe|media|usb|wine|harbou?r|ships?|country)\b", re.IGNORECASE
)
_RULE = re.compile(r"[\s|+:\-=]*[-=]{2,}[\s|+:\-=]*$")
_VALUE = re.compile(r"\d{1,5}(?:\s?[-\u2013]\s?\d{1,5})?(?:\s(?:tcp|udp))?", re.IGNORECASE)
_FIELDS = re.compile(r"#[Ff]ields:?\s")  # of IIS and Zeek
_IN_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_GAP = re.compile(r"\s{2,}|\t")
_GAPS = re.compile(r"\s{2,}|\t|\s\|\s")
_PACKET = re.compile(r"→|->|\[SYN|\[ACK|\bLen=|\bicmp|\bttl=", re.IGNORECASE)
_COLUMN_NAMES = frozenset(
    {"name", "type", "proto", "protocol", "host", "ip", "address", "state", "service", "pid"}
)
_FEWEST = 3  # cells of a row
_ROLES: Mapping[str, Role] = {
    "local": Role.LISTENER,
    "listen": Role.LISTENER,
    "remote": Role.PEER,
    "internal": Role.TARGET,
    "int": Role.TARGET,
    "container": Role.CONTAINER,
    "target": Role.TARGET,
    "private": Role.TARGET,
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that holds ports: where it begins and ends in the heading, and which it is."""

    name: str
    index: int
    start: int
    end: int
    limit: int  # where the next column begins


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table with ports.

    Attributes:
        separator: what stands between cells; "" for white space.
        count: of cells.
    """

    separator: str
    count: int
    columns: tuple[_Column, ...]


def heading_of(written: str) -> Heading | None:
    """Return the heading that a line is; None where it is none, or names no ports."""
    if "ort" not in written and "ORT" not in written and "_p" not in written:
        return None
    text = written.rstrip()[:_LONGEST]
    if text.endswith((".", "?", "!", ":", ";", "{", "[", "(")) or "://" in text:
        return None
    if "src-port" in text and text.startswith("#"):
        return None  # the log of the Windows firewall, whose rows say more
    text = _FIELDS.sub("", text)
    separator = next((s for s in ("|", "\t", ";", ",") if s in text.strip("|")), "")
    cells = list(_split(text, separator))
    if not 1 < len(cells) <= _MOST_CELLS or _OTHER.search(text):
        return None
    named = [name for name, _, _ in cells]
    apart = bool(separator) or len(_GAP.findall(text.strip())) >= len(cells) - 1
    if any(
        len(name.split()) > _MOST_WORDS or name.isdigit() or name.endswith(":") for name in named
    ):
        return None  # `type: NodePort` is a setting
    columns = tuple(
        _Column(name.lower(), index, start, end, _limit(cells, index))
        for index, (name, start, end) in enumerate(cells)
        if _PORT.fullmatch(name) or (apart and _APART.fullmatch(name))
    )
    return Heading(separator, len(cells), columns) if columns else None


def _limit(cells: Sequence[tuple[str, int, int]], index: int) -> int:
    return cells[index + 1][1] if index + 1 < len(cells) else _LONGEST


def _split(text: str, separator: str) -> Iterator[tuple[str, int, int]]:
    """Yield the cells of a line, each with where it begins and ends."""
    if separator:
        place = 0
        for piece in text.split(separator):
            bare = piece.strip(" \t\"'`*")
            if bare or separator != "|":
                yield bare, place, place + len(piece)
            place += len(piece) + len(separator)
        return
    for match in _CELL.finditer(text) if not _GAP.search(text.strip()) else _wide(text):
        yield match[0], match.start(), match.end()


def _wide(text: str) -> Iterator[re.Match[str]]:
    """Yield the cells of a heading in which one space stands within a cell, two between them.

    A heading may set some of its columns one space apart all the same: "LocalPort OwningProcess".
    """
    for match in re.finditer(r"\S+(?:\s\S+)*", text):
        words = match[0].split()
        if len(words) > 1 and not _is_one_cell(match[0]):
            yield from _CELL.finditer(text, match.start(), match.end())
        else:
            yield match


def _is_one_cell(text: str) -> bool:
    words = text.split()
    if _PORT.fullmatch(text) or not any(_PORT.fullmatch(word) for word in words):
        return True
    last = _PORT.fullmatch(words[-1]) and len(words) < _MOST_WORDS
    return bool(last) and not any(word.lower() in _COLUMN_NAMES for word in words)


def is_rule(written: str) -> bool:
    """Tell whether a line only draws the line below a heading."""
    return bool(_RULE.match(written[:_LONGEST]))


def cells_of(heading: Heading, written: str) -> tuple[tuple[str, str], ...]:
    """Return what stands in the columns with ports of a row, by the column's name."""
    text = written.rstrip()[:_LONGEST]
    if heading.separator:
        pieces = [piece for piece, _, _ in _split(text, heading.separator)]
        if len(pieces) != heading.count:
            return ()
        return tuple((column.name, pieces[column.index]) for column in heading.columns)
    tokens = [(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    if len(tokens) == heading.count:
        return tuple((column.name, tokens[column.index][0]) for column in heading.columns)
    return tuple(
        (column.name, value) for column in heading.columns if (value := _below(column, tokens))
    )


def _below(column: _Column, tokens: Sequence[tuple[str, int, int]]) -> str:
    """Return what stands below the heading's cell: a list of ports may go on behind it."""
    found = ""
    for token, start, end in tokens:
        touches = start < column.end and end > column.start
        if touches or (found.endswith(",") and start < column.limit):
            found += token
    return found


def read(line: Line) -> Reading | None:
    """Return the ports of a row of a table; None for every other line."""
    ports: list[PastedPort] = []
    if not line.cells:
        return None
    protocols = {p for field in line.fields[:_MOST_CELLS] if (p := protocol_of(field))}
    protocol = protocols.pop() if len(protocols) == 1 else None
    for name, value in line.cells:
        role = next((role for side, role in _ROLES.items() if name.startswith(side)), None)
        bare = _IN_BRACKETS.sub("", value)
        pieces = [piece.strip(" {}[]") for piece in re.split(r"[,;]|(?<=\d):(?=\d)", bare)]
        if not all(_VALUE.fullmatch(piece) for piece in pieces):
            continue
        for piece in pieces:
            named = protocol_of(re.split(r"[/\s]", piece)[-1]) or protocol
            digits = re.split(r"/|\s(?=[a-zA-Z])", piece)[0]
            span = span_of(re.sub(r"\s?[-\u2013]\s?", "-", digits), line.names)
            if span is not None and any(span):
                ports.append(
                    PastedPort(
                        span[0], named, role or Role.MENTIONED, line=line.number, last=span[1]
                    )
                )
    return Reading(Kind.SOCKETS, tuple(ports)) if ports else None


def _is_ip(cell: str) -> bool:
    return len(cell) > 1 and is_address(cell.strip("[]"))


def read_alone(line: Line) -> Reading | None:
    """Return the ports of a row without a heading: beside a protocol, or behind an address."""
    text = line.text[:_LONGEST]
    if not _GAP.search(text) or _PACKET.search(text):
        return None
    cells = [cell.strip() for cell in _GAPS.split(text)]
    if len(cells) < _FEWEST:
        return None
    ports: list[PastedPort] = []
    protocol = next((p for cell in cells if (p := protocol_of(cell))), None)
    addressed = any(_is_ip(here) and _VALUE.fullmatch(there) for here, there in pairwise(cells))
    for index, cell in enumerate(cells):
        if not _VALUE.fullmatch(cell):
            continue
        address = cells[index - 1] if index and _is_ip(cells[index - 1]) else ""
        beside = cells[max(index - 1, 0) : index + 2]
        if not address and (addressed or not any(protocol_of(each) for each in beside)):
            continue
        span = span_of(re.sub(r"\s?[-\u2013]\s?", "-", cell), line.names)
        if span is not None and any(span):
            ports.append(
                PastedPort(
                    span[0], protocol, Role.MENTIONED, address, line=line.number, last=span[1]
                )
            )
    return Reading(Kind.SOCKETS, tuple(ports), Weight.MAYBE) if ports else None
