"""What is answered: plain data, the same for every face."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar, overload

from knowledge.model.facts import Source
from knowledge.model.known import PortFacts
from knowledge.model.ports import Protocol, System
from knowledge.model.questions import Intent, Question
from knowledge.model.writings import Faq

T = TypeVar("T")


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
