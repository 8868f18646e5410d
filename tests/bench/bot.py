"""The bot beside a bare discord.py echo bot, each a process of its own on a playground here."""

import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import psutil

from bot.playground import Playground
from bot.playground.state import Channel, Message
from knowledge.build import ensure
from tests.bench.knowledge import questions

ROOT = Path(__file__).parents[2]
ROUNDS = 7  # in each both do the same, one after the other, and in turns the other first
CHANNELS = 51  # discord.py sends one message after the other in each; no multiple of EACH
WARM_UP = 100  # messages
SINGLE = 200  # messages, each sent when the one before it is answered
# A second of work or more, so that what else the machine does is a small part of it.
BURST = 1500  # messages at once
TALK = 12_000  # messages at once, most of them between people
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
class Load:
    """How a process bore many messages at once.

    Attributes:
        rate: messages a second.
        cpu: processor milliseconds of the bot, for a message.
        server_cpu: the same of this process, which plays Discord.
    """

    rate: float
    cpu: float
    server_cpu: float


@dataclass(frozen=True, slots=True)
class Round:
    """What one process did.

    Attributes:
        ready_seconds: from the start of the process until the gateway has sent READY.
        latencies: of single messages, in milliseconds.
        burst: where all messages are questions.
        talk: where one in twenty is.
        memory: resident after all, in MiB.
    """

    ready_seconds: float
    latencies: tuple[float, ...]
    burst: Load
    talk: Load
    memory: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A process of a bot on a playground of its own."""

    playground: Playground
    channels: Sequence[Channel]
    process: psutil.Process
    ready_seconds: float
    asked: Iterator[str] = field(default_factory=lambda: cycle(texts()))

    def texts(self, count: int) -> tuple[str, ...]:
        """Return the next questions; they are the same for every bot."""
        return tuple(islice(self.asked, count))


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
    playground: Playground, channels: Sequence[Channel], asked: Sequence[str], each: int = 1
) -> float:
    """Send all texts at once, one in `each` to the bot; return how many it handled a second.

    The last one is to the bot, which hears them in their order. Discord takes answers while people
    talk, so ours turns to them after each message for the bot.
    """
    post = playground.ada.post
    messages: list[Message] = []
    for number, (channel, text) in enumerate(zip(cycle(channels), asked, strict=False), 1):
        to_bot = (len(asked) - number) % each == 0
        messages.append(await post(channel, text, mention=to_bot))
        if to_bot:
            await asyncio.sleep(0)
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


async def load(stage: Stage, count: int, each: int = 1) -> Load:
    """Send so many messages at once, one in `each` to the bot, and return how it bore them."""
    asked = stage.texts(count)
    gc.collect()
    gc.freeze()  # what was said before costs the playground of neither bot anything
    before, here = stage.process.cpu_times(), time.process_time()
    rate = await burst(stage.playground, stage.channels, asked, each)
    after, now = stage.process.cpu_times(), time.process_time()
    gc.unfreeze()
    spent = after.user + after.system - before.user - before.system
    return Load(rate, spent / count * 1000, (now - here) / count * 1000)


@asynccontextmanager
async def staged(contestant: Contestant, data: Path) -> AsyncIterator[Stage]:
    """Start a fresh process on a fresh playground, and warm it up."""
    async with Playground(patience=PATIENCE_SECONDS) as playground:
        channels = [
            await playground.add_channel(playground.guild, f"c{n}") for n in range(CHANNELS)
        ]
        async with running(contestant, playground, data) as (process, ready_seconds):
            stage = Stage(playground, channels, process, ready_seconds)
            await burst(playground, channels, stage.texts(WARM_UP))
            yield stage


async def compete(order: Sequence[Contestant], data: Path) -> dict[str, Round]:
    """Return what fresh processes do, by name: the same, one right after the other."""
    async with AsyncExitStack() as stack:
        stages = [await stack.enter_async_context(staged(each, data)) for each in order]
        latencies = [await single(each.playground, each.texts(SINGLE)) for each in stages]
        bursts = [await load(each, BURST) for each in stages]
        talks = [await load(each, TALK, EACH) for each in stages]
        memory = [_mebibytes(each.process) for each in stages]
        ready = [each.ready_seconds for each in stages]
        rounds = map(Round, ready, latencies, bursts, talks, memory)
        return {each.name: found for each, found in zip(order, rounds, strict=True)}


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
            order = (ECHO, OURS) if number % 2 == 0 else (OURS, ECHO)
            for name, each in (await compete(order, data)).items():
                found[name].append(each)
        crowded = await among_many(ECHO, data), await among_many(OURS, data)
    return found, crowded


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of both: the medians, and the median of the rounds' ratios."""

    echo: float
    ours: float
    ratio: float

    def line(self, name: str, form: str = ".1f") -> str:
        """Return a line of the table."""
        more = self.ours - self.echo
        return (
            f"{name:<40}{self.echo:>11{form}}{self.ours:>11{form}}{self.ratio:>9.2f}"
            f"{more:>+11{form}}"
        )


