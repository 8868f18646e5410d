"""The playground's time and its ids."""

import asyncio
from datetime import timedelta

from bot.playground.clock import Clock, Snowflakes, made_at


def test_an_id_tells_when_it_was_made() -> None:
    clock = Clock(lambda: 1_700_000_000.5)
    first = Snowflakes(clock).next()
    assert made_at(first).timestamp() == 1_700_000_000.5


def test_ids_are_unique_and_rise() -> None:
    snowflakes = Snowflakes(Clock(lambda: 1_700_000_000.0))
    found = [snowflakes.next() for _ in range(1000)]
    assert found == sorted(set(found))


def test_advanced_time_shows_in_ids() -> None:
    clock = Clock(lambda: 1_700_000_000.0)
    snowflakes = Snowflakes(clock)
    before = snowflakes.next()
    clock.advance(60)
    assert made_at(snowflakes.next()) - made_at(before) == timedelta(seconds=60)


async def test_whoever_waits_for_a_moment_is_woken_when_time_is_advanced() -> None:
    clock = Clock()
    waiting = asyncio.create_task(clock.until(clock.now() + 3600))
    await asyncio.sleep(0)
    clock.advance(1800)
    await asyncio.sleep(0)
    assert not waiting.done()
    clock.advance(1800)
    await waiting
