"""Turns files into articles of this installation: read, held against what is known, stored."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from knowledge.base import KnowledgeBase
from knowledge.claims.pages import check_page
from knowledge.sources import imports
from knowledge.sources.decoding import PageRefusedError
from knowledge.sources.imports import ImportedPage
from knowledge.sources.page_files import Refusal, load
from knowledge.sources.pages import READER, article_of, read_page

BATCH = 500  # pages of a transaction


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is imported already, from this very file or from another with the same bytes."""

    path: Path
    same_as: str


Outcome = ImportedPage | Refusal | Skipped


def read_by(base: KnowledgeBase) -> str:
    """Return what pages are read and checked with: this reader, and that registry."""
    return f"{READER} {base.meta['package_version']} {base.meta['registry_date']}"


def import_all(
    found: Iterable[Path | Refusal], base: KnowledgeBase, store: Path, *, now: datetime
) -> Iterator[Outcome]:
    """Import the pages, batch by batch; yield what became of each path, once it is sure.

    Raises:
        SourceError: the store cannot be read or written.
        OSError: its folder cannot be made.
    """
    by, known = read_by(base), imports.known(store)
    same = {stamp: path for path, stamp in known.items()}
    batch: list[Outcome] = []
    fresh: list[ImportedPage] = []
    for path in found:
        outcome = (
            path if isinstance(path, Refusal) else _import(path, base, by, now=now, same=same)
        )
        batch.append(outcome)
        if isinstance(outcome, ImportedPage):
            fresh.append(outcome)
            same.setdefault((outcome.sha256, by), outcome.path)
        if len(batch) == BATCH:
            if fresh:
                imports.write(store, fresh)
            yield from batch
            batch, fresh = [], []
    if fresh:
        imports.write(store, fresh)
    yield from batch


def preview(
    found: Iterable[Path | Refusal], base: KnowledgeBase, *, now: datetime
) -> Iterator[Outcome]:
    """Yield what would become of each path; nothing is stored."""
    for path in found:
        yield path if isinstance(path, Refusal) else _import(path, base, "", now=now)


def _import(
    path: Path,
    base: KnowledgeBase,
    by: str,
    *,
    now: datetime,
    same: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> Outcome:
    """Read a page, unless `same` knows a file with its bytes that was read in the same way."""
    try:
        content = load(path)
        sha256 = hashlib.sha256(content).hexdigest()
        known = same.get((sha256, by))
        if known is not None:
            return Skipped(path, known)
        page = read_page(path.name, content)
        checked = check_page(page, shown(path), base)
        article = article_of(page, shown(Path(path.name)), checked.withheld)
    except PageRefusedError as error:
        return Refusal(path, str(error))
    return ImportedPage(
        path=shown(path.absolute()),
        sha256=sha256,
        read_by=by,
        imported=now,
        article=article,
        findings=checked.findings,
    )


def shown(path: Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes its name has."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
