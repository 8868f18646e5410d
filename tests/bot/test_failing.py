"""What fails is told in one sentence, or let go, on a local Discord."""

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from bot.asking import Asking
from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Failure, Playground
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from tests.bot.replies import SYSTEM, callbacks
from tests.bot.until import until

if TYPE_CHECKING:
    from tests.bot.conftest import Running


class Broken(Portolan):
    """Cannot answer."""

    @override
    async def answer(self, text: str, asking: Asking) -> Answer:
        raise RuntimeError(f"it broke over {text}")


@pytest.mark.parametrize("budget_seconds", [1.5, 0])
async def test_every_failure_is_one_sentence_with_the_logs_reference(
    budget_seconds: float,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(Portolan(base, connection)):
        card = await playground.ada.slash(playground.channel, "port", port="22")
        assert card is not None
    async with running(Broken(base, connection, budget_seconds=budget_seconds)):
        ada, channel = playground.ada, playground.channel
        replies = [
            await ada.say(channel, "port 22", mention=True),
            await ada.slash(channel, "port", port="22"),
            await ada.slash(channel, "ask", question="port 22"),
            await ada.click(card, "Port 23 ▶"),
            await ada.choose(card, SYSTEM, "macOS"),
        ]
    for reply in replies:
        assert reply is not None
        told = [each.text for each in (reply, *reply.followups)]
        (sentence,) = (text for text in told if "went wrong on our side" in text)
        reference = sentence.split("`")[1]
        assert f"reference={reference}" in caplog.text
        assert "it broke over" not in sentence
    assert playground.faults == []


async def test_failing_suggestions_are_none_and_logged_and_counted(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    whole, client.knowledge = client.knowledge, KnowledgeBase.__new__(KnowledgeBase)
    choices = await playground.ada.autocomplete(playground.channel, "port", port="post")
    client.knowledge = whole
    assert choices == ()
    assert "failed where=autocomplete:port" in caplog.text
    assert client.counters.of("failed", "AttributeError") == 1


@pytest.mark.parametrize(
    "failure", [Failure(403, 50013, "Missing Permissions"), Failure(404, 10003, "Unknown Channel")]
)
async def test_where_we_may_not_write_we_are_silent(
    failure: Failure, client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.is_ready()
    playground.trouble("POST", "/channels/*/messages", failure)
    assert await playground.ada.say(playground.channel, "port 22", mention=True) is None
    assert "unanswerable where=message" in caplog.text
    assert [r.levelno for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_an_interaction_that_expired_is_let_go(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.is_ready()
    playground.trouble(
        "POST", "/interactions/*/*/callback", Failure(404, 10062, "Unknown interaction")
    )
    asked = asyncio.ensure_future(playground.ada.slash(playground.channel, "port", port="22"))
    await until(lambda: callbacks(playground))
    await playground.settled()
    playground.advance(3.1)
    assert await asked is None
    assert "unanswerable" in caplog.text
    assert [r.levelno for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_a_command_of_an_older_version_says_so(
    client: Portolan, playground: Playground
) -> None:
    client.tree.remove_command("port")
    reply = await playground.ada.slash(playground.channel, "port", port="22")
    assert reply is not None
    assert "Reload Discord" in reply.text
