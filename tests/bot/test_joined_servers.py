"""Servers that add the bot while it runs: without the guilds intent nobody announces them."""

from collections.abc import AsyncIterator

import pytest

from bot.cards import words
from bot.client import Portolan
from bot.connection import Connection
from bot.languages import catalogue
from bot.playground import Intent, Playground


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(granted=Intent.MESSAGE_CONTENT) as started:
        yield started


@pytest.fixture
def connection(playground: Playground) -> Connection:
    return Connection(
        playground.rest_url, playground.gateway_url, shard_count=1, message_content=True
    )


async def test_a_message_in_a_server_that_joined_later_is_no_direct_message(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    later = await playground.add_guild("Later", playground.ada)
    channel = await playground.add_channel(later, "general")
    assert await playground.ada.slash(channel, "watch on") is not None
    assert await playground.ada.say(channel, "deployed to prod") is None
    answer = await playground.ada.say(channel, "which port does postgres use?")
    assert answer is not None
    assert "5432" in answer.text
    assert playground.faults == []


async def test_a_server_that_joined_later_is_answered_in_its_language(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    later = await playground.add_guild("Später", playground.ada, locale="de")
    channel = await playground.add_channel(later, "general")
    assert await playground.ada.slash(channel, "port", port="22") is not None
    answer = await playground.ada.say(channel, "", mention=True)
    assert answer is not None
    assert answer.text == catalogue("de").gettext(words.EMPTY_QUESTION) != words.EMPTY_QUESTION
