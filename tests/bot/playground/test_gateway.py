"""The gateway: who is let in, what is missed and made up for, and how it ends."""

import asyncio
import json
import zlib
from typing import Any

import discord
import pytest

from bot.playground import GatewaySettings, Intent, Playground
from tests.bot.playground.bare_http import Http, Socket
from tests.bot.playground.conftest import Connect, Login
from tests.bot.playground.tiny_bot import TinyBot


async def test_a_wrong_token_is_refused_by_rest(playground: Playground, login: Login) -> None:
    with pytest.raises(discord.LoginFailure):
        await login(playground, token="wrong")  # noqa: S106


async def test_an_intent_that_is_not_granted_ends_the_login(
    playground: Playground, login: Login
) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await login(playground, intents=discord.Intents(message_content=True))
    assert [each.accepted for each in playground.identifies] == [False]


@pytest.mark.parametrize(
    ("identify", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"intents": 1 << 30}, 4013),
        ({"intents": -1}, 4013),
        ({"intents": 1 << 15}, 4014),
        ({"intents": 1 << 1}, 4014),
        ({"shard": [2, 2]}, 4010),
        ({"shard": [0, 0]}, 4010),
    ],
)
async def test_an_identify_that_is_not_in_order_closes_the_connection(
    playground: Playground, connect: Connect, identify: dict[str, Any], code: int
) -> None:
    socket = await connect(playground)
    await socket.identify(**identify)
    assert await socket.receive() == code


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("not json", 4002),
        ("[]", 4002),
        ('{"op": 1, "d": "' + "x" * 4096 + '"}', 4002),
        ('{"op": 99, "d": null}', 4001),
        ('{"op": 3, "d": null}', 4003),
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 2}', 4002),
        ('{"op": 2, "d": 5}', 4002),
        ('{"op": 2, "d": {"shard": "x"}}', 4002),
        ('{"op": 2, "d": {"intents": "x"}}', 4002),
        ('{"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}', 4004),
    ],
)
async def test_nonsense_closes_the_connection(
    playground: Playground, connect: Connect, sent: str, code: int
) -> None:
    socket = await connect(playground)
    await socket.socket.send_str(sent)
    assert await socket.receive() == code


async def test_a_second_identify_closes_the_connection(
    playground: Playground, connect: Connect
) -> None:
    socket = await connect(playground)
    await socket.identify()
    assert (await socket.receive())["t"] == "READY"
    await socket.identify()
    assert await socket.receive() == 4005


async def test_an_old_version_closes_the_connection(
    playground: Playground, connect: Connect
) -> None:
    socket = await connect(playground, query="v=6")
    assert await socket.receive() == 4012


async def test_too_many_commands_close_the_connection(
    playground: Playground, connect: Connect
) -> None:
    socket = await connect(playground)
    for _ in range(121):
        await socket.send(1, None)
    for _ in range(120):
        assert await socket.receive() == {"op": 11}
    assert await socket.receive() == 4008


async def test_more_servers_than_a_shard_may_hold_close_the_connection(connect: Connect) -> None:
    settings = GatewaySettings(guilds_per_shard=4)
    async with Playground(guilds=6, gateway=settings) as playground:
        socket = await connect(playground)
        await socket.identify(intents=1)
        assert await socket.receive() == 4011
        socket = await connect(playground)
        await socket.identify(intents=1, shard=[1, 2])
        ready = await socket.receive()
        assert len(ready["d"]["guilds"]) in (3, 4)  # ours lies in the one or the other
        guilds = [await socket.receive() for _ in ready["d"]["guilds"]]
        assert {each["t"] for each in guilds} == {"GUILD_CREATE"}
        assert max(len(each["d"]["channels"]) for each in guilds) == 40


async def test_identifies_of_a_bucket_come_one_after_the_other(connect: Connect) -> None:
    settings = GatewaySettings(identify_seconds=5, max_concurrency=2)
    async with Playground(gateway=settings) as playground:
        for shard, accepted in ((0, True), (1, True), (2, False), (3, False)):
            socket = await connect(playground)
            await socket.identify(shard=[shard, 4])
            answer = await socket.receive()
            expected = ("READY", 0) if accepted else (None, 9)
            assert (answer.get("t"), answer["op"]) == expected
        playground.advance(5)
        await socket.identify(shard=[3, 4])
        assert (await socket.receive())["t"] == "READY"


async def test_events_go_to_the_shard_of_their_server(
    playground: Playground, connect: Connect
) -> None:
    intents = int(Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES)
    sockets = []
    for shard in (0, 1):
        socket = await connect(playground)
        await socket.identify(shard=[shard, 2], intents=intents)
        assert (await socket.receive())["t"] == "READY"
        sockets.append(socket)
    message = await playground.ada.post(playground.channel, "hello")
    there = (playground.guild.id >> 22) % 2
    assert (await sockets[there].receive())["d"]["id"] == str(message.id)
    private = await playground.ada.post(playground.ada.dm, "psst")
    assert (await sockets[0].receive())["d"]["id"] == str(private.id)


