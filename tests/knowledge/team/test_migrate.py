"""The tables come to be what the code works with, from whatever is found."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from knowledge.team.engine import engine_for, writing
from knowledge.team.migrate import MIGRATIONS, current, upgrade
from knowledge.team.model import StoreError
from knowledge.team.schema import METADATA, REVISION
from knowledge.team.store import TeamStore

ROOT = Path(__file__).parents[3]
SCRIPTS = ScriptDirectory(str(MIGRATIONS))
REVISIONS = [each.revision for each in SCRIPTS.walk_revisions("base", "heads")][::-1]
OPENER = """
import sys
from pathlib import Path
from knowledge.team.store import TeamStore

print("here", flush=True)
sys.stdin.readline()
store = TeamStore.open(sys.argv[1], Path(sys.argv[2]))
print(store._secret.hex())
store.close()
"""


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    assert SCRIPTS.get_heads() == [REVISION]


@pytest.mark.parametrize("revision", [None, *REVISIONS])
def test_the_tables_are_those_of_the_code_wherever_they_began(
    revision: str | None, address: str, tmp_path: Path
) -> None:
    if revision is not None:
        engine = engine_for(address)
        with writing(engine).begin() as connection:
            upgrade(connection, revision)
            assert current(connection) == revision
        engine.dispose()
    TeamStore.open(address, tmp_path).close()
    engine = engine_for(address)
    with engine.begin() as connection:
        assert current(connection) == REVISION
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
        checks = inspect(connection).get_check_constraints("votes")
        assert [each["name"] for each in checks] == ["ck_votes_vote"]
    engine.dispose()


def test_processes_that_open_at_once_agree(address: str, tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, address, tmp_path],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    secrets = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    assert len(secrets) == 1


def test_a_step_that_fails_leaves_nothing_behind(address: str) -> None:
    engine = engine_for(address)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE votes (id INTEGER)"))  # in the way of the first step
    with pytest.raises(Exception, match="already exists"), writing(engine).begin() as connection:
        upgrade(connection)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["votes"]
    engine.dispose()


def test_a_store_of_a_newer_release_is_left_alone(address: str, tmp_path: Path) -> None:
    TeamStore.open(address, tmp_path).close()
    with sqlite3.connect(tmp_path / "teams.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match=r"newer release \(its revision is 9999\)"):
        TeamStore.open(address, tmp_path)


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_told_in_one_sentence(
    content: bytes, address: str, tmp_path: Path
) -> None:
    (tmp_path / "teams.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="is damaged: restore it from a backup") as told:
        TeamStore.open(address, tmp_path)
    assert "\n" not in str(told.value)
    assert (tmp_path / "teams.sqlite").read_bytes() == content


def test_damage_that_shows_later_is_told_in_the_same_sentence(
    store: TeamStore, tmp_path: Path
) -> None:
    store.set_state("a", "b")
    store.close()
    file = tmp_path / "teams.sqlite"
    pages = bytearray(file.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    file.write_bytes(pages)
    with pytest.raises(StoreError, match="is damaged"):
        store.state("a")


def test_a_file_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"unable to open database file.*directory") as told:
        TeamStore.open(f"sqlite:///{tmp_path / 'nowhere' / 'teams.sqlite'}", tmp_path)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("no address", "is no address of a database"),
        ("nothing://ada:secret@localhost/ports", "is no address of a database"),
        ("postgresql+pg8000://ada:secret@localhost/ports", "needs the Python package pg8000"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    address: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=told) as error:
        TeamStore.open(address, tmp_path)
    assert "secret" not in str(error.value)


def test_postgresql_knows_all_that_the_tables_are_made_of() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))
