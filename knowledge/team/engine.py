"""The database under the teams' store: how it is reached, and what is said when it is not."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    StaticPool,
    Table,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError

from knowledge.team.model import StoreError

BUSY_SECONDS = 5  # that a process waits for another one that writes
CONNECT_SECONDS = 5
_WRITES = "writes"
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})


def engine_for(address: str | Path) -> Engine:
    """Return an engine for a file of SQLite's, or for an address such as "postgresql://...".

    Nothing is opened yet.

    Raises:
        StoreError: it is no such address, or its driver is not installed.
    """
    try:
        url = _url(address)
        engine = create_engine(url, **_options(url))
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The teams' store needs the Python package {error.name}, which is not installed: "
            "install it, or leave DATABASE_URL empty."
        ) from error
    except ArgumentError as error:
        raise StoreError(
            "DATABASE_URL is no address of a database: write postgresql://user@host/name, or "
            "leave it empty."
        ) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the same engine for transactions that write."""
    return engine.execution_options(**{_WRITES: True})


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what the database says into one sentence.

    Raises:
        StoreError: the database cannot be reached or used.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(_sentence(error, engine.url)) from error


def upsert(
    connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Insert a row, or change the one with the same primary key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 (one of the two)
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415
    statement = insert(table).values(**key, **values)
    if values:
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=dict(values))
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    connection.execute(statement)


def scrub(engine: Engine) -> None:
    """Take what was deleted out of the files as well, as far as no other process reads there."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()


def _url(address: str | Path) -> URL:
    if isinstance(address, Path):
        return URL.create("sqlite", database=str(address))
    return make_url(address)


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        limits = {"connect_timeout": CONNECT_SECONDS} if "psycopg" in url.get_driver_name() else {}
        return {"pool_pre_ping": True, "connect_args": limits}
    options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
    if url.database in {None, "", ":memory:"}:
        options["poolclass"] = StaticPool  # each connection would be a database of its own
        options["connect_args"]["check_same_thread"] = False
    return options


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set up a new connection to SQLite."""
    connection.isolation_level = None  # the driver begins no transaction by itself: `_begin` does
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes takes its turn now, so that it cannot fail later."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _sentence(error: DBAPIError | sqlite3.Error, url: URL) -> str:
    place = url.render_as_string(hide_password=True)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return f"The teams' store at {place} does not answer: check DATABASE_URL and that server."
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return (
            f"The teams' store at {url.database} is damaged: restore it from a backup, or move it "
            "away and an empty one takes its place."
        )
    return (
        f"The teams' store at {url.database} cannot be used ({cause}): check that its directory "
        "may be written, and that the disk is not full."
    )
