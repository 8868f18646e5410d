"""Votes: pressed, changed, summed up, and all of it after a restart as well."""

import re
import signal
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cards.feedback import FACES, feedback_row
from bot.cards.parts import Card
from bot.client import Portolan
from bot.connection import Connection
from bot.languages import catalogue
from bot.playground import NotPossibleError, Permission, Playground, Reply
from bot.playground.state import Channel, Message
from bot.send import reply_to
from bot.store import FILE_NAME, Store
from knowledge.base import KnowledgeBase
from knowledge.team.model import Ballot, Vote
from knowledge.team.store import TeamStore

if TYPE_CHECKING:
    from tests.bot.conftest import Process, Running

NO, PARTLY, YES = FACES.values()
LAST_MONTH = datetime.now(UTC).date() - timedelta(days=31)


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: "Running", tmp_path: Path
) -> AsyncIterator[Portolan]:
    """The real client, with a store in a file."""
    async with running(Portolan(base, connection, Store.at(None, tmp_path))) as connected:
        yield connected


async def with_faces(
    client: Portolan, playground: Playground, key: str = "port:576", channel: Channel | None = None
) -> Message:
    """Return a message with faces for the answer of a key."""
    where = channel or playground.channel
    asked = await playground.ada.post(where, "what is port 576?")
    partial = client.get_partial_messageable(where.id)
    row = feedback_row(key, "en", catalogue("en"))
    await reply_to(await partial.fetch_message(asked.id), Card((row,)))
    return asked.answers[0]


def votes(folder: Path) -> list[tuple[str, int, str | None]]:
    """Return the answer, vote and team of each vote in the store."""
    with sqlite3.connect(folder / FILE_NAME) as connection:
        rows = connection.execute("SELECT answer, vote, team FROM votes ORDER BY answer, vote")
        found = list(rows)
    connection.close()
    return found


async def test_a_face_is_pressed_changed_and_pressed_by_another_person(
    client: Portolan, playground: Playground, tmp_path: Path
) -> None:
    message = await with_faces(client, playground)
    ours = f"discord:{playground.guild.id}"
    first = await playground.ada.click(message, NO)
    assert first is not None
    assert first.ephemeral
    assert "/help" in first.text
    assert votes(tmp_path) == [("port:576", 1, ours)]
    changed = await playground.ada.click(message, YES)
    assert changed is not None
    assert changed.text.startswith("Thank you! I am glad")
    assert votes(tmp_path) == [("port:576", 3, ours)]
    await playground.ben.click(message, PARTLY)
    await playground.ben.click(message, PARTLY)
    assert votes(tmp_path) == [("port:576", 2, ours), ("port:576", 3, ours)]
    assert playground.faults == []


async def test_thanks_are_in_the_voters_language(client: Portolan, playground: Playground) -> None:
    message = await with_faces(client, playground)
    eva = playground.add_person("Eva", locale="de")
    thanked = await eva.click(message, YES)
    assert thanked is not None
    assert thanked.text.startswith(catalogue("de").gettext("Thank you! I am glad that it helped."))


