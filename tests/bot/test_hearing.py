from typing import Any

import pytest

from bot.client import Portolan
from bot.hearing import hear_less, may_be_question
from bot.playground import Playground

PERSON = {"id": "1", "username": "ada"}


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"author": PERSON, "content": "port 22"}, True),
        ({"author": PERSON | {"bot": False}, "content": "port 22"}, True),
        ({"author": PERSON, "content": ""}, False),
        ({"author": PERSON | {"bot": True}, "content": "port 22"}, False),
        ({"author": PERSON, "content": "port 22", "webhook_id": "7"}, False),
    ],
)
def test_only_a_persons_text_is_heard(message: dict[str, Any], *, heard: bool) -> None:
    assert may_be_question(message) is heard
    parsed: list[Any] = []
    parsers = {"MESSAGE_CREATE": parsed.append, "MESSAGE_UPDATE": parsed.append}
    hear_less(parsers)
    parsers["MESSAGE_CREATE"](message)
    assert parsed == [message] * heard
    assert set(parsers) == {"MESSAGE_CREATE"}


async def test_discord_py_still_parses_events_where_we_take_them_away(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    heard: list[str] = []

    async def on_message(message: Any) -> None:
        heard.append(message.content)

    client.add_listener(on_message)
    await playground.ada.say(playground.channel, "nothing for the bot")
    await playground.ada.say(playground.ada.dm, "port 22")
    await playground.settled()
    assert heard == ["port 22"]
