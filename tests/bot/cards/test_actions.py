"""What can be done with a card, through the real client on a local Discord."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.cards.custom_ids import read
from bot.client import Portolan
from bot.playground import Failure, Permission, Person, Playground, Reply
from tests.bot.replies import SYSTEM
from tests.bot.until import until


def labels(reply: Reply) -> list[str]:
    return [each["label"] for each in walk(reply.payload["components"]) if each["type"] == 2]


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))


async def card_on(playground: Playground, text: str) -> Reply:
    reply = await playground.ada.say(playground.channel, text, mention=True)
    assert reply is not None
    return reply


async def private_card(person: Person, playground: Playground) -> Reply:
    """Return somebody's own private card: what pressing another's public card gives."""
    public = await card_on(playground, "port 576")
    reply = await person.click(public, "Port 577 ▶")
    assert reply is not None
    assert reply.ephemeral
    return reply


# ---------------------------------------------------------------- more, and its pages


async def test_more_opens_the_whole_article_in_private_and_pages_are_turned(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await card_on(playground, "what is port 576?")
    before = card.text
    whole = await playground.ada.click(card, "More")
    assert whole is not None
    assert whole.ephemeral
    assert "### What it is" in whole.text
    assert "Page 1 of 2" in whole.text
    assert card.text == before
    assert await playground.ada.click(whole, "Next ▶") is not None
    assert "Page 2 of 2" in whole.text
    assert "### Does Redox OS use port 576?" in whole.text
    assert "### Sources" in whole.text
    assert await playground.ada.click(whole, "◀ Back") is not None
    assert "Page 1 of 2" in whole.text
    assert playground.faults == []


async def test_questions_open_where_they_begin(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    asked = await playground.ben.click(await card_on(playground, "port 576"), "Questions")
    assert asked is not None
    assert asked.ephemeral
    assert "### What is ipcd on port 576?" in asked.text
    assert "Page 2 of 2" in asked.text
    assert playground.faults == []


async def test_a_concept_has_its_details(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    card = await card_on(playground, "what is TIME_WAIT?")
    details = await playground.ada.click(card, "More")
    assert details is not None
    assert "- **Reuse connections**" in details.text
    assert "Questions" not in labels(card)


async def test_more_stands_only_where_there_is_more(
    client: Portolan, playground: Playground
) -> None:
    number = next(n for n in range(30000, 40000) if client.knowledge.article(n) is None)
    card = await card_on(playground, f"port {number}")
    assert "More" not in labels(card)
    assert "Questions" not in labels(card)


async def test_what_is_gone_meanwhile_is_said(client: Portolan, playground: Playground) -> None:
    card = await card_on(playground, "what is TIME_WAIT?")
    (row,) = (
        part
        for part in walk(card.payload["components"])
        if part["type"] == 1 and part["components"][0].get("label") == "More"
    )
    custom_id = row["components"][0]["custom_id"]
    assert card.message is not None
    for part in walk(card.message.components):
        if part.get("custom_id") == custom_id:
            part["custom_id"] = custom_id.replace("time-wait", "no-such-slug")
    reply = await playground.ada.click(card, "More")
    assert reply is not None
    assert reply.ephemeral
    assert "no longer in my knowledge base" in reply.text
    assert client.is_ready()


# ---------------------------------------------------------------- the map


async def test_the_map_opens_in_private(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    shown = await playground.ada.click(await card_on(playground, "port 22"), "Map")
    assert shown is not None
    assert shown.ephemeral
    assert "The ports around port 22" in shown.text
    (content,) = shown.files.values()
    assert content.startswith(b"\x89PNG")
    assert playground.faults == []


# ---------------------------------------------------------------- share


async def test_a_private_card_is_shared_once(client: Portolan, playground: Playground) -> None:
    ben = playground.ben
    private = await private_card(ben, playground)
    assert "Share" in labels(private)
    assert "Delete" not in labels(private)
    shared = await ben.click(private, "Share")
    assert shared is not None
    await playground.settled()
    (posted,) = shared.followups
    assert not posted.ephemeral
    assert posted.text.splitlines()[0] == private.text.splitlines()[0]
    assert f"Shared by {ben.mention}" in posted.text
    assert posted.payload["mentions"] == []
    assert "Share" not in labels(private)
    assert "Share" not in labels(posted)
    assert "Delete" in labels(posted)
    assert client.counters.of("shared") == 1
    assert playground.faults == []


async def test_a_shared_card_is_its_sharers(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    private = await private_card(playground.ben, playground)
    shared = await playground.ben.click(private, "Share")
    assert shared is not None
    await playground.settled()
    (posted,) = shared.followups
    await playground.ben.choose(posted, SYSTEM, "macOS")
    assert "lsof" in posted.text
    theirs = await playground.ada.click(posted, "◀ Port 576")
    assert theirs is not None
    assert theirs.ephemeral


async def test_a_double_click_shares_once(client: Portolan, playground: Playground) -> None:
    private = await private_card(playground.ben, playground)
    assert private.message is not None
    pressed = [part["custom_id"] for part in walk(private.payload["components"])
               if part.get("label") == "Share"]  # fmt: skip
    before = len(playground.channel.messages)
    await asyncio.gather(
        playground.ben.click(private, pressed[0]), playground.ben.click(private, pressed[0])
    )
    await playground.settled()
    assert len(playground.channel.messages) == before + 1
    assert client.counters.of("shared") == 1
    assert playground.faults == []


async def test_where_we_may_not_write_a_card_stays_private(
    client: Portolan, playground: Playground
) -> None:
    private = await private_card(playground.ben, playground)
    playground.channel.denied[playground.world.bot.id] = Permission.SEND_MESSAGES
    before = len(playground.channel.messages)
    reply = await playground.ben.click(private, "Share")
    assert reply is not None
    assert reply.ephemeral
    assert reply.text == "I may not post in this channel, so this answer stays with you."
    assert len(playground.channel.messages) == before
    assert "Share" in labels(private)
    assert client.counters.of("shared") == 0


async def test_a_card_that_discord_refuses_stays_private(
    client: Portolan, playground: Playground
) -> None:
    private = await private_card(playground.ben, playground)
    playground.trouble("POST", "/webhooks/*/*", Failure(403, 50013, "Missing Permissions"))
    reply = await playground.ben.click(private, "Share")
    assert reply is not None
    await playground.settled()
    assert ["stays with you" in each.text for each in reply.followups] == [True]
    assert client.counters.of("shared") == 0


@pytest.mark.parametrize("how", ["server", "permission"])
async def test_a_foreign_server_may_keep_a_card_private(
    how: str, client: Portolan, playground: Playground
) -> None:
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ada, installed=False)
    playground.join(eva, far)
    channel = await playground.add_channel(far, "talk")
    private = await eva.slash(channel, "port", port="576", private=True)
    assert private is not None
    if how == "server":
        far.external_apps = False
    else:
        channel.denied[eva.id] = Permission.USE_EXTERNAL_APPS
    reply = await eva.click(private, "Share")
    assert reply is not None
    await playground.settled()
    told = [each for each in (reply, *reply.followups) if "stays with you" in each.text]
    assert [each.ephemeral for each in told] == [True]
    assert client.counters.of("shared") == 0
    assert playground.faults == []


async def test_a_foreign_server_that_lets_us_speak_gets_the_card(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ada, installed=False)
    playground.join(eva, far)
    channel = await playground.add_channel(far, "talk")
    private = await eva.slash(channel, "port", port="576", private=True)
    assert private is not None
    shared = await eva.click(private, "Share")
    assert shared is not None
    await playground.settled()
    (posted,) = shared.followups
    assert not posted.ephemeral
    assert await eva.click(posted, "Delete") is not None
    assert posted.deleted
    assert playground.faults == []


# ---------------------------------------------------------------- the bin


@pytest.mark.parametrize("presser", ["asker", "moderator"])
async def test_the_asker_and_moderators_delete_an_answer(
    presser: str, client: Portolan, playground: Playground
) -> None:
    card = await playground.ben.say(playground.channel, "port 576", mention=True)
    assert card is not None
    person = playground.ben if presser == "asker" else playground.ada
    await person.click(card, "Delete")
    assert card.deleted
    assert client.counters.of("deleted") == 1
    assert playground.faults == []


OTHER_CARDS = ["map", "changes", "about", "help"]


@pytest.mark.parametrize("command", OTHER_CARDS)
async def test_what_is_no_answer_to_a_question_can_be_shared_too(
    command: str, client: Portolan, playground: Playground
) -> None:
    private = await playground.ben.slash(playground.channel, command, private=True)
    assert private is not None
    assert "Share" in labels(private)
    assert "Delete" not in labels(private)
    shared = await playground.ben.click(private, "Share")
    assert shared is not None
    await playground.settled()
    (posted,) = shared.followups
    assert "Share" not in labels(private)
    assert labels(posted)[-1] == "Delete"
    assert posted.text.endswith(f"Shared by {playground.ben.mention}")
    assert private.files == posted.files
    assert bool(posted.files) == (command == "map")
    assert client.counters.of("shared") == 1
    await playground.ben.click(posted, "Delete")
    assert posted.deleted
    assert playground.faults == []


async def test_the_map_around_a_port_can_be_shared_by_whoever_opened_it(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await card_on(playground, "port 576")
    opened = await playground.ben.click(card, "Map")
    assert opened is not None
    shared = await playground.ben.click(opened, "Share")
    assert shared is not None
    await playground.settled()
    (posted,) = shared.followups
    assert not posted.ephemeral
    assert list(posted.files) == ["ports-around-576.png"]
    assert posted.files == opened.files
    assert f"Shared by {playground.ben.mention}" in posted.text
    assert playground.faults == []


@pytest.mark.parametrize("command", OTHER_CARDS)
async def test_what_is_no_answer_to_a_question_can_be_deleted_too(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await playground.ben.slash(playground.channel, command)
    assert card is not None
    await playground.ben.click(card, "Delete")
    assert card.deleted
    assert playground.faults == []


async def test_others_are_told_who_can_delete(client: Portolan, playground: Playground) -> None:
    card = await card_on(playground, "port 576")
    reply = await playground.ben.click(card, "Delete")
    assert reply is not None
    assert reply.ephemeral
    assert reply.text == "Only the person who asked and moderators can delete this answer."
    assert not card.deleted
    assert client.counters.of("deleted") == 0


async def test_an_answer_in_a_direct_message_can_be_deleted(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await playground.ben.say(playground.ben.dm, "port 576")
    assert card is not None
    await playground.ben.click(card, "Delete")
    assert card.deleted
    assert playground.faults == []


async def test_deleting_what_is_gone_already_is_silent_and_counted(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    card = await card_on(playground, "port 576")
    gone = Failure(404, 10008, "Unknown Message")
    playground.trouble("DELETE", "/webhooks/*/*/messages/@original", gone)
    pressed = asyncio.ensure_future(playground.ada.click(card, "Delete"))
    await until(lambda: client.counters.of("unanswerable", "10008"))
    playground.advance(3.1)
    await pressed
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


# ---------------------------------------------------------------- what else stands on a card


async def test_the_system_chosen_stays_from_port_to_port(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await card_on(playground, "port 576")
    await playground.ada.choose(card, SYSTEM, "macOS")
    await playground.ada.click(card, "Port 577 ▶")
    assert "Commands on macOS" in card.text
    theirs = await playground.ben.click(card, "Port 578 ▶")
    assert theirs is not None
    assert "Commands on macOS" in theirs.text
    assert playground.faults == []


@pytest.mark.parametrize(
    ("command", "options", "button"),
    [
        ("compare", {"first": "25", "second": "587"}, "Port 25"),
        ("ask", {"question": "what are 22, 80 and 443?"}, "Port 80"),
        ("free", {"near": 8505, "count": 2}, "Port 8505"),
        ("ask", {"question": "ports 6881-6889"}, "Port 6881"),
    ],
)
async def test_one_of_several_ports_is_shown_beside_the_card(
    command: str,
    options: dict[str, Any],
    button: str,
    client: Portolan,
    playground: Playground,
) -> None:
    assert client.is_ready()
    for private in (False, True):
        card = await playground.ada.slash(playground.channel, command, **options, private=private)
        assert card is not None
        before = card.text
        shown = await playground.ada.click(card, button)
        assert shown is not None
        assert shown.ephemeral
        assert shown.text.startswith(f"| ### {button}: ")
        assert card.text == before
    assert playground.faults == []


async def test_a_card_asks_whether_it_helped(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    card = await card_on(playground, "port 576")
    assert "Was this helpful?" in card.text
    thanks = await playground.ben.click(card, "😃")
    assert thanks is not None
    assert thanks.ephemeral
    assert playground.faults == []


async def test_a_port_card_has_few_rows_of_short_words(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    for number in (22, 80, 576, 756, 8443, 60156):
        card = await card_on(playground, f"port {number}")
        rows = [part for part in walk(card.payload["components"]) if part["type"] == 1]
        assert len(rows) <= 4
        assert all(len(label) <= 34 for label in labels(card))


@pytest.mark.parametrize(
    "asked", ["something about nat and ports", "what port does mongo rabbit use"]
)
async def test_what_may_have_been_meant_can_be_pressed(
    asked: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    card = await card_on(playground, asked)
    asks = [
        part["label"]
        for part in walk(card.payload["components"])
        if (recalled := read(part.get("custom_id", ""))) and recalled.kind == "a"
    ]
    assert asks
    before = card.text
    await playground.ada.click(card, asks[0])
    assert card.text != before
    assert playground.faults == []
