"""Checks running text: its claims, its spelling, and sentences that stand elsewhere too."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.checks.form import fault
from knowledge.checks.spelling import find_slips
from knowledge.claims.findings import Finding
from knowledge.claims.judge import judge
from knowledge.claims.known import Knowledge
from knowledge.claims.pages import claims_of
from knowledge.sentences import sentences
from knowledge.sources.blocks import Block, Code, Heading, Paragraph, Row

LONGEST_COMMON = 60  # characters; a shorter sentence may stand in two files by chance


@dataclass(frozen=True, slots=True)
class Text:
    """The prose of one file.

    Attributes:
        file: its path, as it is told.
        blocks: its paragraphs, items and rows, with their lines.
        subject: the port that it is about, or None.
    """

    file: str
    blocks: tuple[Block, ...]
    subject: int | None = None

    @property
    def prose(self) -> Iterator[Block]:
        """The blocks that hold sentences."""
        return (block for block in self.blocks if not isinstance(block, Code))


def check_claims(text: Text, known: Knowledge) -> Iterator[Finding]:
    """Yield every claim of a text with its verdict."""
    for _, block, found in claims_of(text.blocks, text.subject):
        line = block.line + block.text.count("\n", 0, found.sentence.start)
        words = " ".join(found.sentence.text.split())
        for claim in found.claims:
            judgement = judge(claim, known)
            if judgement is not None:
                yield Finding(
                    text.file, line, words, judgement.verdict, judgement.fact, judgement.source
                )


def check_sentence(
    file: str, line: int, sentence: str, subject: int | None, known: Knowledge
) -> Iterator[Finding]:
    """Yield the claims of a text that stands on one line of a file."""
    yield from check_claims(Text(file, (Paragraph(sentence, line),), subject), known)


def check_spelling(text: Text, counts: Counter[str]) -> Iterator[Finding]:
    """Yield misspelled and doubled words; `counts` are those of all texts."""
    for block in text.prose:
        for slip in find_slips(block.text, counts):
            line = block.line + block.text.count("\n", 0, slip.start)
            yield fault(text.file, line, slip.word, f"is spelled {slip.right!r}")


def check_repeats(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield long sentences that stand in more than one file, at each place but the first."""
    seen: dict[str, tuple[str, int]] = {}
    for text in texts:
        for block in text.prose:
            if isinstance(block, Row | Heading):
                continue
            for sentence in sentences(block.text):
                key = re.sub(r"\W+", " ", sentence.text).strip().casefold()
                line = block.line + block.text.count("\n", 0, sentence.start)
                if len(key) < LONGEST_COMMON:
                    continue
                file, first = seen.setdefault(key, (text.file, line))
                if (file, first) != (text.file, line):
                    words = " ".join(sentence.text.split())
                    yield fault(text.file, line, words, f"stands in {file}:{first} too")
