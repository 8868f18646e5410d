"""Tells whether the sources of a knowledge base have changed since it was built."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.sources.places import Sources


@dataclass(frozen=True, slots=True)
class Print:
    """A source as it was: a quick look at it, and a digest to be sure.

    Attributes:
        name: its place below `data`, or which of the other sources it is.
        modified_ns: when it was changed last, in nanoseconds since 1970.
        sha256: hexadecimal.
    """

    name: str
    size_bytes: int
    modified_ns: int
    sha256: str


def take(sources: Sources) -> str:
    """Return the fingerprint of the sources, as text."""
    prints = (
        Print(name, path.stat().st_size, path.stat().st_mtime_ns, _sha256(path))
        for name, path in _files(sources)
    )
    return json.dumps([[p.name, p.size_bytes, p.modified_ns, p.sha256] for p in prints])


def matches(text: str, sources: Sources) -> bool:
    """Return whether the sources are those of which the fingerprint was taken.

    Files that are as old and as large as then are not read; where one is not (a fresh checkout,
    a copied folder), all are, and their contents decide.
    """
    try:
        known = {name: Print(name, *rest) for name, *rest in json.loads(text)}
    except (ValueError, TypeError):
        return False
    files = dict(_files(sources))
    if known.keys() != files.keys():
        return False
    for name, path in files.items():
        was, status = known[name], path.stat()
        if status.st_size != was.size_bytes:
            return False
        if status.st_mtime_ns != was.modified_ns and _sha256(path) != was.sha256:
            return False
    return True


def _files(sources: Sources) -> Iterator[tuple[str, Path]]:
    for path in sorted(sources.data.rglob("*")):
        if path.is_file():
            yield path.relative_to(sources.data).as_posix(), path
    if sources.registry is not None:
        yield "the fetched registry", sources.registry
    if sources.imports is not None:
        yield "the imported pages", sources.imports


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
