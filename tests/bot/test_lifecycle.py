import asyncio

import pytest

from bot.client import Connection, Portolan
from bot.failures import StartFailure
from bot.lifecycle import serve
from bot.playground import Failure, Hold, Playground
from knowledge.base import KnowledgeBase


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
    while not playground.requests:  # noqa: ASYNC110 (a list tells nobody)
        await asyncio.sleep(0)
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