async def test_where_a_person_brought_the_bot_a_vote_is_no_servers(
    client: Portolan, playground: Playground, tmp_path: Path
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", eva, installed=False)
    hall = await playground.add_channel(far, "hall")
    for asker, channel in ((eva, hall), (playground.ada, playground.ada.dm)):
        card = await asker.slash(channel, "ask", question="what is port 576?")
        assert card is not None
        await asker.click(card, YES)
    assert votes(tmp_path) == [("port:576", 3, None)] * 2
    assert playground.faults == []


async def test_managers_see_what_was_helpful_and_what_was_not(
    client: Portolan, playground: Playground
) -> None:
    for key, face in (("port:576", YES), ("faq:time-wait", NO), ("none", PARTLY), ("suggest", NO)):
        message = await with_faces(client, playground, key)
        await playground.ada.click(message, face)
    await playground.ben.click(message, NO)
    summary = await playground.ada.slash(playground.channel, "feedback")
    assert summary is not None
    assert summary.ephemeral
    lines = [line.removeprefix("| ") for line in summary.text.splitlines()]
    time_wait = client.knowledge.faq("time-wait")
    assert time_wait is not None
    assert lines[1:-1] == [
        "5 votes in the last 30 days",
        "😔 No: 3 · 🤨 Partly: 1 · 😃 Yes: 1",
        "**Most helpful**",
        "- Port 576 · 😔 0 · 🤨 0 · 😃 1",
        "**Least helpful**",
        "- Other answers · 😔 2 · 🤨 0 · 😃 0",
        f"- {time_wait.question.replace('_', chr(92) + '_')} · 😔 1 · 🤨 0 · 😃 0",
    ]
    assert playground.faults == []


async def test_managers_choose_how_far_to_look_back(
    client: Portolan, playground: Playground, tmp_path: Path
) -> None:
    await client.store.tried()
    store = TeamStore.open(tmp_path / FILE_NAME, tmp_path)
    team = f"discord:{playground.guild.id}"
    store.vote(Ballot("discord:1", team, "port:22", Vote.YES, "en", LAST_MONTH))
    store.close()
    month = await playground.ada.slash(playground.channel, "feedback")
    quarter = await playground.ada.slash(playground.channel, "feedback", days=90)
    assert month is not None
    assert quarter is not None
    assert "Nobody here has voted in the last 30 days." in month.text
    assert "1 vote in the last 90 days" in quarter.text


async def test_feedback_is_for_those_who_manage_the_server(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    with pytest.raises(NotPossibleError):
        await playground.ben.slash(playground.channel, "feedback")
    with pytest.raises(NotPossibleError):
        await playground.ada.slash(playground.ada.dm, "feedback")
    eva = playground.add_person("Eva", permissions=Permission.MANAGE_GUILD)
    assert await eva.slash(playground.channel, "feedback") is not None


async def test_the_permission_is_checked_where_a_server_gives_the_command_to_all(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    for command in playground.world.commands_in(playground.guild):
        command["default_member_permissions"] = None
    refused = await playground.ben.slash(playground.channel, "feedback")
    assert refused is not None
    assert refused.ephemeral
    assert refused.text.startswith("You need a permission for this")


async def test_votes_are_cast_and_kept_over_a_restart(
    bot: "Process", playground: Playground
) -> None:
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    await bot.start("run")
    await playground.connected()
    card = await ada.say(channel, "what is port 576?", mention=True)
    assert card is not None
    await ada.click(card, NO)
    await ben.click(card, NO)
    bot.signal(signal.SIGTERM)
    assert (await bot.end()).status == 0
    await playground.disconnected()
    playground.gateway.session_opened.clear()
    await bot.start("run")
    await playground.connected()
    thanked = await ada.click(card, YES)
    assert thanked is not None
    assert thanked.text.startswith("Thank you!")
    assert [vote for _, vote, _ in votes(bot.data)] == [1, 3]
    summary = await ada.slash(channel, "feedback")
    assert summary is not None
    assert "2 votes in the last 30 days" in summary.text
    told = await ben.slash(channel, "privacy")
    assert told is not None
    deleted = await ben.click(told, "Delete my data")
    assert deleted is not None
    assert "1 vote " in deleted.text
    assert [vote for _, vote, _ in votes(bot.data)] == [3]
    assert playground.faults == []


@pytest.mark.parametrize("content", [b"no database", b""])
async def test_without_a_store_questions_are_answered_and_votes_say_so(
    content: bytes,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    broken = folder / FILE_NAME
    if content:
        broken.write_bytes(content * 200)
    else:
        broken.mkdir()  # where the file should be
    async with running(Portolan(base, connection, Store.at(None, folder))) as client:
        await client.store.tried()
        card: Reply | None = await playground.ada.say(
            playground.channel, "what is port 576?", mention=True
        )
        assert card is not None
        assert "576" in card.text
        for reply in (
            await playground.ada.click(await with_faces(client, playground), YES),
            await playground.ada.slash(playground.channel, "feedback"),
        ):
            assert reply is not None
            assert reply.ephemeral
            assert re.fullmatch(r"I cannot reach my store .* try this again later\.", reply.text)
    assert playground.faults == []
    told = [record.getMessage() for record in caplog.records if record.name == "bot.store"]
    assert len(told) == 3
    assert all(line.startswith(("store not open: ", "store failed: ")) for line in told)
    assert all(str(folder) in line and "\n" not in line for line in told)
