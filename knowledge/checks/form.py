"""Faults in the form of a file: how they are told, and on which line they stand."""

import re
from collections.abc import Mapping
from pathlib import Path

from knowledge.claims.findings import Finding, Verdict
from knowledge.model import Source
from knowledge.sources import front_matter
from knowledge.sources.faults import SourceError

FORMS = Source("knowledge/data/README.md")
_FIELD = re.compile(r"[a-z]+(?:\.\w+)*")
_HOST = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


def fault(file: str, line: int, words: str, fact: str, source: Source = FORMS) -> Finding:
    """Return what breaks the form that a file should have."""
    return Finding(file, line, words, Verdict.FAULTY, fact, source)


def contradiction(file: str, line: int, words: str, fact: str, source: Source) -> Finding:
    """Return what contradicts a fact."""
    return Finding(file, line, words, Verdict.CONTRADICTED, fact, source)


def unreadable(error: SourceError, file: str) -> Finding:
    """Return the finding that a reader's error is, on the line of the field it names."""
    line = error.line or _line_of(error.path, error.reason)
    return fault(file, line, "", error.reason)


def _line_of(path: Path, reason: str) -> int:
    field = _FIELD.match(reason)
    heading = re.search(r"heading '([^']+)'", reason)
    try:
        lines: Mapping[str, int] = front_matter.lines_of(front_matter.read(path))
    except SourceError as error:
        return error.line or 1
    if heading is not None:
        return lines.get(f"## {heading[1]}", 1)
    key = field[0] if field is not None else ""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def is_address(url: str) -> bool:
    """Tell whether a source's address is one: https, a host's full name, no blanks."""
    return _HOST.fullmatch(url) is not None
