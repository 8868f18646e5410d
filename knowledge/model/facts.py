"""What is known about a port: registered, used, risky, handed out, and from where."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from knowledge.model.ports import Protocol


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: a title that people recognise, and an address."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A row of the registry that gives a port, or a range of them, to a service name.

    Texts are the registry's own, "" where it says nothing. `first` and `last` are equal but for
    ranges such as x11 6000-6063. Dates are YYYY-MM or YYYY-MM-DD.
    """

    name: str
    first: int
    last: int
    protocol: Protocol
    description: str = ""
    assignee: str = ""
    registered: str = ""
    modified: str = ""
    reference: str = ""
    service_code: str = ""
    unauthorized_use: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The port is given to one service name or more; the one to show stands first."""

    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Reserved:
    """The port is held back and cannot be requested.

    Attributes:
        reason: the registry's own words where they say more than "Reserved", such as
            "De-registered" or "any private mail system"; else "".
    """

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unassigned:
    """The port may be requested; `first` to `last` is the unbroken unassigned block around it."""

    first: int
    last: int
    reason: str = ""  # as in Reserved, such as "[was netstat]"


@dataclass(frozen=True, slots=True)
class Dynamic:
    """The port is one of 49152-65535, which are never assigned (RFC 6335 section 6)."""


Status = Assigned | Reserved | Unassigned | Dynamic


def status_word(status: Status) -> str:
    """Return "assigned", "reserved", "unassigned" or "dynamic"."""
    match status:
        case Assigned():
            return "assigned"
        case Reserved():
            return "reserved"
        case Unassigned():
            return "unassigned"
        case Dynamic():
            return "dynamic"
        case _:
            assert_never(status)


@dataclass(frozen=True, slots=True)
class Use:
    """A product that uses a port, or a range of them, in practice.

    Attributes:
        official: the registry gives the port to this very use.
        role: what the product does there, such as "management UI"; "" where it is plain.
        weight: how often it is met on this port, 1 (hardly ever) to 100 (nearly always).
        tls: "plaintext", "tls", "starttls", "optional", "own" or "".
        exposure: who should reach it: "public", "proxy", "vpn", "lan", "local", "restricted",
            "never", "client" or "".
    """

    product: str
    first: int
    last: int
    protocol: Protocol
    official: bool
    source: Source
    role: str = ""
    weight: int = 1
    category: str = ""
    tls: str = ""
    exposure: str = ""


class RiskKind(StrEnum):
    """Why a port deserves attention."""

    MALWARE = "malware"
    EXPOSURE = "exposure"
    AMPLIFICATION = "amplification"


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that a careful person wants to know about a port; it never proves anything.

    Attributes:
        name: the malware's name, or a few words for the exposure.
        text: one sentence; may be "" for malware.
        era: years, such as "1998-2005"; "" when not known.
    """

    kind: RiskKind
    first: int
    last: int
    protocol: Protocol | None
    name: str
    text: str
    source: Source
    era: str = ""


@dataclass(frozen=True, slots=True)
class EphemeralRange:
    """A range that a system hands out to outgoing connections by default.

    Attributes:
        current: it is the default of today's releases.
    """

    system: str
    versions: str
    first: int
    last: int
    setting: str
    source: Source
    current: bool = True
