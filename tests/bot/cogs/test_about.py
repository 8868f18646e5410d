"""/about and /help, on a local Discord."""

import re

import discord
import pytest

from bot.cards.about import EXAMPLES
from bot.client import Portolan
from bot.playground import Playground
from tests.bot.cogs.use import use


async def test_about_tells_the_version_the_date_and_how_much_is_known(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "about")
    assert re.search(r"About Portolan \d+\.\d+", reply.text)
    assert client.knowledge.meta["registry_date"] in reply.text
    assert re.search(r"Service names: \d,\d{3}", reply.text)
    assert "/privacy" in reply.text
    assert "https://www.iana.org/assignments/service-names-port-numbers" in reply.text


async def test_about_links_to_what_the_portal_names(
    client: Portolan, playground: Playground
) -> None:
    assert client.application is not None
    client.application.privacy_policy_url = "https://example.org/privacy"
    client.application.terms_of_service_url = "https://example.org/terms"
    reply = await use(playground, "about")
    links = [
        (each["label"], each["url"])
        for row in reply.payload["components"][0]["components"]
        for each in row.get("components", [])
        if "url" in each
    ]
    assert ("Privacy policy", "https://example.org/privacy") in links
    assert ("Terms of service", "https://example.org/terms") in links


async def test_help_names_every_command_but_those_of_managers(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "help")
    for command in client.tree.get_commands(type=discord.AppCommandType.chat_input):
        managers = getattr(command, "default_permissions", None) is not None
        assert (f"`/{command.name}`" in reply.text) is not managers
    assert "Explain ports here" in reply.text


@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_examples_of_help_are_answered_when_pressed(
    example: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    for person in (playground.ada, playground.ben):
        card = await use(playground, "help")
        reply = await person.click(card, example)
        assert reply is not None
        assert reply.ephemeral
        assert "I do not know that one" not in reply.text
        assert "How to ask me" not in reply.text
        assert "How to ask me" in card.text  # it stays, for whoever wants to try another
    assert playground.faults == []
