"""The claims about ports that a text makes, one class for each kind."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import PortRange, Protocol

Span = tuple[int, int]


class Word(StrEnum):
    """What a text says of a port's state."""

    ASSIGNED = "assigned"
    RESERVED = "reserved"
    UNASSIGNED = "unassigned"
    DYNAMIC = "dynamic"
    UNOFFICIAL = "without an official assignment"  # unassigned, reserved or dynamic


class Relation(StrEnum):
    """How a number that a text gives relates to the true one."""

    EXACT = "exactly"
    ABOUT = "about"
    LESS = "less than"
    MORE = "more than"


class Footing(StrEnum):
    """On what footing a text joins a port and a service name."""

    OFFICIAL = "assigned"  # says that the registry does
    LISTED = "listed"  # a row of a list that gives the states of ports
    GLOSSED = "glossed"  # the one explains the other: "port 748 (ris-cm)", "DNS (53)"
    MET = "met"  # "HTTPS on port 444", which may be so whatever the registry says


@dataclass(frozen=True, slots=True)
class StateClaim:
    """Every port of the spans is in a state, for one protocol or (None) as a whole."""

    spans: tuple[Span, ...]
    protocol: Protocol | None
    word: Word


@dataclass(frozen=True, slots=True)
class ServiceClaim:
    """A port belongs to a service; `name` is the text's words for it."""

    number: int
    protocol: Protocol | None
    name: str
    footing: Footing


@dataclass(frozen=True, slots=True)
class UseClaim:
    """A product uses a port; `words` are the sentence's that may name the product.

    Attributes:
        default: it is said to be the product's default port.
    """

    number: int
    protocol: Protocol | None
    words: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class MalwareClaim:
    """Malware is said to have used a port, or (`present` false) none."""

    number: int
    words: str
    present: bool


@dataclass(frozen=True, slots=True)
class QuietClaim:
    """Nothing is known to use a port unofficially."""

    number: int


@dataclass(frozen=True, slots=True)
class BoundsClaim:
    """A range of RFC 6335 goes from the first to the last number.

    Attributes:
        ephemeral: the text calls it ephemeral, which systems draw at other places than IANA.
        sure: the words leave no doubt that the whole range is meant.
    """

    range: PortRange
    first: int
    last: int
    ephemeral: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class WithinClaim:
    """A port lies in a range of RFC 6335, or in an ephemeral one, which systems choose."""

    number: int
    range: PortRange
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class BlockClaim:
    """The numbers are an unassigned block; `whole`: one that ends where it says."""

    first: int
    last: int
    whole: bool


@dataclass(frozen=True, slots=True)
class SizeClaim:
    """There are `count` numbers in a range of RFC 6335, in a span, or (None) in all."""

    count: int
    of: PortRange | Span | None
    relation: Relation = Relation.EXACT
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class BlockSizeClaim:
    """The unassigned block around a port has `count` numbers."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class ShareClaim:
    """A range of RFC 6335 is so many percent of all numbers."""

    range: PortRange
    percent: float
    relation: Relation


@dataclass(frozen=True, slots=True)
class SurroundedClaim:
    """The ports right beside a port are in a state."""

    number: int
    word: Word


Claim = (
    StateClaim
    | ServiceClaim
    | UseClaim
    | MalwareClaim
    | QuietClaim
    | BoundsClaim
    | WithinClaim
    | BlockClaim
    | SizeClaim
    | BlockSizeClaim
    | ShareClaim
    | SurroundedClaim
)
