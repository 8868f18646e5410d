"""Trouble on demand, and how an unchanged discord.py takes it."""

import asyncio

import aiohttp
import discord
import pytest

from bot.playground import Drop, Failure, Hold, Permission, Playground, RateLimited
from tests.bot.playground.bare_http import Http
from tests.bot.playground.tiny_bot import TinyBot
from tests.bot.until import until

MESSAGES = "/channels/*/messages"


def statuses(playground: Playground) -> list[int]:
    return [each.status for each in playground.requests if each.route.endswith("/messages")]


@pytest.mark.usefixtures("bot")
async def test_a_rate_limit_is_waited_out(playground: Playground) -> None:
    playground.trouble("POST", MESSAGES, RateLimited(0.01), RateLimited(0.01, is_global=True))
    reply = await playground.ada.say(playground.channel, "hi", mention=True)
    assert reply is not None
    assert statuses(playground) == [429, 429, 200]


async def test_a_rate_limit_of_the_edge_is_an_error(playground: Playground, bot: TinyBot) -> None:
    playground.trouble("POST", MESSAGES, RateLimited(edge=True))
    with pytest.raises(discord.HTTPException) as failure:
        await bot.get_partial_messageable(playground.channel.id).send("hi")
    assert failure.value.status == 429


@pytest.mark.usefixtures("bot")
async def test_a_server_error_is_tried_again(playground: Playground) -> None:
    playground.trouble("POST", MESSAGES, Failure(500))
    reply = await playground.ada.say(playground.channel, "hi", mention=True)
    assert reply is not None
    assert statuses(playground) == [500, 200]


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Failure(403, 50013, "Missing Permissions"), discord.Forbidden),
        (Failure(404, 10003, "Unknown Channel"), discord.NotFound),
        (Drop(), aiohttp.ClientError),
    ],
)
async def test_other_trouble_is_an_error(
    playground: Playground, bot: TinyBot, trouble: Failure | Drop, error: type[Exception]
) -> None:
    playground.trouble("*", MESSAGES, trouble)
    channel = bot.get_partial_messageable(playground.channel.id)
    with pytest.raises(error):
        await channel.send("hi")
    await channel.send("hi")  # each trouble comes once
    assert len(playground.channel.messages) == 1


async def test_a_held_request_waits_for_its_release(playground: Playground, bot: TinyBot) -> None:
    release = asyncio.Event()
    playground.trouble("POST", MESSAGES, Hold(release))
    channel = bot.get_partial_messageable(playground.channel.id)
    first = asyncio.create_task(channel.send("first"))
    await until(lambda: playground.rest.busy)
    await channel.typing()
    assert playground.channel.messages == {}
    release.set()
    await first
    assert len(playground.channel.messages) == 1


async def test_a_repeated_nonce_makes_one_message(playground: Playground, http: Http) -> None:
    body = {"content": "once", "nonce": "abc", "enforce_nonce": True}
    _, first = await http.post(body)
    _, second = await http.post(body)
    assert first["id"] == second["id"]
    assert len(playground.channel.messages) == 1
    playground.advance(600)
    _, third = await http.post(body)
    _, fourth = await http.post({**body, "enforce_nonce": False})
    assert len({first["id"], third["id"], fourth["id"]}) == 3


async def test_an_answer_lost_on_the_way_is_not_sent_twice(
    playground: Playground, bot: TinyBot
) -> None:
    """A nonce from the message's id makes a replayed event harmless."""
    channel = bot.get_partial_messageable(playground.channel.id)
    first = await channel.send("answer", nonce=5)
    again = await channel.send("answer", nonce=5)
    assert first.id == again.id


async def test_what_the_bot_may_not_do_is_forbidden(playground: Playground, bot: TinyBot) -> None:
    channel, me = bot.get_partial_messageable(playground.channel.id), playground.world.bot.id
    others = await playground.ben.post(playground.channel, "mine")
    for denied, code in (
        (Permission.SEND_MESSAGES, 50013),
        (Permission.VIEW_CHANNEL, 50001),
    ):
        playground.channel.denied[me] = denied
        with pytest.raises(discord.Forbidden) as refusal:
            await channel.send("hi")
        assert refusal.value.code == code
    playground.channel.denied.clear()
    for doing, code in (
        (channel.get_partial_message(others.id).edit(content="x"), 50005),
        (channel.get_partial_message(others.id).delete(), 50013),
    ):
        with pytest.raises(discord.Forbidden) as refusal:
            await doing
        assert refusal.value.code == code
    playground.channel.denied[me] = Permission.READ_MESSAGE_HISTORY
    with pytest.raises(discord.Forbidden) as refusal:
        await channel.get_partial_message(others.id).reply("hi")
    assert refusal.value.code == 160002


async def test_what_is_not_there_is_not_found(playground: Playground, bot: TinyBot) -> None:
    channel = bot.get_partial_messageable(playground.channel.id)
    for doing, code in (
        (bot.get_partial_messageable(5).send("hi"), 10003),
        (channel.fetch_message(5), 10008),
        (bot.fetch_user(5), 10013),
        (bot.fetch_guild(5, with_counts=False), 10004),
    ):
        with pytest.raises(discord.NotFound) as missing:
            await doing
        assert missing.value.code == code


async def test_a_reply_to_a_deleted_message_is_refused_unless_that_does_not_matter(
    playground: Playground, bot: TinyBot
) -> None:
    message = await playground.ada.post(playground.channel, "wait, no")
    await bot.until("message")
    await playground.ada.delete(message)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await bot.messages[0].reply("hi")
    assert playground.faults == []  # nobody can know
    reference = bot.messages[0].to_reference(fail_if_not_exists=False)
    await bot.messages[0].channel.send("hi", reference=reference)


async def test_history_is_read_back(playground: Playground, bot: TinyBot) -> None:
    for number in range(5):
        await playground.ada.post(playground.ada.dm, f"n{number}")
    await bot.until("message")
    channel = bot.messages[0].channel
    found = [each.content async for each in channel.history(limit=3)]
    assert found == ["n4", "n3", "n2"]
    before = [each.content async for each in channel.history(before=bot.messages[0], limit=3)]
    assert before == []
    public = bot.get_partial_messageable(playground.channel.id)
    await playground.ada.post(playground.channel, "secret")
    assert [each.content async for each in public.history()] == [""]


async def test_a_direct_message_can_be_opened(playground: Playground, bot: TinyBot) -> None:
    user = await bot.fetch_user(playground.ada.id)
    await user.send("psst")
    assert [each.content for each in playground.ada.dm.messages.values()] == ["psst"]
    with pytest.raises(discord.HTTPException):
        await bot.http.start_private_message(playground.world.bot.id)


async def test_the_bot_can_look_around_and_leave(playground: Playground, bot: TinyBot) -> None:
    guild = await bot.fetch_guild(playground.guild.id, with_counts=False)
    assert guild.name == "Harbour"
    assert [each.name for each in await guild.fetch_channels()] == ["general"]
    assert [each.name for each in await guild.fetch_roles()] == ["@everyone", "Portolan"]
    assert (await guild.fetch_member(playground.ben.id)).name == "ben"
    assert [each.name async for each in bot.fetch_guilds()] == ["Harbour"]
    await guild.leave()
    assert not playground.guild.installed
    with pytest.raises(discord.Forbidden):
        await bot.fetch_guild(playground.guild.id, with_counts=False)
