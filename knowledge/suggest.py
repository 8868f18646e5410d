"""Picks ports for a service of one's own."""

from hashlib import sha256

from knowledge.base import KnowledgeBase
from knowledge.model import SYSTEM_LAST, USER_LAST, Question

EPHEMERAL_FROM = 10000  # FreeBSD's range, the lowest of today's systems, begins there
_USUAL = 3


def pick(base: KnowledgeBase, question: Question) -> tuple[int, ...]:
    """Return free ports, ascending; the same question gives the same ports.

    Free: unassigned, without a known use, risk or browser block, and inside the bounds that the
    question names; without bounds, from 1024 up and below every system's ephemeral range.
    """
    first, last = question.bounds or (SYSTEM_LAST + 1, EPHEMERAL_FROM - 1)
    last = min(last, USER_LAST)
    taken = set(question.ports)
    quiet = [n for n in base.free_ports(first, min(last, EPHEMERAL_FROM - 1)) if n not in taken]
    candidates = quiet or [n for n in base.free_ports(first, last) if n not in taken]
    count = min(question.count or _USUAL, len(candidates))
    if not count:
        return ()
    seed = int.from_bytes(sha256(question.text.encode("utf-8", "replace")).digest()[:8], "big")
    step = max(1, len(candidates) // count)
    offset = seed % len(candidates)
    return tuple(sorted({candidates[(offset + i * step) % len(candidates)] for i in range(count)}))
