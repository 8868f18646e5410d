"""The bot beside a bare discord.py echo bot, each a process of its own on a playground here."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from bot.playground import Playground
from bot.playground.state import Message
from knowledge.build import ensure
from tests.bench.knowledge import questions

ROOT = Path(__file__).parents[2]
ROUNDS = 5  # of both, in turns
CHANNELS = 51  # discord.py sends one message after the other in each; no multiple of EACH
WARM_UP = 100  # messages
SINGLE = 200  # messages, each sent when the one before it is answered
BURST = 800  # messages at once
TALK = 3000  # messages at once, most of them between people
EACH = 20  # of them, one in so many is for the bot
CROWD = 2499  # servers besides ours: with it what Discord allows a shard
PATIENCE_SECONDS = 60.0

# DESIGN.md's budgets.
RATE_RATIO = 0.7
MEMORY_MIB = 40.0
READY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot: the command that starts it, with the settings of `portolan run`."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one process did.

    Attributes:
        ready_seconds: from the start of the process until the gateway has sent READY.
        latencies: of single messages, in milliseconds.
        rate: messages a second in a burst of questions.
        talk: messages a second where one in twenty is a question.
        cpu: processor milliseconds of the bot, for a message of the burst.
        server_cpu: the same of this process, which plays Discord.
        memory: resident after the burst, in MiB.
    """

    ready_seconds: float
    latencies: tuple[float, ...]
    rate: float
    talk: float
    cpu: float
    server_cpu: float
    memory: float


ECHO = Contestant("echo bot", (sys.executable, str(Path(__file__).with_name("echo_bot.py"))))
OURS = Contestant("Portolan", (sys.executable, "-m", "bot", "run"))


