"""Health and metrics, as what watches the bot reads them."""

from typing import TYPE_CHECKING

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.client import Portolan
from bot.connection import Connection
from bot.failures import StartFailure
from bot.metrics import served
from bot.playground import Playground
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Process, Running

ANY_PORT = "127.0.0.1:0"


async def get(port: int, path: str) -> tuple[int, str, str]:
    """Return status, type and body of an answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, response.headers["Content-Type"], await response.text()


async def test_it_is_ready_while_it_is_connected_and_live_until_it_is_closed(
    base: KnowledgeBase, connection: Connection, running: "Running"
) -> None:
    client = Portolan(base, connection)
    async with served(client, ANY_PORT) as port:
        assert (await get(port, "/ready"))[::2] == (503, "not ready")
        assert (await get(port, "/live"))[::2] == (200, "live")
        async with running(client):
            assert (await get(port, "/ready"))[::2] == (200, "ready")
        assert (await get(port, "/ready"))[0] == 503
        assert (await get(port, "/live"))[::2] == (503, "not live")


async def test_what_happened_is_counted_for_prometheus(
    client: Portolan, playground: Playground
) -> None:
    for _ in range(2):
        await playground.ada.slash(playground.channel, "port", port="22")
    async with served(client, ANY_PORT) as port:
        status, kind, text = await get(port, "/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert told["portolan_answers_total", "about"] == 2
    assert told["portolan_shard_up", "0"] == 1
    assert any(name == "portolan_info" for name, *_ in told)


async def test_nothing_of_people_or_questions_is_told(
    client: Portolan, playground: Playground
) -> None:
    person, channel = playground.ada, playground.channel
    await person.say(channel, "what is port 31337 zebra?", mention=True)
    async with served(client, ANY_PORT) as port:
        _, _, text = await get(port, "/metrics")
    for private in (str(person.id), str(channel.id), "31337", "zebra"):
        assert private not in text


async def test_nothing_else_is_served(client: Portolan) -> None:
    async with served(client, ANY_PORT) as port:
        assert (await get(port, "/"))[0] == 404


async def test_an_address_in_use_is_one_sentence(client: Portolan) -> None:
    async with served(client, ANY_PORT) as port:
        with pytest.raises(StartFailure, match=f"PORTOLAN_METRICS: .* 127.0.0.1:{port} "):
            async with served(client, f"127.0.0.1:{port}"):
                pass


async def test_the_setting_starts_it(
    bot: "Process", playground: Playground, unused_tcp_port: int
) -> None:
    bot.settings["PORTOLAN_METRICS"] = f"127.0.0.1:{unused_tcp_port}"
    await bot.join(playground)
    assert (await get(unused_tcp_port, "/ready"))[::2] == (200, "ready")
