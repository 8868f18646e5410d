"""The values that travel from a question to its answer.

Terms are those of RFC 6335: System, User and Dynamic Ports; assigned, reserved and unassigned
port numbers; service name; transport protocol; assignee.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering
from types import MappingProxyType
from typing import TypeVar, assert_never, overload

T = TypeVar("T")

MAX_PORT = 65535
SYSTEM_LAST = 1023  # RFC 6335 section 6
USER_LAST = 49151


class Protocol(StrEnum):
    """A transport protocol of the registry, in the order in which it is told."""

    TCP = "tcp"
    UDP = "udp"
    SCTP = "sctp"
    DCCP = "dccp"


class System(StrEnum):
    """An operating system for which commands are known."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"
    FREEBSD = "freebsd"


class Intent(StrEnum):
    """What a question wants to have."""

    ABOUT = "about"
    CHECK = "check"
    OPEN = "open"
    SAFETY = "safety"
    COMPARE = "compare"
    NEIGHBORS = "neighbors"
    SUGGEST = "suggest"
    FAQ = "faq"
    NONE = "none"


class PortRange(StrEnum):
    """A range of RFC 6335 section 6, by its name there."""

    SYSTEM = "System Ports"
    USER = "User Ports"
    DYNAMIC = "Dynamic Ports"

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last port of the range."""
        match self:
            case PortRange.SYSTEM:
                return 0, SYSTEM_LAST
            case PortRange.USER:
                return SYSTEM_LAST + 1, USER_LAST
            case PortRange.DYNAMIC:
                return USER_LAST + 1, MAX_PORT
            case _:
                assert_never(self)


def range_of(number: int) -> PortRange:
    """Return the RFC 6335 range that holds a port number from 0 to 65535."""
    if number <= SYSTEM_LAST:
        return PortRange.SYSTEM
    return PortRange.USER if number <= USER_LAST else PortRange.DYNAMIC


def check_number(number: int) -> int:
    """Return `number`, if it is a port number.

    Raises:
        ValueError: the number is outside 0 to 65535.
    """
    if not 0 <= number <= MAX_PORT:
        raise ValueError(f"port number out of range: {number}")
    return number


@total_ordering
@dataclass(frozen=True, slots=True)
class Port:
    """A transport-layer port, such as 443/tcp.

    Attributes:
        number: 0 to 65535.
        protocol: None when none was named.

    Raises:
        ValueError: the number is outside 0 to 65535.
    """

    number: int
    protocol: Protocol | None = None

    def __post_init__(self) -> None:
        check_number(self.number)

    def __lt__(self, other: "Port") -> bool:
        return (self.number, self.protocol or "") < (other.number, other.protocol or "")

    def __str__(self) -> str:
        return f"{self.number}/{self.protocol}" if self.protocol else str(self.number)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: a title that people recognise, and an address."""

    title: str
    url: str = ""


# ---------------------------------------------------------------- what the registry says


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


