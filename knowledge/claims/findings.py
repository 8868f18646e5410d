"""What the fact check has to say about a piece of text."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Source


class Verdict(StrEnum):
    """How a claim stands to what is known."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"  # nothing known speaks for it, nor against it
    FAULTY = "faulty"  # no claim: a fault in the form of a file


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, where it stands, and the fact that it was held against.

    Attributes:
        file: the path as it was given.
        line: counted from 1; 0 where it is about the whole file.
        words: the text's own.
        fact: a sentence or a clause.
        source: where the fact comes from.
    """

    file: str
    line: int
    words: str
    verdict: Verdict
    fact: str
    source: Source
