"""Watched channels: on a local Discord whose portal has the message content intent switched on."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Intent, NotPossibleError, Permission, Playground, Reply
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running

QUESTION = "which port does postgres use?"
NOT_MEANT = "Not what I meant"


@pytest.fixture
def granted() -> Intent:
    return Intent.MESSAGE_CONTENT


@pytest.fixture
async def unprivileged(
    base: KnowledgeBase, playground: Playground, running: "Running"
) -> AsyncIterator[Portolan]:
    """The client as it is by default, which asks for no privileged intent."""
    plain = Connection(playground.rest_url, playground.gateway_url, shard_count=1)
    async with running(Portolan(base, plain)) as connected:
        yield connected


async def watch(playground: Playground, word: str = "on") -> Reply:
    reply = await playground.ada.slash(playground.channel, f"watch {word}")
    assert reply is not None
    return reply


# ---------------------------------------------------------------- the command


async def test_a_manager_turns_a_channel_on_and_off(
    client: Portolan, playground: Playground
) -> None:
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    assert client.is_ready()
    assert await ben.say(channel, QUESTION) is None
    told = await watch(playground)
    assert told.ephemeral
    assert f"in <#{channel.id}>, without a mention" in told.text
    assert "already" in (await watch(playground)).text
    answer = await ben.say(channel, QUESTION)
    assert answer is not None
    assert "5432" in answer.text
    listed = await ada.slash(channel, "watch list")
    assert listed is not None
    assert f"<#{channel.id}>" in listed.text
    assert "only when I am mentioned" in (await watch(playground, "off")).text
    assert "as before" in (await watch(playground, "off")).text
    assert await ben.say(channel, "what is port 443?") is None
    assert "no channel" in (await watch(playground, "list")).text
    assert playground.faults == []


async def test_another_channel_can_be_named(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    dev = await playground.add_channel(playground.guild, "dev")
    reply = await playground.ada.slash(playground.channel, "watch on", channel=dev)
    assert reply is not None
    assert f"<#{dev.id}>" in reply.text
    assert await playground.ben.say(playground.channel, QUESTION) is None
    assert await playground.ben.say(dev, QUESTION) is not None
    assert playground.faults == []


async def test_without_the_intent_it_says_how_to_grant_it_and_turns_nothing_on(
    unprivileged: Portolan, playground: Playground
) -> None:
    reply = await watch(playground)
    assert "Message Content Intent" in reply.text
    assert "Privileged Gateway Intents" in reply.text
    assert "PORTOLAN_MESSAGE_CONTENT=true" in reply.text
    assert reply.ephemeral
    assert unprivileged.watched.of(playground.guild.id) == ()
    assert await playground.ben.say(playground.channel, QUESTION) is None
    assert playground.faults == []


async def test_the_list_tells_where_nothing_can_be_heard_any_more(
    unprivileged: Portolan, playground: Playground
) -> None:
    await unprivileged.watched.watch(playground.guild.id, playground.channel.id)
    listed = await watch(playground, "list")
    assert f"<#{playground.channel.id}>" in listed.text
    assert "I cannot read" in listed.text
    assert "PORTOLAN_MESSAGE_CONTENT=true" in listed.text
    assert "turned nothing on" not in listed.text


async def test_only_managers_see_the_command(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    with pytest.raises(NotPossibleError):
        await playground.ben.slash(playground.channel, "watch on")


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (Permission.MANAGE_GUILD, True),
        (Permission.MANAGE_CHANNELS, True),
        (Permission.MANAGE_MESSAGES, False),
    ],
)
async def test_permissions_are_checked_even_where_a_server_lets_everybody_see_it(
    permissions: Permission, client: Portolan, playground: Playground, *, may: bool
) -> None:
    for command in playground.world.commands[None].values():
        command["default_member_permissions"] = None
    kim = playground.add_person("Kim", permissions=permissions)
    for word in ("on", "off", "list"):
        reply = await kim.slash(playground.channel, f"watch {word}")
        assert reply is not None
        assert ("Manage Server" in reply.text) is not may
    assert client.watched.of(playground.guild.id) == ()


async def test_it_is_for_servers_that_have_the_bot(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    for channel in (eva.dm, playground.add_group(eva, playground.ben)):
        with pytest.raises(NotPossibleError):
            await eva.slash(channel, "watch on")


async def test_where_it_may_not_write_it_says_so(client: Portolan, playground: Playground) -> None:
    channel = playground.channel
    channel.denied[playground.world.bot.id] = Permission.SEND_MESSAGES
    assert "I may not write" in (await watch(playground)).text
    assert client.watched.of(playground.guild.id) == ()


# ---------------------------------------------------------------- what is said there


@pytest.mark.parametrize(
    "text",
    [
        "port 443 is open now",
        "did you open port 443?",
        "thanks!",
        "!port 443",
        "see https://example.com:8443/ what do you think?",
        "what is the best port wine under 20 euros?",
    ],
)
async def test_talk_is_not_answered(text: str, client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    await watch(playground)
    assert await playground.ben.say(playground.channel, text) is None


async def test_what_people_ask_each_other_is_not_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    await watch(playground)
    assert await ben.say(channel, f"{ada.mention} {QUESTION}") is None
    said = await ada.post(channel, "I moved the database")
    assert await ben.say(channel, QUESTION, reply_to=said) is None
    assert await ben.say(channel, QUESTION, reply_to=said, ping=False) is None


async def test_the_same_question_is_answered_once(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await watch(playground)
    assert await playground.ben.say(playground.channel, QUESTION) is not None
    assert await playground.ada.say(playground.channel, "what port is postgres?") is None
    assert await playground.ada.say(playground.channel, QUESTION, mention=True) is not None


async def test_it_does_not_go_on_and_on(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    await watch(playground)
    answers = [
        await playground.ben.say(playground.channel, f"what is port {number}?")
        for number in (22, 25, 53, 80)
    ]
    assert [answer is not None for answer in answers] == [True, True, False, False]


async def test_a_mention_is_answered_as_everywhere(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await watch(playground)
    reply = await playground.ben.say(playground.channel, QUESTION, mention=True)
    assert reply is not None
    assert NOT_MEANT not in reply.text


# ---------------------------------------------------------------- taking it back


@pytest.mark.parametrize("who", ["ben", "ada"])
async def test_the_asker_and_moderators_take_an_answer_back(
    who: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await watch(playground)
    answer = await playground.ben.say(playground.channel, QUESTION)
    assert answer is not None
    reply = await getattr(playground, who).click(answer, NOT_MEANT)
    assert answer.deleted
    assert reply is not None
    told = [each.text for each in (reply, *reply.followups) if each.ephemeral]
    assert any("I took it back" in text for text in told)
    dev = await playground.add_channel(playground.guild, "dev")
    await playground.ada.slash(playground.channel, "watch on", channel=dev)
    assert await playground.ben.say(dev, "what port is postgres?") is None
    assert await playground.ada.say(dev, "what port is postgres?") is not None
    assert playground.faults == []


async def test_others_cannot_take_it_back(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    await watch(playground)
    answer = await playground.ada.say(playground.channel, QUESTION)
    assert answer is not None
    reply = await playground.ben.click(answer, NOT_MEANT)
    assert reply is not None
    assert reply.ephemeral
    assert "moderators" in reply.text
    assert not answer.deleted