def _judge(text: str, *, holds: bool) -> None:
    print(f"{'holds' if holds else 'DOES NOT HOLD':<14} {text}")


def report() -> None:
    """Print both side by side, and what DESIGN's budgets say of them."""
    found, crowded = asyncio.run(rounds())
    echo, ours = found[ECHO.name], found[OURS.name]

    def compared(of: Callable[[Round], float]) -> Compared:
        each, other = [*map(of, echo)], [*map(of, ours)]
        ratios = [ours / echo for echo, ours in zip(each, other, strict=True)]
        return Compared(*map(statistics.median, (each, other, ratios)))

    def told(echo: float, ours: float) -> Compared:
        return Compared(echo, ours, ours / echo)

    burst, talk = compared(lambda each: each.burst.rate), compared(lambda each: each.talk.rate)
    memory = compared(lambda each: each.memory)
    ready = compared(lambda each: each.ready_seconds)
    print(f"{ROUNDS} rounds, both in turns: medians of them, and of their ratios.")
    print(f"A burst is {BURST:,} questions, a talk {TALK:,} messages, in {CHANNELS} channels.")
    print(f"{'':<40}{ECHO.name:>11}{OURS.name:>11}{'ratio':>9}{'more':>11}")
    print(burst.line("questions a second, in a burst"))
    print(compared(lambda each: each.burst.cpu).line("  processor ms of each, bot", ".3f"))
    print(compared(lambda each: each.burst.server_cpu).line("  and playground", ".3f"))
    print(talk.line(f"messages a second, one in {EACH} a question"))
    print(compared(lambda each: each.talk.cpu).line("  processor ms of each, bot", ".3f"))
    print(compared(lambda each: each.talk.server_cpu).line("  and playground", ".3f"))
    for name, part in (("median", 0.5), ("p99", 0.99)):
        latency = told(_percentile(echo, part), _percentile(ours, part))
        print(latency.line(f"latency of one message, {name} ms", ".2f"))
    print(memory.line("resident memory after it, MiB"))
    print(told(*crowded).line("resident memory on 2,500 servers, MiB"))
    print(ready.line("seconds from process start to READY", ".2f"))
    print()
    for handled, of in ((burst, "all of them questions"), (talk, f"one in {EACH} a question")):
        _judge(
            f"at least {RATE_RATIO:g} of its messages a second, {of}: {handled.ratio:.2f}",
            holds=handled.ratio >= RATE_RATIO,
        )
    more, later = memory.ours - memory.echo, ready.ours - ready.echo
    _judge(f"at most {MEMORY_MIB:g} MiB over its memory: {more:.1f}", holds=more <= MEMORY_MIB)
    _judge(
        f"ready at most {READY_SECONDS:g} s after it: {later:.2f}", holds=later <= READY_SECONDS
    )
