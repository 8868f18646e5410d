import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def home(base_path: Path, tmp_path: Path) -> Path:
    shutil.copy(base_path, tmp_path / "knowledge.sqlite")
    return tmp_path


def run(home: Path, *arguments: str) -> str:
    return subprocess.run(
        (sys.executable, "-m", "bot", "info", *arguments),
        env={**os.environ, "PORTOLAN_DATA": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_it_counts_what_is_known(home: Path) -> None:
    told = json.loads(run(home, "--json"))
    assert told["file"] == str(home / "knowledge.sqlite")
    assert told["size_bytes"] == (home / "knowledge.sqlite").stat().st_size
    assert (told["registry_date"], told["registry"]) == ("2026-09-17", "snapshot")
    assert told["built"].endswith("+00:00")
    assert told["ports"] == {
        "System Ports": {"assigned": 686, "reserved": 56, "unassigned": 282, "dynamic": 0},
        "User Ports": {"assigned": 5664, "reserved": 25, "unassigned": 42439, "dynamic": 0},
        "Dynamic Ports": {"assigned": 0, "reserved": 0, "unassigned": 0, "dynamic": 16384},
    }
    rows = told["rows"]
    assert (rows["unassigned blocks"], rows["service names"]) == (854, 6341)
    for name in ("articles", "FAQs", "uses", "aliases", "risks", "ports with an article"):
        assert rows[name] > 0


def test_people_can_read_it(home: Path) -> None:
    text = run(home)
    assert "Registry of 2026-09-17, from the shipped snapshot" in text
    assert "User Ports 1024-49151" in text
    assert "42,439" in text
    assert "FAQs" in text
    assert "\x1b" not in text
