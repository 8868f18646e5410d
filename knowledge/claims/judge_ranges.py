"""Holds claims about ranges and counts of ports against RFC 6335."""

from collections.abc import Iterator
from typing import assert_never

from knowledge.claims.findings import Verdict
from knowledge.claims.kinds import BoundsClaim, Relation, ShareClaim, SizeClaim, WithinClaim
from knowledge.claims.known import REGISTRY, RFC_6335, Judgement, Knowledge
from knowledge.model import MAX_PORT, PortRange, Source, range_of

ALL_PORTS = MAX_PORT + 1
NEAR = 2  # a bound that is off by no more is meant to be the true one
ABOUT = 0.03  # how far off "about" may be
PERCENT_POINTS = 0.6


def _ranges() -> str:
    return "System Ports 0-1023, User Ports 1024-49151, Dynamic Ports 49152-65535 (RFC 6335)."


def _ephemeral_spans(known: Knowledge) -> Iterator[tuple[int, int]]:
    seen = set()
    for number in (700, 1024, 1025, 10000, 32768, 49152):
        for handed in known.facts(number).ephemeral:
            if (handed.first, handed.last) not in seen:
                seen.add((handed.first, handed.last))
                yield handed.first, handed.last


def judge_bounds(claim: BoundsClaim, known: Knowledge) -> Judgement | None:
    """Return how the bounds of a range stand to RFC 6335 and to what systems choose."""
    first, last = claim.range.bounds
    if (claim.first, claim.last) == (first, last):
        return Judgement(Verdict.SUPPORTED, _ranges(), RFC_6335)
    if claim.range is PortRange.DYNAMIC:
        if (claim.first, claim.last) in set(_ephemeral_spans(known)):
            fact = f"A default range of an operating system is {claim.first}-{claim.last}."
            return Judgement(Verdict.SUPPORTED, fact, Source("Portolan: ephemeral ranges"))
        near = abs(claim.first - first) <= NEAR or (not claim.ephemeral and claim.last == last)
        beyond = False
    else:
        near = abs(claim.first - first) <= NEAR or abs(claim.last - last) <= NEAR
        beyond = claim.first < first or claim.last > last
    whole = abs(claim.first - first) <= NEAR and abs(claim.last - last) <= NEAR
    if whole or (near and (claim.sure or beyond)):
        return Judgement(Verdict.CONTRADICTED, _ranges(), RFC_6335)
    return None


def judge_within(claim: WithinClaim, known: Knowledge) -> Judgement:
    """Return whether a port lies in the range that it is said to lie in."""
    true = range_of(claim.number)
    if true is claim.range:
        return Judgement(
            Verdict.SUPPORTED,
            f"Port {claim.number} is one of the {true} ({true.bounds[0]}-{true.bounds[1]}).",
            RFC_6335,
        )
    if claim.ephemeral and known.facts(claim.number).ephemeral:
        systems = ", ".join(dict.fromkeys(e.system for e in known.facts(claim.number).ephemeral))
        fact = f"Port {claim.number} is in the default ephemeral range of {systems}."
        return Judgement(Verdict.SUPPORTED, fact, Source("Portolan: ephemeral ranges"))
    return Judgement(
        Verdict.CONTRADICTED,
        f"Port {claim.number} is one of the {true} ({true.bounds[0]}-{true.bounds[1]}).",
        RFC_6335,
    )


def judge_size(claim: SizeClaim, known: Knowledge) -> Judgement | None:
    """Return whether there are as many numbers as a text says."""
    match claim.of:
        case None:
            true, what = ALL_PORTS, "There are 65,536 port numbers, 0 to 65535"
        case PortRange():
            first, last = claim.of.bounds
            true, what = last - first + 1, f"{claim.of} {first}-{last} are {last - first + 1:,}"
        case (first, last):
            true, what = last - first + 1, f"{first}-{last} are {last - first + 1:,} ports"
    source = REGISTRY if isinstance(claim.of, tuple) else RFC_6335
    if _relates(claim.count, true, claim.relation):
        return Judgement(Verdict.SUPPORTED, f"{what}.", source)
    if claim.ephemeral or claim.of is PortRange.DYNAMIC:
        sizes = [last - first + 1 for first, last in _ephemeral_spans(known)]
        if any(_relates(claim.count, size, claim.relation) for size in sizes):
            fact = f"An operating system's default range has {claim.count:,} ports."
            return Judgement(Verdict.SUPPORTED, fact, Source("Portolan: ephemeral ranges"))
        if claim.ephemeral and abs(claim.count - true) > NEAR:
            return None
    return Judgement(Verdict.CONTRADICTED, f"{what}.", source)


def _relates(said: float, true: float, relation: Relation) -> bool:
    match relation:
        case Relation.EXACT:
            return said == true
        case Relation.ABOUT:
            return abs(said - true) <= ABOUT * true
        case Relation.LESS:
            return true < said
        case Relation.MORE:
            return true > said
        case _:
            assert_never(relation)


def judge_share(claim: ShareClaim) -> Judgement:
    """Return whether a range is as large a part of all numbers as a text says."""
    first, last = claim.range.bounds
    share = 100 * (last - first + 1) / ALL_PORTS
    if claim.relation in (Relation.LESS, Relation.MORE):
        right = _relates(claim.percent, share, claim.relation)
    else:
        right = abs(claim.percent - share) <= max(
            PERCENT_POINTS, 0.1 * share * (claim.relation is Relation.ABOUT)
        )
    fact = f"{claim.range} are {last - first + 1:,} of {ALL_PORTS:,} numbers, {share:.2f} %."
    return Judgement(Verdict.SUPPORTED if right else Verdict.CONTRADICTED, fact, RFC_6335)
