"""What differs between two states of the registry, and the record of it that is kept."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from knowledge.aside import aside
from knowledge.model import Protocol
from knowledge.sources.registry import Row, Standing

RECORD_NAME = "registry-changes.jsonl"
KEPT = 20  # updates; older ones are forgotten

Said = tuple[str, ...]  # service names, or a standing alone
_UNLISTED: Said = (Standing.UNASSIGNED.value,)
_PRIORITY = tuple(Standing)  # what counts where the registry contradicts itself


class ChangeKind(StrEnum):
    """What happened to a port."""

    ADDED = "added"  # it is assigned, and was not
    REMOVED = "removed"  # it was assigned, and is not
    RENAMED = "renamed"  # it has other service names
    STATUS = "status"  # unassigned and reserved have changed places


@dataclass(frozen=True, slots=True)
class Change:
    """A port, or a run of ports, of which the registry says something else than before.

    Attributes:
        before: service names; or, for want of any, "reserved" or "unassigned" alone.
        after: likewise.
    """

    kind: ChangeKind
    first: int
    last: int
    protocol: Protocol
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """A record of one update.

    Attributes:
        at: when, in ISO 8601.
        date_before: the registry's date before, YYYY-MM-DD; "" where it is not known.
        date_after: likewise, after.
    """

    at: str
    date_before: str
    date_after: str
    changes: tuple[Change, ...]


def difference(old: Iterable[Row], new: Iterable[Row]) -> tuple[Change, ...]:
    """Return what has changed, sorted by port; ports that changed alike stand as one run."""
    was, now = _cells(old), _cells(new)
    runs: list[Change] = []
    for protocol in Protocol:
        for number in sorted(n for n, p in was.keys() | now.keys() if p is protocol):
            cell = (number, protocol)
            change = _change(*cell, was.get(cell), now.get(cell))
            if change is None:
                continue
            if runs and runs[-1].last == number - 1:
                longer = replace(runs[-1], last=number)
                if longer == replace(change, first=longer.first):
                    change = longer
                    runs.pop()
            runs.append(change)
    protocols = list(Protocol)
    return tuple(sorted(runs, key=lambda run: (run.first, protocols.index(run.protocol))))


def remember(directory: Path, update: Update) -> None:
    """Add an update to the record of a data directory.

    Raises:
        OSError: it cannot be written.
    """
    known = [update, *history(directory)][:KEPT]
    lines = [f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in reversed(known)]
    record = directory / RECORD_NAME
    with aside(record) as path:
        path.write_text("".join(lines), encoding="utf-8")
        path.replace(record)


def history(directory: Path) -> tuple[Update, ...]:
    """Return the recorded updates of a data directory, the newest first; bad lines left out."""
    try:
        lines = (directory / RECORD_NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(update for line in reversed(lines) for update in _read(line))


def _read(line: str) -> Iterator[Update]:
    try:
        values = json.loads(line)
        yield Update(
            values["at"],
            values["date_before"],
            values["date_after"],
            tuple(
                Change(
                    ChangeKind(change["kind"]),
                    change["first"],
                    change["last"],
                    Protocol(change["protocol"]),
                    tuple(change["before"]),
                    tuple(change["after"]),
                )
                for change in values["changes"]
            ),
        )
    except (ValueError, KeyError, TypeError):
        return


@dataclass(frozen=True, slots=True)
class _Cell:
    """What the registry says of one port and protocol."""

    standing: Standing
    names: tuple[str, ...]

    @property
    def said(self) -> Said:
        return self.names or (self.standing.value,)


def _cells(rows: Iterable[Row]) -> dict[tuple[int, Protocol], _Cell]:
    cells: dict[tuple[int, Protocol], _Cell] = {}
    for row in rows:
        names = (row.name,) if row.name else ()
        for number in row.numbers:
            for protocol in row.protocols:
                known = cells.get((number, protocol))
                if known is None or _counts_more(row.standing, known.standing):
                    cells[number, protocol] = _Cell(row.standing, names)
                elif known.standing is row.standing and names:
                    cells[number, protocol] = _Cell(row.standing, known.names + names)
    return cells


def _counts_more(one: Standing, other: Standing) -> bool:
    return _PRIORITY.index(one) < _PRIORITY.index(other)


def _change(
    number: int, protocol: Protocol, before: _Cell | None, after: _Cell | None
) -> Change | None:
    said_before = before.said if before else _UNLISTED
    said_after = after.said if after else _UNLISTED
    if sorted(said_before) == sorted(said_after):
        return None
    was_assigned = before is not None and before.standing is Standing.ASSIGNED
    is_assigned = after is not None and after.standing is Standing.ASSIGNED
    match was_assigned, is_assigned:
        case False, True:
            kind = ChangeKind.ADDED
        case True, False:
            kind = ChangeKind.REMOVED
        case True, True:
            kind = ChangeKind.RENAMED
        case _:
            kind = ChangeKind.STATUS
    return Change(kind, number, number, protocol, said_before, said_after)
