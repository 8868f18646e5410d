import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.client import Connection, Portolan
from bot.playground import Failure, Playground
from bot.sync import Difference, compare, digest_of
from knowledge.base import KnowledgeBase

if TYPE_CHECKING:
    from tests.bot.conftest import Running


def handed_over(playground: Playground) -> int:
    return sum(request.method == "PUT" for request in playground.requests)


async def start(
    base: KnowledgeBase, connection: Connection, running: "Running", record: Path | None
) -> str:
    connection = dataclasses.replace(connection, sync_record=record)
    async with running(Portolan(base, connection)) as client:
        return await digest_of(client.tree)


async def test_commands_are_handed_over_once(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    tmp_path: Path,
) -> None:
    record = tmp_path / "commands.sha256"
    digest = await start(base, connection, running, record)
    assert record.read_text("ascii") == f"{digest}\n"
    await start(base, connection, running, record)
    assert handed_over(playground) == 1


@pytest.mark.parametrize("content", [b"something else", b"\xff\xfe", b""])
async def test_they_are_handed_over_again_where_the_record_differs(  # noqa: PLR0913, PLR0917
    content: bytes,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    tmp_path: Path,
) -> None:
    record = tmp_path / "commands.sha256"
    record.write_bytes(content)
    await start(base, connection, running, record)
    assert handed_over(playground) == 1


async def test_without_a_record_they_are_always_handed_over(
    base: KnowledgeBase, connection: Connection, running: "Running", playground: Playground
) -> None:
    await start(base, connection, running, None)
    await start(base, connection, running, None)
    assert handed_over(playground) == 2


async def test_a_refusal_does_not_keep_the_bot_from_answering(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
    tmp_path: Path,
) -> None:
    playground.trouble("PUT", "/applications/*/commands", Failure(403, 50001, "Missing Access"))
    record = tmp_path / "commands.sha256"
    connection = dataclasses.replace(connection, sync_record=record)
    async with running(Portolan(base, connection)):
        reply = await playground.ada.say(playground.channel, "port 22", mention=True)
    assert reply is not None
    assert not record.exists()


async def test_a_record_that_cannot_be_written_is_only_logged(
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await start(base, connection, running, tmp_path / "no directory" / "record")
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
