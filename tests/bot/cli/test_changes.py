"""`portolan changes`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import changes
from knowledge.changes import Change, ChangeKind, Update
from knowledge.model import Protocol

if TYPE_CHECKING:
    from tests.bot.conftest import Process

ADDED = Change(ChangeKind.ADDED, 747, 747, Protocol.TCP, ("unassigned",), ("new-service",))
UPDATE = Update("2026-11-20T06:00:00+00:00", "2026-09-17", "2026-11-19", (ADDED,))


async def test_a_fresh_installation_tells_the_date_of_its_registry(process: "Process") -> None:
    ended = await process.run("changes")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("I answer from IANA's registry of ")
    assert ended.out.endswith("There has been no update since I was installed.\n")


async def test_the_updates_are_told_and_given_to_programs(process: "Process") -> None:
    changes.remember(process.data, UPDATE)
    ended = await process.run("changes")
    assert ended.out.splitlines()[1:] == [
        "",
        "2026-11-20: the registry of 2026-11-19 replaced that of 2026-09-17",
        "  New: 747/tcp is assigned to new-service.",
    ]
    listed = await process.run("changes", "--json")
    assert [json.loads(line)["changes"][0]["first"] for line in listed.out.splitlines()] == [747]


async def test_an_update_is_told_afterwards(process: "Process", shared: Path) -> None:
    file = shared / "data" / "iana-service-names-port-numbers.csv"
    done = await process.run("update", "--from", str(file))
    assert done.status == 0
    ended = await process.run("changes")
    assert "Renamed: 5543/tcp is assigned to qftest-licserve, and was to qftest-lic-mcp." in (
        ended.out
    )
