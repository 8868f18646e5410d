"""Counts what a knowledge base holds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.model import PortRange

# A port counts as what it is for any protocol, in this order.
_WORDS = ("assigned", "reserved", "unassigned", "dynamic")
_PORTS = (
    "SELECT first, last - first + 1, t.word, u.word, s.word, d.word FROM segment"
    " JOIN state t ON t.id = tcp JOIN state u ON u.id = udp"
    " JOIN state s ON s.id = sctp JOIN state d ON d.id = dccp"
)
_ROWS = {
    "service names": "SELECT count(DISTINCT folded) FROM assignment",
    "service names without a port": "SELECT count(DISTINCT folded) FROM portless",
    "unassigned blocks": "SELECT count(*) FROM block",
    "articles": "SELECT count(*) FROM article WHERE origin = ''",
    "imported pages": "SELECT count(*) FROM article WHERE origin <> ''",
    "ports with an article": "SELECT count(DISTINCT number) FROM article_port",
    "FAQs": "SELECT count(*) FROM faq",
    "products": "SELECT count(DISTINCT folded) FROM use",
    "uses": "SELECT count(*) FROM use",
    "ports that a product uses": "SELECT count(DISTINCT first) FROM use WHERE first = last",
    "aliases": "SELECT count(*) FROM alias",
    "risks": "SELECT count(*) FROM risk",
    "ports that browsers block": "SELECT count(*) FROM browser_block",
    "ephemeral ranges": "SELECT count(*) FROM ephemeral",
    "sources": "SELECT count(*) FROM source",
}


@dataclass(frozen=True, slots=True)
class Census:
    """What a knowledge base holds.

    Attributes:
        ports: how many ports of each range are assigned, reserved, unassigned or dynamic.
        rows: how many there are of all else, by its name.
    """

    ports: Mapping[PortRange, Mapping[str, int]]
    rows: Mapping[str, int]


def census(base: KnowledgeBase) -> Census:
    """Return what the knowledge base holds."""
    counts = {span: Counter[str]() for span in PortRange}
    for first, length, *words in base.connection.execute(_PORTS):
        (span,) = (s for s in PortRange if s.bounds[0] <= first <= s.bounds[1])
        counts[span][min(words, key=_WORDS.index)] += length
    rows = {name: base.connection.execute(query).fetchone()[0] for name, query in _ROWS.items()}
    return Census(
        {span: {word: found[word] for word in _WORDS} for span, found in counts.items()}, rows
    )
