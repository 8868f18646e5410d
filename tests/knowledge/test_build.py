import logging
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from knowledge import schema
from knowledge.base import KnowledgeBase, KnowledgeBaseError
from knowledge.build import Sources, build, ensure
from knowledge.model import Article
from knowledge.sources import imports
from knowledge.sources.faults import SourceError

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
IANA_HEADER = (
    "Service Name,Port Number,Transport Protocol,Description,Assignee,Registration Date,"
    "Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\n"
)


@pytest.fixture(scope="module")
def small_base(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "knowledge.sqlite"
    build(path, Sources(small_data), now=NOW)
    return path


@pytest.fixture
def home(small_base: Path, tmp_path: Path) -> Path:
    """The data directory of an installation whose knowledge base is up to date."""
    directory = tmp_path / "home"
    directory.mkdir()
    shutil.copy(small_base, directory / "knowledge.sqlite")
    return directory


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name.startswith("knowledge")]


def names_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def start(directory: Path, data: Path) -> None:
    base = ensure(directory, now=NOW, data=data)
    assert base.facts(756).number == 756
    base.close()


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_the_file_tells_of_itself(base: KnowledgeBase) -> None:
    assert base.meta["schema_version"] == str(schema.VERSION)
    assert base.meta["registry_date"] == "2026-09-17"
    assert base.meta["built"] == "2026-11-21T00:00:00+00:00"
    assert "articles/00576-ipcd.md" in base.meta["sources"]
    assert '"assignment": 11755' in base.meta["counts"]


def test_all_tables_are_strict_and_their_keys_hold(base: KnowledgeBase) -> None:
    rows = base.connection.execute("PRAGMA table_list").fetchall()
    strict = {row[1]: bool(row[5]) for row in rows}
    assert all(strict[table.name] for table in schema.TABLES)
    assert base.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.connection.execute("PRAGMA journal_mode").fetchone() != ("wal",)
    for table in schema.TABLES:
        found = base.connection.execute(f"PRAGMA foreign_key_list([{table.name}])").fetchall()
        assert len(found) == len(table.foreign)


def test_an_up_to_date_file_is_opened_without_a_word(
    home: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    before = (home / "knowledge.sqlite").stat().st_ino
    start(home, small_data)
    assert lines(caplog) == []
    assert (home / "knowledge.sqlite").stat().st_ino == before


def test_a_missing_file_is_built_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    start(tmp_path / "new" / "home", small_data)
    (line,) = lines(caplog)
    assert line.startswith("knowledge base built, since there is no file")


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\x01garbage" * 1000)


def damaged_in_a_text(path: Path) -> None:
    content = path.read_bytes()
    place = content.index(b"World Wide Web HTTP")
    path.write_bytes(content[:place] + b"W" * 19 + content[place + 19 :])


def overwritten_in_the_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(8192))


def of_an_older_schema(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)  # user_version, https://www.sqlite.org/fileformat.html
        file.write((schema.VERSION + 7).to_bytes(4, "big"))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (truncated, "truncated or damaged"),
        (empty, "no SQLite file"),
        (garbage, "no SQLite file"),
        (damaged_in_a_text, "truncated or damaged"),
        (overwritten_in_the_middle, "truncated or damaged"),
        (of_an_older_schema, f"schema version {schema.VERSION + 7}, not {schema.VERSION}"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_file_is_not_opened(
    home: Path, harm: Callable[[Path], None], reason: str
) -> None:
    harm(home / "knowledge.sqlite")
    with pytest.raises(KnowledgeBaseError, match=reason):
        KnowledgeBase.open(home / "knowledge.sqlite")


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (truncated, "truncated or damaged"),
        (garbage, "no SQLite file"),
        (of_an_older_schema, f"schema version {schema.VERSION + 7}"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_file_is_rebuilt_with_one_line(
    home: Path,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], None],
    reason: str,
    small_data: Path,
) -> None:
    harm(home / "knowledge.sqlite")
    start(home, small_data)
    (line,) = lines(caplog)
    assert reason in line
    assert caplog.records[-1].levelno == logging.WARNING
    assert names_in(home) == ["knowledge.sqlite"]
    caplog.clear()
    start(home, small_data)
    assert lines(caplog) == []


