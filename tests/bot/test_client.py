"""The real client in the test's process, on a local Discord."""

import asyncio
import json
import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import discord
import pytest
from discord import ui
from typing_extensions import override

from bot.asking import Asking
from bot.cards.custom_ids import Kind, Recall
from bot.cards.parts import Button, Card, Row
from bot.client import Portolan
from bot.connection import Connection, intents
from bot.playground import Failure, Playground, Reply
from bot.seen import Seen
from bot.send import BUDGET_SECONDS, reply_to
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from tests.bot.slow import Slow
from tests.bot.until import until

if TYPE_CHECKING:
    from tests.bot.conftest import Running

SYSTEM = "Choose your operating system"


def title(reply: Reply | None) -> str:
    assert reply is not None
    return reply.text.splitlines()[0].removeprefix("| ### ")


# ---------------------------------------------------------------- what is answered


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


async def test_a_file_alone_is_no_question(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    assert await playground.ada.say(playground.ada.dm, files=[("a.txt", b"port 22")]) is None


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


# ---------------------------------------------------------------- buttons and the select


async def test_the_askers_card_changes_and_others_get_their_own(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await playground.ada.slash(playground.channel, "port", port="576")
    assert card is not None
    theirs = await playground.ben.choose(card, SYSTEM, "macOS")
    assert theirs is not None
    assert theirs.ephemeral
    assert "lsof" in theirs.text
    assert "lsof" not in card.text
    await playground.ada.choose(card, SYSTEM, "macOS")
    assert "lsof" in card.text
    again = await playground.ben.click(theirs, "Port 577 ▶")
    assert again is not None
    assert again.message is theirs.message
    assert "577" in title(theirs)
    assert playground.faults == []


async def test_a_concept_leads_to_related_ones(client: Portolan, playground: Playground) -> None:
    entry = next(e for e in client.knowledge.faqs() if any(map(client.knowledge.faq, e.related)))
    related = client.knowledge.faq(entry.related[0])
    assert related is not None
    card = await playground.ada.say(playground.ada.dm, entry.question)
    assert card is not None
    buttons = [
        button["custom_id"]
        for row in card.payload["components"][0]["components"]
        for button in row.get("components", [])
        if button["custom_id"].startswith("f1:")
    ]
    await playground.ada.click(card, buttons[0])
    assert related.question in card.text.replace("\\", "")
    assert playground.faults == []


@pytest.mark.parametrize("custom_id", ["p9:abc:en:443", "something else", "f1:1:en:no-such-slug"])
async def test_a_button_that_leads_nowhere_says_so(
    custom_id: str, client: Portolan, playground: Playground
) -> None:
    channel = client.get_partial_messageable(playground.channel.id)
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="old", custom_id=custom_id))
    view.stop()
    sent = await channel.send("an old card", view=view)
    message = playground.channel.messages[sent.id]
    reply = await playground.ada.click(message, "old")
    assert reply is not None
    assert reply.ephemeral
    assert "Please ask again" in reply.text


@pytest.mark.parametrize("budget_seconds", [1.5, 0])
async def test_ones_own_button_that_leads_nowhere_leaves_the_card_as_it_is(
    budget_seconds: float,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
) -> None:
    ada = playground.ada
    async with running(Portolan(base, connection, budget_seconds=budget_seconds)) as client:
        card = Card((Row((Button("old", Recall(Kind.FAQ, ada.id, "en", "gone").custom_id),)),))
        asked = await ada.post(playground.channel, "anything")
        channel = client.get_partial_messageable(playground.channel.id)
        await reply_to(await channel.fetch_message(asked.id), card)
        reply = await ada.click(asked.answers[0], "old")
        assert reply is not None
        told = [each for each in (reply, *reply.followups) if "Please ask again" in each.text]
        assert [each.ephemeral for each in told] == [True]
        assert "[old]" in Reply(asked.answers[0], 0.0).text


async def test_no_answer_is_kept_in_memory(client: Portolan, playground: Playground) -> None:
    for _ in range(3):
        card = await playground.ada.slash(playground.channel, "port", port="576")
        assert card is not None
        theirs = await playground.ben.click(card, "Port 577 ▶")
        assert theirs is not None
    await playground.settled()
    store = client._connection._view_store  # noqa: SLF001 (where discord.py would keep them)
    assert not store._views  # noqa: SLF001
    assert not client.persistent_views
    assert not [t for t in asyncio.all_tasks() if "timeout" in t.get_name()]


# ---------------------------------------------------------------- in time


