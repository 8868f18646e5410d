"""Runs the real bot as a process of its own, and soaks it: what came of that, and its memory."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

import psutil

from bot.playground import Intent, Playground
from tests.soak.driver import PATIENCE_SECONDS, Soak
from tests.soak.people import crew

ROOT = Path(__file__).parents[2]
LOG_NAME = "soak.log"
SAMPLES = 20  # of the memory, evenly spread over the run
BAD_LEVELS = (" WARNING ", " ERROR ", " CRITICAL ")
# discord.py notes when it sent a heartbeat in another thread, at times after the answer has come:
# then it takes the heartbeat before for the one that was answered.
HARMLESS = "Can't keep up"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of a run.

    Attributes:
        counts: how often each kind of interaction was done.
        memory: resident, in MiB, from the start to the end.
        complaints: warnings and errors of the bot's log.
        status: the exit status of the bot, which was asked to end.
        seconds: that the interactions took.
    """

    counts: Counter[str]
    memory: tuple[float, ...]
    complaints: tuple[str, ...]
    status: int
    seconds: float

    def growth(self, warm_up: float = 0.5) -> float:
        """Return by how many MiB the memory grew after the first part of the run.

        The medians of the samples around both moments are compared: a single one may catch the
        bot in the middle of an answer.
        """
        first = int(len(self.memory) * warm_up)
        return _median(self.memory[-3:]) - _median(self.memory[first - 1 : first + 2])


def _median(values: tuple[float, ...]) -> float:
    return sorted(values)[len(values) // 2]


async def soak(data: Path, count: int, *, seed: int, openapi: Path | None) -> Soaked:
    """Do `count` random interactions with the bot.

    Args:
        data: a data directory with a knowledge base, where the log goes as well.
        count: of interactions.
        seed: of the random choices.
        openapi: Discord's description, to judge every request by.

    Raises:
        UnansweredError: something was not answered, or not once, or badly.
    """
    memory = []
    async with (
        Playground(
            openapi=openapi, patience=PATIENCE_SECONDS, granted=Intent.MESSAGE_CONTENT
        ) as playground,
        _bot(playground, data) as bot,
    ):
        await playground.connected()
        soaking = Soak(playground, await crew(playground), Random(seed))
        playground.records.requests.clear()
        process = psutil.Process(bot.pid)
        begun = perf_counter()
        for number in range(1, count + 1):
            await soaking.step()
            if number % max(1, count // SAMPLES) == 0:
                await playground.settled()
                soaking.check()
                memory.append(process.memory_info().rss / 2**20)
        seconds = perf_counter() - begun
    log = (data / LOG_NAME).read_text(encoding="utf-8").splitlines()
    complaints = tuple(
        line for line in log if any(level in line for level in BAD_LEVELS) and HARMLESS not in line
    )
    return Soaked(soaking.counts, tuple(memory), complaints, bot.returncode or 0, seconds)


@asynccontextmanager
async def _bot(playground: Playground, data: Path) -> AsyncIterator[Process]:
    """Run the bot on a playground while the context lasts, its log in a file."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_URL": playground.rest_url,
        "PORTOLAN_DATA": str(data),
        "PORTOLAN_REFRESH": "false",
        "PORTOLAN_MESSAGE_CONTENT": "true",
        "PORTOLAN_COOLDOWNS": "false",
        "PYTHONPATH": str(ROOT),
    }
    with (data / LOG_NAME).open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=data, env=kept | settings, stdin=DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                process.terminate()
            await process.wait()
