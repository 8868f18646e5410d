import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Failure, Playground
from bot.sync import Difference, compare, digest_of, origin_of
from bot.translator import CommandTranslator
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running


def handed_over(playground: Playground) -> int:
    return sum(request.method == "PUT" for request in playground.requests)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "commands.sha256"


Start = Callable[[Path | None], Awaitable[str]]


@pytest.fixture
def start(base: KnowledgeBase, connection: Connection, running: "Running") -> Start:
    """Start a bot with a record, stop it, and return the digest of its commands."""

    async def start_and_stop(record: Path | None) -> str:
        remembering = dataclasses.replace(connection, sync_record=record)
        async with running(Portolan(base, remembering)) as client:
            return await digest_of(client.tree)

    return start_and_stop


async def test_commands_are_handed_over_once(
    start: Start, playground: Playground, record: Path
) -> None:
    digest = await start(record)
    handed, made_from = record.read_text("ascii").splitlines()
    assert handed == digest
    assert made_from
    await start(record)
    assert handed_over(playground) == 1


async def test_they_are_not_translated_where_they_are_made_from_the_same(
    start: Start, playground: Playground, record: Path
) -> None:
    await start(record)
    _, made_from = record.read_text("ascii").splitlines()
    record.write_text(f"never looked at\n{made_from}\n", "ascii")
    await start(record)
    assert handed_over(playground) == 1


@pytest.mark.parametrize("rest", ["", "of another catalogue\n"])
async def test_what_makes_the_same_commands_is_noted_and_they_are_not_handed_over(
    rest: str, start: Start, playground: Playground, record: Path
) -> None:
    digest = await start(record)
    written = record.read_text("ascii")
    record.write_text(f"{digest}\n{rest}", "ascii")
    await start(record)
    assert handed_over(playground) == 1
    assert record.read_text("ascii") == written


async def test_commands_are_made_from_the_catalogues_too(tmp_path: Path) -> None:
    client = Portolan(None)
    await client.add_features()
    assert not origin_of(client.tree)  # nothing translates them, as far as anybody can tell
    await client.tree.set_translator(CommandTranslator(lambda locale: tmp_path / locale))
    without = origin_of(client.tree)
    (tmp_path / "de").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    with_one = origin_of(client.tree)
    assert len({"", without, with_one}) == 3
    assert origin_of(client.tree) == with_one
    client.tree.remove_command("port")
    assert origin_of(client.tree) != with_one


@pytest.mark.parametrize("content", [b"something else", b"\xff\xfe", b""])
async def test_they_are_handed_over_again_where_the_record_differs(
    content: bytes, start: Start, playground: Playground, record: Path
) -> None:
    record.write_bytes(content)
    await start(record)
    assert handed_over(playground) == 1


async def test_without_a_record_they_are_always_handed_over(
    start: Start, playground: Playground
) -> None:
    await start(None)
    await start(None)
    assert handed_over(playground) == 2


async def test_a_refusal_does_not_keep_the_bot_from_answering(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    record: Path,
) -> None:
    playground.trouble("PUT", "/applications/*/commands", Failure(403, 50001, "Missing Access"))
    connection = dataclasses.replace(connection, sync_record=record)
    async with running(Portolan(base, connection)):
        reply = await playground.ada.say(playground.channel, "port 22", mention=True)
    assert reply is not None
    assert not record.exists()


async def test_a_record_that_cannot_be_written_is_only_logged(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(tmp_path / "no directory" / "record")
    assert "sync not recorded" in caplog.text


PORT = {
    "name": "port",
    "description": "Look a port up",
    "options": [{"type": 3, "name": "number"}],
}
TOLD = PORT | {
    "id": "1",
    "version": "2",
    "type": 1,
    "nsfw": False,
    "name_localizations": None,
    "options": [{"type": 3, "name": "number", "required": False}],
}
MENU = {"type": 3, "name": "Explain"}


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ([], [], Difference()),
        ([], [PORT, MENU], Difference(added=("/port", "Explain"))),
        ([TOLD, MENU], [], Difference(removed=("/port", "Explain"))),
        ([TOLD], [PORT], Difference()),
        ([TOLD | {"contexts": [2, 0]}], [PORT | {"contexts": [0, 2]}], Difference()),
        (
            [TOLD | {"contexts": [0]}],
            [PORT | {"contexts": [0, 2]}],
            Difference(changed=("/port",)),
        ),
        ([TOLD], [PORT | {"description": "Find"}], Difference(changed=("/port",))),
        ([TOLD], [PORT | {"name_localizations": {"de": "p"}}], Difference(changed=("/port",))),
        ([TOLD | {"name_localizations": {"de": "p"}}], [PORT], Difference(changed=("/port",))),
        ([TOLD], [PORT | {"type": 3}], Difference(added=("port",), removed=("/port",))),
        (
            [TOLD | {"default_member_permissions": "32"}],
            [PORT | {"default_member_permissions": 32}],
            Difference(),
        ),
        (
            [TOLD | {"options": [{"type": 4, "name": "n", "min_value": 0}]}],
            [PORT | {"options": [{"type": 4, "name": "n"}]}],
            Difference(changed=("/port",)),
        ),
    ],
)
def test_only_what_makes_a_command_is_compared(
    before: list[dict[str, Any]], after: list[dict[str, Any]], difference: Difference
) -> None:
    assert compare(before, after) == difference
