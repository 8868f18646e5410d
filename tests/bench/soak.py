"""Ten thousand mixed interactions with the real bot: is each answered once, and memory flat?"""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from knowledge.build import ensure
from tests.soak.run import Soaked, soak

INTERACTIONS = 10_000
SEED = 576
# From the middle of the run to its end: what the bot remembers is bounded, but fills slowly
# (thousands of ids, a thousand conversations, the last pictures and texts of cards).
MOST_GROWTH_MIB = 10.0
OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"


async def soaked() -> Soaked:
    """Return what came of it, in a fresh data directory."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        ensure(data, now=datetime.now(UTC)).close()
        openapi = OPENAPI if OPENAPI.is_file() else None
        return await soak(data, INTERACTIONS, seed=SEED, openapi=openapi)


def report() -> None:
    """Print what was done, the memory from start to end, and whether it stays."""
    found = asyncio.run(soaked())
    print(
        f"{INTERACTIONS:,} interactions in {found.seconds:.0f} s, seed {SEED}; all answered once,"
    )
    print("no request refused, none unknown" + (", each valid" if OPENAPI.is_file() else ""))
    for name, count in found.counts.most_common():
        print(f"  {name:<28}{count:>7,}")
    print("resident MiB: " + " ".join(f"{each:.0f}" for each in found.memory))
    for line in found.complaints:
        print(line)
    growth = found.growth()
    for text, holds in (
        (f"at most {MOST_GROWTH_MIB:g} MiB more in the second half: {growth:.1f}",
         growth <= MOST_GROWTH_MIB),
        (f"no warning and no error in its log: {len(found.complaints)}", not found.complaints),
        (f"it ends as asked: status {found.status}", found.status == 0),
    ):  # fmt: skip
        print(f"{'holds' if holds else 'DOES NOT HOLD':<14} {text}")
