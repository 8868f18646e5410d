"""The playground's time: the real one, which a test may push forward instead of waiting for it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_EPOCH_MS = int(DISCORD_EPOCH.timestamp() * 1000)
_SEQUENCE_BITS = 22


class Clock:
    """Wall-clock time in seconds since 1970, plus what `advance` has added."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._ahead = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self._source() + self._ahead

    def today(self) -> datetime:
        """Return the same moment as an aware datetime."""
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; everybody waiting in `until` looks again."""
        self._ahead += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def until(self, moment: float) -> None:
        """Return when the clock shows `moment`, whether time passed or was advanced."""
        while (remaining := moment - self.now()) > 0:
            moved = self._moved
            try:
                async with asyncio.timeout(remaining):
                    await moved.wait()
            except TimeoutError:
                continue


class Snowflakes:
    """Discord's ids: milliseconds since 2015 in the upper 42 bits; unique and rising."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return a new id that says when it was made."""
        now = (int(self._clock.now() * 1000) - _EPOCH_MS) << _SEQUENCE_BITS
        self._last = max(now, self._last + 1)
        return self._last


def made_at(snowflake: int) -> datetime:
    """Return the moment that a snowflake names, to the millisecond."""
    return DISCORD_EPOCH + timedelta(milliseconds=snowflake >> _SEQUENCE_BITS)
