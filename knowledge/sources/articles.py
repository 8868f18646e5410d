"""Reads the articles about ports: one Markdown file with YAML front matter each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.model import (
    MAX_PORT,
    Article,
    Protocol,
    QuestionAndAnswer,
    Risk,
    RiskKind,
    Section,
    Source,
    Use,
)
from knowledge.sources import front_matter
from knowledge.sources.faults import SourceError
from knowledge.sources.front_matter import Fields, Page

LONGEST_SUMMARY = 300  # characters
FEWEST_SOURCES = 2
LONGEST_SPAN = 4096  # ports that one page can be about
DEFAULT_WEIGHT = 30  # of a use that uses.csv does not hold; see knowledge/data/README.md

_NAME = re.compile(r"(\d{5})-([a-z0-9]+(?:[-_.+][a-z0-9]+)*)\.md")
_SPAN = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_REQUIRED = frozenset({"ports", "service", "status", "summary", "uses", "risks", "sources"})
_OPTIONAL = frozenset({"disputed", "related"})
_USE = (
    frozenset({"product", "protocol", "official", "source"}),
    frozenset({"role", "weight", "category", "tls", "exposure"}),
)
_RISK = (frozenset({"kind", "text", "source"}), frozenset({"name", "protocol", "era"}))
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_QUESTION = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


class Word(StrEnum):
    """What an article says of a port and protocol."""

    ASSIGNED = "assigned"
    RESERVED = "reserved"
    UNASSIGNED = "unassigned"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Claims:
    """What the front matter says as facts, for the fact check to hold against the registry.

    Attributes:
        service: "" where it says that the port has none.
        uses: of the first of the article's spans; a product may be in uses.csv too.
    """

    service: str
    status: Mapping[Protocol, str]
    uses: tuple[Use, ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article as its file holds it."""

    path: Path
    article: Article
    claims: Claims
    page: Page

    @property
    def lines(self) -> Mapping[str, int]:
        """The line of each field ("service", "uses.0.product") and heading ("## Security")."""
        return front_matter.lines_of(self.page)


def read(path: Path) -> ArticleFile:
    """Return the article that a file holds.

    Raises:
        SourceError: the file is not as knowledge/data/README.md describes it.
    """
    name = _NAME.fullmatch(path.name)
    if name is None:
        raise SourceError(path, "the name must be like 00576-ipcd.md")
    page = front_matter.read(path)
    fields = page.fields
    fields.expect(_REQUIRED, _OPTIONAL)
    sources = fields.sources()
    if len(sources) < FEWEST_SOURCES:
        fields.fault("sources", f"must hold at least {FEWEST_SOURCES}")
    ports, first, last = _ports(fields)
    if first != int(name[1]):
        fields.fault("ports", f"must begin with {int(name[1])}, the number in the file's name")
    service = "" if fields.values["service"] is None else fields.needed("service")
    uses = tuple(_use(entry, first, last, sources) for entry in fields.entries("uses"))
    sections, faqs = _sections(page)
    article = Article(
        ports=ports,
        title=_title(ports, service or _label(name[2], uses)),
        summary=fields.needed("summary", LONGEST_SUMMARY),
        sections=sections,
        faqs=faqs,
        disputed=tuple(_disputed(fields, sources)),
        related=tuple(_related(fields)),
        sources=sources,
    )
    claims = Claims(
        service,
        _status(fields),
        uses,
        tuple(_risk(entry, first, last, sources) for entry in fields.entries("risks")),
    )
    return ArticleFile(path, article, claims, page)


def read_all(folder: Path) -> Iterator[ArticleFile]:
    """Yield the articles of a folder, by their first port.

    Raises:
        SourceError: a file is not as it should be, or two have the same number.
    """
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        other = seen.setdefault(path.name[:5], path.name)
        if other != path.name:
            raise SourceError(path, f"{other} is about that port already")
        yield read(path)


def _ports(fields: Fields) -> tuple[tuple[int, ...], int, int]:
    """Return all ports that the page is about, and the first of its spans."""
    spans: list[tuple[int, int]] = []
    for item in fields.items("ports"):
        match = None if isinstance(item, bool) else _SPAN.fullmatch(str(item))
        if match is None:
            fields.fault(
                "ports", f'must hold numbers and ranges such as "6881-6889", not {item!r}'
            )
        first = int(match[1])
        last = int(match[2] or first)
        if not first <= last <= min(MAX_PORT, first + LONGEST_SPAN - 1):
            fields.fault("ports", f"holds {item!r}, which is no range of ports")
        spans.append((first, last))
    if not spans:
        fields.fault("ports", "must hold at least one")
    ports = (number for first, last in spans for number in range(first, last + 1))
    return tuple(dict.fromkeys(ports)), *spans[0]


