"""Pictures that come as files with a message, and are shown by its components."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.bot.playground.bare_http import Http

V2 = 1 << 15
PNG = b"\x89PNG\r\n\x1a\n"


def shown(*names: str, alt: str = "A map") -> dict[str, Any]:
    """Return a message that shows files of these names in a gallery."""
    items = [{"media": {"url": f"attachment://{name}"}, "description": alt} for name in names]
    container = {"type": 17, "components": [{"type": 12, "items": items}]}
    return {"flags": V2, "components": [container]}


async def send(
    playground: Playground, body: dict[str, Any], *files: str, edit: str | None = None
) -> tuple[int, Any]:
    """Post a message with files, or change one, as discord.py does."""
    url = f"{playground.rest_url}/channels/{playground.channel.id}/messages"
    form = aiohttp.FormData()
    listed = [{"id": slot, "filename": name} for slot, name in enumerate(files)]
    words = json.dumps({**body, "attachments": listed})
    form.add_field("payload_json", words, content_type="application/json")
    for slot, name in enumerate(files):
        form.add_field(f"files[{slot}]", PNG, filename=name, content_type="image/png")
    headers = {"Authorization": f"Bot {playground.token}"}
    method, url = ("POST", url) if edit is None else ("PATCH", f"{url}/{edit}")
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, url, data=form) as response,
    ):
        return response.status, await response.json()


def media(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["media"] for item in message["components"][0]["components"][0]["items"]]


async def test_a_gallery_shows_the_files_that_come_with_it(playground: Playground) -> None:
    status, message = await send(playground, shown("a.png", "b.png"), "a.png", "b.png")
    assert status == 200, message
    files = message["attachments"]
    assert [each["filename"] for each in files] == ["a.png", "b.png"]
    assert [each["url"] for each in media(message)] == [each["url"] for each in files]
    assert [each["attachment_id"] for each in media(message)] == [each["id"] for each in files]
    assert media(message)[0]["content_type"] == "image/png"


async def test_a_form_may_come_in_pieces_of_any_size(playground: Playground) -> None:
    words = json.dumps({**shown("a.png"), "attachments": [{"id": 0, "filename": "a.png"}]})
    content = PNG + bytes(range(256)) * 64
    parts = (
        b'--edge\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n' + words.encode(),
        b'\r\n--edge\r\nContent-Disposition: form-data; name="files[0]"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n" + content[:100],
        content[100:103],
        content[103:],
        b"\r\n--ed",
        b"ge--\r\n",
    )

    async def pieces() -> AsyncIterator[bytes]:
        for part in parts:
            yield part
            for _ in range(3):  # turns of the loop, so that the other end reads each piece alone
                await asyncio.sleep(0)

    headers = {
        "Authorization": f"Bot {playground.token}",
        "Content-Type": "multipart/form-data; boundary=edge",
    }
    url = f"{playground.rest_url}/channels/{playground.channel.id}/messages"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=pieces()) as response,
    ):
        message = await response.json()
        assert response.status == 200, message
        [file] = message["attachments"]
        assert file["size"] == len(content)


@pytest.mark.parametrize("files", [(), ("b.png",)])
async def test_a_gallery_that_names_a_file_in_vain_is_refused(
    playground: Playground, files: tuple[str, ...]
) -> None:
    status, error = await send(playground, shown("a.png"), *files)
    assert (status, error["code"]) == (400, 50035)
    found = error["errors"]["components"]["0"]["components"]["0"]["items"]["0"]["media"]
    assert found["_errors"][0]["code"] == "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
    assert playground.channel.messages == {}
    playground.faults.clear()


async def test_an_alt_text_has_at_most_1024_characters(playground: Playground) -> None:
    status, _ = await send(playground, shown("a.png", alt="é" * 1024), "a.png")
    assert status == 200
    status, error = await send(playground, shown("a.png", alt="é" * 1025), "a.png")
    assert (status, error["code"]) == (400, 50035)
    playground.faults.clear()


async def test_an_edit_brings_new_files_in_place_of_the_old(playground: Playground) -> None:
    _, before = await send(playground, shown("a.png"), "a.png")
    status, after = await send(playground, shown("b.png"), "b.png", edit=before["id"])
    assert status == 200, after
    assert [each["filename"] for each in after["attachments"]] == ["b.png"]
    assert media(after)[0]["url"] == after["attachments"][0]["url"]


async def test_an_edit_without_files_keeps_none(playground: Playground, http: Http) -> None:
    _, before = await send(playground, shown("a.png"), "a.png")
    path = f"/channels/{playground.channel.id}/messages/{before['id']}"
    text = {"components": [{"type": 10, "content": "x"}], "attachments": []}
    status, after = await http.send("PATCH", path, text)
    assert (status, after["attachments"]) == (200, [])


async def test_an_edit_that_drops_a_file_may_not_show_it(
    playground: Playground, http: Http
) -> None:
    _, before = await send(playground, shown("a.png"), "a.png")
    path = f"/channels/{playground.channel.id}/messages/{before['id']}"
    body = {**shown("a.png"), "attachments": []}
    status, error = await http.send("PATCH", path, body)
    assert (status, error["code"]) == (400, 50035)
    playground.faults.clear()
