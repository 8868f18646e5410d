"""What takes long is acknowledged in time."""

import asyncio
from typing import TYPE_CHECKING

from bot.connection import Connection
from bot.playground import Playground
from bot.send import BUDGET_SECONDS
from knowledge.base import KnowledgeBase
from tests.bot.replies import callbacks, title
from tests.bot.slow import Slow
from tests.bot.until import until

if TYPE_CHECKING:
    from tests.bot.conftest import Running


async def test_a_slow_answer_is_acknowledged_and_comes_later(
    base: KnowledgeBase, connection: Connection, running: "Running", playground: Playground
) -> None:
    client = Slow(base, connection)
    async with running(client):
        asked = asyncio.ensure_future(playground.ada.slash(playground.channel, "port", port="576"))
        await until(lambda: callbacks(playground))
        client.may_answer.set()
        reply = await asked
        assert reply is not None
        assert "576" in title(reply)
        assert not reply.loading
        assert callbacks(playground) == [5]
        await playground.ada.click(reply, "Port 577 ▶")
        assert "577" in title(reply)
        theirs = await playground.ben.click(reply, "Port 578 ▶")
        assert theirs is not None
        assert theirs.ephemeral
        assert "578" in title(theirs)
        assert playground.faults == []


def test_what_takes_longer_is_acknowledged_within_a_second() -> None:
    assert 0 < BUDGET_SECONDS < 1
