"""Checks the concept questions: references, wordings, sources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.checks.cited import check_sources
from knowledge.checks.form import fault
from knowledge.claims.findings import Finding
from knowledge.model import Faq


@dataclass(frozen=True, slots=True)
class FaqFile:
    """A FAQ, its file, and the line of each field."""

    faq: Faq
    file: str
    lines: Mapping[str, int]


def check_faqs(faqs: Sequence[FaqFile]) -> Iterator[Finding]:
    """Yield what is wrong with FAQs, by themselves and beside each other, but for their prose."""
    slugs = {one.faq.slug for one in faqs}
    asked: dict[str, tuple[str, int]] = {}
    for one in faqs:
        yield from check_sources(one.file, one.faq.sources, one.lines)
        yield from _related(one, slugs)
        if not one.faq.question.endswith("?"):
            yield fault(one.file, one.lines.get("question", 1), one.faq.question, "is no question")
        wordings = [("question", one.faq.question)]
        wordings += [(f"wordings.{at}", words) for at, words in enumerate(one.faq.wordings)]
        for key, words in wordings:
            line = one.lines.get(key, one.lines.get(key.partition(".")[0], 1))
            file, first = asked.setdefault(_plain(words), (one.file, line))
            if (file, first) != (one.file, line):
                yield fault(one.file, line, words, f"stands in {file}:{first} too")


def _related(one: FaqFile, slugs: set[str]) -> Iterator[Finding]:
    seen = set()
    for at, slug in enumerate(one.faq.related):
        line = one.lines.get(f"related.{at}", one.lines.get("related", 1))
        if slug not in slugs:
            yield fault(one.file, line, slug, "there is no such FAQ")
        elif slug == one.faq.slug or slug in seen:
            yield fault(one.file, line, slug, "is this FAQ itself, or is named twice")
        seen.add(slug)


def _plain(words: str) -> str:
    return re.sub(r"[^\w+#]+", " ", words).strip().casefold()
