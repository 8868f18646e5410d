"""Holds a claim against what is known: the registry first, then uses, risks and articles."""

from typing import assert_never

from knowledge.claims.judge_ranges import judge_bounds, judge_share, judge_size, judge_within
from knowledge.claims.judge_registry import (
    judge_block,
    judge_block_size,
    judge_service,
    judge_state,
    judge_surrounded,
)
from knowledge.claims.judge_uses import judge_malware, judge_quiet, judge_use
from knowledge.claims.kinds import (
    BlockClaim,
    BlockSizeClaim,
    BoundsClaim,
    Claim,
    MalwareClaim,
    QuietClaim,
    ServiceClaim,
    ShareClaim,
    SizeClaim,
    StateClaim,
    SurroundedClaim,
    UseClaim,
    WithinClaim,
)
from knowledge.claims.known import Judgement, Knowledge


def judge(claim: Claim, known: Knowledge) -> Judgement | None:  # noqa: C901, PLR0911, PLR0912 one line a kind
    """Return what is known about a claim, or None where it says too little to be judged."""
    match claim:
        case StateClaim():
            return judge_state(claim, known)
        case ServiceClaim():
            return judge_service(claim, known)
        case UseClaim():
            return judge_use(claim, known)
        case MalwareClaim():
            return judge_malware(claim, known)
        case QuietClaim():
            return judge_quiet(claim, known)
        case BoundsClaim():
            return judge_bounds(claim, known)
        case WithinClaim():
            return judge_within(claim, known)
        case BlockClaim():
            return judge_block(claim, known)
        case SizeClaim():
            return judge_size(claim, known)
        case BlockSizeClaim():
            return judge_block_size(claim, known)
        case ShareClaim():
            return judge_share(claim)
        case SurroundedClaim():
            return judge_surrounded(claim, known)
        case _:
            assert_never(claim)
