"""Nobody asks more than their share, by whatever way they ask."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.cooldowns import Cooldowns, Rate
from bot.languages import catalogue
from bot.playground import Playground, Reply
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running

SLOW = "Slow down a little"
NEVER = 3600.0  # seconds, in which no test ends


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(
    base: KnowledgeBase, connection: Connection, running: "Running", clock: Clock
) -> AsyncIterator[Portolan]:
    """The client, which lets each person do two things an hour."""
    cooldowns = Cooldowns(clock, person=Rate(2, NEVER), told=Rate(1, NEVER))
    async with running(Portolan(base, connection, cooldowns=cooldowns)) as connected:
        yield connected


def is_held(reply: Reply | None) -> bool:
    assert reply is not None
    told = [each for each in (reply, *reply.followups) if SLOW in each.text]
    assert all(each.ephemeral for each in told)
    return bool(told)


async def test_commands_menus_and_components_share_one_pace(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    card = await ada.slash(channel, "ask", question="port 22")
    assert not is_held(card)
    assert card is not None
    assert not is_held(await ada.click(card, "Port 23 ▶"))
    assert is_held(await ada.click(card, "Port 25 ▶"))
    assert "23" in card.text.splitlines()[0]
    assert is_held(await ada.slash(channel, "ask", question="port 25"))
    message = await playground.ben.post(channel, "it listens on 127.0.0.1:5432")
    assert is_held(await ada.menu("Explain ports here", message))
    assert not is_held(await playground.ben.slash(channel, "ask", question="port 25"))
    assert playground.faults == []


async def test_a_modal_that_comes_too_soon_is_held(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    opened = await ada.slash(channel, "explain")
    assert opened is not None
    assert opened.modal is not None
    assert not is_held(await ada.slash(channel, "ask", question="port 22"))
    pasted = {row["label"]: "tcp LISTEN 0 128 0.0.0.0:5432" for row in texts_of(opened)}
    assert is_held(await ada.submit(opened.modal, pasted))
    assert playground.faults == []


def texts_of(opened: Reply) -> list[dict[str, str]]:
    """Return the labels of the modal that hold a text input."""
    assert opened.modal is not None
    rows = opened.modal.payload["components"]
    return [row for row in rows if row.get("component", {}).get("type") == 4]


async def test_typing_is_free(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    for typed in ("p", "po", "pos", "post", "postg"):
        choices = await playground.ada.autocomplete(playground.channel, "port", port=typed)
        assert choices
    assert not is_held(await playground.ada.slash(playground.channel, "port", port="22"))


async def test_messages_are_told_once_then_there_is_silence(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    for _ in range(2):
        reply = await ada.say(channel, "port 22", mention=True)
        assert reply is not None
        assert SLOW not in reply.text
    told = await ada.say(channel, "port 22", mention=True)
    assert told is not None
    assert told.text.startswith(SLOW)
    assert "\n" not in told.text
    assert await ada.say(channel, "port 22", mention=True) is None
    assert await ada.say(channel, "port 23", reply_to=told) is None
    assert (await playground.ben.say(channel, "port 22", mention=True)) is not None
    assert playground.faults == []


async def test_direct_messages_and_commands_share_one_pace(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada = playground.ada
    assert await ada.say(ada.dm, "port 22") is not None
    assert not is_held(await ada.slash(ada.dm, "ask", question="port 22"))
    told = await ada.say(ada.dm, "port 22")
    assert told is not None
    assert SLOW in told.text


async def test_who_waits_is_answered_again(
    client: Portolan, playground: Playground, clock: Clock
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    held = [is_held(await ada.slash(channel, "ask", question="port 22")) for _ in range(3)]
    assert held == [False, False, True]
    clock.now += NEVER
    assert not is_held(await ada.slash(channel, "ask", question="port 22"))


async def test_it_is_said_in_the_users_language(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True, locale="de")
    for _ in range(2):
        await eva.slash(eva.dm, "ask", question="port 22")
    reply = await eva.slash(eva.dm, "ask", question="port 22")
    assert reply is not None
    sentence = catalogue("de").gettext("Slow down a little: try again in {seconds} s.")
    assert reply.text == sentence.format(seconds=3600)
