"""`portolan import` as a real process."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from tests.bot.cli.command import portolan

PAGE = """1. Ports
2. Port 50123

Port 50123 is unassigned. It is where our Zorblax gateway lives.1

Neighbors

- Port 752: Reserved
- Port 758: nlogin

Was this page helpful?
"""


def test_a_page_is_imported_and_answers_come_from_it(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "50123.txt"
    page.write_text(PAGE, encoding="utf-8")

    told = portolan(home, "import", str(page))
    answer = json.loads(portolan(home, "ask", "--json", "what is port 50123?").stdout)

    finding, summary = told.stdout.splitlines()
    assert finding == (
        f"{page}:8: contradicted: 'Port 752: Reserved' — Port 752 is assigned to qrh (tcp, udp)."
        " [IANA Service Name and Transport Protocol Port Number Registry]"
    )
    assert summary == (
        "1 imported, 0 unchanged, 0 refused; claims: 2 supported,"
        " 1 contradicted (kept out of answers), 0 unsupported"
    )
    assert "Zorblax gateway" in json.dumps(answer)
    assert "752" not in json.dumps(answer)
    assert "50123.txt" in {source["title"] for source in answer["sources"]}


def test_the_reference_pages_are_imported_and_their_false_claims_told(
    shared: Path, home: Path
) -> None:
    report = json.loads(portolan(home, "import", "--json", str(shared / "seeds")).stdout)

    assert [page["ports"] for page in report["imported"]] == [[756], [576], [747], [940], [60156]]
    assert report["claims"]["contradicted"] == 11
    assert report["refused"] == []
    wrong = [one for one in report["findings"] if one["verdict"] == "contradicted"]
    assert wrong[0] == {
        "file": str(shared / "seeds" / "000_75a0b0c317d029a4.txt"),
        "line": 5,
        "words": "Port 752: Reserved",
        "verdict": "contradicted",
        "fact": "Port 752 is assigned to qrh (tcp, udp).",
        "source": {
            "title": "IANA Service Name and Transport Protocol Port Number Registry",
            "url": "https://www.iana.org/assignments/service-names-port-numbers/"
            "service-names-port-numbers.xhtml",
        },
    }


def test_a_dry_run_reports_and_stores_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")

    report = json.loads(
        portolan(home, "import", "--dry-run", "--json", str(tmp_path / "a.txt")).stdout
    )

    assert report["dry_run"] is True
    assert report["imported"] == [
        {"path": str(tmp_path / "a.txt"), "ports": [50123], "title": "Port 50123"}
    ]
    assert [path.name for path in home.iterdir()] == ["knowledge.sqlite"]


def test_what_cannot_be_imported_is_named_and_the_rest_imported(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "good.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "pages" / "empty.txt").write_bytes(b"")
    (tmp_path / "pages" / "binary.html").write_bytes(b"\x00\x01\x02")

    told = portolan(home, "import", str(tmp_path / "pages"), str(tmp_path / "none"), status=1)

    assert told.stderr.splitlines() == [
        f"{tmp_path}/pages/binary.html: refused: it is binary, not text",
        f"{tmp_path}/pages/empty.txt: refused: it is empty",
        f"{tmp_path}/none: refused: there is no such file",
    ]
    assert told.stdout.splitlines()[-1].startswith("1 imported, 0 unchanged, 3 refused;")


def test_a_second_run_finds_nothing_new(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    portolan(home, "import", str(tmp_path / "a.txt"))

    told = portolan(home, "import", str(tmp_path / "a.txt"))

    assert told.stdout.startswith("0 imported, 1 unchanged, 0 refused;")


def test_without_a_path_the_usage_is_told(home: Path) -> None:
    told = portolan(home, "import", status=2)

    assert "PATH" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_damaged_store_is_one_sentence(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (home / "imports.sqlite").write_bytes(b"not a database" * 100)

    told = portolan(home, "import", str(tmp_path / "a.txt"), status=1)

    assert "imports.sqlite: the imported pages cannot be read or written" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_terminal_shows_a_progress_bar_and_an_interrupt_is_one_line(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(49152, 50352):
        (folder / f"{number}.txt").write_text(
            PAGE.replace("50123", str(number)) * 4, encoding="utf-8"
        )
    master, slave = pty.openpty()
    with subprocess.Popen(
        (sys.executable, "-m", "bot", "import", str(folder)),
        env={**os.environ, "PORTOLAN_DATA": str(home), "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=slave,
    ) as process:
        os.close(slave)
        shown = b""
        while b"Importing" not in shown:
            shown += os.read(master, 4096)
        process.send_signal(signal.SIGINT)
        while b"run it again to go on" not in shown:
            shown += os.read(master, 4096)  # fails where the process has ended
    os.close(master)

    assert process.returncode == 1
    assert b"Traceback" not in shown
    again = json.loads(portolan(home, "import", "--json", str(folder)).stdout)
    assert len(again["imported"]) + len(again["unchanged"]) == 1200
