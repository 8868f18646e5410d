"""Fills the tables of the knowledge base with what was gathered."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlite_utils import Database

from knowledge import schema, stored
from knowledge.gather import Gathered
from knowledge.inserting import insert
from knowledge.model import Article, EphemeralRange, Protocol, Source, System
from knowledge.segments import Segment, segments

_BATCH = 1000  # articles held in memory at a time
_PROTOCOLS = tuple(Protocol)
_WIDE = 100  # ports; a use of more is told after those of the very port


class Numbers:
    """Gives each value the number of its row: the same value always the same one, from 1."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], int] = {}

    def of(self, first: str, second: str) -> int:
        """Return the number of the value."""
        return self.given.setdefault((first, second), len(self.given) + 1)

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Yield (number, first, second) of all values so far."""
        for (first, second), number in self.given.items():
            yield number, first, second


def fill(database: Database, gathered: Gathered) -> None:
    """Fill all tables but those of articles and `meta`."""
    sources = Numbers()
    insert(database.conn, "protocol", ((protocol.value,) for protocol in Protocol))
    _fill_registry(database, gathered)
    insert(
        database.conn,
        "use",
        (
            (
                number,
                use.product,
                use.product.casefold(),
                use.first,
                use.last,
                use.protocol.value,
                int(use.official),
                use.role,
                use.weight,
                use.category,
                use.tls,
                use.exposure,
                _source(sources, use.source),
            )
            for number, use in enumerate(gathered.uses)
        ),
    )
    insert(database.conn, "alias", ((alias.alias, alias.target) for alias in gathered.aliases))
    insert(
        database.conn,
        "risk",
        (
            (
                number,
                risk.kind.value,
                risk.first,
                risk.last,
                risk.protocol.value if risk.protocol else None,
                risk.name,
                risk.text,
                risk.era,
                _source(sources, risk.source),
            )
            for number, risk in enumerate(gathered.risks)
        ),
    )
    insert(
        database.conn,
        "browser_block",
        ((number, _source(sources, source)) for number, source in gathered.browser_blocked),
    )
    insert(
        database.conn,
        "ephemeral",
        (
            (
                number,
                span.system,
                span.versions,
                span.first,
                span.last,
                span.setting,
                _source(sources, span.source),
                int(span.current),
            )
            for number, span in enumerate(sorted(gathered.ephemeral, key=_familiarity))
        ),
    )
    insert(database.conn, "source", sources.rows())
    _fill_faqs(database, gathered)


def fill_articles(database: Database, articles: Iterable[Article]) -> int:
    """Fill the tables of articles and return their number.

    Of the articles about a port the first one given stands first, but one that is about that port
    before all others stands before one that is about it too.
    """
    numbered = enumerate(articles)
    places: list[tuple[int, bool, bool, int]] = []
    count = 0
    while batch := tuple(islice(numbered, _BATCH)):
        insert(
            database.conn,
            "article",
            (
                (
                    number,
                    article.title,
                    article.summary,
                    article.origin,
                    stored.article_content(article),
                )
                for number, article in batch
            ),
        )
        database.conn.executemany(
            schema.INDEX_ARTICLE,
            [(number, page.title, page.summary, _prose(page)) for number, page in batch],
        )
        for number, article in batch:
            places += [
                (port, bool(article.origin), port != article.ports[0], number)
                for port in article.ports
            ]
        count += len(batch)
    places.sort()
    insert(database.conn, "article_port", _positions((place[0], place[-1]) for place in places))
    return count


def _fill_registry(database: Database, gathered: Gathered) -> None:
    rows = gathered.rows
    numbers: dict[tuple[int, Protocol], int] = {}  # of assignments, by place of the row
    assignments: list[tuple[object, ...]] = []
    for place, row in enumerate(rows):
        for assigned in row.assignments:
            numbers[place, assigned.protocol] = len(assignments)
            assignments.append(
                (
                    len(assignments),
                    assigned.name,
                    assigned.name.casefold(),
                    assigned.first,
                    assigned.last,
                    assigned.protocol.value,
                    assigned.description,
                    assigned.assignee,
                    assigned.registered,
                    assigned.modified,
                    assigned.reference,
                    assigned.service_code,
                    assigned.unauthorized_use,
                    assigned.notes,
                )
            )
    insert(database.conn, "assignment", assignments)
    insert(
        database.conn,
        "portless",
        (
            (place, row.name, row.name.casefold(), row.protocol, row.description)
            for place, row in enumerate(rows)
            if row.first is None
        ),
    )
    cut = segments(
        rows,
        [(use.first, use.last) for use in gathered.uses],
        [(risk.first, risk.last) for risk in gathered.risks],
        gathered.preferred,
    )
    insert(database.conn, "block", sorted({segment.block for segment in cut if segment.block}))
    states = Numbers()
    insert(database.conn, "segment", [_segment(segment, states) for segment in cut])
    insert(database.conn, "state", states.rows())
    insert(
        database.conn,
        "segment_assignment",
        _positions(
            (segment.first, numbers[place, protocol])
            for segment in cut
            for protocol, places in segment.assigned.items()
            for place in places
        ),
    )
    weights = [use.weight for use in gathered.uses]
    # What may take any of a wide range is seldom what is met on one port of it.
    wide = [use.last - use.first >= _WIDE for use in gathered.uses]
    insert(
        database.conn,
        "segment_use",
        _positions(
            (segment.first, place)
            for segment in cut
            for place in sorted(segment.uses, key=lambda place: (wide[place], -weights[place]))
        ),
    )
    insert(
        database.conn,
        "segment_risk",
        _positions((segment.first, place) for segment in cut for place in segment.risks),
    )


def _segment(segment: Segment, states: Numbers) -> tuple[int | None, ...]:
    return (
        segment.first,
        segment.last,
        *(states.of(*segment.states[protocol]) for protocol in _PROTOCOLS),
        segment.block[0] if segment.block else None,
        segment.previous,
        segment.next,
        len(segment.uses),
        len(segment.risks),
    )


def _fill_faqs(database: Database, gathered: Gathered) -> None:
    insert(
        database.conn,
        "faq",
        (
            (faq.slug, faq.question, faq.answer, faq.details, stored.faq_content(faq))
            for faq in gathered.faqs
        ),
    )
    insert(
        database.conn,
        "faq_wording",
        (
            (faq.slug, position, wording)
            for faq in gathered.faqs
            for position, wording in enumerate(faq.wordings)
        ),
    )


def _positions(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield (key, position, value) for (key, value), counting from 0 for each key."""
    last, position = -1, 0
    for key, value in pairs:
        position = position + 1 if key == last else 0
        last = key
        yield key, position, value


def _familiarity(span: EphemeralRange) -> tuple[bool, int]:
    """Sort today's defaults first, and among them the systems that commands are known for."""
    known = [system.value for system in System]
    system = span.system.casefold()
    return not span.current, known.index(system) if system in known else len(known)


def _source(sources: Numbers, source: Source) -> int:
    return sources.of(source.title, source.url)


def _prose(article: Article) -> str:
    parts = [f"{section.heading}\n{section.text}" for section in article.sections]
    parts += [f"{faq.question}\n{faq.answer}" for faq in article.faqs]
    parts += article.disputed
    return "\n\n".join(parts)
