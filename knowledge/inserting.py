"""Inserts many rows into a table."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice

_ROWS = 64  # in one statement: half the time of one each; more save no more
_MOST_VALUES = 999  # that every SQLite takes in one statement


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows of values in the order of the table's columns.

    Straight into sqlite3: sqlite-utils looks at every value, which for 100,000 of them takes as
    long as all else in a build.

    Args:
        connection: to the database.
        table: its name, a constant of ours.
        rows: all of the same length.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    coming = chain((first,), coming)
    row = f"({', '.join('?' * len(first))})"
    most = min(_ROWS, _MOST_VALUES // len(first))
    while batch := tuple(islice(coming, most)):
        connection.execute(
            f"INSERT INTO [{table}] VALUES {', '.join([row] * len(batch))}",  # noqa: S608
            tuple(chain.from_iterable(batch)),
        )
