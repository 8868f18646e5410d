"""How long the pictures take to draw, how large they are, and what Pillow costs; one run."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial

from bot.pictures import hilbert, neighbourhood
from bot.pictures.atlas import Atlas
from bot.pictures.surroundings import Surroundings, around
from knowledge.base import KnowledgeBase
from knowledge.phrasebook import ENGLISH
from tests.bench.knowledge import shipped

SLOWEST = 300.0  # milliseconds, of a picture that nobody has asked for before
LARGEST = {"the 64 ports around": 60, "all ports": 150}  # KiB
ASKED = (0, 22, 80, 443, 576, 756, 3306, 8080, 8443, 25565, 49151, 51820, 60156, 65535)
_MEMORY = """
import resource, sys
from knowledge.phrasebook import ENGLISH
def held():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
before = held()
from bot.pictures import hilbert
hilbert.draw(b"A" * 65536, ENGLISH, 443)
print(held() - before)
"""


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call computes: what else runs on the machine does not count."""
    start = time.thread_time_ns()
    call()
    return (time.thread_time_ns() - start) / 1e6


def memory() -> str:
    """Return how many MiB a process of its own grows by with Pillow and the map of all ports."""
    if not sys.platform.startswith("linux"):
        return "?"
    done = subprocess.run(
        (sys.executable, "-c", _MEMORY), capture_output=True, text=True, check=True
    )
    return f"{float(done.stdout):.0f}"


async def cached(atlas: Atlas, ways: list[Callable[[Atlas], Awaitable[bytes]]]) -> list[float]:
    """Return how long each picture takes when it is asked for again."""
    taken = []
    for way in ways:
        await way(atlas)
        start = time.perf_counter_ns()
        await way(atlas)
        taken.append((time.perf_counter_ns() - start) / 1e6)
    return taken


def measure(base: KnowledgeBase) -> None:
    """Print the figures."""
    statuses = milliseconds(lambda: base.statuses)
    facts = [milliseconds(partial(around, number, base.facts)) for number in ASKED]
    views = [around(number, base.facts) for number in ASKED]

    async def near(view: Surroundings, atlas: Atlas) -> bytes:
        return await atlas.around(view, ENGLISH)

    async def everything(number: int, atlas: Atlas) -> bytes:
        return await atlas.all(base.statuses, ENGLISH, number)

    ways: dict[str, tuple[list[Callable[[], bytes]], list[Callable[[Atlas], Awaitable[bytes]]]]]
    ways = {
        "the 64 ports around": (
            [partial(neighbourhood.draw, view, ENGLISH) for view in views],
            [partial(near, view) for view in views],
        ),
        "all ports": (
            [partial(hilbert.draw, base.statuses, ENGLISH, number) for number in ASKED],
            [partial(everything, number) for number in ASKED],
        ),
    }
    print(f"{'picture':<22}{'first ms':>10}{'next ms':>10}{'worst':>8}{'cached':>9}{'KiB':>7}")
    for name, (draws, asks) in ways.items():
        first, *others = [milliseconds(draw) for draw in draws]
        again = statistics.median(asyncio.run(cached(Atlas(), asks)))
        largest = max(len(draw()) for draw in draws) / 1024
        print(
            f"{name:<22}{first:>10.0f}{statistics.median(others):>10.0f}{max(others):>8.0f}"
            f"{again:>9.3f}{largest:>7.0f}"
        )
        fast, small = max(first, *others) <= SLOWEST, largest <= LARGEST[name]
        print(f"{'holds' if fast else 'DOES NOT HOLD':<14} at most {SLOWEST:g} ms each")
        print(f"{'holds' if small else 'DOES NOT HOLD':<14} at most {LARGEST[name]} KiB")
    print(
        f"\nBefore a picture the facts are taken: {statistics.median(facts):.1f} ms for 64 ports"
    )
    print(f"(worst {max(facts):.1f}), {statuses:.1f} ms once for all.")
    print(f"Pillow and the first map of all ports: {memory()} MiB of memory.")


def report() -> None:
    """Print the figures of the shipped knowledge."""
    with shipped() as (base, _, _):
        measure(base)
