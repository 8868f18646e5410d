"""Finds the pages that paths name, and reads them: nothing too large, nothing that hangs."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.sources.decoding import PageRefusedError
from knowledge.sources.pages import SUFFIXES

LARGEST = 4 * 1024 * 1024  # bytes; a page about a port has a few thousand


@dataclass(frozen=True, slots=True)
class Refusal:
    """A path that gives no page, and why, as a clause: "it is empty"."""

    path: Path
    reason: str


def find_pages(paths: Iterable[Path]) -> Iterator[Path | Refusal]:
    """Yield the pages that the paths name or hold, in a fixed order, each once.

    A path that is a file is taken as it is. In a folder, and in those below it, pages are files
    that end in .txt, .md or .html; hidden ones, and other files, are passed over.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            status = path.stat()
        except OSError as error:
            yield Refusal(path, _reason(error))
            continue
        if not stat.S_ISDIR(status.st_mode):
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                yield path
            continue
        found = False
        for page in _below(path, (), seen):
            found = True
            yield page
        if not found:
            yield Refusal(path, "it is a folder without .txt, .md or .html files")


def _below(
    folder: Path, above: tuple[tuple[int, int], ...], seen: set[tuple[int, int]]
) -> Iterator[Path | Refusal]:
    try:
        status = folder.stat()
        here = (status.st_dev, status.st_ino)
        if here in above:
            yield Refusal(folder, "it is a link back to a folder that it lies in")
            return
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(folder, _reason(error))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir()
            identity = None if is_folder else _identity(path)
        except OSError as error:
            if path.suffix.lower() in SUFFIXES or entry.is_symlink():
                yield Refusal(path, _reason(error))
            continue
        if is_folder:
            yield from _below(path, (*above, here), seen)
        elif path.suffix.lower() in SUFFIXES and identity is not None and identity not in seen:
            seen.add(identity)
            yield path


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def load(path: Path) -> bytes:
    """Return the content of a page.

    Raises:
        PageRefusedError: it cannot be read, is no file, or is too large; the message says why.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PageRefusedError("it is no regular file")
        if status.st_size > LARGEST:
            raise PageRefusedError(_too_large(status.st_size))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise PageRefusedError(_reason(error)) from error
    if len(content) > LARGEST:
        raise PageRefusedError(_too_large(len(content)))
    return content


def _too_large(size: int) -> str:
    return f"it is too large: {size / 2**20:.1f} MiB, {LARGEST // 2**20} MiB are allowed"


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "it may not be read (permission denied)"
        case _:
            reason = error.strerror or str(error)
            return f"it cannot be read ({reason.lower()})"
