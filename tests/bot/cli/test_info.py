import json
from pathlib import Path

from tests.bot.cli.command import portolan


def test_it_counts_what_is_known(home: Path) -> None:
    told = json.loads(portolan(home, "info", "--json").stdout)
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
    text = portolan(home, "info").stdout
    assert "Registry of 2026-09-17, from the shipped snapshot" in text
    assert "User Ports 1024-49151" in text
    assert "42,439" in text
    assert "FAQs" in text
    assert "\x1b" not in text
