"""A teams' store in a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.team.store import TeamStore


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'teams.sqlite'}"


@pytest.fixture
def store(address: str, tmp_path: Path) -> Iterator[TeamStore]:
    opened = TeamStore.open(address, tmp_path)
    yield opened
    opened.close()