# ---------------------------------------------------------------- what is known beside it


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


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of an article; the text is Markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionAndAnswer:
    """A question people ask about a port, and its answer in Markdown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page about a port.

    Attributes:
        ports: what it is about; never empty, the first is the one in its file name.
        summary: at most 300 characters of plain text.
        disputed: claims that go round and are not so, each with what is so.
        origin: "" for a shipped article, else where the page was imported from.
    """

    ports: tuple[int, ...]
    title: str
    summary: str
    sections: tuple[Section, ...] = ()
    faqs: tuple[QuestionAndAnswer, ...] = ()
    commands: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    related: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Faq:
    """A concept question and its answer.

    Attributes:
        slug: its file's name, such as "time-wait".
        part_of: the slug of the wider question that it is a case of; None where it is none.
        wordings: how people ask it, besides `question`.
        answer: short enough for a card (at most 600 characters).
        details: longer, in Markdown.
        related: slugs.
    """

    slug: str
    question: str
    wordings: tuple[str, ...]
    answer: str
    details: str = ""
    commands: Mapping[System, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    related: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class PortFacts:
    """All that is known about one port number.

    Attributes:
        states: by transport protocol; a protocol that the registry does not list for this
            number is Unassigned (or Dynamic), with the number's own block.
        previous: the nearest lower port that is assigned for any protocol, or None.
        next: the nearest higher one, or None.
        uses: in practice, the most often met first.
        browser_blocked: browsers refuse to connect to it (Fetch standard, "bad port").
        ephemeral: which systems hand it out by default; today's releases first.
    """

    number: int
    states: Mapping[Protocol, Status]
    previous: int | None
    next: int | None
    uses: tuple[Use, ...] = ()
    risks: tuple[Risk, ...] = ()
    browser_blocked: bool = False
    ephemeral: tuple[EphemeralRange, ...] = ()
    article: Article | None = None

    @property
    def range(self) -> PortRange:
        """The RFC 6335 range."""
        return range_of(self.number)


# ---------------------------------------------------------------- the question and the answer


@dataclass(frozen=True, slots=True)
class Question:
    """What a text asks, as far as the text and the vocabulary tell it.

    Attributes:
        text: as it was asked, cleaned of control characters; at most 4,000 characters.
        intent: by the words alone; NONE where they tell none.
        ports: the port numbers named, in order, without repeats.
        spans: the ranges named, as (first, last).
        invalid: numbers named as ports that are none, such as 65536 or -1.
        bounds: the lowest and the highest port wanted, where a free one is asked for.
        count: how many ports are wanted, where free ones are asked for.
        closing: of the intent OPEN, that the port shall be closed.
        outbound: it speaks of traffic that leaves the asker's machine.
        source: the address or network, as in "10.0.0.0/8", that a firewall shall let in or not.
        host: the name or address of another machine, of which is asked whether it answers.
        words: the words of the text in order, folded; numbers and punctuation left out.
        senses: of each word, the concepts it stands for (flags of vocabulary.Concept; 0: none).
        sentences: of each word, the number of the sentence that it stands in.
        concepts: all concepts met anywhere in the text, as flags.
        language: BCP-47 tag of the language the question is in.
        pasted: the ports come from pasted command output or configuration.
        goes_on: what it leaves out comes from an answer before it ("and on windows?").
        evidence: 0.0 (surely not about network ports) to 1.0 (surely), for the ports named.
    """

    text: str
    intent: Intent = Intent.NONE
    ports: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    invalid: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    count: int | None = None
    closing: bool = False
    outbound: bool = False
    source: str | None = None
    host: str | None = None
    protocol: Protocol | None = None
    system: System | None = None
    words: tuple[str, ...] = ()
    senses: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    concepts: int = 0
    language: str = "en"
    pasted: bool = False
    goes_on: bool = False
    evidence: float = 0.0


class PointKind(StrEnum):
    """What a statement of an answer is about; a face chooses its heading and colour by it."""

    OFFICIAL = "official"  # what the registry says
    PRACTICE = "practice"  # what software does
    DISPUTED = "disputed"  # what people say that is not so
    RISK = "risk"
    NEIGHBORS = "neighbors"
    SYSTEM = "system"  # what operating systems and browsers do with it
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Point:
    """One statement of an answer: a sentence or a few, plain text."""

    kind: PointKind
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that can be copied and run.

    Attributes:
        line: one line of shell or PowerShell; no prompt.
        caption: what it tells or does, a few words.
        caution: "" for one that only reads; else one sentence to read before running it.
    """

    line: str
    caption: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another thing the question may have meant; `ask` is the text that asks for it."""

    title: str
    ports: tuple[int, ...]
    confidence: float
    ask: str


class Lazy(Sequence[T]):
    """A sequence that is made when it is first looked at.

    An answer about a port is read by most faces in part only; what nobody reads costs nothing.
    """

    __slots__ = ("_items", "_make")

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make
        self._items: tuple[T, ...] | None = None

    def _all(self) -> tuple[T, ...]:
        if self._items is None:
            self._items = tuple(self._make())
        return self._items

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, as plain data; faces render it.

    Attributes:
        ports: what the answer is about; the first is the main one.
        span: the range asked about, as (first, last).
        faq: the slug of the concept question that was asked: of the wider one where `entry` is a
            case of it.
        confidence: 0.0 to 1.0; how sure it is that this was meant.
        title: one line.
        summary: self-contained, at most 600 characters of plain text; what is read first.
        points: statements, each of one kind, in the order in which to show them.
        commands: by operating system; empty where none help.
        facts: of each of `ports`, in their order (at most the first 25).
        entry: the FAQ entry of `faq`.
        sources: of all that is said above, without repeats.
        alternatives: best first.
    """

    question: Question
    intent: Intent
    confidence: float
    title: str
    summary: str
    ports: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    faq: str | None = None
    protocol: Protocol | None = None
    system: System | None = None
    points: Sequence[Point] = ()
    commands: Mapping[System, tuple[Command, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    facts: tuple[PortFacts, ...] = ()
    entry: Faq | None = None
    sources: Sequence[Source] = ()
    alternatives: tuple[Alternative, ...] = ()