def _status(fields: Fields) -> Mapping[Protocol, str]:
    status = fields.inner("status")
    status.expect(frozenset({Protocol.TCP, Protocol.UDP}), frozenset(Protocol))
    return {
        protocol: status.choice(protocol, Word).value
        for protocol in Protocol
        if protocol in status.values
    }


def _use(entry: Fields, first: int, last: int, sources: tuple[Source, ...]) -> Use:
    entry.expect(*_USE)
    return Use(
        product=entry.needed("product"),
        first=first,
        last=last,
        protocol=entry.choice("protocol", Protocol),
        official=entry.yes("official"),
        source=_source(entry, sources),
        role=entry.text("role"),
        weight=entry.number("weight", 1, 100, DEFAULT_WEIGHT),
        category=entry.text("category"),
        tls=entry.text("tls"),
        exposure=entry.text("exposure"),
    )


def _risk(entry: Fields, first: int, last: int, sources: tuple[Source, ...]) -> Risk:
    entry.expect(*_RISK)
    kind = entry.choice("kind", RiskKind)
    return Risk(
        kind=kind,
        first=first,
        last=last,
        protocol=entry.choice("protocol", Protocol) if entry.text("protocol") else None,
        name=entry.text("name") or kind.value,
        text=entry.needed("text"),
        source=_source(entry, sources),
        era=entry.text("era"),
    )


def _disputed(fields: Fields, sources: tuple[Source, ...]) -> Iterator[str]:
    for entry in fields.entries("disputed"):
        entry.expect(frozenset({"text", "source"}), frozenset())
        _source(entry, sources)
        yield entry.needed("text")


def _related(fields: Fields) -> Iterator[int]:
    for item in fields.items("related"):
        if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= MAX_PORT:
            fields.fault("related", f"must hold port numbers, not {item!r}")
        yield item


def _source(entry: Fields, sources: tuple[Source, ...]) -> Source:
    """Return the source that an entry names by its place in `sources`, counted from 1."""
    return sources[entry.number("source", 1, len(sources)) - 1]


def _label(slug: str, uses: tuple[Use, ...]) -> str:
    """Return what the file's name says, as the product itself is written where it is one."""
    plain = re.sub(r"[^a-z0-9]", "", slug)
    for use in uses:
        if re.sub(r"[^a-z0-9]", "", use.product.casefold()) == plain:
            return use.product
    return slug.replace("-", " ")


def _title(ports: tuple[int, ...], label: str) -> str:
    if len(ports) == 1:
        return f"Port {ports[0]}: {label}"
    if ports == tuple(range(ports[0], ports[-1] + 1)):
        return f"Ports {ports[0]}-{ports[-1]}: {label}"
    return f"Ports {', '.join(str(port) for port in ports)}: {label}"


def _sections(page: Page) -> tuple[tuple[Section, ...], tuple[QuestionAndAnswer, ...]]:
    """Return the headed parts of the body, and the questions below the heading FAQ."""
    sections: list[Section] = []
    faqs: tuple[QuestionAndAnswer, ...] = ()
    before, *parts = _split(_HEADING, page.body)
    if before[1]:
        raise SourceError(page.path, "text stands before the first heading")
    for heading, text in parts:
        if heading == "FAQ":
            _, *questions = _split(_QUESTION, text)
            faqs = tuple(QuestionAndAnswer(question, answer) for question, answer in questions)
        else:
            sections.append(Section(heading, text))
        if not text:
            raise SourceError(page.path, f"nothing stands below the heading {heading!r}")
    if not sections:
        raise SourceError(page.path, "has no headed part")
    return tuple(sections), faqs


def _split(heading: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Return (heading, text) of each part; the first has no heading.

    A line in fenced code is no heading, whatever it looks like.
    """
    fenced = [match.span() for match in _FENCED.finditer(text)]
    marks = [
        match
        for match in heading.finditer(text)
        if not any(begin < match.start() < end for begin, end in fenced)
    ]
    ends = [*(mark.start() for mark in marks), len(text)]
    parts = [("", text[: ends[0]].strip())]
    parts += [
        (mark[1], text[mark.end() : end].strip())
        for mark, end in zip(marks, ends[1:], strict=True)
    ]
    return parts
