"""What leads from card to card, on a local Discord."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from discord import ui

from bot.cards.custom_ids import Kind, Recall
from bot.cards.parts import Button, Card, Row
from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground, Reply
from bot.send import reply_to
from knowledge.base import KnowledgeBase
from tests.bot.replies import SYSTEM, title

if TYPE_CHECKING:
    from tests.bot.conftest import Running


async def test_the_askers_card_changes_and_others_get_their_own(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await playground.ada.slash(playground.channel, "port", port="576")
    assert card is not None
    theirs = await playground.ben.choose(card, SYSTEM, "macOS")
    assert theirs is not None
    assert theirs.ephemeral
    assert "lsof" in theirs.text
    assert "lsof" not in card.text
    await playground.ada.choose(card, SYSTEM, "macOS")
    assert "lsof" in card.text
    again = await playground.ben.click(theirs, "Port 577 ▶")
    assert again is not None
    assert again.message is theirs.message
    assert "577" in title(theirs)
    assert playground.faults == []


async def test_a_concept_leads_to_related_ones(client: Portolan, playground: Playground) -> None:
    entry = next(e for e in client.knowledge.faqs() if any(map(client.knowledge.faq, e.related)))
    related = client.knowledge.faq(entry.related[0])
    assert related is not None
    card = await playground.ada.say(playground.ada.dm, entry.question)
    assert card is not None
    buttons = [
        button["custom_id"]
        for row in card.payload["components"][0]["components"]
        for button in row.get("components", [])
        if button["custom_id"].startswith("f1:")
    ]
    await playground.ada.click(card, buttons[0])
    assert related.question in card.text.replace("\\", "")
    assert playground.faults == []


@pytest.mark.parametrize("custom_id", ["p9:abc:en:443", "something else", "f1:1:en:no-such-slug"])
async def test_a_button_that_leads_nowhere_says_so(
    custom_id: str, client: Portolan, playground: Playground
) -> None:
    channel = client.get_partial_messageable(playground.channel.id)
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="old", custom_id=custom_id))
    view.stop()
    sent = await channel.send("an old card", view=view)
    message = playground.channel.messages[sent.id]
    reply = await playground.ada.click(message, "old")
    assert reply is not None
    assert reply.ephemeral
    assert "Please ask again" in reply.text


@pytest.mark.parametrize("budget_seconds", [1.5, 0])
async def test_ones_own_button_that_leads_nowhere_leaves_the_card_as_it_is(
    budget_seconds: float,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
) -> None:
    ada = playground.ada
    async with running(Portolan(base, connection, budget_seconds=budget_seconds)) as client:
        card = Card((Row((Button("old", Recall(Kind.FAQ, ada.id, "en", "gone").custom_id),)),))
        asked = await ada.post(playground.channel, "anything")
        channel = client.get_partial_messageable(playground.channel.id)
        await reply_to(await channel.fetch_message(asked.id), card)
        reply = await ada.click(asked.answers[0], "old")
        assert reply is not None
        told = [each for each in (reply, *reply.followups) if "Please ask again" in each.text]
        assert [each.ephemeral for each in told] == [True]
        assert "[old]" in Reply(asked.answers[0], 0.0).text


async def test_no_answer_is_kept_in_memory(client: Portolan, playground: Playground) -> None:
    for _ in range(3):
        card = await playground.ada.slash(playground.channel, "port", port="576")
        assert card is not None
        theirs = await playground.ben.click(card, "Port 577 ▶")
        assert theirs is not None
    await playground.settled()
    store = client._connection._view_store  # noqa: SLF001 (where discord.py would keep them)
    assert not store._views  # noqa: SLF001
    assert not client.persistent_views
    assert not [t for t in asyncio.all_tasks() if "timeout" in t.get_name()]
