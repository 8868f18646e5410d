"""/check, on a local Discord."""

import pytest

from bot.client import Portolan
from bot.playground import Playground
from tests.bot.cogs.use import use
from tests.bot.replies import SYSTEM


async def test_what_listens_is_told_for_ones_own_system(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="postgres", protocol="TCP", system="FreeBSD")
    assert "5432" in reply.text.splitlines()[0]
    assert "sockstat -46l -p 5432 -P tcp" in reply.text


async def test_another_host_is_asked_by_its_name(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="postgres", host="db.example.org")
    assert "Whether db.example.org answers on port 5432" in reply.text
    assert "nc -zv -w 3 db.example.org 5432" in reply.text
    assert "ss -t" not in reply.text
    await playground.ada.choose(reply, SYSTEM, "Windows")
    assert "Test-NetConnection -ComputerName db.example.org -Port 5432" in reply.text
    other = await use(playground, "check", port="5432")
    assert "db.example.org" not in other.text


@pytest.mark.parametrize("host", ["$(reboot)", "a b", "-oProxyCommand=x", "; ls"])
async def test_what_is_no_host_is_refused_in_a_sentence(
    host: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="22", host=host)
    assert reply.ephemeral
    assert reply.text.startswith("That is no host name or address.")
    assert host not in reply.text
