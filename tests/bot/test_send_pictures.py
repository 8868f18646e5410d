"""Pictures on their way to Discord: with replies, answers and edits, and gone with the next."""

import pytest

from bot.asking import Asking
from bot.cards.custom_ids import Kind, Recall
from bot.cards.parts import Button, Card, Gallery, Part, Picture, Row, Text
from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground, Reply
from bot.send import Reply as Sent
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from tests.bot.conftest import Running

NAMES = {"port 1": ("a.png",), "port 2": ("b.png", "c.png"), "port 3": ()}


def drawn(text: str, asker: int) -> Card:
    """Return a card with pictures of its own, and a button to each of the other cards."""
    pictures = tuple(Picture(name, f"alt of {name}", name.encode()) for name in NAMES[text])
    buttons = [
        Button(other, Recall(Kind.PORT, asker, "en", other.removeprefix("port ")).custom_id)
        for other in NAMES
    ]
    parts: list[Part] = [Text(f"### {text}"), Row(tuple(buttons))]
    return Card((*parts, Gallery(pictures)) if pictures else tuple(parts))


@pytest.fixture(params=[1.5, 0.0], ids=["in time", "late"])
async def pictured(
    request: pytest.FixtureRequest,
    base: KnowledgeBase,
    connection: Connection,
    running: Running,
    monkeypatch: pytest.MonkeyPatch,
) -> object:
    """A client whose cards hold pictures; it answers at once, or acknowledges first."""
    client = Portolan(base, connection, budget_seconds=request.param)

    def card(answer: Answer, asking: Asking) -> Sent:
        return drawn(f"port {answer.ports[0]}", asking.person)

    monkeypatch.setattr(client, "card", card)
    async with running(client):
        yield client


def shown(reply: Reply | None) -> list[str]:
    """Return the alt texts that are to be seen, each of a file that is there."""
    assert reply is not None
    files = {each["url"]: each["filename"] for each in reply.payload["attachments"]}
    (container,) = reply.payload["components"]
    items = [item for part in container["components"] for item in part.get("items", [])]
    assert [files[item["media"]["url"]] for item in items] == list(reply.files)
    for name, content in reply.files.items():
        assert content == name.encode()
    return [item["description"] for item in items]


@pytest.mark.usefixtures("pictured")
async def test_a_reply_brings_its_pictures(playground: Playground) -> None:
    reply = await playground.ada.say(playground.channel, "port 2", mention=True)
    assert shown(reply) == ["alt of b.png", "alt of c.png"]
    assert playground.faults == []


@pytest.mark.usefixtures("pictured")
async def test_an_answer_brings_its_pictures(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "ask", question="port 1")
    assert shown(reply) == ["alt of a.png"]
    assert playground.faults == []


@pytest.mark.usefixtures("pictured")
async def test_an_edit_brings_other_pictures_and_takes_the_old_ones_away(
    playground: Playground,
) -> None:
    reply = await playground.ada.slash(playground.channel, "ask", question="port 1")
    assert reply is not None
    for label, seen in (
        ("port 2", ["alt of b.png", "alt of c.png"]),
        ("port 3", []),
        ("port 1", ["alt of a.png"]),
    ):
        edited = await playground.ada.click(reply, label)
        assert edited is not None
        assert edited.message is reply.message
        assert shown(reply) == seen
    assert playground.faults == []


@pytest.mark.usefixtures("pictured")
async def test_others_get_a_picture_of_their_own(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "ask", question="port 3")
    assert reply is not None
    own = await playground.ben.click(reply, "port 1")
    assert own is not None
    assert own.ephemeral
    assert shown(own) == ["alt of a.png"]
    assert shown(reply) == []
    assert playground.faults == []


@pytest.mark.usefixtures("pictured")
async def test_the_files_say_what_they_show_as_well(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "ask", question="port 1")
    assert reply is not None
    (attachment,) = reply.payload["attachments"]
    assert attachment["description"] == "alt of a.png"
    assert "(picture: alt of a.png)" in reply.text
