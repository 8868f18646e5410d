"""Fixtures that every room's tests share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("needs the reference data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def base_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base file, built once from the shipped data."""
    path = tmp_path_factory.mktemp("knowledge") / "knowledge.sqlite"
    build(path, Sources(SHIPPED), now=datetime(2026, 11, 21, tzinfo=UTC))
    return path


@pytest.fixture(scope="session")
def base(base_path: Path) -> Iterator[KnowledgeBase]:
    """The shipped knowledge, opened read-only; for the main thread only."""
    opened = KnowledgeBase.open(base_path)
    yield opened
    opened.close()