def test_a_changed_source_leads_to_a_rebuild(
    home: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    registry = home / "registry.csv"
    registry.write_text(f"{IANA_HEADER}mine,756,tcp,,,,,,,,\n", encoding="utf-8")
    base = ensure(home, now=NOW, data=small_data)
    assert [a.name for a in base.assignments_of("mine")] == ["mine"]
    assert lines(caplog) == ["knowledge base built, since its sources have changed"]
    base.close()

    caplog.clear()
    registry.write_text(f"{IANA_HEADER}ours,756,tcp,,,,,,,,\n", encoding="utf-8")
    os.utime(registry, ns=(1, 1))
    base = ensure(home, now=NOW, data=small_data)
    assert [a.name for a in base.assignments_of("ours")] == ["ours"]
    base.close()
    assert len(lines(caplog)) == 1


def test_a_source_that_is_only_newer_is_no_reason(
    home: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    registry = home / "registry.csv"
    registry.write_text(f"{IANA_HEADER}mine,756,tcp,,,,,,,,\n", encoding="utf-8")
    start(home, small_data)
    caplog.clear()
    os.utime(registry, ns=(1, 1))
    start(home, small_data)
    assert lines(caplog) == []


def test_a_damaged_update_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    (tmp_path / "registry.csv").write_text("<html>no</html>", encoding="utf-8")
    base = ensure(tmp_path, now=NOW, data=small_data)
    assert base.meta["registry"] == "snapshot"
    base.close()
    (line,) = lines(caplog)
    assert "registry.csv: The registry is a web page (HTML), not CSV" in line


def test_imported_pages_stand_behind_the_shipped_articles(
    tmp_path: Path, small_data: Path
) -> None:
    pages = (
        Article((940, 576), "Port 940: ours", "", origin="/pages/940.txt"),
        Article((576,), "Port 576: ours", "Quokka.", origin="/pages/576.txt"),
        Article((49000,), "Port 49000: ours", "", origin="/pages/49000.txt"),
    )
    imports.write(
        tmp_path / "imports.sqlite",
        (imports.ImportedPage(page.origin, "0", "test", NOW, page) for page in pages),
    )
    base = ensure(tmp_path, now=NOW, data=small_data)
    assert [page.origin for page in base.articles(576)] == [
        "",
        "/pages/576.txt",  # it is about that port before all
        "/pages/940.txt",
    ]
    article = base.facts(49000).article
    assert article == pages[2]
    assert [page.origin for page in base.articles_about(["quokka"])] == ["/pages/576.txt"]
    base.close()


def test_damaged_imports_are_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    (tmp_path / "imports.sqlite").write_bytes(b"no database" * 500)
    start(tmp_path, small_data)
    (line,) = lines(caplog)
    assert "; without" in line
    assert "imports.sqlite: the imported pages cannot be read" in line


def test_facts_that_contradict_the_tables_are_refused(tmp_path: Path, small_data: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    blocked = data / "browser-blocked.csv"
    blocked.write_text(f"{blocked.read_text('utf-8')}1,Again,\n", encoding="utf-8")
    with pytest.raises(SourceError, match="do not fit together"):
        build(tmp_path / "knowledge.sqlite", Sources(data), now=NOW)
    assert names_in(tmp_path) == ["data"]


def test_who_reads_the_old_file_goes_on_reading_it(home: Path, small_data: Path) -> None:
    target = home / "knowledge.sqlite"
    reader = KnowledgeBase.open(target)
    before = reader.facts(756)
    registry = home / "registry.csv"
    registry.write_text(f"{IANA_HEADER}mine,756,tcp,,,,,,,,\n", encoding="utf-8")
    build(target, Sources(small_data, registry), now=NOW)
    reader._cached_facts.cache_clear()  # noqa: SLF001 so that it reads again
    assert reader.facts(756) == before
    assert reader.assignments_of("ipcd")
    newcomer = KnowledgeBase.open(target)
    assert newcomer.facts(756) != before
    newcomer.close()
    reader.close()


def test_a_source_that_makes_no_sense_leaves_the_old_file(
    home: Path, tmp_path: Path, small_data: Path
) -> None:
    target = home / "knowledge.sqlite"
    before = target.read_bytes()
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    (data / "articles" / "00576-ipcd.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(SourceError, match=r"00576-ipcd\.md: has no front matter"):
        build(target, Sources(data), now=NOW)
    assert target.read_bytes() == before
    assert names_in(home) == ["knowledge.sqlite"]


def test_a_folder_that_cannot_be_written_to_gives_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with pytest.raises(KnowledgeBaseError, match=r"cannot be written .*set PORTOLAN_DATA to"):
        ensure(blocked / "home", now=NOW)


def test_what_a_killed_build_left_behind_goes_after_an_hour(home: Path, small_data: Path) -> None:
    seconds = time.time()
    for name, age in (("dead", 7200), ("running", 60)):
        left = home / f".knowledge.sqlite.{name}.new"
        left.touch()
        os.utime(left, (seconds - age, seconds - age))
    build(home / "knowledge.sqlite", Sources(small_data), now=NOW)
    assert names_in(home) == [".knowledge.sqlite.running.new", "knowledge.sqlite"]


def start_with_others(
    directory: Path, data: Path, barrier: Barrier, states: "multiprocessing.Queue[str]"
) -> None:
    barrier.wait()
    base = ensure(directory, now=NOW, data=data)
    states.put(f"{base.facts(756).previous} {base.meta['registry_date']}")
    base.close()


def test_processes_that_start_at_once_all_see_a_whole_file(
    tmp_path: Path, small_data: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    count = 2
    barrier = context.Barrier(count)
    states: multiprocessing.Queue[str] = context.Queue()
    processes = [
        context.Process(target=start_with_others, args=(tmp_path, small_data, barrier, states))
        for _ in range(count)
    ]
    for process in processes:
        process.start()
    found = [states.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * count
    assert found == ["754 2026-09-17"] * count
    assert names_in(tmp_path) == ["knowledge.sqlite"]


def test_the_file_is_read_by_sqlite_as_it_stands(base_path: Path) -> None:
    connection = sqlite3.connect(base_path)
    assert connection.execute("SELECT count(*) FROM block").fetchone() == (854,)
    (found,) = connection.execute(
        "SELECT count(*) FROM assignment_fts WHERE assignment_fts MATCH 'hypertext OR http'"
    ).fetchone()
    assert found > 0
    connection.close()
