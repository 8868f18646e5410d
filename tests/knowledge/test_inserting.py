import sqlite3
from collections.abc import Iterator

import pytest

from knowledge.inserting import insert


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE TABLE pair (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    yield opened
    opened.close()


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 1000])
def test_all_rows_arrive_in_order(connection: sqlite3.Connection, count: int) -> None:
    rows = [(number, f"row {number}") for number in range(count)]
    insert(connection, "pair", iter(rows))
    assert connection.execute("SELECT * FROM pair").fetchall() == rows


def test_a_row_of_very_many_values_stands_alone(connection: sqlite3.Connection) -> None:
    columns = [f"c{number}" for number in range(600)]
    connection.execute(f"CREATE TABLE wide ({', '.join(columns)})")
    insert(connection, "wide", [range(600)] * 3)
    assert connection.execute("SELECT count(*), max(c599) FROM wide").fetchone() == (3, 599)


def test_a_row_that_does_not_fit_is_an_error(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, "pair", [(1, "one"), (1, "again")])
