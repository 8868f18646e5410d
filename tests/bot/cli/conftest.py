"""An installation for the command line."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def home(base_path: Path, tmp_path: Path) -> Path:
    """A data directory with a knowledge base."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(base_path, folder / "knowledge.sqlite")
    return folder
