"""The knowledge base: a read-only SQLite file, and point look-ups in it."""

import re
import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

from knowledge import seal, stored
from knowledge.likeness import ConceptQuestions
from knowledge.model import (
    MAX_PORT,
    USER_LAST,
    Article,
    Assigned,
    Assignment,
    Dynamic,
    EphemeralRange,
    Faq,
    PortFacts,
    Protocol,
    Reserved,
    Risk,
    RiskKind,
    Source,
    Status,
    Unassigned,
    Use,
    check_number,
)
from knowledge.vocabulary import Vocabulary

FILE_NAME = "knowledge.sqlite"  # in an installation's data directory

_CACHED_PORTS = 1024  # some 4 KiB each
_CACHED_SEGMENTS = 256
_CACHED_SOURCES = 512
_WIDE = 1000  # ports; a wider use claims none of them
_OFTEN = 60  # weight from which on a port is known for a product
_FEW = 10  # ports; of a use of more no single one is well known
_PROTOCOLS = {protocol.value: protocol for protocol in Protocol}  # Protocol(word) is slow
_NOT_ASSIGNED: tuple[Assignment, ...] = ()

_META = "SELECT key, value FROM meta"
_STATES = "SELECT id, word, reason FROM state"
_BLOCKS = "SELECT first, last FROM block ORDER BY first"
_SOURCE = "SELECT title, url FROM source WHERE id = ?"
_BROWSER_BLOCKED = "SELECT number FROM browser_block"
_EPHEMERAL = (
    "SELECT system, versions, first, last, setting, source, current FROM ephemeral ORDER BY id"
)
_STARTS = "SELECT first FROM segment ORDER BY first"
_STATES_OF_SEGMENTS = "SELECT first, last, tcp, udp, sctp, dccp FROM segment ORDER BY first"
_DESCRIBED = "SELECT DISTINCT number FROM article_port"
_SEGMENT = (
    "SELECT first, last, tcp, udp, sctp, dccp, block, previous, next, uses, risks FROM segment"
    " WHERE first = ?"
)
_ASSIGNMENTS_OF_SEGMENT = (
    "SELECT name, first, last, protocol, description, assignee, registered, modified, reference,"
    " service_code, unauthorized_use, notes FROM segment_assignment"
    " JOIN assignment ON assignment.id = segment_assignment.assignment"
    " WHERE segment = ? ORDER BY position"
)
_ASSIGNMENTS_OF_NAME = (
    "SELECT name, first, last, protocol, description, assignee, registered, modified, reference,"
    " service_code, unauthorized_use, notes FROM assignment WHERE folded = ? ORDER BY id"
)
_PORTLESS = "SELECT description FROM portless WHERE folded = ? ORDER BY id LIMIT 1"
_USES_OF_SEGMENT = (
    "SELECT product, first, last, protocol, official, source, role, weight, category, tls,"
    " exposure FROM segment_use JOIN use ON use.id = segment_use.use WHERE segment = ?"
    " ORDER BY position"
)
_USES_OF_PRODUCT = (
    "SELECT product, first, last, protocol, official, source, role, weight, category, tls,"
    " exposure FROM use WHERE folded = ? ORDER BY weight DESC, id"
)
_RISKS_OF_SEGMENT = (
    "SELECT kind, first, last, protocol, name, text, source, era FROM segment_risk"
    " JOIN risk ON risk.id = segment_risk.risk WHERE segment = ? ORDER BY position"
)
_ARTICLE_OF_PORT = (
    "SELECT title, summary, origin, content FROM article_port"
    " JOIN article ON article.id = article_port.article"
    " WHERE number = ? AND position = 0"
)
_ARTICLES_OF_PORT = (
    "SELECT title, summary, origin, content FROM article_port"
    " JOIN article ON article.id = article_port.article WHERE number = ? ORDER BY position"
)
_ARTICLES_FOUND = (
    "SELECT article.title, article.summary, origin, content FROM article_search"
    " JOIN article ON article.id = article_search.rowid"
    " WHERE article_search MATCH ? ORDER BY rank LIMIT ?"
)
_FAQS = "SELECT slug, question, answer, details, content FROM faq ORDER BY slug"
_WORDINGS = "SELECT faq, wording FROM faq_wording ORDER BY faq, position"
_NAMES = (
    " FROM segment"
    " JOIN segment_assignment ON segment_assignment.segment = segment.first AND position = 0"
    " JOIN assignment ON assignment.id = segment_assignment.assignment"
    " WHERE segment.last >= :first AND segment.first BETWEEN"
    " (SELECT max(first) FROM segment WHERE first <= :first) AND :last"
)
_NAMES_BETWEEN = (
    f"SELECT max(segment.first, :first), assignment.name{_NAMES}"
    " ORDER BY segment.first LIMIT :most"
)
_PRODUCTS = (
    " FROM segment"
    " JOIN segment_use ON segment_use.segment = segment.first AND position = 0"
    " JOIN use ON use.id = segment_use.use"
    " WHERE segment.last >= :first AND segment.first BETWEEN"
    " (SELECT max(first) FROM segment WHERE first <= :first) AND :last"
)
_PRODUCTS_BETWEEN = (
    f"SELECT max(segment.first, :first), use.product{_PRODUCTS}"
    " ORDER BY use.weight DESC, segment.first LIMIT :most"
)
_HOW_MANY_NAMES = f"SELECT count(DISTINCT assignment.name){_NAMES}"
_HOW_MANY_PRODUCTS = f"SELECT count(DISTINCT use.product){_PRODUCTS}"
_BUSY = "SELECT DISTINCT first, last FROM use WHERE weight >= :often AND last - first < :wide"
_USED_SPANS = (
    "SELECT first, last FROM use WHERE first <= :last AND last >= :first"
    " UNION SELECT first, last FROM risk WHERE first <= :last AND last >= :first"
    " UNION SELECT number, number FROM browser_block WHERE number BETWEEN :first AND :last"
)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What is said of neighbouring ports; `block` is the unassigned block around them, if any."""

    first: int
    last: int
    assigned: bool
    block: tuple[int, int] | None
    states: Mapping[Protocol, Status]
    previous: int | None
    next: int | None
    uses: tuple[Use, ...]
    risks: tuple[Risk, ...]


class KnowledgeBaseError(Exception):
    """There is no knowledge base that can be read.

    Attributes:
        reason: why, in a few words or a sentence.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KnowledgeBase:
    """Reads the knowledge base; belongs to the thread that opened it.

    Attributes:
        connection: read-only.
        meta: what the file says of itself: schema_version, registry_date, built, counts ...
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.meta: Mapping[str, str] = MappingProxyType(dict(connection.execute(_META)))
        self._states = {
            number: (word, reason) for number, word, reason in connection.execute(_STATES)
        }
        self._blocks: dict[int, tuple[int, int]] = {
            first: (first, last) for first, last in connection.execute(_BLOCKS)
        }
        self._browser_blocked = frozenset(
            number for (number,) in connection.execute(_BROWSER_BLOCKED)
        )
        self._cached_source = lru_cache(_CACHED_SOURCES)(self._source)
        ephemeral = tuple(
            EphemeralRange(
                system, versions, first, last, setting, self._cached_source(source), current
            )
            for system, versions, first, last, setting, source, current in (
                (*row[:-1], bool(row[-1])) for row in connection.execute(_EPHEMERAL)
            )
        )
        edges = {0, *(r.first for r in ephemeral), *(r.last + 1 for r in ephemeral)}
        self._edges = tuple(sorted(edges))
        self._handed_out = tuple(
            tuple(r for r in ephemeral if r.first <= edge <= r.last) for edge in self._edges
        )
        self._starts = array("H", (first for (first,) in connection.execute(_STARTS)))
        self._described = frozenset(n for (n,) in connection.execute(_DESCRIBED))
        self._cached_segment = lru_cache(_CACHED_SEGMENTS)(self._segment)
        self._cached_facts = lru_cache(_CACHED_PORTS)(self._facts)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file, having checked that it is whole and of our schema version.

        Raises:
            KnowledgeBaseError: it is missing, damaged or of another version.
        """
        try:
            reason = seal.broken(path)
        except FileNotFoundError:
            raise KnowledgeBaseError(f"there is no file {path}") from None
        except OSError as error:
            raise KnowledgeBaseError(f"{path} cannot be read ({error.strerror})") from error
        if reason is not None:
            raise KnowledgeBaseError(f"{path} {reason}")
        # Immutable: a rebuilt file takes the name and leaves the open one as it is, so no locks.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, cached_statements=256)
        try:
            return cls(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise KnowledgeBaseError(f"{path} cannot be read ({error})") from error

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words by which people ask, of all languages."""
        return Vocabulary(self.connection)

    @cached_property
    def concept_questions(self) -> ConceptQuestions:
        """The wordings of the FAQ entries, of all languages."""
        return ConceptQuestions(self.vocabulary)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def facts(self, number: int) -> PortFacts:
        """Return all that is known about a port.

        Raises:
            ValueError: the number is outside 0 to 65535.
        """
        return self._cached_facts(number)

    def forget(self) -> None:
        """Empty the cache of facts, so that the file is read again."""
        self._cached_facts.cache_clear()
        self._cached_segment.cache_clear()

    def article(self, number: int) -> Article | None:
        """Return the page about a port; a shipped one before an imported one."""
        row = self.connection.execute(_ARTICLE_OF_PORT, (number,)).fetchone()
        return None if row is None else stored.article(*row)

    def articles(self, number: int) -> tuple[Article, ...]:
        """Return all pages about a port, shipped ones first."""
        rows = self.connection.execute(_ARTICLES_OF_PORT, (number,))
        return tuple(stored.article(*row) for row in rows)

    def articles_about(self, words: Iterable[str], limit: int = 5) -> tuple[Article, ...]:
        """Return pages that hold any of the words, those that fit best first."""
        terms = [f'"{word}"' for text in words for word in re.findall(r"\w+", text)]
        if not terms:
            return ()
        rows = self.connection.execute(_ARTICLES_FOUND, (" OR ".join(terms), limit))
        return tuple(stored.article(*row) for row in rows)

    def faq(self, slug: str) -> Faq | None:
        """Return the FAQ of that slug, or None."""
        return self._faqs.get(slug)

    def faqs(self) -> tuple[Faq, ...]:
        """Return all FAQs, by slug."""
        return tuple(self._faqs.values())

    def assignments_of(self, name: str) -> tuple[Assignment, ...]:
        """Return what the registry assigns to a service name, whatever its case, by port."""
        rows = self.connection.execute(_ASSIGNMENTS_OF_NAME, (name.casefold(),))
        return tuple(_assignment(row) for row in rows)

    def portless(self, name: str) -> str | None:
        """Return the description of a service name that is registered without a port, or None."""
        row = self.connection.execute(_PORTLESS, (name.casefold(),)).fetchone()
        return None if row is None else str(row[0])

    def uses_of(self, product: str) -> tuple[Use, ...]:
        """Return where a product is met, whatever the case of its name; the most usual first."""
        rows = self.connection.execute(_USES_OF_PRODUCT, (product.casefold(),))
        return tuple(self._use(row) for row in rows)

    def unassigned_blocks(
        self, first: int = 0, last: int = USER_LAST
    ) -> tuple[tuple[int, int], ...]:
        """Return the unbroken blocks of unassigned ports, clipped to the bounds, in order."""
        return tuple(
            (max(low, first), min(high, last))
            for low, high in self._blocks.values()
            if low <= last and high >= first
        )

    def services_between(self, first: int, last: int, most: int) -> tuple[tuple[int, str], ...]:
        """Return (port, service name) of the lowest assigned ports from first to last."""
        bounds = {"first": first, "last": last, "most": most}
        return tuple(self.connection.execute(_NAMES_BETWEEN, bounds))

    def products_between(self, first: int, last: int, most: int) -> tuple[tuple[int, str], ...]:
        """Return (port, product) of the best known uses from first to last, best known first."""
        bounds = {"first": first, "last": last, "most": most}
        return tuple(self.connection.execute(_PRODUCTS_BETWEEN, bounds))

    def count_services(self, first: int, last: int) -> int:
        """Return how many names `services_between` would return, if it returned them all."""
        return self._count(_HOW_MANY_NAMES, first, last)

    def count_products(self, first: int, last: int) -> int:
        """Return how many products `products_between` would return likewise."""
        return self._count(_HOW_MANY_PRODUCTS, first, last)

    def _count(self, query: str, first: int, last: int) -> int:
        row = self.connection.execute(query, {"first": first, "last": last}).fetchone()
        return int(row[0])

    def free_ports(self, first: int, last: int) -> Sequence[int]:
        """Return the ports from first to last that nobody is known to claim, ascending.

        They are unassigned for every protocol, and without a use, a risk or a browser's block;
        uses of more than a thousand ports at once (dynamic RPC, relays) claim none of them.
        """
        free = self._free
        return free[bisect_left(free, first) : bisect_right(free, last)]

    @cached_property
    def _free(self) -> "array[int]":
        used = bytearray(MAX_PORT + 1)
        for low, high in self.connection.execute(_USED_SPANS, {"first": 0, "last": MAX_PORT}):
            if high - low < _WIDE:
                used[low : high + 1] = b"\1" * (high - low + 1)
        return array(
            "H",
            (
                number
                for first, last in self.unassigned_blocks()
                for number in range(first, last + 1)
                if not used[number]
            ),
        )

    @cached_property
    def busy_ports(self) -> "array[int]":
        """The ports for which a product is well known, ascending."""
        rows = self.connection.execute(_BUSY, {"often": _OFTEN, "wide": _FEW})
        busy = {number for first, last in rows for number in range(first, last + 1)}
        return array("H", sorted(busy))

    @cached_property
    def statuses(self) -> bytes:
        """A letter for each of the 65,536 ports: A, R, U or D, as its status word begins.

        A port counts as what it is for any protocol, in that order.
        """
        letters = {number: word[0].upper() for number, (word, _) in self._states.items()}
        spans = [
            (last - first + 1, frozenset(states))
            for first, last, *states in self.connection.execute(_STATES_OF_SEGMENTS)
        ]
        strongest = {
            states: min((letters[state] for state in states), key="ARUD".index).encode()
            for states in {states for _, states in spans}
        }
        return b"".join(strongest[states] * length for length, states in spans)

    def used_ports(self, first: int, last: int) -> frozenset[int]:
        """Return the ports from first to last that have a use, a risk or a browser's block."""
        spans = self.connection.execute(_USED_SPANS, {"first": first, "last": last})
        return frozenset(
            number for low, high in spans for number in range(max(low, first), min(high, last) + 1)
        )

    @cached_property
    def _faqs(self) -> Mapping[str, Faq]:
        wordings: dict[str, list[str]] = {}
        for slug, wording in self.connection.execute(_WORDINGS):
            wordings.setdefault(slug, []).append(wording)
        return {
            slug: stored.faq(
                slug, question, tuple(wordings.get(slug, ())), answer, details, content
            )
            for slug, question, answer, details, content in self.connection.execute(_FAQS)
        }

    def _source(self, number: int) -> Source:
        return Source(*self.connection.execute(_SOURCE, (number,)).fetchone())

    def _facts(self, number: int) -> PortFacts:
        check_number(number)
        start = self._starts[bisect_right(self._starts, number) - 1]
        segment = self._cached_segment(start)
        inside = segment.assigned
        return PortFacts(
            number=number,
            states=segment.states if segment.block is not None else self._alone(segment, number),
            previous=number - 1 if inside and number > segment.first else segment.previous,
            next=number + 1 if inside and number < segment.last else segment.next,
            uses=segment.uses,
            risks=segment.risks,
            browser_blocked=number in self._browser_blocked,
            ephemeral=self._handed_out[bisect_right(self._edges, number) - 1],
            article=self.article(number) if number in self._described else None,
        )

    def _segment(self, start: int) -> _Segment:
        """Return what is said of the ports from `start` to where something else is said."""
        execute = self.connection.execute
        row = execute(_SEGMENT, (start,)).fetchone()
        first, last, tcp, udp, sctp, dccp, block, previous, following, uses, risks = row
        assignments: dict[str, tuple[Assignment, ...]] = {}
        numbers = (tcp, udp, sctp, dccp)
        assigned = any(self._states[number][0] == "assigned" for number in numbers)
        if assigned:
            for found in execute(_ASSIGNMENTS_OF_SEGMENT, (first,)):
                protocol = found[3]
                assignments[protocol] = (*assignments.get(protocol, ()), _assignment(found))
        span = None if block is None else self._blocks[block]
        # Protocols of which the same is said share one value.
        known: dict[tuple[int, tuple[Assignment, ...]], Status] = {}
        states: dict[Protocol, Status] = {}
        for protocol, number in zip(_PROTOCOLS.values(), numbers, strict=True):
            key = (number, assignments.get(protocol, _NOT_ASSIGNED))
            if key not in known:
                known[key] = self._status(*key, span or (first, first))
            states[protocol] = known[key]
        return _Segment(
            first=first,
            last=last,
            assigned=assigned,
            block=span,
            states=MappingProxyType(states),
            previous=previous,
            next=following,
            uses=tuple(map(self._use, execute(_USES_OF_SEGMENT, (first,)))) if uses else (),
            risks=tuple(map(self._risk, execute(_RISKS_OF_SEGMENT, (first,)))) if risks else (),
        )

    def _alone(self, segment: _Segment, number: int) -> Mapping[Protocol, Status]:
        """Return the states of one port of a segment that lies in no unassigned block.

        A protocol for which such a port is unassigned is so for that number alone.
        """
        if number == segment.first:
            return segment.states
        return MappingProxyType(
            {
                protocol: Unassigned(number, number, status.reason)
                if isinstance(status, Unassigned)
                else status
                for protocol, status in segment.states.items()
            }
        )

    def _status(
        self, state: int, assignments: tuple[Assignment, ...], span: tuple[int, int]
    ) -> Status:
        word, reason = self._states[state]
        match word:
            case "assigned":
                return Assigned(assignments)
            case "reserved":
                return Reserved(reason)
            case "unassigned":
                return Unassigned(*span, reason)
            case _:
                return Dynamic()

    def _use(self, row: tuple[str, int, int, str, int, int, str, int, str, str, str]) -> Use:
        product, first, last, protocol, official, source, role, weight, category, tls, exposure = (
            row
        )
        return Use(
            product,
            first,
            last,
            _PROTOCOLS[protocol],
            bool(official),
            self._cached_source(source),
            role,
            weight,
            category,
            tls,
            exposure,
        )

    def _risk(self, row: tuple[str, int, int, str | None, str, str, int, str]) -> Risk:
        kind, first, last, protocol, name, text, source, era = row
        return Risk(
            RiskKind(kind),
            first,
            last,
            _PROTOCOLS[protocol] if protocol else None,
            name,
            text,
            self._cached_source(source),
            era,
        )


def _assignment(
    row: tuple[str, int, int, str, str, str, str, str, str, str, str, str],
) -> Assignment:
    name, first, last, protocol, *others = row
    return Assignment(name, first, last, _PROTOCOLS[protocol], *others)
