"""Writing to the bot, being answered, and being passed over."""

import asyncio

import discord
import pytest

from bot.playground import Intent, NotPossibleError, Permission, Playground
from tests.bot.playground.conftest import Login
from tests.bot.playground.tiny_bot import TinyBot
from tests.bot.until import until


async def test_a_bot_logs_in_and_answers_a_mention(playground: Playground, bot: TinyBot) -> None:
    reply = await playground.ada.say(playground.channel, "hello", mention=True)
    assert reply is not None
    assert reply.text == f"you said '{playground.mention} hello'"
    assert reply.payload["message_reference"]["message_id"] == str(bot.messages[0].id)
    assert reply.payload["mentions"] == []
    assert not reply.ephemeral
    assert reply.latency < 3


async def test_a_message_that_is_none_of_its_business_is_met_with_silence(
    playground: Playground, bot: TinyBot
) -> None:
    assert await playground.ada.say(playground.channel, "hello everybody") is None
    assert len(bot.messages) == 1


@pytest.mark.usefixtures("bot")
async def test_silence_is_only_silence_when_no_handler_is_left_running(
    playground: Playground,
) -> None:
    reply = await playground.ada.say(playground.channel, "from a thread", mention=True)
    assert reply is not None
    assert reply.text == "here I am"


async def test_a_message_in_the_bots_direct_messages_needs_no_mention(
    playground: Playground, bot: TinyBot
) -> None:
    await playground.ada.say(playground.ada.dm, "psst")
    assert bot.messages[0].content == "psst"
    assert isinstance(bot.messages[0].channel, discord.DMChannel)


@pytest.mark.usefixtures("bot")
async def test_answers_go_to_those_who_asked_however_many_ask_at_once(
    playground: Playground,
) -> None:
    async def ask(number: int) -> str:
        message = await playground.ada.post(playground.channel, f"n{number}", mention=True)
        return (await playground.answer(message)).text

    texts = await asyncio.gather(*(ask(number) for number in range(40)))
    assert texts == [f"you said '{playground.mention} n{number}'" for number in range(40)]


async def test_files_of_people_reach_the_bot(playground: Playground, bot: TinyBot) -> None:
    await playground.ada.say(
        playground.channel, "look", mention=True, files=[("n.txt", b"22/tcp")]
    )
    attachment = bot.messages[0].attachments[0]
    assert (attachment.filename, await attachment.read()) == ("n.txt", b"22/tcp")


@pytest.mark.usefixtures("bot")
async def test_files_of_the_bot_reach_people(
    playground: Playground,
) -> None:
    reply = await playground.ada.say(playground.channel, "file", mention=True)
    assert reply is not None
    assert reply.files["a_b.py"].startswith(b'"""A tiny bot')
    assert reply.text == "here\n(picture: the source)"


async def test_edits_and_deletions_are_told(playground: Playground, bot: TinyBot) -> None:
    message = await playground.ada.post(playground.channel, "first", mention=True)
    reply = await playground.answer(message)
    await playground.ada.edit(message, "second")
    await playground.ada.delete(message)
    assert reply.message is not None
    channel = bot.get_partial_messageable(playground.channel.id)
    await channel.get_partial_message(reply.message.id).edit(content="changed")
    assert reply.text == "changed"
    assert [each["content"] for each in reply.edits] == [f"you said '{playground.mention} first'"]
    assert message.deleted


async def test_people_write_only_where_they_may(playground: Playground) -> None:
    playground.channel.denied[playground.ben.id] = Permission.SEND_MESSAGES
    with pytest.raises(NotPossibleError, match="Ben may not write there"):
        await playground.ben.post(playground.channel, "hi")
    with pytest.raises(NotPossibleError, match="empty"):
        await playground.ada.post(playground.channel, "  ")


@pytest.mark.parametrize(
    ("granted", "text", "content"),
    [
        (Intent(0), "my secret", ""),
        (Intent(0), "{bot} my secret", "{bot} my secret"),
        (Intent.MESSAGE_CONTENT, "my secret", "my secret"),
    ],
)
async def test_content_is_withheld_without_the_intent(
    granted: Intent, text: str, content: str, login: Login
) -> None:
    intents = discord.Intents(guild_messages=True, message_content=bool(granted))
    async with Playground(granted=granted) as playground:
        bot = await login(playground, intents=intents)
        said = text.format(bot=playground.mention)
        await playground.ada.say(playground.channel, said, files=[("a", b"a")])
        message = bot.messages[0]
        assert message.content == content.format(bot=playground.mention)
        assert len(message.attachments) == bool(content)


