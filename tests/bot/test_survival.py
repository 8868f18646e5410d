"""What must outlive restarts, replays, lateness and deletions: answers, once each, and memory."""

import asyncio
import gc
import logging
import signal
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Failure, Playground, Reply
from bot.playground.interactions import interaction_create
from knowledge.base import KnowledgeBase
from tests.bot.replies import SYSTEM
from tests.bot.slow import Slow
from tests.bot.until import until

if TYPE_CHECKING:
    from tests.bot.conftest import Process, Running

TOKEN_SECONDS = 15 * 60


# ---------------------------------------------------------------- restarts


async def test_every_button_of_a_message_from_before_a_restart_works(
    bot: "Process", playground: Playground
) -> None:
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    await bot.join(playground)
    card = await ada.say(channel, "what is port 576?", mention=True)
    concept = await ada.say(channel, "what is TIME_WAIT?", mention=True)
    assert card is not None
    assert concept is not None
    page = await ben.click(card, "More")
    private = await ben.click(card, "Port 577 ▶")
    assert page is not None
    assert private is not None
    bot.signal(signal.SIGTERM)
    assert (await bot.end()).status == 0
    await bot.join(playground)

    await ben.click(page, "Next ▶")
    assert "Page 2 of 2" in page.text
    for pressed in ("More", "Questions", "Map", "😃"):
        opened = await ben.click(card, pressed)
        assert opened is not None
        assert opened.ephemeral
    shared = await ben.click(private, "Share")
    assert shared is not None
    await playground.settled()
    assert [each.ephemeral for each in shared.followups] == [False]
    await ada.choose(card, SYSTEM, "Windows")
    assert "Get-NetTCPConnection -LocalPort 576" in card.text
    await ada.click(card, "Port 577 ▶")
    assert "Port 577" in card.text
    await ada.click(card, "Delete")
    assert card.deleted
    before = concept.text
    await ada.click(concept, _labels(concept)[0])
    assert concept.text != before
    assert playground.faults == []


def _labels(reply: Reply) -> list[str]:
    rows = reply.payload["components"][0]["components"]
    return [each["label"] for row in rows for each in row.get("components", []) if "label" in each]


# ---------------------------------------------------------------- memory


async def test_many_answers_leave_nothing_behind_in_discord_py(
    client: Portolan, playground: Playground
) -> None:
    ada, ben, channel = playground.ada, playground.ben, playground.channel
    for number in (*range(20, 26), *range(79, 81), 576, 8443) * 4:
        card = await ada.say(channel, f"port {number}", mention=True)
        assert card is not None
        theirs = await ben.click(card, ("Map", "More", _labels(card)[0])[number % 3])
        assert theirs is not None
        await ada.slash(channel, "port", port=str(number), private=True)
    await playground.settled()
    gc.collect()
    store = client._connection._view_store  # noqa: SLF001 (where discord.py would keep them)
    assert not store._views  # noqa: SLF001
    assert not store._synced_message_views  # noqa: SLF001
    assert not store._modals  # noqa: SLF001
    assert not client.persistent_views
    assert playground.faults == []


# ---------------------------------------------------------------- replays


def callbacks(playground: Playground) -> int:
    return sum("/callback" in request.path for request in playground.requests)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_replayed_interaction_gets_no_second_answer(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
    *,
    restarted: bool,
) -> None:
    async with running(Portolan(base, connection)) as client:
        reply = await playground.ada.slash(playground.channel, "port", port="576")
        assert reply is not None
        assert reply.interaction is not None
        replay = interaction_create(playground.world, reply.interaction)
        if not restarted:
            await playground.delivery.interaction(reply.interaction, replay)
            await playground.settled()
            assert client.counters.of("replayed") == 1
            assert callbacks(playground) == 1
    if restarted:
        async with running(Portolan(base, connection)) as client:
            await playground.delivery.interaction(reply.interaction, replay)
            await playground.settled()
            assert client.counters.of("unanswerable", "40060") == 1
    assert len(playground.channel.messages) == 1
    assert reply.followups == ()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("interruption", ["op 7", "cut", "close"])
async def test_a_resumed_session_answers_each_thing_once(
    interruption: str, client: Portolan, playground: Playground
) -> None:
    ada, channel = playground.ada, playground.channel
    card = await ada.say(channel, "port 576", mention=True)
    assert card is not None
    match interruption:
        case "op 7":
            await playground.gateway.ask_to_reconnect()
        case "cut":
            playground.gateway.abort()
        case _:
            await playground.gateway.close(4000)
    again = await ada.slash(channel, "port", port="577")
    await playground.settled()
    assert again is not None
    answers = [each for each in channel.messages.values() if each.author.bot]
    assert len(answers) == 2
    assert not client.is_closed()
    assert playground.faults == []


# ---------------------------------------------------------------- late, deleted, forbidden


async def until_counted(client: Portolan, name: str, label: str) -> None:
    await until(lambda: client.counters.of(name, label))


async def test_an_answer_after_15_minutes_is_let_go(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = Slow(base, connection)
    async with running(client):
        asked = asyncio.ensure_future(playground.ada.slash(playground.channel, "port", port="22"))
        await until(lambda: callbacks(playground))
        playground.advance(TOKEN_SECONDS + 1)
        client.may_answer.set()
        await until_counted(client, "unanswerable", "50027")
        asked.cancel()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_question_that_is_deleted_meanwhile_gets_no_answer(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = Slow(base, connection)
    async with running(client):
        message = await playground.ada.post(playground.channel, "port 22", mention=True)
        await client.asked.wait()
        await playground.ada.delete(message)
        client.may_answer.set()
        await until_counted(client, "unanswerable", "50035")
        await playground.settled()
        assert not playground.channel.messages
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, 50001), (403, 50007), (403, 50013), (403, 160002), (404, 10003), (400, 160005)],
)
async def test_where_we_may_not_write_it_is_counted(
    status: int, code: int, client: Portolan, playground: Playground
) -> None:
    playground.trouble("POST", "/channels/*/messages", Failure(status, code, "No"))
    assert await playground.ada.say(playground.channel, "port 22", mention=True) is None
    assert client.counters.of("unanswerable", str(code)) == 1


async def test_a_card_that_is_deleted_meanwhile_is_let_go(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    card = await playground.ada.slash(playground.channel, "port", port="22")
    assert card is not None
    gone = Failure(404, 10008, "Unknown Message")
    playground.trouble("POST", "/interactions/*/*/callback", gone)
    pressed = asyncio.ensure_future(playground.ada.click(card, "Port 23 ▶"))
    await until_counted(client, "unanswerable", "10008")
    playground.advance(3.1)
    assert await pressed is None
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_what_was_counted_stands_in_the_log_at_the_end(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(Portolan(base, connection)):
            await playground.ada.slash(playground.channel, "port", port="22")
    (line,) = (r.getMessage() for r in caplog.records if r.getMessage().startswith("counted"))
    assert line == "counted acknowledged=1 answers{about}=1"
