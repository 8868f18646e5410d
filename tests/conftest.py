"""Fixtures that every room's tests share."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build

ROOT = Path(__file__).parent.parent
_SYSTEM_PORTS = {str(number) for number in range(1024)}
_KEPT = {  # of each folder below the facts; all of the others
    "articles": {"00576-ipcd.md", "00756-unassigned.md"},
    "faqs": {"what-is-a-port.md", "time-wait.md"},
    "languages": {"en.toml"},
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("needs the reference data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like knowledge/data with a little of everything, of which a base is built at once.

    Its registry holds the System Ports, 49151 and a few names without a port.
    """
    data = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(
        SHIPPED,
        data,
        ignore=lambda folder, names: [
            name
            for name in names
            if Path(folder).name in _KEPT and name not in _KEPT[Path(folder).name]
        ],
    )
    lines = (SHIPPED / "registry.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    system = [line for line in lines if line.split(",")[0] in _SYSTEM_PORTS]
    last = next(place for place, line in enumerate(lines) if line.startswith("49151,"))
    kept = "".join((lines[0], *system, *lines[last : last + 50]))
    (data / "registry.csv").write_text(kept, encoding="utf-8")
    for name in ("uses.csv", "aliases.csv", "risks.csv"):
        lines = (SHIPPED / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (data / name).write_text("".join(lines[:100]), encoding="utf-8")
    return data


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
