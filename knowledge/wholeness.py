"""Tells whether a registry that came is IANA's, all of it, and makes sense."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from knowledge.model import USER_LAST, Protocol
from knowledge.sources import registry
from knowledge.sources.registry import NAME_LENGTH, RegistryError, Row

_LEAST = 0.9  # of what is known must be in the new registry, or it is not the whole
_COUNTS: Mapping[str, Callable[[Sequence[Row]], int]] = {
    "ports": lambda rows: len({number for row in rows for number in row.numbers}),
    "assignments": lambda rows: sum(len(row.assignments) for row in rows),
    "names without a port": lambda rows: sum(row.first is None for row in rows),
}
# RFC 6335 section 5.1 wants letters, digits and hyphens; 97 older names hold some of the others.
_NAME = re.compile(rf"[A-Za-z0-9*+\-./_]{{1,{NAME_LENGTH}}}")
_DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_whole(path: Path, old: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of a file that came, if it is IANA's registry and all of it.

    Args:
        path: the file.
        old: the rows that are known.

    Raises:
        RegistryError: it is not; the message is a sentence.
        OSError: the file cannot be read.
    """
    new = registry.read(path)
    with path.open("rb") as file:
        first = file.readline()
        file.seek(-1, os.SEEK_END)
        ending = file.read()
    if first.decode(errors="replace").startswith(",".join(registry.SNAPSHOT_COLUMNS)):
        raise RegistryError("The file is a snapshot of Portolan's own, not IANA's registry.")
    if ending != b"\n":
        raise RegistryError("The registry is cut off in its last line.")
    for row in new:
        _check(row)
    for what, count in _COUNTS.items():
        before, after = count(old), count(new)
        if after < _LEAST * before:
            raise RegistryError(
                f"The registry has {after} {what} where {before} are known: it is not the whole."
            )
    _compare(_assigned(old), _assigned(new))
    return new


def _check(row: Row) -> None:
    """Look at what no row of the registry ever holds.

    Raises:
        RegistryError: a row holds it.
    """
    if row.name and not _NAME.fullmatch(row.name):
        _fault(row, f"{_shown(row.name)} is no service name")
    if row.last is not None and row.last > USER_LAST:
        _fault(row, f"of the Dynamic Ports, from {USER_LAST + 1} on, none is ever assigned")
    for date in (row.registered, row.modified):
        if date and not _DATE.fullmatch(date):
            _fault(row, f"{_shown(date)} is no date")
    texts = (row.description, row.reason, row.assignee, row.reference, row.notes)
    if any(_CONTROL.search(text) for text in texts):
        _fault(row, "it holds control characters")


def _fault(row: Row, reason: str) -> None:
    place = row.name[:NAME_LENGTH] if row.first is None else f"port {row.first}"
    raise RegistryError(f"The registry makes no sense at {place}: {reason}.")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")  # noqa: PLR2004


def _assigned(rows: Iterable[Row]) -> Mapping[tuple[int, Protocol, str], int]:
    """Return how often each name stands at each port, by its first one if there are many."""
    found: dict[tuple[int, Protocol, str], int] = {}
    for row in rows:
        for assigned in row.assignments:
            key = assigned.first, assigned.protocol, assigned.name
            found[key] = found.get(key, 0) + 1
    return found


def _compare(
    old: Mapping[tuple[int, Protocol, str], int], new: Mapping[tuple[int, Protocol, str], int]
) -> None:
    """Hold the names against those that are known; of those few ever change.

    Raises:
        RegistryError: one stands there twice, or too many are gone.
    """
    for (number, protocol, name), count in new.items():
        if count > 1:
            raise RegistryError(
                f"The registry makes no sense: {name} stands at {number}/{protocol} {count} times."
            )
    still = len(old.keys() & new.keys())
    if still < _LEAST * len(old):
        raise RegistryError(
            f"The registry has {still} of the {len(old)} assignments that are known:"
            " it is not IANA's, or damaged."
        )
