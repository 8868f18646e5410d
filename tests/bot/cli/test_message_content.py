"""The message content intent, asked for by the real process where the settings say so."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.playground import Intent, Playground
from tests.bot.until import until

if TYPE_CHECKING:
    from tests.bot.conftest import Process

ROOT = Path(__file__).parents[3]
SETTING = "PORTOLAN_MESSAGE_CONTENT"
QUESTION = "which port does postgres use?"


@pytest.fixture
async def playground(request: pytest.FixtureRequest) -> AsyncIterator[Playground]:
    """A local Discord, in whose portal the intent is switched on if the test says so."""
    granted = Intent.MESSAGE_CONTENT if getattr(request, "param", True) else Intent(0)
    openapi = ROOT.parent / "shared" / "discord" / "openapi.json"
    async with Playground(
        granted=granted, openapi=openapi if openapi.is_file() else None
    ) as started:
        yield started


async def test_it_is_not_asked_for_by_default(bot: "Process", playground: Playground) -> None:
    await bot.join(playground)
    (identify,) = playground.identifies
    assert not identify.intents & Intent.MESSAGE_CONTENT


async def test_watched_channels_are_watched_after_a_restart(
    bot: "Process", playground: Playground
) -> None:
    bot.settings |= {SETTING: "true", "PORTOLAN_COOLDOWNS": "false"}
    await bot.join(playground)
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    told = await ada.slash(channel, "watch on")
    assert told is not None
    await until(lambda: not told.loading)  # the process opens its store in a thread
    assert "without a mention" in told.text
    bot.signal(signal.SIGTERM)
    ended = await bot.end()
    assert (ended.status, ended.err) == (0, "")

    await bot.join(playground)
    async with asyncio.timeout(20):
        listed = None
        while listed is None or f"<#{channel.id}>" not in listed.text:  # it answers meanwhile
            listed = await ada.slash(channel, "watch list")
    answer = await ben.say(channel, QUESTION)
    assert answer is not None
    assert "5432" in answer.text
    assert QUESTION not in ended.out
    assert await ben.say(channel, "port 5432 is down again") is None
    await ben.click(answer, "Not what I meant")
    assert answer.deleted
    assert playground.faults == []


@pytest.mark.parametrize("playground", [False], indirect=True)
async def test_where_the_portal_refuses_it_one_line_says_what_to_do(
    bot: "Process", playground: Playground
) -> None:
    bot.settings[SETTING] = "true"
    ended = await bot.run("run")
    assert ended.status == 1
    assert "Privileged Gateway Intents" in ended.err
    assert f"{SETTING}=false" in ended.err
    assert ended.err.count("\n") == 1
    assert playground.closes == [] or playground.closes != [1000]


async def test_nobody_is_held_where_cooldowns_are_off(
    bot: "Process", playground: Playground
) -> None:
    for cooldowns, held in (("false", 0), ("true", 1)):
        bot.settings["PORTOLAN_COOLDOWNS"] = cooldowns
        await bot.join(playground)
        replies = [await playground.ada.say(playground.ada.dm, "port 22") for _ in range(30)]
        told = [reply for reply in replies if reply is not None and "Slow down" in reply.text]
        assert len(told) == held
        bot.signal(signal.SIGTERM)
        await bot.end()
