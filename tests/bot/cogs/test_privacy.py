"""/privacy says what is so, and deletes what it says."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cards.feedback import FACES, feedback_row
from bot.cards.parts import Card
from bot.client import Portolan
from bot.connection import Connection
from bot.conversations import KEPT_SECONDS
from bot.languages import LOCALES, catalogue
from bot.playground import Permission, Playground, Reply
from bot.send import reply_to
from bot.store import VOTES_KEPT_DAYS, Store
from knowledge.base import KnowledgeBase
from knowledge.team.schema import METADATA

if TYPE_CHECKING:
    from tests.bot.conftest import Running

PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
TOLD = {  # on the page, in the card, and in /privacy's deletion
    "teams": {"id", "language", "system"},
    "watched_channels": {"team", "channel", "since"},
    "votes": {"voter", "answer", "team", "vote", "language", "day"},
    "state": {"name", "value"},  # of the process; of nobody
}
YES = list(FACES.values())[-1]


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: "Running", tmp_path: Path
) -> AsyncIterator[Portolan]:
    """The real client, with a store in a file."""
    async with running(Portolan(base, connection, Store.at(None, tmp_path))) as connected:
        await connected.store.tried()
        yield connected


async def vote(client: Portolan, playground: Playground, key: str) -> None:
    """Let Ada and Ben vote on an answer."""
    asked = await playground.ada.post(playground.channel, "what is port 576?")
    partial = client.get_partial_messageable(playground.channel.id)
    row = feedback_row(key, "en", catalogue("en"))
    await reply_to(await partial.fetch_message(asked.id), Card((row,)))
    await playground.ada.click(asked.answers[0], YES)
    await playground.ben.click(asked.answers[0], YES)


def kept(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("teams.sqlite*")))


def buttons(reply: Reply | None) -> list[str]:
    assert reply is not None
    rows = reply.payload["components"][0]["components"]
    return [button["label"] for row in rows for button in row.get("components", ())]


async def test_what_a_person_left_is_deleted_and_counted(
    client: Portolan, playground: Playground, tmp_path: Path
) -> None:
    await vote(client, playground, "port:576")
    await vote(client, playground, "port:577")
    await playground.ada.say(playground.channel, "what listens on 8080", mention=True)
    told = await playground.ada.slash(playground.channel, "privacy")
    assert told is not None
    assert told.ephemeral
    done = await playground.ada.click(told, "Delete my data")
    assert done is not None
    assert done.ephemeral
    assert done.text.startswith("I have deleted 2 votes of yours")
    summary = await client.store.summary(playground.guild.id, 30)
    assert summary.total.total == 2
    again = await playground.ada.say(playground.channel, "and on windows?", mention=True)
    assert again is not None
    assert "8080" not in again.text
    nothing = await playground.ada.click(told, "Delete my data")
    assert nothing is not None
    assert nothing.text == "I keep nothing of yours, so there is nothing to delete."
    assert str(playground.ada.id).encode() not in kept(tmp_path)
    assert playground.faults == []


async def test_a_conversation_alone_is_forgotten_too(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await playground.ada.say(playground.ada.dm, "what listens on 8080")
    told = await playground.ada.slash(playground.ada.dm, "privacy")
    assert buttons(told) == ["Delete my data"]
    assert told is not None
    done = await playground.ada.click(told, "Delete my data")
    assert done is not None
    assert done.text.startswith("I have forgotten what you asked last.")


async def test_a_servers_data_is_deleted_when_a_manager_confirms(
    client: Portolan, playground: Playground, tmp_path: Path
) -> None:
    await vote(client, playground, "port:576")
    await client.store.watch(playground.guild.id, playground.channel.id)
    assert str(playground.guild.id).encode() in kept(tmp_path)
    told = await playground.ada.slash(playground.channel, "privacy")
    assert buttons(told) == ["Delete my data", "Delete this server's data"]
    assert told is not None
    asked = await playground.ada.click(told, "Delete this server's data")
    assert asked is not None
    assert asked.ephemeral
    assert "2 votes" in asked.text
    assert "1 watched channel\n" in asked.text
    assert "It cannot be undone." in asked.text
    assert client.store.is_watched(playground.channel.id)
    done = await playground.ada.click(asked, "Yes, delete it")
    assert done is not None
    assert "I have deleted all that I kept of this server:" in done.text
    assert "2 votes" in done.text
    assert not client.store.is_watched(playground.channel.id)
    assert str(playground.guild.id).encode() not in kept(tmp_path)
    assert str(playground.channel.id).encode() not in kept(tmp_path)
    for reply in (told, asked):
        nothing = await playground.ada.click(reply, buttons(reply)[-1])
        assert nothing is not None
        assert nothing.text == "I keep nothing of this server, so there is nothing to delete."
    assert playground.faults == []


async def test_only_managers_delete_a_servers_data(
    client: Portolan, playground: Playground
) -> None:
    await vote(client, playground, "port:576")
    assert buttons(await playground.ben.slash(playground.channel, "privacy")) == ["Delete my data"]
    eva = playground.add_person("Eva", permissions=Permission.MANAGE_GUILD)
    told = await eva.slash(playground.channel, "privacy")
    assert told is not None
    asked = await eva.click(told, "Delete this server's data")
    assert asked is not None
    for role in playground.guild.roles.values():  # Eva manages no more what she managed then
        role.permissions &= ~Permission.MANAGE_GUILD
    refused = await eva.click(asked, "Yes, delete it")
    assert refused is not None
    assert refused.text.startswith("You need a permission for this")
    assert await client.store.kept_of(playground.guild.id)


async def test_a_servers_data_is_nobodys_to_delete_where_the_bot_was_brought_along(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", eva, installed=False)
    hall = await playground.add_channel(far, "hall")
    assert buttons(await eva.slash(hall, "privacy")) == ["Delete my data"]


async def test_it_fits_in_every_language(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", permissions=Permission.MANAGE_GUILD)
    for locale in LOCALES:
        eva.user.locale = locale
        told = await eva.slash(playground.channel, "privacy")
        assert told is not None
        assert len(buttons(told)) == 2
        assert catalogue(locale).gettext("What I keep, and why") in told.text
        assert "…" not in told.text, locale
    assert playground.faults == []


def test_what_is_told_is_what_is_kept() -> None:
    kept = {
        name: {column.name for column in table.columns} for name, table in METADATA.tables.items()
    }
    assert kept == TOLD, "tell it in bot/cards/privacy.py and docs/privacy.md, and delete it"
    page = PAGE.read_text(encoding="utf-8")
    assert VOTES_KEPT_DAYS == 365
    assert page.count("a year") == 2
    assert KEPT_SECONDS == 600.0
    assert "ten minutes" in page
