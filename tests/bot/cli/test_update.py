import json
import shutil
from pathlib import Path

import pytest

from bot.cli.update import told
from knowledge.changes import Change, ChangeKind
from knowledge.model import Protocol
from knowledge.update import Outcome, UpdateReport
from tests.bot.cli.command import portolan


def test_ianas_file_comes_in_once(tmp_path: Path, shared: Path) -> None:
    path = shared / "data" / "iana-service-names-port-numbers.csv"
    done = portolan(tmp_path, "update", "--from", str(path))
    assert done.stderr == ""
    summary, change = done.stdout.splitlines()
    assert "of 2026-08-17 is in use, in place of that of 2026-09-17: 0 added, 0 rem" in summary
    assert change == "~ 5543/tcp qftest-lic-mcp -> qftest-licserve"
    again = portolan(tmp_path, "update", "--from", str(path), "--json")
    assert json.loads(again.stdout) == {
        "outcome": "unchanged",
        "source": str(path),
        "date_before": "2026-08-17",
        "date_after": "2026-08-17",
        "rows": 14_533,
        "changes": [],
        "articles": [],
    }


def test_what_is_no_registry_is_one_sentence(tmp_path: Path, base_path: Path) -> None:
    shutil.copy(base_path, tmp_path / "knowledge.sqlite")
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><p>Sorry", encoding="utf-8")
    done = portolan(tmp_path, "update", "--from", str(page), status=1)
    assert done.stdout == ""
    assert done.stderr == "Error: The registry is a web page (HTML), not CSV.\n"
    assert (tmp_path / "knowledge.sqlite").read_bytes() == base_path.read_bytes()


def test_being_offline_is_one_sentence(tmp_path: Path, unused_tcp_port: int) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}/"
    done = portolan(tmp_path, "update", "--from", address, status=1)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no connection to 127.0.0.1" in done.stderr


@pytest.mark.parametrize("source", ["no-such-file.csv", "ftp://example.org/x.csv", ""])
def test_what_is_neither_file_nor_address_is_bad_usage(tmp_path: Path, source: str) -> None:
    done = portolan(tmp_path, "update", "--from", source, status=2)
    assert "is neither a file nor an http(s) address" in done.stderr


def test_articles_about_what_changed_are_named() -> None:
    change = Change(ChangeKind.REMOVED, 576, 576, Protocol.TCP, ("ipcd",), ("reserved",))
    report = UpdateReport(Outcome.UPDATED, "x", changes=(change,), articles=("Port 576: ipcd",))
    *_, heading, article = told(report)
    assert heading.startswith("Articles about these ports")
    assert article == "  Port 576: ipcd"


def test_many_changes_are_told_in_part() -> None:
    changes = tuple(
        Change(ChangeKind.ADDED, n, n + 1, Protocol.UDP, ("unassigned",), ("a", "b"))
        for n in range(0, 100, 2)
    )
    lines = list(told(UpdateReport(Outcome.UPDATED, "x", "", "2026-08-17", 1, changes)))
    assert lines[0].endswith(
        "in place of that of unknown date: 50 added, 0 removed, 0 renamed, 0 otherwise changed."
    )
    assert lines[1] == "+ 0-1/udp unassigned -> a, b"
    assert lines[-1] == "... and 10 more; all stand in registry-changes.jsonl."
    assert len(lines) == 42
