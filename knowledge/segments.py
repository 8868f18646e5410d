"""Cuts the 65,536 ports into segments within which the registry says the same of every port."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.model import MAX_PORT, USER_LAST, PortRange, Protocol
from knowledge.sources.registry import Row, Standing

Span = tuple[int, int]
State = tuple[str, str]  # a word of `model.status_word`, and the registry's reason

_PROTOCOLS = tuple(Protocol)  # to go through an enumeration itself takes longer
_DYNAMIC = ("dynamic", "")
_UNASSIGNED = ("unassigned", "")
_PRIORITY = {Standing.ASSIGNED: 0, Standing.RESERVED: 1, Standing.UNASSIGNED: 2}


@dataclass(slots=True)
class Segment:
    """Neighbouring ports of one range of RFC 6335 of which the same is said.

    Attributes:
        states: by protocol; one that the registry does not list is unassigned, or dynamic.
        assigned: places in the rows of those that assign it, by protocol; the name to show first.
        block: the unbroken block of ports that are unassigned for every protocol, or None.
        previous: the nearest lower assigned port outside the segment, or None.
        next: the nearest higher one.
        uses: places in the spans of uses that cover it.
        risks: likewise.
    """

    first: int
    last: int
    states: dict[Protocol, State] = field(default_factory=dict)
    assigned: dict[Protocol, list[int]] = field(default_factory=dict)
    block: Span | None = None
    previous: int | None = None
    next: int | None = None
    uses: list[int] = field(default_factory=list)
    risks: list[int] = field(default_factory=list)


def segments(
    rows: Sequence[Row],
    uses: Sequence[Span] = (),
    risks: Sequence[Span] = (),
    preferred: Mapping[tuple[int, Protocol], str] | None = None,
) -> tuple[Segment, ...]:
    """Return segments from 0 to 65535 without a gap, in order.

    Where the registry contradicts itself an assigned row counts more than a reserved one, and
    that more than an unassigned one: 7775 and 7997 stand in an unassigned block and are assigned.

    Args:
        rows: of the registry; the order of names of one port is kept.
        uses: (first, last) of each.
        risks: likewise.
        preferred: the name to show first, by port and protocol.
    """
    listed = [(row.first, row.last) for row in rows if row.first is not None]
    spans = [(first, last) for first, last in listed if last is not None]
    starts = _starts((*spans, *uses, *risks))
    cut = [Segment(first, after - 1) for first, after in pairwise((*starts, MAX_PORT + 1))]
    covering: list[list[int]] = [[] for _ in cut]
    for place, row in enumerate(rows):
        if row.first is not None and row.last is not None:
            for index in _covered(starts, (row.first, row.last)):
                covering[index].append(place)
    for segment, places in zip(cut, covering, strict=True):
        _settle(segment, [(place, rows[place]) for place in places])
    for place, span in enumerate(uses):
        for index in _covered(starts, span):
            cut[index].uses.append(place)
    for place, span in enumerate(risks):
        for index in _covered(starts, span):
            cut[index].risks.append(place)
    _prefer(cut, rows, preferred or {})
    _find_blocks(cut)
    _find_neighbours(cut)
    return tuple(cut)


def _starts(spans: Iterable[Span]) -> list[int]:
    bounds = {span.bounds[0] for span in PortRange}
    for first, last in spans:
        bounds |= {first, last + 1}
    return sorted(bounds - {MAX_PORT + 1})


def _covered(starts: list[int], span: Span) -> range:
    """Return the places of the segments that a span is made of."""
    return range(bisect_left(starts, span[0]), bisect_left(starts, span[1] + 1))


def _settle(segment: Segment, rows: list[tuple[int, Row]]) -> None:
    """Set what the rows that cover a segment make of it."""
    unlisted = _DYNAMIC if segment.first > USER_LAST else _UNASSIGNED
    segment.states = dict.fromkeys(_PROTOCOLS, unlisted)
    best: dict[Protocol, Row] = {}
    assigned: dict[Protocol, list[int]] = {}
    for place, row in rows:
        for protocol in row.protocols:
            other = best.get(protocol)
            if other is None or _PRIORITY[row.standing] < _PRIORITY[other.standing]:
                best[protocol] = row
                segment.states[protocol] = (row.standing.value, row.reason)
            if row.standing is Standing.ASSIGNED:
                assigned.setdefault(protocol, []).append(place)
    segment.assigned = {
        protocol: assigned[protocol] for protocol in _PROTOCOLS if protocol in assigned
    }


def _prefer(
    cut: Sequence[Segment], rows: Sequence[Row], preferred: Mapping[tuple[int, Protocol], str]
) -> None:
    """Put the better known name of a port first; the order of the others stays."""
    first = {segment.first: segment for segment in cut}
    for (number, protocol), name in preferred.items():
        segment = first.get(number)
        if segment is not None and protocol in segment.assigned:
            segment.assigned[protocol].sort(key=lambda place: rows[place].name != name)


def _find_blocks(cut: Sequence[Segment]) -> None:
    run: list[Segment] = []
    for segment in (*cut, None):
        if segment is not None and all(
            word == "unassigned" for word, _ in segment.states.values()
        ):
            run.append(segment)
            continue
        for member in run:
            member.block = (run[0].first, run[-1].last)
        run = []


def _find_neighbours(cut: Sequence[Segment]) -> None:
    previous: int | None = None
    for segment in cut:
        segment.previous = previous
        if segment.assigned:
            previous = segment.last
    following: int | None = None
    for segment in reversed(cut):
        segment.next = following
        if segment.assigned:
            following = segment.first
