"""/settings: what a server's managers choose, and where it counts."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cards.settings import TITLE
from bot.client import Portolan
from bot.connection import Connection
from bot.language_names import NATIVE, matching, named
from bot.languages import LOCALES, catalogue
from bot.playground import Intent, NotPossibleError, Permission, Playground, Reply
from bot.store import Store
from knowledge.base import KnowledgeBase
from knowledge.model import System
from knowledge.team.model import TeamSettings
from tests.bot.cogs.use import use

if TYPE_CHECKING:
    from tests.bot.conftest import Running

QUESTION = "which port does postgres use?"
GERMAN = "Befehle für {system}"
ENGLISH = "Commands on {system}"
NOTHING = TeamSettings()


@pytest.fixture
def granted() -> Intent:
    return Intent.MESSAGE_CONTENT


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: "Running", tmp_path: Path
) -> AsyncIterator[Portolan]:
    """The real client, with a store in a file."""
    async with running(Portolan(base, connection, Store.at(None, tmp_path))) as connected:
        await connected.store.tried()
        yield connected


async def mention(playground: Playground, text: str) -> str:
    reply = await playground.ben.say(playground.channel, text, mention=True)
    assert reply is not None
    return reply.text


def shown(reply: Reply | None) -> list[str]:
    """Return the values that a card of /settings tells: of the language and of the system."""
    assert reply is not None
    assert reply.ephemeral
    lines = (line.removeprefix("| ") for line in reply.text.splitlines())
    return [line.strip("*") for line in lines if line.startswith("**")]


# ---------------------------------------------------------------- the command


async def test_it_is_set_shown_and_reset(client: Portolan, playground: Playground) -> None:
    guild = playground.guild.id
    assert shown(await use(playground, "settings")) == ["—", "—"]
    assert shown(await use(playground, "settings", language="de")) == ["Deutsch", "—"]
    both = ["Deutsch", "Windows"]
    assert shown(await use(playground, "settings", system="windows")) == both
    assert shown(await use(playground, "settings")) == both
    assert await client.store.settings(guild) == TeamSettings("de", System.WINDOWS)
    changed = await use(playground, "settings", language="ja", reset=True)
    assert shown(changed) == ["日本語", "—"]
    assert shown(await use(playground, "settings", reset=True)) == ["—", "—"]
    assert client.store.chosen(guild) == await client.store.settings(guild) == NOTHING
    assert not await client.store.kept_of(guild)


async def test_an_unknown_language_changes_nothing(
    client: Portolan, playground: Playground
) -> None:
    await use(playground, "settings", language="de")
    told = await use(playground, "settings", language="Klingon*", system="macos")
    assert told.ephemeral
    assert told.text == r"I know no language “Klingon\*”. Choose one from the list as you type."
    assert client.store.chosen(playground.guild.id) == TeamSettings("de")


async def test_languages_are_completed(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    ada = playground.ada
    ada.user.locale = "ko"
    offered = {}
    for typed in ("", "deu", "span", "PORTUGUES", "tieng", "zh", "klingon"):
        choices = await ada.autocomplete(playground.channel, "settings", language=typed)
        assert choices is not None
        offered[typed] = [choice.value for choice in choices]
    assert len(offered[""]) == 25
    assert offered[""][0] == "ko"
    assert offered["deu"] == ["de"]
    assert offered["span"] == ["es-ES", "es-419"]
    assert offered["PORTUGUES"] == ["pt-BR"]
    assert offered["tieng"] == ["vi"]
    assert offered["zh"] == ["zh-CN", "zh-TW"]
    assert offered["klingon"] == []


def test_every_language_is_found_by_its_name_and_tag() -> None:
    assert set(NATIVE) == set(LOCALES)
    for locale, name in NATIVE.items():
        assert named(name, "en-US") == named(locale, "en-US") == locale
        assert matching(name.lower(), "en-US")[0] == locale
    assert named("English", "en-GB") == "en-GB"
    assert named("s", "en-US") is None


async def test_it_fits_in_every_language(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    for locale in LOCALES:
        playground.ada.user.locale = locale
        reply = await use(playground, "settings")
        title = catalogue(locale).pgettext("command description", TITLE)
        assert title in reply.text
        assert shown(reply) == ["—", "—"]
        assert "…" not in reply.text, locale


async def test_it_is_for_those_who_manage_a_server_that_has_the_bot(
    client: Portolan, playground: Playground
) -> None:
    ben, eva = playground.ben, playground.add_person("Eva", installed=True)
    with pytest.raises(NotPossibleError):
        await ben.slash(playground.channel, "settings")
    with pytest.raises(NotPossibleError):
        await eva.slash(eva.dm, "settings")
    for command in playground.world.commands[None].values():  # a server may let everybody see it
        command["default_member_permissions"] = None
    refused = await ben.slash(playground.channel, "settings", language="de")
    assert refused is not None
    assert refused.ephemeral
    assert refused.text.startswith("You need a permission for this")
    assert client.store.chosen(playground.guild.id) == NOTHING
    kim = playground.add_person("Kim", permissions=Permission.MANAGE_GUILD)
    assert shown(await kim.slash(playground.channel, "settings", language="de")) == [
        "Deutsch",
        "—",
    ]


# ---------------------------------------------------------------- where it counts


async def test_the_language_stands_behind_the_questions_and_the_askers(
    client: Portolan, playground: Playground
) -> None:
    assert ENGLISH.format(system="Linux") in await mention(playground, "443")
    await use(playground, "settings", language="de")
    assert client.guild_locales.of(playground.guild.id) == "de"  # not Discord's, "en-US"
    assert GERMAN.format(system="Linux") in await mention(playground, "443")
    assert ENGLISH.format(system="Linux") in await mention(playground, "what is port 22?")
    slash = await use(playground, "ask", question="443")
    assert ENGLISH.format(system="Linux") in slash.text
    assert "Frag mich" in await mention(playground, "")
    await use(playground, "settings", reset=True)
    assert ENGLISH.format(system="Linux") in await mention(playground, "8443")


async def test_the_system_stands_behind_the_questions_and_the_options(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    await use(playground, "settings", system="windows")
    windows, macos = ENGLISH.format(system="Windows"), ENGLISH.format(system="macOS")
    assert windows in await mention(playground, QUESTION)
    assert macos in await mention(playground, "which port does postgres use on mac?")
    card = await use(playground, "port", port="22")
    assert windows in card.text
    assert macos in (await use(playground, "port", port="22", system="macos")).text
    assert macos in (await use(playground, "ask", question="is 22 open on macos?")).text
    assert windows in (await use(playground, "check", port="8080")).text
    await playground.ada.choose(card, "Choose your operating system", "macOS")
    assert macos in card.text
    direct = await playground.ada.say(playground.ada.dm, QUESTION)
    assert direct is not None
    assert ENGLISH.format(system="Linux") in direct.text


async def test_both_count_in_a_watched_channel(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    await use(playground, "watch on")
    await use(playground, "settings", language="de", system="windows")
    reply = await playground.ben.say(playground.channel, QUESTION)
    assert reply is not None
    assert ENGLISH.format(system="Windows") in reply.text
    bare = await playground.ben.say(playground.channel, "port 443?")
    assert bare is not None
    assert GERMAN.format(system="Windows") in bare.text


async def test_other_servers_know_nothing_of_it(client: Portolan, playground: Playground) -> None:
    await use(playground, "settings", language="de", system="windows")
    far = await playground.add_guild("Far", playground.ada)
    hall = await playground.add_channel(far, "hall")
    reply = await playground.ada.say(hall, "443", mention=True)
    assert reply is not None
    assert ENGLISH.format(system="Linux") in reply.text
    assert client.store.chosen(far.id) == NOTHING


# ---------------------------------------------------------------- how long


async def test_it_survives_a_restart(
    base: KnowledgeBase,
    connection: Connection,
    playground: Playground,
    running: "Running",
    tmp_path: Path,
) -> None:
    async with running(Portolan(base, connection, Store.at(None, tmp_path))):
        await use(playground, "settings", language="de", system="freebsd")
    async with running(Portolan(base, connection, Store.at(None, tmp_path))) as again:
        await again.store.tried()
        assert GERMAN.format(system="FreeBSD") in await mention(playground, "443")


async def test_it_is_deleted_with_the_servers_data(
    client: Portolan, playground: Playground
) -> None:
    await use(playground, "settings", language="de", system="windows")
    told = await use(playground, "privacy")
    asked = await playground.ada.click(told, "Delete this server's data")
    assert asked is not None
    assert "the settings" in asked.text
    await playground.ada.click(asked, "Yes, delete it")
    assert client.store.chosen(playground.guild.id) == NOTHING
    assert shown(await use(playground, "settings")) == ["—", "—"]
    assert ENGLISH.format(system="Linux") in await mention(playground, "443")
