"""What a well-behaved bot does not send: refused as Discord does, and recorded as a fault."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.bot.playground.bare_http import Http

V2 = 1 << 15


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more", **changes}


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def select(**changes: Any) -> dict[str, Any]:
    options = [{"label": "a", "value": "a"}]
    return {"type": 3, "custom_id": "system", "options": options, **changes}


def section(*texts: str) -> dict[str, Any]:
    return {"type": 9, "components": [text(each) for each in texts], "accessory": button()}


LIMITS: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "content"),
    ({"content": "x", "nonce": "x" * 26}, "nonce"),
    ({"embeds": [{"title": "x" * 257}]}, "embeds/0/title"),
    ({"embeds": [{"description": "x" * 4097}]}, "embeds/0/description"),
    ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
    ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    ({"embeds": [{"fields": [{"name": "x", "value": " "}]}]}, "embeds/0/fields/0/value"),
    ({"embeds": [{"fields": [{"name": "x", "value": "y" * 1025}]}]}, "embeds/0/fields/0/value"),
    ({"embeds": [{"fields": [{"name": "x", "value": "y"}] * 26}]}, "embeds/0/fields"),
    ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds/0/footer/text"),
    ({"embeds": [{"author": {"name": "x" * 257}}]}, "embeds/0/author/name"),
    ({"embeds": [{}]}, "embeds/0/description"),
    ({"components": [row(button(label="x" * 81))]}, "components/0/components/0/label"),
    ({"components": [row(button(label=None))]}, "components/0/components/0"),
    ({"components": [row(button(custom_id="x" * 101))]}, "components/0/components/0/custom_id"),
    ({"components": [row(button(custom_id=None))]}, "components/0/components/0/custom_id"),
    ({"components": [row(button(), button())]}, "components/0/components/1/custom_id"),
    (
        {"components": [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})]},
        "components/0/components/0/url",
    ),
    (
        {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        "components/0/components",
    ),
    ({"components": [row(select(), button())]}, "components/0/components"),
    ({"components": [row()]}, "components/0/components"),
    ({"components": [row(button(custom_id=str(n))) for n in range(6)]}, "components"),
    ({"components": [row(select(options=[]))]}, "components/0/components/0/options"),
    (
        {
            "components": [
                row(select(options=[{"label": "x", "value": str(n)} for n in range(26)]))
            ]
        },
        "components/0/components/0/options",
    ),
    (
        {"components": [row(select(options=[{"label": "x", "value": "v"}] * 2))]},
        "components/0/components/0/options/1/value",
    ),
    ({"components": [row(select(max_values=2))]}, "components/0/components/0/max_values"),
    (
        {"components": [row(select(placeholder="x" * 151))]},
        "components/0/components/0/placeholder",
    ),
    ({"content": "x", "components": [text("x")]}, "components/0/type"),
    ({"flags": V2, "components": [text("x" * 2001), text("y" * 2000)]}, "components"),
    ({"flags": V2, "components": [text(" ")]}, "components/0/content"),
    ({"flags": V2, "components": [text("x")], "content": "x"}, "content"),
    ({"flags": V2, "components": [text("x")], "embeds": [{"title": "x"}]}, "embeds"),
    ({"flags": V2, "components": []}, "components"),
    (
        {"flags": V2, "components": [{"type": 17, "components": [text("x")] * 21}] * 2},
        "components",
    ),
    ({"flags": V2, "components": [section()]}, "components/0/components"),
    ({"flags": V2, "components": [section("a", "b", "c", "d")]}, "components/0/components"),
    ({"flags": V2, "components": [{**section("a"), "accessory": None}]}, "components/0/accessory"),
    ({"flags": V2, "components": [{"type": 12, "items": []}]}, "components/0/items"),
    (
        {"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://a.txt"}}]},
        "components/0/file",
    ),
    ({"embeds": [{"image": {"url": "attachment://a.png"}}]}, "embeds/0/image"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["5"]}},
        "allowed_mentions",
    ),
]


@pytest.mark.parametrize(
    ("body", "place"), LIMITS, ids=[f"{place}-{n}" for n, (_, place) in enumerate(LIMITS)]
)
async def test_a_message_over_a_limit_is_refused_with_its_place(
    body: dict[str, Any], place: str
) -> None:
    async with Playground() as playground:  # by our rules alone, without the description
        status, error = await _post(playground, body)
        assert (status, error["code"]) == (400, 50035)
        found = error["errors"]
        for step in place.split("/"):
            found = found[step]
        assert found["_errors"][0]["code"]
        assert [(each.kind, place in str(each)) for each in playground.faults] == [("limit", True)]
        assert playground.channel.messages == {}


ALLOWED: list[dict[str, Any]] = [
    {"content": "x" * 2000 + "  \n"},
    {"content": "😀" * 2000},
    {"embeds": [{"description": "x" * 3000}] * 2},
    {"components": [row(*(button(custom_id=str(n)) for n in range(5))), row(select())]},
    {"flags": V2, "components": [text("x" * 4000)]},
    {"flags": V2, "components": [{"type": 17, "components": [text(str(n)) for n in range(39)]}]},
    {"flags": V2, "components": [section("a", "b", "c"), {"type": 14, "spacing": 2}]},
    {"content": "x", "allowed_mentions": {"parse": [], "users": ["5"], "replied_user": False}},
    {"content": "x", "allowed_mentions": {"parse": [], "users": [5]}},
]


@pytest.mark.parametrize("body", ALLOWED)
async def test_a_message_just_within_the_limits_is_taken(http: Http, body: dict[str, Any]) -> None:
    status, message = await http.post(body)
    assert status == 200, message


async def test_an_empty_message_is_refused(playground: Playground, http: Http) -> None:
    empty: list[dict[str, Any]] = [{}, {"content": " \n"}, {"embeds": []}, {"components": []}]
    for body in empty:
        status, error = await http.post(body)
        assert (status, error["code"]) == (400, 50006)
    assert len(playground.faults) == 4
    playground.faults.clear()


async def test_an_edit_may_not_break_the_rules_either(playground: Playground, http: Http) -> None:
    _, message = await http.post({"content": "fine"})
    path = f"/channels/{playground.channel.id}/messages/{message['id']}"
    both = {"flags": V2, "components": [text("x")]}  # and the content from before
    refused: list[dict[str, Any]] = [both, {"content": ""}, {"content": "x" * 2001}]
    for body in refused:
        status, _ = await http.send("PATCH", path, body)
        assert status == 400
    assert (await http.send("GET", path))[1]["content"] == "fine"
    switched = {"flags": V2, "components": [text("x")], "content": None, "embeds": []}
    status, message = await http.send("PATCH", path, switched)
    assert (status, message["flags"] & V2) == (200, V2)
    status, message = await http.send("PATCH", path, {"flags": 0, "components": [text("y")]})
    assert (status, message["flags"] & V2) == (200, V2)  # the flag stays for ever
    playground.faults.clear()


COMMAND = {"name": "port", "description": "Look a port up", "type": 1}


def option(**changes: Any) -> dict[str, Any]:
    return {"name": "number", "description": "Which", "type": 3, **changes}


COMMANDS: list[tuple[list[dict[str, Any]], str]] = [
    ([{**COMMAND, "name": "Port"}], "0/name"),
    ([{**COMMAND, "name": "two words"}], "0/name"),
    ([{**COMMAND, "name": "x" * 33}], "0/name"),
    ([{**COMMAND, "name": "a!"}], "0/name"),
    ([{**COMMAND, "name_localizations": {"de": "Hafen"}}], "0/name_localizations/de"),
    ([{**COMMAND, "name_localizations": {"xx": "hafen"}}], "0/name_localizations/xx"),
    ([{**COMMAND, "description": ""}], "0/description"),
    ([{**COMMAND, "description": "x" * 101}], "0/description"),
    (
        [{**COMMAND, "description_localizations": {"de": "x" * 101}}],
        "0/description_localizations/de",
    ),
    ([COMMAND, COMMAND], "1/name"),
    ([{**COMMAND, "options": [option(), option(name="must", required=True)]}], "0/options/1"),
    ([{**COMMAND, "options": [option(), option()]}], "0/options"),
    (
        [
            {
                **COMMAND,
                "options": [
                    option(name_localizations={"de": "eins"}),
                    option(name="other", name_localizations={"de": "eins"}),
                ],
            }
        ],
        "0/options",
    ),
    ([{**COMMAND, "options": [option(name=f"o{n}") for n in range(26)]}], "0/options"),
    (
        [{**COMMAND, "options": [option(choices=[{"name": "x" * 101, "value": "v"}])]}],
        "0/options/0/choices/0/name",
    ),
    (
        [{**COMMAND, "options": [option(choices=[{"name": "x", "value": 5}])]}],
        "0/options/0/choices/0/value",
    ),
    (
        [
            {
                **COMMAND,
                "options": [option(choices=[{"name": "x", "value": "v"}], autocomplete=True)],
            }
        ],
        "0/options/0/autocomplete",
    ),
    (
        [{**COMMAND, "options": [option(type=4, min_value=5, max_value=1)]}],
        "0/options/0/min_value",
    ),
    (
        [
            {
                **COMMAND,
                "options": [
                    option(
                        name=f"o{n}",
                        choices=[
                            {"name": f"{c} " + "x" * 40, "value": "y" * 60} for c in range(25)
                        ],
                    )
                    for n in range(4)
                ],
            }
        ],
        "0",
    ),
    ([{"name": "x" * 33, "type": 3}], "0/name"),
    ([{"name": "Explain", "type": 3, "description": "No"}], "0/description"),
    ([{"name": f"menu {n}", "type": 2} for n in range(16)], ""),
]


@pytest.mark.parametrize(
    ("commands", "place"), COMMANDS, ids=[f"{place}-{n}" for n, (_, place) in enumerate(COMMANDS)]
)
async def test_commands_over_a_limit_are_refused_with_their_place(
    commands: list[dict[str, Any]], place: str
) -> None:
    async with Playground() as playground:
        path = f"/applications/{playground.world.bot.id}/commands"
        status, error = await _send(playground, "PUT", path, commands)
        assert (status, error["code"]) == (400, 50035)
        found = error["errors"]
        for step in place.split("/") if place else ():
            found = found[step]
        assert found["_errors"]
        assert (await _send(playground, "GET", path))[1] == []


async def test_names_in_other_scripts_are_names(http: Http, playground: Playground) -> None:
    names = {
        "hi": "पोर्ट",
        "th": "พอร์ต",
        "ja": "ポート",
        "el": "θύρα",
        "zh-CN": "端口",
        "fr": "d'où",
    }
    body = {**COMMAND, "name_localizations": names}
    status, made = await http.send(
        "PUT", f"/applications/{playground.world.bot.id}/commands", [body]
    )
    assert (status, made[0]["name_localizations"]) == (200, names)


SCHEMA: list[tuple[str, str, Any, str]] = [
    ("POST", "/channels/{channel}/messages", {"contnet": "x"}, "contnet"),
    ("POST", "/channels/{channel}/messages", {"content": 5}, "content"),
    (
        "POST",
        "/channels/{channel}/messages",
        {"components": [row(button(labell="x"))]},
        "components/0/components/0",
    ),
    ("POST", "/channels/{channel}/messages", {"components": [{"type": 99}]}, "components/0/type"),
    ("GET", "/channels/{channel}/messages?bogus=1", None, "bogus"),
    ("PUT", "/applications/{bot}/commands", [{"name": 5}], "0/name"),
    ("PUT", "/applications/{bot}/commands", {"name": "x"}, "body"),
    ("POST", "/users/@me/channels", {"recipient_id": "abc"}, "recipient_id"),
]


@pytest.mark.parametrize(("method", "path", "body", "place"), SCHEMA)
async def test_what_discords_description_refuses_is_refused(
    playground: Playground, http: Http, method: str, path: str, body: Any, place: str
) -> None:
    if playground.rest.lenient:
        pytest.skip("needs Discord's description beside the checkout")
    where = path.format(channel=playground.channel.id, bot=playground.world.bot.id)
    status, error = await http.send(method, where, body)
    assert (status, error["code"]) == (400, 50035)
    assert [(each.kind, place in str(each)) for each in playground.faults] == [("schema", True)]
    playground.faults.clear()


async def test_an_unknown_route_is_a_fault(playground: Playground, http: Http) -> None:
    status, error = await http.send("GET", "/nowhere/5")
    assert (status, error["code"]) == (404, 0)
    assert str(playground.faults[0]) == "route: GET /nowhere/5: no such route"
    playground.faults.clear()


async def test_a_token_is_asked_for(http: Http) -> None:
    for token in ("", "wrong"):
        status, error = await http.send("GET", "/users/@me", token=token)
        assert (status, error["message"]) == (401, "401: Unauthorized")


async def test_a_body_that_is_no_json_is_refused(playground: Playground, http: Http) -> None:
    async with http.session.post(
        f"{playground.rest_url}/channels/{playground.channel.id}/messages",
        data=b"{nope",
        headers={
            "Authorization": f"Bot {playground.token}",
            "Content-Type": "application/json",
        },
    ) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50109)


async def test_a_file_over_the_limit_is_refused(playground: Playground, http: Http) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"content": "big"}')
    form.add_field("files[0]", BytesIO(bytes(10 * 1024 * 1024 + 1)), filename="big.bin")
    async with http.session.post(
        f"{playground.rest_url}/channels/{playground.channel.id}/messages",
        data=form,
        headers={"Authorization": f"Bot {playground.token}"},
    ) as answer:
        assert (answer.status, (await answer.json())["code"]) == (413, 40005)


async def _post(playground: Playground, body: Any) -> tuple[int, Any]:
    return await _send(playground, "POST", f"/channels/{playground.channel.id}/messages", body)


async def _send(
    playground: Playground, method: str, path: str, body: Any = None
) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session:
        return await Http(playground, session).send(method, path, body)
