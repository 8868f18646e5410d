"""Memory for many servers: our bot beside the same code with discord.py's defaults, in one run."""

import asyncio
import os
import re
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

import psutil

from knowledge.build import ensure
from tests.bench.bot import OURS, ROOT, Contestant, texts
from tests.bench.crowded import A_SHARD, CHANNELS, EMOJIS, ROLES

COUNTS = (0, 2_500, 25_000)  # servers
QUESTIONS = 50  # before the memory is read
PATIENCE_SECONDS = 300.0  # for one line of a process; discord.py starts a shard every 5 s
STUB_KIB = 2.0  # what a server may cost us; discord-platform.md measured 1.3 of Python objects

DEFAULTS = Contestant("its defaults", (sys.executable, "-m", "tests.bench.default_bot", "run"))
_READY = re.compile(rb"ready shard=(\d+)")


@dataclass(frozen=True, slots=True)
class Crowded:
    """What one process did.

    Attributes:
        ready_seconds: from the start of the process until each shard was ready.
        memory: resident after a few questions, in KiB.
        latency: of the slowest of those, in milliseconds.
    """

    ready_seconds: float
    memory: float
    latency: float


def environment(data: Path) -> dict[str, str]:
    """Return what both processes need, and nothing else of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PORTOLAN_DATA": str(data),
        "PORTOLAN_REFRESH": "false",
        "PORTOLAN_COOLDOWNS": "false",
        "PYTHONPATH": str(ROOT),
    }


async def line_of(process: Process) -> bytes:
    """Return the next line that a process prints.

    Raises:
        EOFError: it has ended.
    """
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        line = await process.stdout.readline()
    if not line:
        raise EOFError("the process has ended too early")
    return line


@asynccontextmanager
async def started(*command: str, data: Path, **settings: str) -> AsyncIterator[Process]:
    """Run a process while the context lasts; its standard streams are pipes."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=data, env=environment(data) | settings,
        stdin=PIPE, stdout=PIPE, stderr=STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        await process.communicate()


async def crowded(contestant: Contestant, guilds: int, data: Path) -> Crowded:
    """Return what a fresh process of the bot does on a fresh playground of so many servers."""
    shards = max(1, ceil(guilds / A_SHARD))
    serve = (sys.executable, "-m", "tests.bench.crowded", str(guilds))
    async with started(*serve, data=data) as playground:
        api, gateway, token = (await line_of(playground)).decode().split()
        settings = {
            "DISCORD_API_URL": api,
            "DISCORD_GATEWAY_URL": gateway,
            "DISCORD_TOKEN": token,
            "SHARD_COUNT": str(shards),
        }
        begun = time.perf_counter()
        async with started(*contestant.command, data=data, **settings) as bot:
            ready: set[bytes] = set()
            while len(ready) < shards:
                ready |= set(_READY.findall(await line_of(bot)))
            ready_seconds = time.perf_counter() - begun
            latency = max([await asked(playground, text) for text in texts()[:QUESTIONS]])
            memory = psutil.Process(bot.pid).memory_info().rss / 1024
            return Crowded(ready_seconds, memory, latency)


async def asked(playground: Process, question: str) -> float:
    """Let Ada ask, and return the milliseconds until the answer."""
    assert playground.stdin is not None
    playground.stdin.write(f"{question}\n".encode())
    return float(await line_of(playground))


async def rounds() -> dict[int, tuple[Crowded, Crowded]]:
    """Return what our bot and the one with the defaults did, by the number of servers."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        ensure(data, now=datetime.now(UTC)).close()
        return {
            count: (await crowded(OURS, count, data), await crowded(DEFAULTS, count, data))
            for count in COUNTS
        }


def report() -> None:
    """Print both side by side, and what a server costs each."""
    found = asyncio.run(rounds())
    print(
        f"servers of {CHANNELS} channels, {ROLES} roles, {EMOJIS} emojis; {A_SHARD:,} a shard;\n"
        f"memory resident after {QUESTIONS} questions; discord.py starts a shard every 5 s\n"
    )
    print(f"{'':<36}{OURS.name:>12}{DEFAULTS.name:>16}{'ratio':>9}")
    empty, dearest = found[0], 0.0
    for count, both in found.items():
        print(_line(f"{count:,} servers: MiB", [each.memory / 1024 for each in both]))
        print(_line("  seconds until every shard is ready", [each.ready_seconds for each in both]))
        print(_line("  slowest answer, ms", [each.latency for each in both]))
        if count:
            per_guild = [
                (each.memory - none.memory) / count for each, none in zip(both, empty, strict=True)
            ]
            print(_line("  KiB a server", per_guild, ".2f"))
            dearest = max(dearest, per_guild[0])
    holds = "holds" if dearest <= STUB_KIB else "DOES NOT HOLD"
    print(f"\n{holds:<14} at most {STUB_KIB:g} KiB a server: {dearest:.2f}")


def _line(name: str, both: Sequence[float], form: str = ".1f") -> str:
    ours, defaults = both
    return f"{name:<36}{ours:>12{form}}{defaults:>16{form}}{defaults / ours:>9.1f}"
