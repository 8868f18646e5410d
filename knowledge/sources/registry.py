"""Reads the registry of service names and port numbers, in IANA's form or in the snapshot's."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.model import MAX_PORT, Assignment, Protocol

SNAPSHOT_COLUMNS = ("first", "last", "protocol", "service", "status", "description", "reason")
# IANA's own columns but for Contact: people's addresses are none of our business.
IANA_COLUMNS = (
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
)
NAME_LENGTH = 15  # RFC 6335 section 5.1

_PORTS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_UNASSIGNED = re.compile(r"\(?unassigned\)?\s*", re.IGNORECASE)
# Stands at the end of a description, though it is about the name.
_REPLACEMENT = re.compile(r"\s*(IANA assigned this well-formed service name .*)")
_BOTH = (Protocol.TCP, Protocol.UDP)
_PROTOCOLS = tuple(protocol.value for protocol in Protocol)


class RegistryError(ValueError):
    """The text is no registry; the message is a sentence that says where and why."""


class Standing(StrEnum):
    """What a row of the registry does with its ports."""

    ASSIGNED = "assigned"
    RESERVED = "reserved"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the registry; texts are its own, in one line each, "" where it says nothing.

    Attributes:
        first: None where a service name has no port.
        last: equal to `first` but for a range; None where `first` is.
        protocol: None where the registry names none.
        name: "" where no service has the port.
        reason: of a reserved or unassigned row, what the registry says beyond that word.
    """

    first: int | None
    last: int | None
    protocol: Protocol | None
    standing: Standing
    name: str = ""
    description: str = ""
    reason: str = ""
    assignee: str = ""
    registered: str = ""
    modified: str = ""
    reference: str = ""
    service_code: str = ""
    unauthorized_use: str = ""
    notes: str = ""

    @property
    def numbers(self) -> range:
        """The ports it is about; empty for a name without a port."""
        if self.first is None or self.last is None:
            return range(0)
        return range(self.first, self.last + 1)

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """The protocols it is about: an empty one in the registry means tcp and udp."""
        return _BOTH if self.protocol is None else (self.protocol,)

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """What it assigns, by protocol; empty for another standing or a name without a port."""
        if self.standing is not Standing.ASSIGNED or self.first is None or self.last is None:
            return ()
        return tuple(
            Assignment(
                name=self.name,
                first=self.first,
                last=self.last,
                protocol=protocol,
                description=self.description,
                assignee=self.assignee,
                registered=self.registered,
                modified=self.modified,
                reference=self.reference,
                service_code=self.service_code,
                unauthorized_use=self.unauthorized_use,
                notes=self.notes,
            )
            for protocol in self.protocols
        )


def classify(description: str) -> tuple[Standing, str]:
    """Return what an unnamed row's Description makes of its ports, and why if it says so.

    Private use ("any private mail system") and withdrawn ports ("De-registered") cannot be
    requested, so they are reserved, and the registry's words are the reason.

    >>> classify("Unassigned [was netstat]")
    (<Standing.UNASSIGNED: 'unassigned'>, '[was netstat]')
    """
    if unassigned := _UNASSIGNED.match(description):
        return Standing.UNASSIGNED, description[unassigned.end() :]
    if description.casefold() == "reserved":
        return Standing.RESERVED, ""
    return Standing.RESERVED, description


def read(path: Path) -> tuple[Row, ...]:
    """Return the rows of a registry file in either form, in its order.

    Raises:
        RegistryError: it is no registry, or cut off, or a row makes no sense.
        OSError: it cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(parse(lines))


def parse(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a registry in either form, in its order.

    Raises:
        RegistryError: it is no registry, or cut off, or a row makes no sense.
    """
    records = csv.reader(lines, strict=True)
    number = 0
    try:
        header = next((record for record in records if any(map(str.strip, record))), [])
        convert = _converter(header)
        for record in records:
            number = records.line_num
            yield convert(_complete(record, len(header)))
    except csv.Error as error:
        raise RegistryError(
            f"The registry is cut off or damaged at line {records.line_num} ({error})."
        ) from error
    except RegistryError:
        raise
    except UnicodeDecodeError as error:
        raise RegistryError(f"The registry is no UTF-8 text ({error.reason}).") from error
    except ValueError as error:
        raise RegistryError(f"Line {number} of the registry: {error}.") from error


def snapshot_row(record: Sequence[str]) -> Row:
    """Return the row that a record of the snapshot holds; raises ValueError for nonsense."""
    first, last, protocol, name, status, description, reason = record
    bounds = _ports(f"{first}-{last}" if first else "")
    return Row(
        bounds[0],
        bounds[1],
        Protocol(protocol) if protocol else None,
        Standing(status),
        name,
        description,
        reason,
    )


def newest_date(rows: Iterable[Row]) -> str:
    """Return the newest date that a row carries, as YYYY-MM-DD or YYYY-MM; "" if none does."""
    return max((date for row in rows for date in (row.registered, row.modified)), default="")


def _converter(header: list[str]) -> Callable[[Sequence[str]], Row]:
    """Return what makes a Row of a record below this header."""
    if tuple(header) == SNAPSHOT_COLUMNS:
        return snapshot_row
    missing = [column for column in IANA_COLUMNS if column not in header]
    if missing:
        begin = ",".join(header).strip()[:40]
        if begin.startswith("<"):
            raise RegistryError("The registry is a web page (HTML), not CSV.")
        if not begin:
            raise RegistryError("The registry is empty.")
        if len(missing) == len(IANA_COLUMNS):
            raise RegistryError(f"The registry is not IANA's CSV: it begins with {begin!r}.")
        columns = "column" if len(missing) == 1 else "columns"
        raise RegistryError(f"The registry lacks the {columns} {', '.join(missing)}.")
    places = [header.index(column) for column in IANA_COLUMNS]

    def iana_row(record: Sequence[str]) -> Row:
        return _iana_row([" ".join(record[place].split()) for place in places])

    return iana_row


def _complete(record: list[str], count: int) -> list[str]:
    """Return the record, if it has as many fields as the header."""
    if len(record) != count:
        raise ValueError(f"it has {len(record)} fields, not {count}")
    return record


def _iana_row(record: list[str]) -> Row:
    name, ports, protocol, description, *others = record
    first, last = _ports(ports)
    assignee, registered, modified, reference, service_code, unauthorized_use, notes = others
    if name:
        standing, reason = Standing.ASSIGNED, ""
        if replacement := _REPLACEMENT.search(description):
            description = description[: replacement.start()]
            notes = f"{replacement[1]} {notes}".strip()
    elif first is None:
        raise ValueError("it has neither a service name nor a port number")
    elif description:
        standing, reason = classify(description)
        description = ""
    else:
        raise ValueError(f"port {ports} has neither a service name nor a status")
    if protocol and protocol.lower() not in _PROTOCOLS:
        raise ValueError(f"{protocol!r} is none of {', '.join(_PROTOCOLS)}")
    return Row(
        first,
        last,
        Protocol(protocol.lower()) if protocol else None,
        standing,
        name,
        description,
        reason,
        assignee,
        registered,
        modified,
        reference,
        service_code,
        unauthorized_use,
        notes,
    )


def _ports(text: str) -> tuple[int, int] | tuple[None, None]:
    """Return the bounds that "80" or "6000-6063" names, (None, None) for ""."""
    if not text:
        return None, None
    match = _PORTS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no port number")
    first = int(match[1])
    last = int(match[2] or first)
    if not first <= last <= MAX_PORT:
        raise ValueError(f"{text!r} is no range of ports from 0 to {MAX_PORT}")
    return first, last