@asynccontextmanager
async def running(
    contestant: Contestant, playground: Playground, data: Path
) -> AsyncIterator[tuple[psutil.Process, float]]:
    """Start the bot; yield its process and the seconds until it was ready."""
    settings = {
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_URL": playground.rest_url,
        "DISCORD_GATEWAY_URL": playground.gateway_url,
        "PORTOLAN_DATA": str(data),
        "PORTOLAN_REFRESH": "false",
        "PORTOLAN_COOLDOWNS": "false",  # one person asks it all
        "PYTHONPATH": str(ROOT),
        "SHARD_COUNT": "1",  # the echo bot has but one
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *contestant.command,
        cwd=data,
        env=kept | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await playground.connected()
        yield psutil.Process(process.pid), time.perf_counter() - begun
    finally:
        process.terminate()
        await process.wait()


def texts() -> list[str]:
    """Return the questions of the question set that have an answer."""
    return [row["q"] for row in questions() if "none" not in row["expect"]["intent"]]


async def burst(
    playground: Playground, channels: Sequence[Any], asked: Sequence[str], each: int = 1
) -> float:
    """Send all texts at once, one in `each` to the bot; return how many it handled a second.

    The last one is to the bot, which hears them in their order.
    """
    post = playground.ada.post
    messages: list[Message] = [
        await post(channel, text, mention=(len(asked) - number) % each == 0)
        for number, channel, text in zip(range(1, len(asked) + 1), cycle(channels), asked)
    ]
    called = [message for message in messages if message.mentions]
    async with asyncio.timeout(PATIENCE_SECONDS):
        for message in called:
            await message.answered.wait()
    last = max(message.answers[0].born for message in called)
    return len(messages) / (last - messages[0].born)


async def single(playground: Playground, asked: Sequence[str]) -> tuple[float, ...]:
    """Ask one after the other, and return how long each answer took, in milliseconds."""
    taken = []
    for text in asked:
        message = await playground.ada.post(playground.channel, text, mention=True)
        reply = await playground.answer(message)
        taken.append(reply.latency * 1000)
    return tuple(taken)


async def compete(contestant: Contestant, data: Path) -> Round:
    """Return what a fresh process of the bot does on a fresh playground."""
    asked = cycle(texts())
    async with Playground(patience=PATIENCE_SECONDS) as playground:
        channels = [
            await playground.add_channel(playground.guild, f"c{n}") for n in range(CHANNELS)
        ]
        async with running(contestant, playground, data) as (process, ready_seconds):
            await burst(playground, channels, tuple(islice(asked, WARM_UP)))
            latencies = await single(playground, tuple(islice(asked, SINGLE)))
            before, here = process.cpu_times(), time.process_time()
            rate = await burst(playground, channels, tuple(islice(asked, BURST)))
            after, now = process.cpu_times(), time.process_time()
            talk = await burst(playground, channels, tuple(islice(asked, TALK)), EACH)
            spent = after.user + after.system - before.user - before.system
            return Round(
                ready_seconds,
                latencies,
                rate,
                talk,
                spent / BURST * 1000,
                (now - here) / BURST * 1000,
                _mebibytes(process),
            )


async def among_many(contestant: Contestant, data: Path) -> float:
    """Return the bot's resident memory in MiB on 2,500 servers, after a few messages."""
    async with (
        Playground(patience=PATIENCE_SECONDS, guilds=CROWD) as playground,
        running(contestant, playground, data) as (process, _),
    ):
        await single(playground, texts()[:WARM_UP])
        return _mebibytes(process)


def _mebibytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _percentile(found: Sequence[Round], part: float) -> float:
    latencies = sorted(ms for each in found for ms in each.latencies)
    return latencies[int(part * (len(latencies) - 1))]


async def rounds() -> tuple[dict[str, list[Round]], tuple[float, float]]:
    """Return the rounds of both, and their memory on 2,500 servers."""
    found: dict[str, list[Round]] = {ECHO.name: [], OURS.name: []}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        ensure(data, now=datetime.now(UTC)).close()
        for number in range(ROUNDS):
            for contestant in (ECHO, OURS) if number % 2 == 0 else (OURS, ECHO):
                found[contestant.name].append(await compete(contestant, data))
        crowded = await among_many(ECHO, data), await among_many(OURS, data)
    return found, crowded


def _line(name: str, both: tuple[float, float], form: str = ".1f") -> str:
    echo, ours = both
    return f"{name:<40}{echo:>11{form}}{ours:>11{form}}{ours / echo:>9.2f}{ours - echo:>+11{form}}"


def _judge(text: str, *, holds: bool) -> None:
    print(f"{'holds' if holds else 'DOES NOT HOLD':<14} {text}")


def report() -> None:
    """Print both side by side, and what DESIGN's budgets say of them."""
    found, crowded = asyncio.run(rounds())
    echo, ours = found[ECHO.name], found[OURS.name]

    def middle(of: Callable[[Round], float]) -> tuple[float, float]:
        return statistics.median(map(of, echo)), statistics.median(map(of, ours))

    def percentile(part: float) -> tuple[float, float]:
        return _percentile(echo, part), _percentile(ours, part)

    rate, talk = middle(lambda each: each.rate), middle(lambda each: each.talk)
    memory = middle(lambda each: each.memory)
    ready = middle(lambda each: each.ready_seconds)
    print(f"{ROUNDS} rounds of each, in turns; bursts of {BURST} mentions in {CHANNELS} channels")
    print(f"{'':<40}{ECHO.name:>11}{OURS.name:>11}{'ratio':>9}{'more':>11}")
    print(_line("questions a second, in a burst", rate))
    print(_line(f"messages a second, one in {EACH} a question", talk))
    print(_line("processor ms a message, bot", middle(lambda each: each.cpu), ".2f"))
    print(_line("processor ms a message, playground", middle(lambda each: each.server_cpu), ".2f"))
    print(_line("latency of one message, median ms", percentile(0.5), ".2f"))
    print(_line("latency of one message, p99 ms", percentile(0.99), ".2f"))
    print(_line("resident memory after it, MiB", memory))
    print(_line("resident memory on 2,500 servers, MiB", crowded))
    print(_line("seconds from process start to READY", ready, ".2f"))
    print()
    more, later = memory[1] - memory[0], ready[1] - ready[0]
    for handled, of in ((rate, "all of them questions"), (talk, f"one in {EACH} a question")):
        ratio = handled[1] / handled[0]
        _judge(
            f"at least {RATE_RATIO:g} of its messages a second, {of}: {ratio:.2f}",
            holds=ratio >= RATE_RATIO,
        )
    _judge(f"at most {MEMORY_MIB:g} MiB over its memory: {more:.1f}", holds=more <= MEMORY_MIB)
    _judge(
        f"ready at most {READY_SECONDS:g} s after it: {later:.2f}", holds=later <= READY_SECONDS
    )
