"""/explain and "Explain ports here", on a local Discord."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.handed_over import MOST_BYTES, MOST_FILES
from bot.playground import Message, NotPossibleError, Playground, Reply
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running

MENU = "Explain ports here"
SOCKETS = """\
Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=1,fd=3))
tcp   LISTEN 0      511          0.0.0.0:6379      0.0.0.0:*    users:(("redis",pid=2,fd=6))
"""
COMPOSE = b'services:\n  db:\n    image: postgres\n    ports:\n      - "5432:5432"\n'
NMAP = "PORT     STATE SERVICE\n80/tcp   open  http\n3306/tcp open  mysql\n"
NOTES = "Dear all, the café is closed on Sunday. See you, Zoë\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))

Given = str | Sequence[tuple[str, bytes]]


async def explain(playground: Playground, *, private: bool = False, **given: Given) -> Reply:
    """Open the form, fill it in and return what comes of it."""
    opened = await playground.ada.slash(playground.channel, "explain", private=private)
    assert opened is not None
    assert opened.modal is not None
    reply = await playground.ada.submit(opened.modal, given)
    assert reply is not None
    assert playground.faults == []
    return reply


# ---------------------------------------------------------------- /explain


@pytest.mark.parametrize("private", [True, False])
async def test_pasted_output_is_explained(
    private: bool,
    client: Portolan,
    playground: Playground,
) -> None:
    assert client.is_ready()
    reply = await explain(playground, private=private, text=SOCKETS)
    assert reply.ephemeral is private
    for expected in ("2 ports in what you pasted", "22/tcp", "6379/tcp", "deserve"):
        assert expected in reply.text


async def test_a_file_is_explained(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await explain(playground, files=[("compose.yaml", COMPOSE)])
    assert "5432" in reply.text.splitlines()[0]
    assert "published on every address" in reply.text


async def test_a_text_and_files_are_explained_on_one_card(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    files = [
        ("compose.yaml", COMPOSE),
        ("nmap.txt", NMAP.encode("utf-16")),
        ("notes_*.txt", NOTES.encode("cp1252")),
        ("photo.dat", PICTURE),
    ]
    reply = await explain(playground, text=SOCKETS, files=files)
    assert "Ports in 3 texts" in reply.text
    for expected in ("**The text**", "**compose.yaml**", "**nmap.txt**", "3306/tcp", "6379/tcp"):
        assert expected in reply.text
    assert "notes\\_\\*.txt: I see nothing about ports in it." in reply.text
    assert "photo.dat is not text that I can read." in reply.text
    assert len(reply.payload["components"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("big.log", b"port 22\n" * (MOST_BYTES // 8 + 1), "big.log is too large"),
        ("photo.png", PICTURE, "photo.png is not text"),
        ("photo", PICTURE, "photo is not text"),
        ("empty.txt", b" \n", "empty.txt is not text"),
        ("notes.txt", NOTES.encode(), "I see nothing about ports there."),
        ("long.log", b"port 22\n" * 30_000, "long.log: That is more than I read at once"),
    ],
)
async def test_a_file_that_cannot_be_explained_is_one_sentence(
    name: str, content: bytes, expected: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await explain(playground, files=[(name, content)])
    assert reply.text.startswith(expected)
    assert "\n" not in reply.text


async def test_a_file_that_discord_does_not_hand_out_is_one_sentence(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.is_ready()
    opened = await playground.ada.slash(playground.channel, "explain")
    assert opened is not None
    assert opened.modal is not None
    message = await playground.ada.post(playground.channel, files=[("a.txt", COMPOSE)])
    playground.world.attachments.clear()
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert reply.text == "Discord does not hand me a.txt. Please add it again."
    assert "file not read error=NotFound" in caplog.text
    assert "a.txt" not in caplog.text


async def test_an_empty_form_says_what_to_do(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await explain(playground)
    assert reply.text == "Paste a text or add a file, and I explain the ports in it."


async def test_the_form_takes_no_more_than_is_read(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    opened = await playground.ada.slash(playground.channel, "explain")
    assert opened is not None
    assert opened.modal is not None
    with pytest.raises(NotPossibleError):
        await playground.ada.submit(opened.modal, {"text": "x" * 4001})
    files = [(f"{n}.txt", COMPOSE) for n in range(MOST_FILES + 1)]
    with pytest.raises(NotPossibleError):
        await playground.ada.submit(opened.modal, {"files": files})


async def test_a_form_that_was_opened_before_a_restart_is_answered(
    base: KnowledgeBase, connection: Connection, running: "Running", playground: Playground
) -> None:
    async with running(Portolan(base, connection)):
        opened = await playground.ada.slash(playground.channel, "explain", private=True)
    assert opened is not None
    assert opened.modal is not None
    async with running(Portolan(base, connection)):
        reply = await playground.ada.submit(opened.modal, {"text": NMAP})
    assert reply is not None
    assert reply.ephemeral
    assert "3306/tcp" in reply.text
    assert playground.faults == []


async def test_no_form_is_kept_in_memory(client: Portolan, playground: Playground) -> None:
    for _ in range(3):
        await playground.ada.slash(playground.channel, "explain")
    await explain(playground, text=NMAP)
    store = client._connection._view_store  # noqa: SLF001 (where discord.py would keep them)
    assert not store._modals  # noqa: SLF001
    assert not store._views  # noqa: SLF001


async def test_a_failure_is_one_sentence_with_the_logs_reference(
    client: Portolan, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    opened = await playground.ada.slash(playground.channel, "explain")
    assert opened is not None
    assert opened.modal is not None
    whole, client.knowledge = client.knowledge, KnowledgeBase.__new__(KnowledgeBase)
    reply = await playground.ada.submit(opened.modal, {"text": NMAP})
    client.knowledge = whole
    assert reply is not None
    assert reply.ephemeral
    assert reply.text.startswith("Something went wrong on our side")
    assert f"reference={reply.text.split('`')[1]}" in caplog.text
    assert "3306" not in reply.text


# ---------------------------------------------------------------- the message command


async def test_a_message_its_embeds_and_its_files_are_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ben.post(
        playground.channel,
        f"{playground.ada.mention} look <:boat:1234567890123456789>",
        files=[("compose.yaml", COMPOSE), ("photo.png", PICTURE)],
    )
    message.embeds = [
        {
            "type": "rich",
            "title": "Alert",
            "description": "bind() to 0.0.0.0:8080 failed (98: Address already in use)",
            "fields": [{"name": "Peer", "value": "10.0.0.5:27017 refused", "inline": False}],
        }
    ]
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert reply.ephemeral
    for expected in ("Ports in 2 texts", "compose.yaml", "5432", "8080", "27017"):
        assert expected in reply.text
    assert "commands below" not in reply.text
    assert "photo.png" not in reply.text
    assert "1234567890123456789" not in reply.text
    assert playground.faults == []


async def test_a_message_with_a_file_alone_is_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ben.post(playground.channel, files=[("ss.txt", SOCKETS.encode())])
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert "2 ports in what you pasted" in reply.text


async def test_what_a_message_forwards_is_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    first = await playground.ben.post(playground.channel, NMAP, files=[("c.yaml", COMPOSE)])
    forward = await playground.ben.post(playground.channel, "look")
    forward.forwarded = [first]
    reply = await playground.ada.menu(MENU, forward)
    assert reply is not None
    for expected in ("Ports in 2 texts", "3306/tcp", "c.yaml", "5432"):
        assert expected in reply.text
    assert playground.faults == []


@pytest.mark.parametrize("text", ["", "what is this?"])
@pytest.mark.parametrize("direct", [True, False])
async def test_a_file_in_a_message_to_the_bot_is_explained(
    text: str, direct: bool, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    channel = playground.ada.dm if direct else playground.channel
    files = [("message.txt", SOCKETS.encode()), ("screenshot.png", PICTURE)]
    reply = await playground.ada.say(channel, text, mention=not direct, files=files)
    assert reply is not None
    assert "2 ports in what you pasted" in reply.text
    assert "6379/tcp" in reply.text
    assert "screenshot" not in reply.text
    assert playground.faults == []


async def test_a_question_beside_a_file_is_answered_with_it(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    files = [("compose.yaml", COMPOSE)]
    reply = await playground.ada.say(
        playground.channel, "is port 6379 safe?", mention=True, files=files
    )
    assert reply is not None
    assert "Ports in 2 texts" in reply.text
    assert "6379" in reply.text
    assert "compose.yaml" in reply.text


async def test_a_picture_beside_a_question_changes_nothing(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    files = [("screenshot.png", PICTURE)]
    reply = await playground.ada.say(playground.channel, "port 22", mention=True, files=files)
    assert reply is not None
    assert reply.text.startswith("| ### Port 22: ssh")
    silent = await playground.ada.say(playground.ada.dm, files=files)
    assert silent is None


async def test_what_is_forwarded_to_the_bot_is_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    first = await playground.ben.post(playground.channel, SOCKETS)
    world, ada = playground.world, playground.ada
    forward = Message(world.snowflakes.next(), ada.dm, ada.user, forwarded=[first])
    world.remember(forward)
    ada.dm.await_answer(forward)
    await playground.delivery.message_created(forward)
    reply = await playground.answer(forward)
    assert "2 ports in what you pasted" in reply.text
    assert playground.faults == []


async def test_a_file_without_ports_is_one_sentence_and_no_talk_to_others(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    files = [("notes.txt", NOTES.encode())]
    reply = await playground.ada.say(playground.channel, "hm?", mention=True, files=files)
    assert reply is not None
    assert reply.text == "I see nothing about ports there."
    card = await playground.ada.say(playground.channel, "port 22", mention=True)
    assert card is not None
    thanks = await playground.ada.say(playground.channel, "ty", reply_to=card, files=files)
    assert thanks is None


async def test_of_many_files_the_first_are_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    files = [(f"file{n}.yaml", COMPOSE) for n in range(MOST_FILES + 1)]
    message = await playground.ben.post(playground.channel, files=files)
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert "I read up to 5 files at a time." in reply.text
    assert "file4.yaml" in reply.text
    assert "file5.yaml" not in reply.text


async def test_a_question_in_a_message_is_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ben.post(playground.channel, "what is port 576 for?")
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert "Port 576" in reply.text.splitlines()[0]


async def test_what_is_only_a_little_like_a_question_is_not_explained(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await explain(playground, text="the cat sat on the mat")
    assert reply.text == "I see nothing about ports there."
    text = await explain(playground, text="why is my address already in use?")
    assert "address already in use" in text.text.splitlines()[0]


@pytest.mark.parametrize("text", ["good morning", "<@1234567890123456789> <#443>", "😃"])
async def test_a_message_without_ports_is_one_sentence(
    text: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ben.post(playground.channel, text)
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert reply.ephemeral
    assert reply.text == "I see nothing about ports there."


async def test_a_message_is_explained_in_a_foreign_server_and_a_group(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ben, installed=False)
    playground.join(eva, far)
    for place in (
        await playground.add_channel(far, "dev"),
        playground.add_group(eva, playground.ben),
    ):
        message = await playground.ben.post(place, NMAP, files=[("compose.yaml", COMPOSE)])
        reply = await eva.menu(MENU, message)
        assert reply is not None
        assert "3306/tcp" in reply.text
        assert "5432" in reply.text
        opened = await eva.slash(place, "explain")
        assert opened is not None
        assert opened.modal is not None
        shown = await eva.submit(opened.modal, {"files": [("nmap.txt", NMAP.encode())]})
        assert shown is not None
        assert "3306/tcp" in shown.text
    assert playground.faults == []


async def test_a_bots_own_card_can_be_explained(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    card = await playground.ada.slash(playground.channel, "port", port="576")
    assert card is not None
    reply = await playground.ada.menu(MENU, card)
    assert reply is not None
    assert "576" in reply.text
    assert playground.faults == []


@pytest.mark.parametrize(
    ("text", "expected", "menu"),
    [
        (
            "Gestern haben wir Port 8080 in der Firewall geöffnet, jetzt geht es.",
            "Commands on",
            "Choose your operating system",
        ),
        ("Was ist Port 8080?", "Befehle für", "Wähle dein Betriebssystem"),
    ],
)
async def test_a_reader_understands_what_is_said_of_a_message_in_another_language(
    text: str, expected: str, menu: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    message = await playground.ben.post(playground.channel, text)
    reply = await playground.ada.menu(MENU, message)
    assert reply is not None
    assert f"{expected} Linux" in reply.text
    await playground.ada.choose(reply, menu, "macOS")
    assert f"{expected} macOS" in reply.text
    assert playground.faults == []