async def test_a_reply_with_a_ping_is_read_if_it_answers_an_ordinary_message(
    playground: Playground, bot: TinyBot
) -> None:
    ada, channel = playground.ada, playground.channel
    ordinary = await ada.say(channel, "hello", mention=True)
    response = await ada.slash(channel, "port", number="1")
    other = await playground.ben.post(channel, "secret of Ben")
    await playground.settled()
    bot.messages.clear()
    for target, ping in ((ordinary, True), (ordinary, False), (response, True), (other, True)):
        await ada.say(channel, "and then?", reply_to=target, ping=ping)
    read = [each.content for each in bot.messages if not each.author.bot]
    assert read == ["and then?", "", "", ""]
    last = bot.messages[-1].reference
    assert last is not None
    assert isinstance(last.resolved, discord.Message)
    assert last.resolved.content == ""


async def test_code_and_escapes_mention_nobody(playground: Playground, bot: TinyBot) -> None:
    for text in (f"`{playground.mention}` hi", f"```\n{playground.mention}\n```", "\\@everyone"):
        assert await playground.ada.say(playground.channel, text) is None
    assert [each.content for each in bot.messages] == ["", "", ""]


async def test_a_bot_is_told_nothing_of_foreign_servers_and_groups(
    playground: Playground, bot: TinyBot
) -> None:
    far = await playground.add_guild("Far", playground.ada, installed=False)
    there = await playground.add_channel(far, "general")
    group = playground.add_group(playground.ada, playground.ben)
    for channel in (there, group):
        assert await playground.ada.say(channel, "hello", mention=True) is None
    assert bot.messages == []


async def test_a_bot_is_told_nothing_of_channels_that_it_cannot_see(
    playground: Playground, bot: TinyBot
) -> None:
    playground.channel.denied[playground.world.bot.id] = Permission.VIEW_CHANNEL
    assert await playground.ada.say(playground.channel, "hello", mention=True) is None
    assert bot.messages == []


async def test_messages_come_only_with_their_intent(playground: Playground, login: Login) -> None:
    bot = await login(playground, intents=discord.Intents(dm_messages=True))
    await playground.ada.say(playground.channel, "hello", mention=True)
    await playground.ada.say(playground.ada.dm, "hello")
    assert [each.content for each in bot.messages] == ["hello"]


async def test_with_the_guilds_intent_servers_and_channels_are_known(
    playground: Playground, login: Login
) -> None:
    bot = await login(playground, intents=discord.Intents(guilds=True, guild_messages=True))
    assert [each.name for each in bot.guilds] == ["Harbour"]
    assert [each.name for each in bot.guilds[0].text_channels] == ["general"]
    other = await playground.add_guild("Pier", playground.ben)
    channel = await playground.add_channel(other, "docks")
    await playground.ben.say(channel, "hello")
    assert str(bot.messages[0].channel) == "docks"
    await playground.remove_guild(other)
    await playground.settled()
    assert [each.name for each in bot.guilds] == ["Harbour"]


async def test_without_the_guilds_intent_servers_are_stubs(
    playground: Playground, bot: TinyBot
) -> None:
    assert [each.id for each in bot.guilds] == [playground.guild.id]
    assert bot.guilds[0].unavailable
    assert bot.guilds[0].name == ""


async def test_reactions_come_with_their_intent(playground: Playground, login: Login) -> None:
    bot = await login(
        playground, intents=discord.Intents(guild_messages=True, guild_reactions=True)
    )
    message = await playground.ada.post(playground.channel, "nice")
    await playground.ben.react(message, "😃")
    await bot.until("reaction 😃")
    await bot.messages[0].add_reaction("🤨")
    assert message.reactions["🤨"] == [playground.world.bot.id]


async def test_asking_a_bot_that_is_away_gives_up_in_time(login: Login) -> None:
    async with Playground(patience=0.05) as playground:
        bot = await login(playground)
        playground.gateway.alive = False
        with pytest.raises(TimeoutError, match=r"after 0.05 s the bot is still away"):
            await playground.ada.say(playground.channel, "hello", mention=True)
        assert bot.messages == []


async def test_nobody_answers_where_no_bot_is(playground: Playground) -> None:
    assert await playground.ada.say(playground.channel, "hello", mention=True) is None


async def test_a_bot_that_hangs_is_named_in_the_error(login: Login) -> None:
    async with Playground(patience=0.05, callback_seconds=60) as playground:
        bot = await login(playground)
        waiting = asyncio.create_task(playground.ada.slash(playground.channel, "late"))
        await until(lambda: playground.world.interactions)
        with pytest.raises(TimeoutError, match="running CommandTree-invoker"):
            await playground.settled()
        bot.gate.set()
        reply = await waiting
        assert reply is not None
        assert reply.text == "at last"


async def test_a_person_may_take_no_direct_messages(playground: Playground, bot: TinyBot) -> None:
    playground.ada.dm.denied[playground.world.bot.id] = Permission.SEND_MESSAGES
    user = await bot.fetch_user(playground.ada.id)
    with pytest.raises(discord.Forbidden) as refusal:
        await user.send("psst")
    assert refusal.value.code == 50007
