from collections.abc import Callable
from typing import Any

import pytest

from bot.client import Portolan
from bot.hearing import Ear, hear_less
from bot.playground import Playground

ME = {"id": "9", "username": "portolan"}
PERSON = {"id": "1", "username": "ada"}
TALK = {
    "author": PERSON,
    "content": "port 22",
    "mentions": [],
    "mention_roles": [],
    "channel_id": "5",
    "guild_id": "4",
}
DIRECT = {key: value for key, value in TALK.items() if key != "guild_id"}


def heard(message: dict[str, Any], *, watched: bool = False) -> str | None:
    """Return whether a message is parsed, taken for its role, or neither."""
    found: list[str] = []
    ear = Ear(lambda: 9, lambda channel: watched and channel == 5, lambda _: found.append("role"))
    parsers: dict[str, Callable[[Any], None]] = {
        "MESSAGE_CREATE": lambda _: found.append("parsed"),
        "MESSAGE_UPDATE": print,
    }
    hear_less(parsers, ear)
    parsers["MESSAGE_CREATE"](message)
    assert set(parsers) == {"MESSAGE_CREATE"}
    return found[0] if found else None


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (DIRECT, "parsed"),
        (TALK, None),
        (TALK | {"mentions": [ME]}, "parsed"),
        (TALK | {"mentions": [PERSON, ME]}, "parsed"),
        (TALK | {"mentions": [PERSON]}, None),
        (TALK | {"mentions": [ME], "author": PERSON | {"bot": False}}, "parsed"),
        (DIRECT | {"content": ""}, None),
        (DIRECT | {"content": "", "attachments": [{}]}, "parsed"),
        (DIRECT | {"content": "", "message_snapshots": [{}]}, "parsed"),
        (TALK | {"content": "", "attachments": [{}]}, None),
        (TALK | {"mentions": [ME], "content": ""}, None),
        (DIRECT | {"author": PERSON | {"bot": True}}, None),
        (TALK | {"mentions": [ME], "webhook_id": "7"}, None),
        (TALK | {"mention_roles": ["8"]}, "role"),
        (TALK | {"mention_roles": ["8"], "content": ""}, "role"),
        (TALK | {"mention_roles": ["8"], "mentions": [ME]}, "parsed"),
        (TALK | {"mention_roles": ["8"], "author": PERSON | {"bot": True}}, None),
    ],
)
def test_only_a_persons_text_that_is_meant_for_us_is_heard(
    message: dict[str, Any], what: str | None
) -> None:
    assert heard(message) == what


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (TALK, "parsed"),
        (TALK | {"channel_id": "6"}, None),
        (TALK | {"content": ""}, None),
        (TALK | {"author": PERSON | {"bot": True}}, None),
    ],
)
def test_in_a_watched_channel_every_text_of_a_person_is_heard(
    message: dict[str, Any], what: str | None
) -> None:
    assert heard(message, watched=True) == what


async def test_discord_py_still_parses_events_where_we_take_them_away(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    told: list[str] = []

    async def on_message(message: Any) -> None:
        told.append(message.content)

    client.add_listener(on_message)
    await playground.ada.say(playground.channel, "nothing for the bot")
    await playground.ada.say(playground.ada.dm, "port 22")
    await playground.settled()
    assert told == ["port 22"]
