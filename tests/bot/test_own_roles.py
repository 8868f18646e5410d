"""A mention of the bot's own role, which people pick by mistake."""

from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Failure, Permission, Playground
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running


def own_role(playground: Playground) -> str:
    roles = playground.guild.roles.values()
    return f"<@&{next(role.id for role in roles if role.bot_id is not None)}>"


def asked_for_roles(playground: Playground) -> int:
    return sum(request.path.endswith("/roles") for request in playground.requests)


async def test_a_mention_of_its_role_gets_a_hint(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    text = f"{own_role(playground)} what is port 443?"
    reply = await playground.ben.say(playground.channel, text)
    assert reply is not None
    assert "That was my role" in reply.text
    assert "\n" not in reply.text
    assert reply.payload["mentions"] == []
    assert await playground.ben.say(playground.channel, text) is not None
    assert asked_for_roles(playground) == 1
    assert playground.faults == []


async def test_a_mention_of_another_role_does_not(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    other = playground.world.add_role(playground.guild, Permission(0)).id
    for _ in range(2):
        text = f"<@&{other}> what is port 443?"
        assert await playground.ben.say(playground.channel, text) is None
    assert asked_for_roles(playground) == 1


async def test_who_mentions_both_is_answered(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    text = f"{own_role(playground)} what is port 443?"
    reply = await playground.ben.say(playground.channel, text, mention=True)
    assert reply is not None
    assert "443" in reply.text.splitlines()[0]


@pytest.mark.parametrize("failure", [Failure(403, 50001, "Missing Access"), Failure(418)])
async def test_where_it_cannot_know_its_role_it_is_silent(
    failure: Failure,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
) -> None:
    playground.trouble("GET", "/guilds/*/roles", failure)
    async with running(Portolan(base, connection)):
        text = f"{own_role(playground)} what is port 443?"
        assert await playground.ben.say(playground.channel, text) is None
