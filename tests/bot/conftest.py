"""The real bot on a local Discord: in the test's own process, or in one of its own."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.lifecycle import serve
from bot.playground import Intent, Playground
from knowledge.base import FILE_NAME, KnowledgeBase
from knowledge.build import ensure
from tests.bot.until import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def granted() -> Intent:
    """The privileged intents that the bot has, and asks for."""
    return Intent(0)


@pytest.fixture
async def playground(granted: Intent) -> AsyncIterator[Playground]:
    """A local Discord that validates against Discord's description where that is at hand."""
    openapi = ROOT.parent / "shared" / "discord" / "openapi.json"
    async with Playground(
        granted=granted, openapi=openapi if openapi.is_file() else None
    ) as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let processes be interrupted, though the tests run in the background of a shell.

    It starts those with SIGINT ignored, which they hand on to what they start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give discord.py its own addresses back after a test."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    monkeypatch.setattr(route, "BASE", route.BASE)
    monkeypatch.setattr(socket, "DEFAULT_GATEWAY", socket.DEFAULT_GATEWAY)


Running = Callable[[Portolan], AbstractAsyncContextManager[Portolan]]


@pytest.fixture
def running(playground: Playground) -> Running:
    """Run a client on the playground while a context lasts."""

    @asynccontextmanager
    async def run(client: Portolan) -> AsyncIterator[Portolan]:
        stop, ready = asyncio.Event(), asyncio.Event()
        served = asyncio.create_task(serve(client, playground.token, stop, ready=ready))
        served.add_done_callback(lambda _: ready.set())
        await ready.wait()
        try:
            yield client
        finally:
            stop.set()
            await served

    return run


@pytest.fixture
def connection(playground: Playground, granted: Intent) -> Connection:
    return Connection(
        playground.rest_url,
        playground.gateway_url,
        shard_count=1,
        message_content=Intent.MESSAGE_CONTENT in granted,
    )


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: Running
) -> AsyncIterator[Portolan]:
    """The real client, connected to the playground."""
    async with running(Portolan(base, connection)) as connected:
        yield connected


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with its knowledge base, built once."""
    directory = tmp_path_factory.mktemp("installed")
    ensure(directory, now=datetime(2026, 11, 21, tzinfo=UTC)).close()
    return directory


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    status: int
    out: str
    err: str


class Process:
    """A `portolan` process with an environment of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.settings: dict[str, str] = {"PORTOLAN_DATA": str(data), "PORTOLAN_REFRESH": "false"}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *arguments: str, stdin: int | None = asyncio.subprocess.DEVNULL) -> None:
        names = ("PATH", "HOME", "LANG", "SYSTEMROOT")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=self.data,
            env=kept | {"PYTHONPATH": str(ROOT)} | self.settings,
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def join(self, playground: Playground) -> None:
        """Start the bot; return when it is connected, and has nothing left to do."""
        playground.gateway.session_opened.clear()
        await self.start("run")
        await playground.connected()
        await playground.settled()

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def end(self, text: bytes | None = None) -> Ended:
        """Return how it ended by itself, having been given `text` on standard input."""
        assert self._process is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            given = text if self._process.stdin is None else text or b""
            out, err = await self._process.communicate(given)
        assert self._process.returncode is not None
        return Ended(self._process.returncode, out.decode(), err.decode())

    async def talk(self, line: bytes) -> bytes:
        """Return the line that answers a line."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._process.stdout.readline()

    async def hang_up_and_end(self, text: bytes) -> Ended:
        """Give it `text`, read one line of what it writes, and close that end."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(text)
        await self._process.stdout.readline()
        transport = self._process._transport.get_pipe_transport(1)  # type: ignore[attr-defined]  # noqa: SLF001
        transport.close()
        return await self.end()

    async def run(self, *arguments: str, text: bytes = b"") -> Ended:
        await self.start(*arguments, stdin=asyncio.subprocess.PIPE)
        return await self.end(text)

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


@pytest.fixture
async def process(tmp_path: Path, installed: Path) -> AsyncIterator[Process]:
    """A process without a token, whose data directory holds a knowledge base already."""
    shutil.copy2(installed / FILE_NAME, tmp_path / FILE_NAME)
    started = Process(tmp_path)
    yield started
    await started.kill()


@pytest.fixture
def bot(process: Process, playground: Playground) -> Process:
    """A process with the playground's token and addresses; not yet started."""
    process.settings |= {
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_URL": playground.rest_url,
    }
    return process
