"""What people wrote about ports: articles, and the entries of the FAQ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.model.facts import Source
from knowledge.model.ports import System


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
