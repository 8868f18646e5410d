"""/changes, on a local Discord."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground
from knowledge import changes
from knowledge.base import KnowledgeBase
from knowledge.changes import Change, ChangeKind, Update
from knowledge.model import Protocol
from tests.bot.cogs.use import use

if TYPE_CHECKING:
    from tests.bot.conftest import Running


@pytest.fixture
async def updated(
    base: KnowledgeBase, connection: Connection, running: "Running", tmp_path: Path
) -> AsyncIterator[Portolan]:
    """The client of an installation with one update behind it."""
    added = Change(ChangeKind.ADDED, 747, 748, Protocol.TCP, ("unassigned",), ("new-*service",))
    changes.remember(tmp_path, Update("2026-11-20T06:00:00+00:00", "a", "2026-11-19", (added,)))
    async with running(Portolan(base, connection, directory=tmp_path)) as client:
        yield client


async def test_a_fresh_installation_says_that_nothing_changed_yet(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "changes")
    assert f"IANA's registry of {client.knowledge.meta['registry_date']}" in reply.text
    assert "There has been no update since I was installed." in reply.text


async def test_the_last_updates_are_told(updated: Portolan, playground: Playground) -> None:
    assert updated.is_ready()
    reply = await use(playground, "changes")
    assert "2026-11-20: the registry of 2026-11-19 replaced that of a" in reply.text
    assert "New: 747-748/tcp is assigned to new-\\*service." in reply.text
    assert "no update" not in reply.text
