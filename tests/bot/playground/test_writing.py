"""What goes out as JSON, and what stays of what came in."""

import json

import pytest

from bot.playground import Playground
from bot.playground.writing import Components, written
from tests.bot.playground.bare_http import Http

BUTTON = {"type": 2, "style": 2, "label": "More", "custom_id": "m"}
CARD = [{"type": 17, "components": [{"type": 1, "components": [BUTTON]}]}]


def test_a_message_with_components_is_written_whole() -> None:
    shown = Components([{"type": 10, "content": 'Größe: "1"\ud800'}])
    message = {"id": "1", "components": shown, "flags": 1 << 15}
    assert json.loads(written(message)) == message
    assert written(message) == written(message)


@pytest.mark.parametrize("value", [None, [], {}, {"components": []}, [{"components": [BUTTON]}]])
def test_other_values_are_written_as_they_are(value: object) -> None:
    assert json.loads(written(value)) == value


async def test_a_request_is_remembered_as_it_was_sent(playground: Playground, http: Http) -> None:
    body = {"flags": 1 << 15, "components": CARD}
    status, message = await http.post(body)
    assert status == 200
    assert message["components"][0]["components"][0]["components"] == [BUTTON | {"id": 3}]
    assert playground.requests[-1].body == body
