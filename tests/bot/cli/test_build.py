import json
from pathlib import Path

from knowledge.base import KnowledgeBase
from tests.bot.cli.command import portolan


def test_it_builds_and_tells_what(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    done = portolan(home, "build", "--json")
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["path"] == str(home / "knowledge.sqlite")
    assert told["size_bytes"] == (home / "knowledge.sqlite").stat().st_size
    assert told["registry_date"] == "2026-09-17"
    assert told["counts"]["assignment"] == 11_755
    base = KnowledgeBase.open(home / "knowledge.sqlite")
    assert base.facts(756).number == 756
    base.close()


def test_a_fault_of_a_source_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_text("<html>", encoding="utf-8")
    done = portolan(tmp_path, "build", status=1)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "registry.csv: The registry is a web page (HTML), not CSV." in done.stderr


def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    done = portolan(blocked / "home", "build", status=1)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "set PORTOLAN_DATA to a folder that can be written to." in done.stderr


def test_an_unknown_option_is_bad_usage(tmp_path: Path) -> None:
    portolan(tmp_path, "build", "--fast", status=2)
