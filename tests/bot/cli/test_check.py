"""`portolan check` as a real process."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.build import SHIPPED
from tests.bot.cli.command import portolan


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A small folder of facts that is right."""
    folder = tmp_path / "facts"
    (folder / "articles").mkdir(parents=True)
    (folder / "faqs").mkdir()
    shutil.copy(SHIPPED / "articles" / "00576-ipcd.md", folder / "articles")
    return folder


def test_the_shipped_facts_are_clean(home: Path) -> None:
    told = portolan(home, "check", cwd=home.parent)

    assert len(told.stdout.splitlines()) == 1
    assert " 0 contradicted; 0 faults of form" in told.stdout


def test_a_false_claim_is_told_with_file_line_words_and_fact(home: Path, facts: Path) -> None:
    article = facts / "articles" / "00576-ipcd.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("status: {tcp: assigned", "status: {tcp: reserved"), "utf-8")

    told = portolan(home, "check", str(facts), status=1, cwd=home.parent)

    assert told.stdout.splitlines()[0] == (
        "facts/articles/00576-ipcd.md:4: tcp: reserved — Port 576 is assigned to ipcd (tcp, udp)."
        " [IANA Service Name and Transport Protocol Port Number Registry]"
    )


def test_the_report_can_be_json(home: Path, facts: Path) -> None:
    article = facts / "articles" / "00576-ipcd.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text + "\nPort 576 is unassigned.\n", "utf-8")

    report = json.loads(portolan(home, "check", "--json", str(facts), status=1).stdout)

    assert report["articles"] == 1
    assert report["claims"]["contradicted"] == 1
    (finding,) = report["findings"]
    assert finding["line"] == text.count("\n") + 2
    assert finding["words"] == "Port 576 is unassigned."


def test_imported_pages_are_checked_as_answers_repeat_them(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("Port 752 is reserved. It has no name.\n", encoding="utf-8")
    environment = {**os.environ, "PORTOLAN_DATA": str(home)}
    command = (sys.executable, "-m", "bot", "import", str(page))
    subprocess.run(command, env=environment, check=True, capture_output=True)

    store = home / "imports.sqlite"
    report = json.loads(portolan(home, "check", "--json", cwd=home.parent).stdout)
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE page SET summary = 'Port 752 is reserved.'")
    connection.close()
    again = json.loads(portolan(home, "check", "--json", status=1, cwd=home.parent).stdout)

    assert report["pages"] == 1
    assert [(one["file"], one["words"]) for one in again["findings"]] == [
        ("a.txt", "Port 752 is reserved.")
    ]


def test_a_folder_that_is_none_is_bad_usage(home: Path) -> None:
    told = portolan(home, "check", "nowhere", status=2)

    assert "nowhere" in told.stderr
    assert "Traceback" not in told.stderr
