"""From the start of the client to its end: ready in bounded time, and closed properly."""

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from discord.ext import commands

from bot.failures import StartFailure, explain_start

log = logging.getLogger(__name__)

START_SECONDS = 30.0  # until the first shard must be ready
CLOSE_SECONDS = 4.0  # for all that follows the stop; the end is promised within 5
FINISH_SECONDS = 2.5  # of these, for the answers that have been begun
# How discord.py names the tasks in which events, commands and components are handled.
_HANDLERS = ("discord.py: on_", "CommandTree-", "discord-ui-dynamic-", "discord-ui-modal-")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(
    client: commands.AutoShardedBot,
    token: str,
    stop: asyncio.Event,
    *,
    ready: asyncio.Event | None = None,
    start_seconds: float = START_SECONDS,
) -> None:
    """Run the client until `stop` is set, then close the gateway properly.

    Args:
        client: not yet started.
        token: the bot's.
        stop: ends it.
        ready: is set as soon as the first shard answers.
        start_seconds: until then.

    Raises:
        StartFailure: Discord cannot be reached, or refuses us, at the start or later for good;
            says what to do.
    """
    begun = time.monotonic()
    is_ready = ready or asyncio.Event()

    async def on_shard_ready(shard_id: int) -> None:
        log.info("ready shard=%d seconds=%.2f", shard_id, time.monotonic() - begun)
        is_ready.set()

    client.add_listener(on_shard_ready)
    await client.__aenter__()  # its counterpart waits for the farewell without a bound
    running = asyncio.ensure_future(client.start(token))
    try:
        await _until(running, is_ready, stop, seconds=start_seconds)
        await _until(running, stop)
        if running.done():
            _end(running)
    except Exception as error:
        sentence = explain_start(error)
        if sentence is None:
            raise
        raise StartFailure(sentence) from error
    finally:
        await _close(client, running)


def _end(running: "asyncio.Future[None]") -> NoReturn:
    """Raise what ended the client, though nobody has stopped it."""
    running.result()
    raise StartFailure("Discord ended the connection for good; try again later.")


async def _until(
    running: "asyncio.Future[None]", *events: asyncio.Event, seconds: float | None = None
) -> None:
    """Wait until `running` ends or an event is set.

    Raises:
        TimeoutError: none of it happens in time.
    """
    waits = [asyncio.create_task(event.wait()) for event in events]
    things: set[asyncio.Future[Any]] = {running, *waits}
    try:
        done, _ = await asyncio.wait(things, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    if not done:
        raise TimeoutError


async def _close(client: commands.AutoShardedBot, running: "asyncio.Future[None]") -> None:
    """Finish what is being answered and say farewell to the gateway (close code 1000).

    All in bounded time; what is not done by then ends.
    """
    begun = time.monotonic()
    if not running.done():
        await _finish()
    closing = asyncio.ensure_future(client.close())
    await asyncio.wait({closing}, timeout=CLOSE_SECONDS - (time.monotonic() - begun))
    for task in (closing, running):
        task.cancel()
    results = await asyncio.gather(closing, running, return_exceptions=True)
    if isinstance(results[0], Exception):
        log.warning("not closed properly error=%s", type(results[0]).__name__)


async def _finish() -> None:
    """Wait for the answers that have been begun, while the gateway is still open."""
    answers = {task for task in asyncio.all_tasks() if task.get_name().startswith(_HANDLERS)}
    if answers:
        _done, late = await asyncio.wait(answers, timeout=FINISH_SECONDS)
        if late:
            log.warning("stopped before it was answered count=%d", len(late))


@contextmanager
def stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set the event on SIGINT and on SIGTERM, while the context lasts."""
    loop = asyncio.get_running_loop()

    def from_anywhere(_signal: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number in _SIGNALS:
        signal.signal(number, from_anywhere)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
