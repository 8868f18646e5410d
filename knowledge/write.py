"""Writes all tables of a knowledge base file, and checks them."""

import json
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from sqlite_utils import Database

from knowledge import fingerprint, index, schema
from knowledge.fill import fill, fill_articles
from knowledge.gather import gather, imported
from knowledge.sources.faults import SourceError
from knowledge.sources.places import Sources


def write(path: Path, sources: Sources, now: datetime) -> tuple[dict[str, str], dict[str, int]]:
    """Write all tables to a file, check it, and return what `meta` says and the rows by table.

    Raises:
        SourceError: a source is missing or makes no sense.
        OSError: the disk is damaged.
        sqlite3.Error: the disk is full, or the facts do not fit together.
    """
    taken = fingerprint.take(sources)
    gathered = gather(sources)
    database = Database(path, strict=True, execute_plugins=False)
    try:
        # Nobody reads the file yet, and one that is not finished is thrown away.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        with database.atomic():
            schema.create(database)
            fill(database, gathered)
            fill_articles(database, chain(gathered.articles, imported(sources)))
            schema.index(database)
            index.write(database, index.contents_of(gathered))
            counts = {table.name: database.table(table.name).count for table in schema.TABLES}
            meta = {
                "schema_version": str(schema.VERSION),
                "package_version": version("portolan"),
                "registry_date": gathered.registry_date,
                "registry": "iana" if sources.registry else "snapshot",
                "built": now.isoformat(timespec="seconds"),
                "counts": json.dumps(counts),
                "sources": taken,
            }
            database.table("meta").insert_all([["key", "value"], *map(list, meta.items())])
        database.execute(f"PRAGMA user_version = {schema.VERSION:d}")
        _check(database, path)
    finally:
        database.close()
    return meta, counts


def _check(database: Database, path: Path) -> None:
    """Let SQLite look for damage and for rows that point nowhere.

    Raises:
        SourceError: what the sources say does not fit together.
    """
    (found,) = database.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise OSError(f"{path}: {found}")
    dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    if dangling is not None:
        raise SourceError(path, f"a row of {dangling[0]} points at no row of {dangling[2]}")