def callbacks(playground: Playground) -> list[int]:
    """Return the types of the first responses, oldest first."""
    requests = [request for request in playground.requests if "/callback" in request.path]
    return [request.body["type"] for request in requests if isinstance(request.body, dict)]


async def test_a_slow_answer_is_acknowledged_and_comes_later(
    base: KnowledgeBase, connection: Connection, running: "Running", playground: Playground
) -> None:
    client = Slow(base, connection)
    async with running(client):
        asked = asyncio.ensure_future(playground.ada.slash(playground.channel, "port", port="576"))
        await until(lambda: callbacks(playground))
        client.may_answer.set()
        reply = await asked
        assert reply is not None
        assert "576" in title(reply)
        assert not reply.loading
        assert callbacks(playground) == [5]
        await playground.ada.click(reply, "Port 577 ▶")
        assert "577" in title(reply)
        theirs = await playground.ben.click(reply, "Port 578 ▶")
        assert theirs is not None
        assert theirs.ephemeral
        assert "578" in title(theirs)
        assert playground.faults == []


def test_what_takes_longer_is_acknowledged_within_a_second() -> None:
    assert 0 < BUDGET_SECONDS < 1


# ---------------------------------------------------------------- failures


class Broken(Portolan):
    """Cannot answer."""

    @override
    async def answer(self, text: str, asking: Asking) -> Answer:
        raise RuntimeError(f"it broke over {text}")


@pytest.mark.parametrize("budget_seconds", [1.5, 0])
async def test_every_failure_is_one_sentence_with_the_logs_reference(
    budget_seconds: float,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(Portolan(base, connection)):
        card = await playground.ada.slash(playground.channel, "port", port="22")
        assert card is not None
    async with running(Broken(base, connection, budget_seconds=budget_seconds)):
        ada, channel = playground.ada, playground.channel
        replies = [
            await ada.say(channel, "port 22", mention=True),
            await ada.slash(channel, "port", port="22"),
            await ada.slash(channel, "ask", question="port 22"),
            await ada.click(card, "Port 23 ▶"),
            await ada.choose(card, SYSTEM, "macOS"),
        ]
    for reply in replies:
        assert reply is not None
        told = [each.text for each in (reply, *reply.followups)]
        (sentence,) = (text for text in told if "went wrong on our side" in text)
        reference = sentence.split("`")[1]
        assert f"reference={reference}" in caplog.text
        assert "it broke over" not in sentence
    assert playground.faults == []


async def test_failing_suggestions_are_none_and_logged_and_counted(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    whole, client.knowledge = client.knowledge, KnowledgeBase.__new__(KnowledgeBase)
    choices = await playground.ada.autocomplete(playground.channel, "port", port="post")
    client.knowledge = whole
    assert choices == ()
    assert "failed where=autocomplete:port" in caplog.text
    assert client.counters.of("failed", "AttributeError") == 1


@pytest.mark.parametrize(
    "failure", [Failure(403, 50013, "Missing Permissions"), Failure(404, 10003, "Unknown Channel")]
)
async def test_where_we_may_not_write_we_are_silent(
    failure: Failure, client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.is_ready()
    playground.trouble("POST", "/channels/*/messages", failure)
    assert await playground.ada.say(playground.channel, "port 22", mention=True) is None
    assert "unanswerable where=message" in caplog.text
    assert [r.levelno for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_an_interaction_that_expired_is_let_go(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.is_ready()
    playground.trouble(
        "POST", "/interactions/*/*/callback", Failure(404, 10062, "Unknown interaction")
    )
    asked = asyncio.ensure_future(playground.ada.slash(playground.channel, "port", port="22"))
    await until(lambda: callbacks(playground))
    await playground.settled()
    playground.advance(3.1)
    assert await asked is None
    assert "unanswerable" in caplog.text
    assert [r.levelno for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_a_command_of_an_older_version_says_so(
    client: Portolan, playground: Playground
) -> None:
    client.tree.remove_command("port")
    reply = await playground.ada.slash(playground.channel, "port", port="22")
    assert reply is not None
    assert "Reload Discord" in reply.text


# ---------------------------------------------------------------- small parts


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


def test_a_message_is_new_once() -> None:
    seen = Seen(2)
    assert [seen.is_new(i) for i in (1, 1, 2, 3, 3, 1)] == [True, False, True, True, False, True]


def test_no_privileged_intent_is_asked_for() -> None:
    assert [name for name, asked in intents() if asked] == ["guild_messages", "dm_messages"]
