"""Brings the current registry of IANA into an installation's knowledge base."""

import asyncio
import csv
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from knowledge import changes
from knowledge.aside import aside
from knowledge.base import FILE_NAME
from knowledge.build import REGISTRY_NAME, SHIPPED, build, sources_in
from knowledge.changes import Change, Update
from knowledge.download import DownloadError, Progress, Version, download
from knowledge.gather import date_beside
from knowledge.sources import registry
from knowledge.sources.faults import SourceError
from knowledge.sources.registry import RegistryError, Row
from knowledge.wholeness import read_whole

URL = "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.csv"
NOTES_NAME = "registry.json"

_ABOUT = (
    "SELECT number, title FROM article_port JOIN article ON article.id = article"
    " WHERE number BETWEEN ? AND ? ORDER BY position DESC"
)


class UpdateError(Exception):
    """The registry cannot be brought up to date; the message is a sentence for the user."""


class Outcome(StrEnum):
    """How an update ended."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did.

    Attributes:
        source: the address or the file.
        date_before: of the registry that was there, YYYY-MM-DD; "" where it is not known.
        date_after: of the one that is there now.
        rows: of the one that is there now.
        articles: titles of the articles about ports that have changed, to be looked at anew.
    """

    outcome: Outcome
    source: str
    date_before: str = ""
    date_after: str = ""
    rows: int = 0
    changes: tuple[Change, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """What is remembered beside the fetched registry."""

    source: str = ""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""  # of the file as it came
    kept_sha256: str = ""  # of the file as it is kept


async def update(
    directory: Path,
    source: str = URL,
    *,
    now: datetime,
    progress: Progress | None = None,
    data: Path = SHIPPED,
) -> UpdateReport:
    """Bring the registry of an address or a file into the knowledge base of a directory.

    Args:
        directory: of the installation.
        source: an http(s) address, or a file.
        now: for the record.
        progress: told how much has come.
        data: the facts that are shipped.

    Raises:
        UpdateError: it cannot be had, or is not the whole registry, or cannot be stored; the
            old knowledge is untouched.
    """
    try:
        with aside(directory / REGISTRY_NAME) as came:
            known = _notes(directory)
            version = await _fetch(source, came, known, progress)
            if version is None:
                return await asyncio.to_thread(_unchanged, directory, data, known)
            notes = Notes(source, version.etag, version.last_modified)
            return await asyncio.to_thread(_install, directory, data, came, notes, now)
    except (DownloadError, RegistryError) as error:
        raise UpdateError(str(error)) from error
    except SourceError as error:
        raise UpdateError(f"The knowledge base cannot be built: {error}.") from error
    except OSError as error:
        raise UpdateError(
            f"The registry cannot be stored in {directory} ({error.strerror or error})."
        ) from error


def is_address(source: str) -> bool:
    """Return whether the source is to be fetched, and is no file."""
    return source.lower().startswith(("http://", "https://"))


async def _fetch(
    source: str, target: Path, known: Notes, progress: Progress | None
) -> Version | None:
    """Write the source to a file; None if it is what is there already."""
    if is_address(source):
        version = Version(known.etag, known.last_modified) if known.source == source else Version()
        return await download(source, target, version, progress)
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise UpdateError(f"{source} cannot be read ({error.strerror or error}).") from error
    return Version()


def _install(directory: Path, data: Path, came: Path, notes: Notes, now: datetime) -> UpdateReport:
    """Put a registry that came in the place of the one that is there, if it is whole."""
    notes = replace(notes, sha256=_sha256(came))
    known = _notes(directory)
    if notes.sha256 == known.sha256:
        return _unchanged(directory, data, replace(notes, kept_sha256=known.kept_sha256))
    old, date_before = _present(directory, data)
    new = read_whole(came, old)
    report = UpdateReport(
        Outcome.UPDATED,
        notes.source,
        date_before=date_before,
        date_after=registry.newest_date(new),
        rows=len(new),
        changes=changes.difference(old, new),
    )
    with aside(directory / REGISTRY_NAME) as kept:
        _drop_contacts(came, kept)
        sources = replace(sources_in(directory, data), registry=kept)
        build(directory / FILE_NAME, sources, now=now)
        notes = replace(notes, kept_sha256=_sha256(kept))
        kept.replace(directory / REGISTRY_NAME)
    _write_notes(directory, notes)
    report = replace(report, articles=_articles_about(report.changes, directory / FILE_NAME))
    at = now.isoformat(timespec="seconds")
    changes.remember(directory, Update(at, report.date_before, report.date_after, report.changes))
    return report


def _articles_about(changed: Sequence[Change], file: Path) -> tuple[str, ...]:
    """Return the titles of the articles about ports that have changed, by port."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        found = {
            number: title
            for change in changed
            for number, title in connection.execute(_ABOUT, (change.first, change.last))
        }
    return tuple(dict.fromkeys(found[number] for number in sorted(found)))


def _unchanged(directory: Path, data: Path, notes: Notes) -> UpdateReport:
    _write_notes(directory, notes)
    rows, date = _present(directory, data)
    return UpdateReport(
        Outcome.UNCHANGED, notes.source, date_before=date, date_after=date, rows=len(rows)
    )


def _present(directory: Path, data: Path) -> tuple[tuple[Row, ...], str]:
    """Return the rows and the date of the registry that is known.

    That is the fetched one if it can be read, else the shipped snapshot.
    """
    try:
        rows = registry.read(directory / REGISTRY_NAME)
    except (OSError, RegistryError):
        shipped = data / REGISTRY_NAME
        return registry.read(shipped), date_beside(shipped)
    return rows, registry.newest_date(rows)


def _drop_contacts(source: Path, target: Path) -> None:
    """Copy a registry, without the column that holds people's addresses."""
    with (
        source.open(encoding="utf-8-sig", newline="") as came,
        target.open("w", encoding="utf-8", newline="") as kept,
    ):
        reader = csv.DictReader(came, strict=True)
        writer = csv.DictWriter(
            kept, registry.IANA_COLUMNS, extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(reader)


def _notes(directory: Path) -> Notes:
    """Return what is remembered, if it is about the registry that is there; else nothing."""
    try:
        values = json.loads((directory / NOTES_NAME).read_text(encoding="utf-8"))
        notes = Notes(**values)
        if _sha256(directory / REGISTRY_NAME) == notes.kept_sha256:
            return notes
    except (OSError, ValueError, TypeError):
        pass
    return Notes()


def _write_notes(directory: Path, notes: Notes) -> None:
    target = directory / NOTES_NAME
    with aside(target) as path:
        path.write_text(json.dumps(asdict(notes), indent=1), encoding="utf-8")
        path.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
