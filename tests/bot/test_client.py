"""The real client in the test's process, on a local Discord."""

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import discord
import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground
from knowledge.base import KnowledgeBase
from tests.bot.replies import SYSTEM, title

if TYPE_CHECKING:
    from tests.bot.conftest import Running


async def test_other_peoples_talk_is_not_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    assert await playground.ada.say(playground.channel, "what is port 576?") is None
    assert playground.faults == []


async def test_an_edited_message_is_not_answered_again(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ada.post(playground.channel, "port 22", mention=True)
    await playground.answer(message)
    await playground.ada.edit(message, f"{playground.mention} port 23")
    await playground.settled()
    assert len(message.answers) == 1


async def test_a_reply_to_an_answer_needs_no_mention(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    first = await playground.ada.say(playground.channel, "port 22", mention=True)
    second = await playground.ben.say(playground.channel, "what is port 23?", reply_to=first)
    assert "23" in title(second)


async def test_a_question_goes_on_from_what_was_last_told_in_the_channel(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await playground.ada.say(playground.channel, "what listens on 8080", mention=True)
    second = await playground.ada.say(playground.channel, "and on windows?", mention=True)
    assert second is not None
    assert "8080" in title(second)
    assert "Windows" in second.text


async def test_the_card_of_a_question_that_goes_on_tells_of_every_system(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await playground.ada.say(playground.channel, "close port 3389", mention=True)
    card = await playground.ada.say(playground.channel, "and on windows?", mention=True)
    assert card is not None
    assert "close port 3389" in card.text
    await playground.ada.choose(card, SYSTEM, "macOS")
    assert "Commands on macOS" in card.text
    assert "close port 3389" in card.text


async def test_what_discord_returns_for_an_answer_is_not_read(
    client: Portolan, playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.is_ready()
    texts: list[str] = []

    def read(text: str) -> object:
        texts.append(text)
        return json.loads(text)

    monkeypatch.setattr(discord.utils, "_from_json", read)
    reply = await playground.ada.say(playground.channel, "port 22", mention=True)
    assert title(reply).startswith("Port 22")
    await playground.settled()
    read_cards = [text for text in texts if "components" in text and "Port 23" in text]
    assert "null" in texts
    assert len(read_cards) == 1  # by the gateway


async def test_nobody_goes_on_from_what_another_was_told(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await playground.ada.say(playground.channel, "what listens on 8080", mention=True)
    other = await playground.ben.say(playground.channel, "and on windows?", mention=True)
    assert other is not None
    assert "8080" not in other.text


async def test_thanks_in_reply_to_an_answer_get_no_answer(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    first = await playground.ada.say(playground.channel, "port 22", mention=True)
    assert await playground.ada.say(playground.channel, "thank you!", reply_to=first) is None


async def test_a_reply_without_ping_is_not_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    first = await playground.ada.say(playground.channel, "port 22", mention=True)
    again = await playground.ada.say(playground.channel, "port 23", reply_to=first, ping=False)
    assert again is None


async def test_a_bare_mention_gets_an_example(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await playground.ada.say(playground.channel, "", mention=True)
    assert reply is not None
    assert "what is port 576?" in reply.text


async def test_a_picture_alone_is_no_question(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    assert await playground.ada.say(playground.ada.dm, files=[("a.png", b"\x89PNG")]) is None


async def test_off_topic_talk_gets_one_friendly_line(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await playground.ada.say(playground.channel, "sing me a song", mention=True)
    assert reply is not None
    assert reply.text.startswith("I do not know that one.")
    assert "\n" not in reply.text


async def test_ids_in_mentions_and_emoji_are_no_ports(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    text = f"{playground.ben.mention} <:boat:1234567890123456789> <#443> what is port 22?"
    assert "Port 22" in title(await playground.ada.say(playground.channel, text, mention=True))


async def test_an_answer_pings_nobody(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    for text in ("port 22 @everyone", f"which port does @here {playground.ben.mention} use?"):
        reply = await playground.ada.say(playground.channel, text, mention=True)
        assert reply is not None
        assert reply.payload["mentions"] == []
        assert reply.payload["mention_everyone"] is False


async def test_commands_work_in_direct_messages_and_groups(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True, locale="de")
    group = playground.add_group(eva, playground.ben)
    for channel in (eva.dm, group):
        assert "576" in title(await eva.slash(channel, "port", port="576"))
        assert "22" in title(await eva.slash(channel, "ask", question="which port does ssh use?"))
    assert playground.faults == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("576", "576"), ("53/udp", "53"), ("postgres", "5432"), ("wich port is ssh", "22")],
)
async def test_whatever_is_typed_after_port_is_understood(
    typed: str, shown: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await playground.ada.slash(playground.channel, "port", port=typed)
    assert shown in title(reply)


async def test_other_knowledge_is_taken_up_between_two_questions(
    base_path: Path, connection: Connection, running: "Running", playground: Playground
) -> None:
    before, after = KnowledgeBase.open(base_path), KnowledgeBase.open(base_path)
    async with running(Portolan(before, connection)) as client:
        client.take_up(after)
        assert "22" in title(await playground.ada.slash(playground.channel, "port", port="22"))
    with pytest.raises(sqlite3.ProgrammingError):
        before.article(22)
    after.close()