async def test_an_automatic_sharded_client_asks_how_many(playground: Playground) -> None:
    async with Playground(guilds=1500) as crowded:
        assert crowded.rest_url != playground.rest_url
        ready = asyncio.Event()

        class Sharded(discord.AutoShardedClient):
            async def on_ready(self) -> None:
                ready.set()

            async def before_identify_hook(self, _shard_id: Any, *, initial: bool = False) -> None:
                """Do not wait."""

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(discord.http.Route, "BASE", crowded.rest_url)
            client = Sharded(intents=discord.Intents(), guild_ready_timeout=0)
            task = asyncio.create_task(client.start(crowded.token))
            async with asyncio.timeout(10):
                await ready.wait()
            assert sorted(client.shards) == [0, 1]
            assert len(client.guilds) == 1501
            await client.close()
            await task


async def test_asked_to_reconnect_a_client_resumes_and_gets_what_it_missed(
    playground: Playground, bot: TinyBot
) -> None:
    await playground.gateway.ask_to_reconnect()
    message = await playground.ada.post(playground.channel, "meanwhile", mention=True)
    await bot.until("resumed")
    reply = await playground.answer(message)
    assert reply.text.endswith("meanwhile'")
    assert [each.resumed for each in playground.identifies] == [False, True]
    assert len(bot.messages) == len({each.id for each in bot.messages})


async def test_a_session_that_is_invalid_but_resumable_is_resumed(
    playground: Playground, bot: TinyBot
) -> None:
    await playground.gateway.invalidate(resumable=True)
    await bot.until("resumed")
    assert await playground.ada.say(playground.channel, "hi", mention=True) is not None


async def test_a_session_that_is_invalid_begins_anew(playground: Playground, bot: TinyBot) -> None:
    await playground.gateway.invalidate(resumable=False)
    await bot.until("ready")
    assert [each.resumed for each in playground.identifies] == [False, False]
    assert await playground.ada.say(playground.channel, "hi", mention=True) is not None
    assert len(playground.gateway.sessions) == 1


@pytest.mark.parametrize("code", [4000, 4009, 1001])
async def test_a_connection_that_is_closed_is_resumed(
    playground: Playground, bot: TinyBot, code: int
) -> None:
    await playground.gateway.close(code)
    message = await playground.ada.post(playground.channel, "meanwhile", mention=True)
    await bot.until("resumed")
    assert (await playground.answer(message)).text.endswith("meanwhile'")


async def test_a_connection_that_is_cut_is_resumed(playground: Playground, bot: TinyBot) -> None:
    playground.gateway.abort()
    await bot.until("resumed")
    assert await playground.ada.say(playground.channel, "hi", mention=True) is not None
    assert playground.closes == [1006]


async def test_a_session_that_missed_too_much_begins_anew(
    playground: Playground, bot: TinyBot
) -> None:
    session = next(iter(playground.gateway.sessions.values()))
    await playground.gateway.ask_to_reconnect()
    session.sequence += 1  # an event that is no longer kept
    await bot.until("ready")
    assert len(playground.identifies) == 2


async def test_nobody_waits_for_a_client_that_begins_anew(
    playground: Playground, bot: TinyBot
) -> None:
    session = next(iter(playground.gateway.sessions.values()))
    await playground.gateway.ask_to_reconnect()
    lost = asyncio.create_task(playground.ada.say(playground.channel, "lost", mention=True))
    await playground.gateway.round_trip()
    session.sequence += 1
    await bot.until("ready")
    assert await lost is None
    assert await playground.ada.say(playground.channel, "found", mention=True) is not None


async def test_a_zombie_is_noticed_by_the_client(playground: Playground, login: Login) -> None:
    settings = GatewaySettings(heartbeat_seconds=0.02, commands_per_minute=100_000)
    async with Playground(gateway=settings) as zombie:
        bot = await login(zombie, heartbeat_timeout=0.1)
        zombie.gateway.alive = False
        message = await zombie.ada.post(zombie.channel, "are you there?", mention=True)
        await bot.until("disconnect")
        assert bot.messages == []
        zombie.gateway.alive = True
        await bot.until("resumed")
        assert (await zombie.answer(message)).text.endswith("there?'")
    assert playground.closes == []


async def test_a_gateway_that_does_not_greet_leaves_the_client_waiting(
    playground: Playground, http: Http
) -> None:
    playground.gateway.greets = False
    raw = await http.session.ws_connect(f"{playground.gateway_url}?v=10")
    socket = Socket(playground, raw)
    await socket.send(1, None)
    assert await socket.receive() == {"op": 11}  # an acknowledgement, and no HELLO before it


async def test_a_stopped_bot_ends_its_session(playground: Playground, login: Login) -> None:
    bot = await login(playground)
    await bot.stop()
    await playground.disconnected()
    assert playground.closes == [1000]
    assert playground.gateway.sessions == {}
    assert await playground.ada.say(playground.channel, "hi", mention=True) is None


async def test_payloads_are_compressed_for_those_who_ask(
    playground: Playground, http: Http
) -> None:
    url = f"{playground.gateway_url}?v=10&encoding=json&compress=zlib-stream"
    socket = await http.session.ws_connect(url)
    data = await socket.receive_bytes()
    assert data.endswith(b"\x00\x00\xff\xff")
    assert json.loads(zlib.decompressobj().decompress(data))["op"] == 10


async def test_members_can_be_asked_for(playground: Playground, login: Login) -> None:
    bot = await login(playground, intents=discord.Intents(guilds=True))
    found = await bot.guilds[0].query_members("be")
    assert [each.name for each in found] == ["ben"]
    found = await bot.guilds[0].query_members(user_ids=[playground.ada.id])
    assert [each.name for each in found] == ["ada"]
