"""What every command does alike, on a local Discord."""

import re
from typing import Any

import discord
import pytest

from bot.client import Portolan
from bot.languages import LOCALES
from bot.playground import Channel, Playground
from tests.bot.cogs.use import use

ALL: dict[str, tuple[dict[str, Any], str]] = {  # a use of each command, and what its answer holds
    "port": ({"port": "576"}, "576"),
    "ask": ({"question": "576"}, "576"),
    "check": ({"port": "8080"}, "8080"),
    "compare": ({"first": "80", "second": "443"}, "Port 80 and port 443"),
    "free": ({"near": 8080}, "Free to take: "),
    "changes": ({}, "What changed in the registry"),
    "about": ({}, "About Portolan"),
    "help": ({}, "How to ask me"),
}


@pytest.mark.parametrize("command", ALL)
async def test_a_command_answers_all_or_its_user_alone(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    options, expected = ALL[command]
    public = await use(playground, command, **options)
    private = await use(playground, command, **options, private=True)
    assert (public.ephemeral, private.ephemeral) == (False, True)
    for reply in (public, private):
        assert expected in reply.text
        assert reply.payload["mentions"] == []


@pytest.mark.parametrize("command", ALL)
async def test_a_command_works_in_a_foreign_server_a_group_and_a_direct_message(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ben, installed=False)
    playground.join(eva, far)
    places: tuple[Channel, ...] = (
        await playground.add_channel(far, "dev"),
        playground.add_group(eva, playground.ben),
        eva.dm,
    )
    options, expected = ALL[command]
    for place in places:
        reply = await eva.slash(place, command, **options)
        assert reply is not None
        assert expected in reply.text
    assert playground.faults == []


async def test_a_foreign_server_without_external_apps_sees_nothing(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ben, installed=False)
    playground.join(eva, far)
    far.external_apps = False
    reply = await eva.slash(await playground.add_channel(far, "dev"), "free")
    assert reply is not None
    assert reply.ephemeral


async def test_names_and_descriptions_are_as_discord_wants_them(client: Portolan) -> None:
    for command in client.tree.walk_commands(type=discord.AppCommandType.chat_input):
        assert re.fullmatch(r"[a-z]{1,32}", command.name)
        assert 0 < len(command.description) <= 100
        assert command.description != "…"
        for option in getattr(command, "parameters", ()):
            assert re.fullmatch(r"[a-z]{1,32}", option.display_name)
            assert 1 < len(option.description) <= 100


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_is_answered_in_every_language(
    locale: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", locale=locale, installed=True)
    for command, (options, _) in ALL.items():
        reply = await eva.slash(eva.dm, command, **options)
        assert reply is not None
        assert "went wrong" not in reply.text
        assert reply.message is not None
        assert reply.payload["components"]
    for wish in ({"near": 50000}, {"near": 80}, {"purpose": "web"}):
        assert await eva.slash(eva.dm, "free", **wish) is not None
    reached = await eva.slash(eva.dm, "check", port="443", host="example.org")
    assert reached is not None
    assert "example.org" in reached.text
    form = await eva.slash(eva.dm, "explain")
    assert form is not None
    assert form.modal is not None
    assert playground.faults == []
