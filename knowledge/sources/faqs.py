"""Reads the concept questions: one Markdown file with YAML front matter each."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.model import Faq, System
from knowledge.sources import front_matter
from knowledge.sources.faults import SourceError

LONGEST_ANSWER = 600  # characters; what fits on a card
FEWEST_WORDINGS = 6

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REQUIRED = frozenset({"question", "wordings", "answer", "sources"})
_OPTIONAL = frozenset({"commands", "related", "part_of"})


def read(path: Path) -> Faq:
    """Return the FAQ that a file holds; its slug is the file's name.

    Raises:
        SourceError: the file is not as knowledge/data/README.md describes it.
    """
    if not _SLUG.fullmatch(path.stem):
        raise SourceError(path, "the name must be lower-case words with hyphens between them")
    page = front_matter.read(path)
    fields = page.fields
    fields.expect(_REQUIRED, _OPTIONAL)
    wordings = fields.texts("wordings")
    if len(wordings) < FEWEST_WORDINGS:
        fields.fault("wordings", f"must hold at least {FEWEST_WORDINGS}, not {len(wordings)}")
    sources = fields.sources()
    if not sources:
        fields.fault("sources", "must hold at least one")
    commands = fields.inner("commands")
    commands.expect(frozenset(), frozenset(System))
    return Faq(
        slug=path.stem,
        question=fields.needed("question"),
        wordings=wordings,
        answer=fields.needed("answer", LONGEST_ANSWER),
        details=page.body.strip(),
        commands={
            system: commands.texts(system) for system in System if system in commands.values
        },
        related=fields.texts("related"),
        sources=sources,
        part_of=fields.text("part_of") or None,
    )


def read_all(folder: Path) -> Iterator[Faq]:
    """Yield the FAQs of a folder, by slug.

    Raises:
        SourceError: a file is not as it should be.
    """
    for path in sorted(folder.glob("*.md")):
        yield read(path)


def disagreements(faqs: Iterable[Faq]) -> Iterator[str]:
    """Yield a sentence for each wording that two share, and each slug named that is none."""
    known = {faq.slug: faq for faq in faqs}
    seen: dict[str, str] = {}
    for slug, faq in known.items():
        for other in faq.related:
            if other not in known:
                yield f"{slug}: related names {other!r}, and there is no such FAQ"
        wider = known.get(faq.part_of) if faq.part_of else None
        if faq.part_of and (wider is None or wider.part_of):
            yield f"{slug}: part_of names {faq.part_of!r}, which is no FAQ or a part itself"
        for wording in faq.wordings:
            first = seen.setdefault(wording.casefold(), slug)
            if first != slug:
                yield f"{slug}: the wording {wording!r} is one of {first!r} too"
