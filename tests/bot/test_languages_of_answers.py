"""In which language people are answered: their question's, else their own, else the server's."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground, Reply
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running

GERMAN, FRENCH, ENGLISH = "Befehle für Linux", "Commandes", "Commands on Linux"


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: "Running"
) -> AsyncIterator[Portolan]:
    async with running(Portolan(base, connection)) as connected:
        yield connected


def text_of(reply: Reply | None) -> str:
    assert reply is not None
    return reply.text


@pytest.mark.parametrize(
    ("question", "locale", "expected"),
    [
        ("Was ist Port 443?", "fr", GERMAN),
        ("what is port 443?", "de", ENGLISH),
        ("443", "de", GERMAN),
        ("443", "fr", FRENCH),
        ("443", "en-GB", ENGLISH),
    ],
)
async def test_the_questions_language_comes_first_and_the_users_second(
    question: str, locale: str, expected: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", locale=locale)
    playground.join(eva, playground.guild)
    assert expected in text_of(await eva.slash(playground.channel, "ask", question=question))
    assert playground.faults == []


async def test_a_mention_is_answered_in_the_servers_language_where_its_words_leave_it_open(
    client: Portolan, playground: Playground
) -> None:
    guild = await playground.add_guild("Hafen", playground.ada, locale="de")
    channel = await playground.add_channel(guild, "netz")
    before = await playground.ada.say(channel, "443", mention=True)
    assert ENGLISH in text_of(before)  # messages do not tell the server's language
    await playground.ada.slash(channel, "port", port="80")
    assert client.guild_locales.of(guild.id) == "de"
    assert GERMAN in text_of(await playground.ada.say(channel, "443", mention=True))
    asked = await playground.ada.say(channel, "what is port 22?", mention=True)
    assert ENGLISH in text_of(asked)
    assert playground.faults == []


async def test_what_is_pressed_answers_in_the_language_of_the_card(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await playground.ada.say(playground.channel, "Was ist Port 576?", mention=True)
    assert card is not None
    assert GERMAN in card.text
    await playground.ada.click(card, "Port 577 ▶")
    assert GERMAN in card.text
    assert "577" in card.text


async def test_autocompletion_says_the_state_of_a_port_in_the_users_language(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", locale="de")
    playground.join(eva, playground.guild)
    choices = await eva.autocomplete(playground.channel, "port", port="757")
    assert choices is not None
    assert choices[0].name == "757: nicht zugewiesen"


async def test_a_card_in_another_language_says_that_articles_are_english(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    german = await playground.ada.say(playground.channel, "Was ist Port 443?", mention=True)
    assert "nur auf Englisch" in text_of(german)
    english = await playground.ada.say(playground.channel, "what is port 443?", mention=True)
    assert "English" not in text_of(english)
