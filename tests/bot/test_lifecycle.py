import asyncio

import pytest

from bot import lifecycle
from bot.client import Portolan
from bot.connection import Connection
from bot.failures import StartFailure
from bot.lifecycle import serve
from bot.playground import Failure, Hold, Playground
from knowledge.base import KnowledgeBase
from tests.bot.until import until


async def test_a_gateway_that_says_nothing_is_given_up(
    base: KnowledgeBase, connection: Connection, playground: Playground
) -> None:
    playground.gateway.greets = False
    client = Portolan(base, connection)
    with pytest.raises(StartFailure, match="does not answer"):
        await serve(client, playground.token, asyncio.Event(), start_seconds=0.2)
    assert client.is_closed()


async def test_an_api_that_says_nothing_is_given_up(
    base: KnowledgeBase, connection: Connection, playground: Playground
) -> None:
    answers = asyncio.Event()
    playground.trouble("GET", "/users/@me", Hold(answers))
    with pytest.raises(StartFailure, match="does not answer"):
        await serve(
            Portolan(base, connection), playground.token, asyncio.Event(), start_seconds=0.2
        )
    answers.set()


async def test_an_api_that_fails_is_told_with_its_status(
    base: KnowledgeBase, connection: Connection, playground: Playground
) -> None:
    playground.trouble("GET", "/users/@me", Failure(418))
    with pytest.raises(StartFailure, match="status 418"):
        await serve(Portolan(base, connection), playground.token, asyncio.Event())


async def test_it_may_be_stopped_before_it_is_ready(
    base: KnowledgeBase, connection: Connection, playground: Playground
) -> None:
    playground.gateway.greets = False
    stop = asyncio.Event()
    served = asyncio.ensure_future(serve(Portolan(base, connection), playground.token, stop))
    await until(lambda: playground.requests)
    stop.set()
    async with asyncio.timeout(5):
        await served


async def test_stopping_closes_the_gateway_with_1000(
    base: KnowledgeBase, connection: Connection, playground: Playground
) -> None:
    stop, ready = asyncio.Event(), asyncio.Event()
    client = Portolan(base, connection)
    served = asyncio.ensure_future(serve(client, playground.token, stop, ready=ready))
    await ready.wait()
    stop.set()
    await served
    assert playground.closes == [1000]
    assert client.is_closed()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/channels/*/messages"), ("POST", "/interactions/*/*/callback")],
)
async def test_an_answer_that_has_been_begun_is_finished(
    method: str,
    path: str,
    base: KnowledgeBase,
    connection: Connection,
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, ready, may_answer = asyncio.Event(), asyncio.Event(), asyncio.Event()
    client = Portolan(base, connection)
    served = asyncio.ensure_future(serve(client, playground.token, stop, ready=ready))
    await ready.wait()
    playground.trouble(method, path, Hold(may_answer))
    ada, channel = playground.ada, playground.channel
    asked = asyncio.ensure_future(
        ada.say(channel, "port 22", mention=True)
        if path.startswith("/channels")
        else ada.slash(channel, "ask", question="port 22")
    )
    await until(lambda: any(each.path.endswith(path[-8:]) for each in playground.requests))
    stop.set()
    gone = asyncio.ensure_future(playground.disconnected())
    await asyncio.wait({gone}, timeout=0.3)  # more than it takes to leave at once
    assert not gone.done()
    may_answer.set()
    reply = await asked
    await served
    await gone
    assert reply is not None
    assert "22" in reply.text
    assert playground.closes == [1000]
    assert "stopped before" not in caplog.text


async def test_an_answer_that_never_ends_keeps_nobody_waiting(
    base: KnowledgeBase,
    connection: Connection,
    playground: Playground,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(lifecycle, "FINISH_SECONDS", 0.05)
    stop, ready, never = asyncio.Event(), asyncio.Event(), asyncio.Event()
    client = Portolan(base, connection)
    served = asyncio.ensure_future(serve(client, playground.token, stop, ready=ready))
    await ready.wait()
    playground.trouble("POST", "/channels/*/messages", Hold(never))
    await playground.ada.post(playground.channel, "port 22", mention=True)
    await until(lambda: any(each.path.endswith("messages") for each in playground.requests))
    stop.set()
    async with asyncio.timeout(5):
        await served
    assert "stopped before it was answered count=1" in caplog.text
    assert client.is_closed()
    never.set()
