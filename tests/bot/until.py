"""Waiting for what nobody tells: a list that grows, a counter, a line in the log."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 60.0  # far more than anything needs, so that nothing is decided by it


async def until(condition: Callable[[], object]) -> None:
    """Return when a condition holds.

    Raises:
        TimeoutError: it does not, and plainly never will.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0)
