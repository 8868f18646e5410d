"""/free, on a local Discord."""

import re

import pytest

from bot.client import Portolan
from bot.playground import NotPossibleError, Playground
from tests.bot.cogs.use import use
from tests.bot.replies import SYSTEM


async def test_free_ports_are_the_same_for_the_same_question(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    options = {"purpose": "a game server", "count": 2, "protocol": "UDP"}
    once = await use(playground, "free", **options)
    again = await use(playground, "free", **options)
    assert once.text == again.text
    ports = re.findall(r"\[Port (\d+)\]", once.text)
    assert len(ports) == 2
    assert all(7700 <= int(port) <= 7999 for port in ports)
    assert "No list can promise" in once.text
    assert f"ss -ulpn 'sport = :{ports[0]}'" in once.text
    await playground.ada.choose(once, SYSTEM, "Windows")
    assert re.findall(r"\[Port (\d+)\]", once.text) == ports
    assert "Get-NetUDPEndpoint" in once.text


async def test_where_nothing_suits_it_is_told_why(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "free", near=50000)
    assert "Port 50000 is in a range that systems hand out" in reply.text
    assert "so I looked below 10000" in reply.text


@pytest.mark.parametrize("options", [{"near": 65536}, {"near": -1}, {"count": 0}, {"count": 11}])
async def test_discord_takes_no_other_numbers(
    options: dict[str, int], client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    with pytest.raises(NotPossibleError):
        await playground.ada.slash(playground.channel, "free", **options)


async def test_a_command_typed_as_a_message_is_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await playground.ada.say(playground.channel, "/free near:8505 count:1", mention=True)
    assert reply is not None
    assert "### Free to take: 8505\n" in reply.text
