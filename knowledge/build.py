"""Builds the knowledge base: sources to one SQLite file, aside, checked, renamed into place."""

import gc
import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from knowledge import fingerprint
from knowledge.aside import aside
from knowledge.base import FILE_NAME, KnowledgeBase, KnowledgeBaseError
from knowledge.seal import seal
from knowledge.sources.faults import SourceError
from knowledge.sources.places import SHIPPED, Sources

__all__ = ["SHIPPED", "BuildReport", "Sources", "build", "ensure", "sources_in"]

REGISTRY_NAME = "registry.csv"
IMPORTS_NAME = "imports.sqlite"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built; `counts` are rows by table."""

    path: Path
    size_bytes: int
    registry_date: str
    counts: Mapping[str, int]


def sources_in(directory: Path, data: Path = SHIPPED) -> Sources:
    """Return the sources of an installation: what is shipped, and what its folder adds."""
    registry, imports = directory / REGISTRY_NAME, directory / IMPORTS_NAME
    return Sources(
        data,
        registry if registry.exists() else None,
        imports if imports.exists() else None,
    )


def build(target: Path, sources: Sources, *, now: datetime) -> BuildReport:
    """Build the knowledge base file and put it in place of the one that stands there, if any.

    Who has the old file open goes on reading it; nobody ever sees half a file.

    Raises:
        SourceError: a source is missing or makes no sense; the old file stays.
        OSError: the folder cannot be written to, or the disk is full; the old file stays.
    """
    from knowledge.write import write  # noqa: PLC0415 (most starts find the file built)

    with aside(target) as path:
        try:
            with _without_collection():
                meta, counts = write(path, sources, now)
        except sqlite3.IntegrityError as error:
            raise SourceError(sources.data, f"the facts do not fit together ({error})") from error
        except sqlite3.OperationalError as error:  # such as a full disk
            raise OSError(f"{path}: {error}") from error
        seal(path)
        path.replace(target)
    _sync_folder(target.parent)
    return BuildReport(target, target.stat().st_size, meta["registry_date"], counts)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep Python from looking for garbage: a build makes millions of values, and no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def ensure(directory: Path, *, now: datetime, data: Path = SHIPPED) -> KnowledgeBase:
    """Return the knowledge base of an installation, built first where that is needed.

    It is when the file is missing, damaged or of another schema version, or when its sources
    have changed: with one log line. Where it cannot be built, an older one still serves. What an
    update or an import has left in the folder and cannot be read is left out.

    Raises:
        KnowledgeBaseError: there is none, and none can be built; says what to do.
    """
    target, sources = directory / FILE_NAME, sources_in(directory, data)
    present: KnowledgeBase | None = None
    level = logging.INFO
    try:
        present = KnowledgeBase.open(target)
    except KnowledgeBaseError as error:
        reason = error.reason
        if target.exists():
            level = logging.WARNING
    else:
        if _is_current(present, sources):
            return present
        reason = "its sources have changed"
    try:
        left_out = _build_what_can_be(target, sources, now)
    except (OSError, SourceError) as error:
        if present is None:
            raise KnowledgeBaseError(_advice(directory, error)) from error
        log.warning("knowledge base kept though %s: %s", reason, error)
        return present
    if present is not None:
        present.close()
    if left_out:
        level = logging.WARNING
        reason = f"{reason}; without {left_out}"
    log.log(level, "knowledge base built, since %s", reason)
    return KnowledgeBase.open(target)


def _is_current(base: KnowledgeBase, sources: Sources) -> bool:
    return base.meta.get("package_version") == version("portolan") and fingerprint.matches(
        base.meta.get("sources", ""), sources
    )


def _build_what_can_be(target: Path, sources: Sources, now: datetime) -> str:
    """Build, without an added source if that one is at fault; return its fault, or ""."""
    try:
        build(target, sources, now=now)
    except SourceError as error:
        if error.path == sources.registry:
            rest = replace(sources, registry=None)
        elif error.path == sources.imports:
            rest = replace(sources, imports=None)
        else:
            raise
        others = _build_what_can_be(target, rest, now)
        return f"{error}; {others}" if others else str(error)
    return ""


def _advice(directory: Path, error: OSError | SourceError) -> str:
    if isinstance(error, SourceError):
        return f"The knowledge base cannot be built: {error}."
    return (
        f"The knowledge base cannot be written to {directory} ({error.strerror or error});"
        " set PORTOLAN_DATA to a folder that can be written to."
    )


def _sync_folder(folder: Path) -> None:
    """Write the renaming to the disk, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
