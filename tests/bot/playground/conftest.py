"""A playground, a tiny bot that logs into it, and a bare HTTP client."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl

from bot.playground import Playground
from tests.bot.playground.bare_http import Http, Socket
from tests.bot.playground.tiny_bot import TinyBot

OPENAPI = Path(__file__).parents[3].parent / "shared" / "discord" / "openapi.json"
Login = Callable[..., Awaitable[TinyBot]]
Connect = Callable[..., Awaitable[Socket]]


@pytest.fixture(scope="session")
def openapi() -> Path | None:
    """Discord's description, if it lies beside the checkout."""
    return OPENAPI if OPENAPI.is_file() else None


@pytest.fixture
async def playground(openapi: Path | None) -> AsyncIterator[Playground]:
    """A playground; a test that provokes faults looks at them and clears them."""
    async with Playground(openapi=openapi) as playground:
        yield playground
        assert [str(fault) for fault in playground.faults] == []


@pytest.fixture
async def login(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Login]:
    """Log a tiny bot in and wait until it is ready."""
    bots: list[TinyBot] = []

    async def log_in(playground: Playground, *, token: str = "", **options: Any) -> TinyBot:
        gateway = yarl.URL(playground.gateway_url)
        monkeypatch.setattr(discord.http.Route, "BASE", playground.rest_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        bot = TinyBot(**options)
        bots.append(bot)
        bot.running = asyncio.create_task(bot.start(token or playground.token))
        ready = asyncio.create_task(bot.until("ready"))
        await asyncio.wait({ready, bot.running}, return_when=asyncio.FIRST_COMPLETED)
        if bot.running.done():
            ready.cancel()
            bot.running.result()
        return bot

    yield log_in
    for bot in bots:
        await bot.stop()


@pytest.fixture
async def bot(playground: Playground, login: Login) -> TinyBot:
    """A tiny bot that is ready."""
    return await login(playground)


@pytest.fixture
async def http(playground: Playground) -> AsyncIterator[Http]:
    """A bare HTTP client with the bot's token."""
    async with aiohttp.ClientSession() as session:
        yield Http(playground, session)


@pytest.fixture
async def connect(http: Http) -> Connect:
    """Open gateway connections that have said hello."""

    async def connect(playground: Playground, query: str = "v=10&encoding=json") -> Socket:
        socket = await http.session.ws_connect(f"{playground.gateway_url}?{query}")
        found = Socket(playground, socket)
        if "v=10" in query:
            assert (await found.receive())["op"] == 10
        return found

    return connect
