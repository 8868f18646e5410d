"""By which letter and colour a picture shows the status of a port."""

from collections import Counter
from enum import StrEnum
from typing import assert_never

from knowledge.model import Assigned, Dynamic, PortFacts, Reserved, Status, Unassigned


class Mark(StrEnum):
    """The status of a port, by its letter; the strongest first."""

    ASSIGNED = "A"
    RESERVED = "R"
    UNASSIGNED = "U"
    DYNAMIC = "D"


def mark_of(facts: PortFacts) -> Mark:
    """Return the strongest status that a port has for any protocol, as the census counts it."""
    found = {_mark(status) for status in facts.states.values()}
    return next(mark for mark in Mark if mark in found)


def tally(letters: bytes) -> dict[Mark, int]:
    """Return how many ports have each status, of one letter a port."""
    found = Counter(letters)
    return {mark: found[ord(mark)] for mark in Mark}


def _mark(status: Status) -> Mark:
    match status:
        case Assigned():
            return Mark.ASSIGNED
        case Reserved():
            return Mark.RESERVED
        case Unassigned():
            return Mark.UNASSIGNED
        case Dynamic():
            return Mark.DYNAMIC
        case _:
            assert_never(status)
