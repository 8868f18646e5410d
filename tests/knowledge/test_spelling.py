import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from hypothesis import given
from hypothesis import strategies as st

from knowledge import spelling
from knowledge.inserting import insert

LETTERS = "abcdeлпé"
WORDS = st.text(LETTERS, min_size=spelling.SHORTEST + 1, max_size=12)


@contextmanager
def knowing(*words: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE spelling (bucket INTEGER PRIMARY KEY, words TEXT)")
        insert(connection, "spelling", spelling.rows_of(sorted(words)))
        yield connection


def one_edit_from(word: str, place: int, letter: str) -> set[str]:
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    return {
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        swapped,
    }


@given(WORDS, st.integers(0, 11), st.sampled_from(LETTERS))
def test_a_word_is_found_from_whatever_is_one_edit_away(
    word: str, place: int, letter: str
) -> None:
    with knowing(word, "something", "else") as connection:
        for typo in one_edit_from(word, place % len(word), letter) - {word}:
            assert spelling.near(typo, connection) == ((word, 1),)


def test_words_that_begin_alike_are_all_found() -> None:
    with knowing("firewall", "firewalls", "firewalld", "firefox") as connection:
        found = spelling.near("firewallx", connection)
    assert {word for word, _ in found} == {"firewall", "firewalls", "firewalld"}


def test_a_second_mistake_is_forgiven_behind_the_beginning_of_a_long_word() -> None:
    with knowing("elasticsearch") as connection:
        assert spelling.near("elasticsaerhc", connection) == (("elasticsearch", 2),)
        assert spelling.near("lasticsearc", connection) == ()
