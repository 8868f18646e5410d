"""Waiting for a bot: until something happens, or until plainly nothing more will."""

import asyncio
from collections.abc import Coroutine
from time import perf_counter

from bot.playground.gateway import Gateway
from bot.playground.rest import Rest

# A bot that awaits nothing but the network between an event and its first request needs about
# ten turns of its loop (a task, a new connection, the request); each round trip is one or more.
QUIET_ROUNDS = 30
# The names of the tasks in which discord.py runs handlers.
_HANDLERS = (
    "discord.py: ",
    "CommandTree-invoker",
    "discord-ui-view-disp",
    "discord-ui-dyn",
    "discord-ui-modal-disp",
)


class Waiting:
    """Waits for one bot, `patience` seconds at most."""

    def __init__(
        self, gateway: Gateway, rest: Rest, patience: float, quiet_seconds: float
    ) -> None:
        self._gateway = gateway
        self._rest = rest
        self._patience = patience
        self._quiet_seconds = quiet_seconds

    async def until(self, event: asyncio.Event, otherwise: str) -> None:
        """Return when an event has happened.

        Raises:
            TimeoutError: with the words of `otherwise`.
        """
        try:
            async with asyncio.timeout(self._patience):
                await event.wait()
        except TimeoutError:
            raise TimeoutError(f"{otherwise} after {self._patience:g} s") from None

    async def settled(self) -> None:
        """Return when the bot has nothing left to do, see `Playground.settled`.

        Raises:
            TimeoutError: it has, or it is away.
        """
        try:
            async with asyncio.timeout(self._patience):
                await self._quiet()
        except TimeoutError:
            doing = self._doing() or "away"
            raise TimeoutError(f"after {self._patience:g} s the bot is still {doing}") from None

    async def _quiet(self) -> None:
        began, quiet = perf_counter(), 0
        while quiet < QUIET_ROUNDS or perf_counter() - began < self._quiet_seconds:
            before = self._activity()
            await self._gateway.round_trip()
            if self._doing():
                quiet = 0
                await asyncio.sleep(0.001)  # it is at work: do not take its processor
            elif self._activity() != before:
                quiet, began = 0, perf_counter()
            else:
                quiet += 1
                await asyncio.sleep(0)

    def _activity(self) -> int:
        return self._rest.activity + self._gateway.activity

    def _doing(self) -> str:
        """Return what the bot is doing, as far as it shows; empty for nothing."""
        if self._rest.busy:
            return "waiting for an answer to its request"
        names = (task.get_name() for task in asyncio.all_tasks())
        running = [name for name in names if name.startswith(_HANDLERS)]
        return f"running {', '.join(running)}" if running else ""


async def first(*awaitables: Coroutine[object, object, object]) -> None:
    """Return when one of them is done, and cancel the others.

    Raises:
        Exception: what the one that is done raised.
    """
    tasks = [asyncio.ensure_future(each) for each in awaitables]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
