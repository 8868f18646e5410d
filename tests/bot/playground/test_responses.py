"""Responses to interactions: once, in time, and what may follow."""

import asyncio

import pytest

from bot.playground import Playground
from tests.bot.playground.bare_http import Http
from tests.bot.playground.tiny_bot import TinyBot
from tests.bot.until import until


async def test_a_second_response_is_refused(playground: Playground, bot: TinyBot) -> None:
    reply = await playground.ada.slash(playground.channel, "twice")
    await playground.settled()
    assert reply is not None
    assert reply.text == "once"
    assert bot.codes == [40060]


async def test_a_response_after_three_seconds_is_refused(
    playground: Playground, bot: TinyBot
) -> None:
    waiting = asyncio.create_task(playground.ada.slash(playground.channel, "late"))
    await playground.gateway.round_trip()
    await until(lambda: playground.world.interactions)
    playground.advance(3.1)
    assert await waiting is None
    bot.gate.set()
    await playground.settled()
    assert bot.codes == [10062, 10015]  # the token is dead for follow-ups as well


async def test_a_follow_up_needs_a_response_before_it(
    playground: Playground, bot: TinyBot
) -> None:
    bot.gate.set()
    reply = await playground.ada.slash(playground.channel, "late")
    await playground.settled()
    assert reply is not None
    assert [each.text for each in reply.followups] == ["and more"]


async def test_a_deferred_response_is_filled_by_an_edit(
    playground: Playground, bot: TinyBot
) -> None:
    reply = await playground.ada.slash(playground.channel, "think")
    assert reply is not None
    assert reply.text.startswith("| Port 443")
    assert not reply.loading
    assert reply.edits == ()
    assert bot.is_ready()
    sent = [each.body for each in playground.requests if each.route.endswith("/callback")]
    assert sent == [{"type": 5}]


async def test_the_first_follow_up_fills_a_deferred_response_and_its_privacy_stays(
    playground: Playground, bot: TinyBot
) -> None:
    assert bot.is_ready()
    for private in (True, False):
        reply = await playground.ada.slash(
            playground.channel, "think", private=private, after=True
        )
        assert reply is not None
        assert (reply.text, reply.ephemeral) == ("thought", private)
        assert reply.followups == ()


async def test_follow_ups_can_be_changed_and_the_response_deleted(
    playground: Playground, bot: TinyBot
) -> None:
    reply = await playground.ada.slash(playground.channel, "many", count=2)
    await playground.settled()
    assert reply is not None
    assert reply.deleted
    assert [each.text for each in reply.followups] == ["number 0", "changed"]
    assert bot.codes == [10008]


async def test_a_token_lasts_fifteen_minutes(
    playground: Playground, bot: TinyBot, http: Http
) -> None:
    reply = await playground.ada.slash(playground.channel, "port", number="5")
    assert reply is not None
    assert reply.interaction is not None
    original = f"/webhooks/{bot.application_id}/{reply.interaction.token}/messages/@original"
    status, message = await http.send("GET", original, token="")
    assert (status, message["content"]) == (200, "port 5")
    playground.advance(15 * 60)
    status, error = await http.send("PATCH", original, {"content": "late"}, token="")
    assert (status, error["code"]) == (401, 50027)
    status, error = await http.send("GET", original.replace("@original", "5"), token="")
    assert status == 401


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"type": 8, "data": {"choices": []}}, "type"),
        ({"type": 6}, "type"),
        ({"type": 5, "data": {"flags": 32768}}, "data"),
        ({"type": 4, "data": {"content": "x" * 2001}}, "data"),
        ({"type": 9, "data": {"custom_id": "x", "title": "x" * 46, "components": []}}, "data"),
    ],
)
async def test_a_response_must_fit_the_interaction(
    playground: Playground, bot: TinyBot, http: Http, body: dict[str, object], place: str
) -> None:
    waiting = asyncio.create_task(playground.ada.slash(playground.channel, "late"))
    await until(lambda: playground.world.interactions)
    interaction = next(iter(playground.world.interactions.values()))
    callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
    status, error = await http.send("POST", callback, body, token="")
    assert (status, error["code"]) == (400, 50035)
    assert list(error["errors"]) == [place]
    assert len(playground.faults) == 1
    playground.faults.clear()
    status, _ = await http.send("POST", callback, {"type": 4, "data": {"content": "ok"}}, token="")
    assert status == 204  # a response that was refused was none
    reply = await waiting
    assert reply is not None
    assert reply.text == "ok"
    bot.gate.set()
    await playground.settled()
    assert bot.codes == [40060]


async def test_an_unknown_interaction_is_unknown(playground: Playground, http: Http) -> None:
    status, error = await http.send(
        "POST", "/interactions/1/abc/callback", {"type": 4, "data": {"content": "x"}}, token=""
    )
    assert (status, error["code"]) == (404, 10062)
    status, error = await http.send(
        "POST", f"/webhooks/{playground.world.bot.id}/abc", {"content": "x"}, token=""
    )
    assert (status, error["code"]) == (404, 10015)
