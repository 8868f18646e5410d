"""/map, by the real client on a local Discord."""

import asyncio
from typing import TYPE_CHECKING

import discord
import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.drawn_maps import map_around
from bot.pictures import hilbert, neighbourhood
from bot.pictures.legend import FILLS
from bot.pictures.marks import Mark, tally
from bot.pictures.surroundings import around, describe
from bot.playground import Playground, Reply
from bot.playground.permissions import Permission
from bot.playground.state import Payload
from bot.send import reply_to
from knowledge.base import KnowledgeBase
from knowledge.phrasebook import ENGLISH
from tests.bot.pictures.pixels import colour_at, opened

if TYPE_CHECKING:
    from tests.bot.conftest import Running

GALLERY = 12


def picture(reply: Reply | None) -> tuple[Payload, bytes]:
    """Return the one item of the one gallery of an answer, and the file that it shows."""
    assert reply is not None
    (container,) = reply.payload["components"]
    (gallery,) = [part for part in container["components"] if part["type"] == GALLERY]
    (item,) = gallery["items"]
    (attachment,) = reply.payload["attachments"]
    assert item["media"]["url"] == attachment["url"]
    ((name, content),) = reply.files.items()
    assert attachment["filename"] == name
    return item, content


async def test_map_answers_with_a_picture_of_all_ports(
    client: Portolan, playground: Playground
) -> None:
    reply = await playground.ada.slash(playground.channel, "map")
    item, png = picture(reply)
    image = opened(png)
    statuses = client.knowledge.statuses
    for number in (0, 79, 1024, 40000, 60156):
        mark = Mark(chr(statuses[number]))
        assert colour_at(image, hilbert.centre(number)) == FILLS[mark]
    assert "65,536 ports" in item["description"]
    assert reply is not None
    assert reply.text.startswith("| ### Map of all 65,536 ports")
    assert f"**A** assigned: {tally(statuses)[Mark.ASSIGNED]:,}" in reply.text
    assert "**Dynamic Ports** 49152-65535" in reply.text
    assert client.knowledge.meta["registry_date"] in reply.text
    assert "iana.org/assignments" in reply.text
    assert not reply.ephemeral
    assert playground.faults == []


async def test_map_marks_the_port_asked_for(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    plain = await playground.ada.slash(playground.channel, "map")
    reply = await playground.ada.slash(playground.channel, "map", number=8443)
    item, png = picture(reply)
    assert png != picture(plain)[1]
    assert "port 8443: assigned" in item["description"]
    assert reply is not None
    assert "A ring marks port 8443: assigned." in reply.text
    assert playground.faults == []


async def test_map_can_be_for_one_alone(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await playground.ada.slash(playground.channel, "map", number=0, private=True)
    assert reply is not None
    assert reply.ephemeral
    opened(picture(reply)[1])
    assert playground.faults == []


@pytest.mark.parametrize("place", ["dm", "group", "foreign"])
async def test_map_works_in_every_place(
    client: Portolan, playground: Playground, place: str
) -> None:
    assert client.is_ready()
    if place == "dm":
        channel = playground.ada.dm
    elif place == "group":
        channel = playground.add_group(playground.ada, playground.ben)
    else:
        guild = await playground.add_guild("Far", playground.ada, installed=False)
        channel = await playground.add_channel(guild, "dev")
    traveller = playground.ada
    traveller.user.installed = True
    opened(picture(await traveller.slash(channel, "map"))[1])
    assert playground.faults == []


async def test_where_no_file_may_be_attached_the_numbers_are_told(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    bot = playground.world.bot.id
    playground.channel.denied[bot] = Permission.ATTACH_FILES
    reply = await playground.ada.slash(playground.channel, "map")
    assert reply is not None
    assert reply.files == {}
    assert "I may not attach pictures here" in reply.text
    assert "dynamic: 16,384" in reply.text
    assert playground.faults == []


async def test_many_who_ask_at_once_get_the_picture_that_was_drawn_once(
    client: Portolan, playground: Playground
) -> None:
    replies = await asyncio.gather(
        *(playground.ada.slash(playground.channel, "map", number=443) for _ in range(10))
    )
    assert len({picture(reply)[1] for reply in replies}) == 1
    assert client.atlas.size == len(picture(replies[0])[1])


async def test_a_slow_picture_is_announced_and_comes_late(
    base: KnowledgeBase, connection: Connection, running: "Running", playground: Playground
) -> None:
    async with running(Portolan(base, connection, budget_seconds=0.0)):
        reply = await playground.ada.slash(playground.channel, "map", number=576)
        assert reply is not None
        assert not reply.loading
        opened(picture(reply)[1])
    assert playground.faults == []


async def test_the_ports_around_one_can_be_sent_as_a_reply(
    client: Portolan, playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def with_a_map(message: discord.Message) -> None:
        await reply_to(message, await map_around(client, 8443, 0, "en-US", files=True))

    monkeypatch.setattr(client, "on_message", with_a_map)
    item, png = picture(await playground.ada.say(playground.channel, "8443", mention=True))
    view = around(8443, client.knowledge.facts)
    assert item["description"] == describe(view, ENGLISH)
    assert png == neighbourhood.draw(view, ENGLISH)
    assert playground.faults == []


async def test_the_picture_is_in_the_readers_language_as_far_as_the_font_goes(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", locale="ru")
    item, png = picture(await eva.slash(playground.channel, "map"))
    opened(png)
    assert len(item["description"]) <= 1024
    assert playground.faults == []
