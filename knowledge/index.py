"""Writes the search index of a knowledge base: words, names, spellings, wordings."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import sqlite_utils

from knowledge import names, spelling, wordings
from knowledge.gather import Gathered
from knowledge.inserting import insert
from knowledge.languages import Language, Pieces, letters_of, pieces_of, rows_of
from knowledge.text import squash
from knowledge.vocabulary import FAMILIAR, SHORTEST_SPELLED, SMALL, Concept, pack


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be found.

    Attributes:
        services: (service name, first port, protocol), in the registry's order.
        uses: as `names.Used`.
        aliases: (alias, target), as in `aliases.csv`.
        faqs: (slug, wording) in English.
        languages: the language files.
        everyday: names that are also words of everyday talk.
    """

    services: Sequence[tuple[str, int, str]]
    uses: Sequence[names.Used]
    aliases: Sequence[tuple[str, str]]
    faqs: Sequence[tuple[str, str]]
    languages: Sequence[Language]
    everyday: Iterable[str]


def contents_of(gathered: Gathered) -> Contents:
    """Return what of the sources is to be found."""
    return Contents(
        services=[
            (row.name, row.first, protocol.value)
            for row in gathered.rows
            if row.name and row.first is not None
            for protocol in row.protocols
        ],
        uses=[
            (u.product, u.first, u.protocol.value, u.role, u.weight, u.tls) for u in gathered.uses
        ],
        aliases=[(alias.alias, alias.target) for alias in gathered.aliases]
        + [pair for language in gathered.languages for pair in language.aliases.items()],
        faqs=[(f.slug, text) for f in gathered.faqs for text in (f.question, *f.wordings)],
        languages=gathered.languages,
        everyday=gathered.everyday,
    )


def write(database: sqlite_utils.Database, contents: Contents) -> None:
    """Write the tables `word`, `name`, `spelling`, `wording` and its terms.

    Each is filled in the order of its key, so that it grows at its end alone.
    """
    pieces = tuple(pieces_of(language) for language in contents.languages)
    common = _everyday(contents.languages, pieces, contents.everyday)
    fillers = _fillers(contents.languages, pieces)
    entries = names.entries_of(contents.services, contents.uses, contents.aliases)
    connection = database.conn
    with database.atomic():
        spelled = _write_words(connection, tuple(rows_of(contents.languages, pieces)))
        insert(  # beside the words: of each language the letters of its own
            connection,
            "word",
            (("letters", each.tag, letters_of(each)) for each in contents.languages),
        )
        keys = _write_names(connection, names.rows_of(entries, common))
        familiar = {str(use[1]) for use in contents.uses if use[4] >= FAMILIAR}
        connection.execute("INSERT INTO known VALUES ('port', ?)", (pack(familiar),))
        terms = _write_wordings(connection, wordings.rows_of(tuple(_asked(contents)), fillers))
        connection.execute(
            "CREATE TABLE spelling (bucket INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT"
        )
        # No set, which is in another order each time: equal sources give equal files.
        known = dict.fromkeys(word for word in chain(spelled, keys, terms) if " " not in word)
        insert(connection, "spelling", spelling.rows_of(known))


def _write_words(
    connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str]]
) -> list[str]:
    """Write the table `word`, and return the words of it that are worth to be spelled right."""
    connection.execute(
        "CREATE TABLE word (kind TEXT NOT NULL, words TEXT NOT NULL, senses TEXT NOT NULL,"
        " PRIMARY KEY (kind, words)) STRICT, WITHOUT ROWID"
    )
    insert(connection, "word", rows)
    _write_known(connection, rows)
    spelled = {packed for packed in {packed for _, _, packed in rows} if _is_spelled(packed)}
    return [
        text
        for kind, text, packed in rows
        if kind == "word" and len(text) >= SHORTEST_SPELLED and packed in spelled
    ]


def _write_known(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write the table `known`: by what to tell soon that a text stands in no other table.

    Its kinds are the words, the first two words of each phrase, all words of phrases,
    names, of all and of products (`_write_names`), and ports that many people know.
    """
    connection.execute(
        "CREATE TABLE known (kind TEXT PRIMARY KEY, checksums BLOB NOT NULL) STRICT, WITHOUT ROWID"
    )
    phrases = [text.split(" ") for kind, text, _ in rows if kind == "phrase"]
    texts: Mapping[str, Iterable[str]] = {
        "word": [text for kind, text, _ in rows if kind == "word"],
        "begun": [f"{parts[0]} {parts[1]}" for parts in phrases],
        "part": set(chain.from_iterable(phrases)),
    }
    insert(connection, "known", [(kind, pack(them)) for kind, them in texts.items()])


def _write_names(connection: sqlite3.Connection, rows: Sequence[names.Row]) -> list[str]:
    """Write the table `name`, and return the keys."""
    connection.execute(
        "CREATE TABLE name (key TEXT NOT NULL, origin INTEGER NOT NULL, label TEXT NOT NULL,"
        " places TEXT NOT NULL, everyday INTEGER NOT NULL, weight INTEGER NOT NULL,"
        " PRIMARY KEY (key, origin)) STRICT, WITHOUT ROWID"
    )
    insert(connection, "name", rows)
    keys = [row[0] for row in rows]
    products = [row[0] for row in rows if row[1] != names.Origin.SERVICE and not row[4]]
    connection.execute("INSERT INTO known VALUES ('name', ?)", (pack(keys),))
    connection.execute("INSERT INTO known VALUES ('product', ?)", (pack(products),))
    return keys


def _write_wordings(connection: sqlite3.Connection, rows: wordings.Rows) -> list[str]:
    """Write the tables `wording` and `term`, and return the terms."""
    connection.execute(
        "CREATE TABLE wording (id INTEGER PRIMARY KEY, slug TEXT NOT NULL,"
        " language TEXT NOT NULL, terms TEXT NOT NULL, mass REAL NOT NULL) STRICT"
    )
    insert(connection, "wording", rows.wordings)
    connection.execute(
        "CREATE TABLE term (language TEXT NOT NULL, term TEXT NOT NULL, weight REAL NOT NULL,"
        " wordings TEXT NOT NULL, slugs TEXT NOT NULL, PRIMARY KEY (language, term))"
        " STRICT, WITHOUT ROWID"
    )
    insert(connection, "term", rows.terms)
    return [row[1] for row in rows.terms]


def _asked(contents: Contents) -> Iterator[tuple[str, str, str]]:
    """Yield (slug, language, wording) of all concept questions."""
    for slug, text in contents.faqs:
        yield slug, "en", text
    for language in contents.languages:
        for slug, texts in language.wordings.items():
            for text in texts:
                yield slug, language.tag, text


def _is_spelled(packed: str) -> bool:
    """Tell whether a word is worth to be found when mistyped.

    Of other languages than English only words that tell what is wanted are: thirty languages'
    small words would be most of the index. Everyday words tell nothing in any.
    """
    aside = SMALL | int(
        Concept.FUNCTION | Concept.UNIT | Concept.ELSEWHERE | Concept.NUMBERED | Concept.PLAIN
    )
    senses = [(tag, int(concepts)) for tag, _, concepts in map(_parted, packed.split(";"))]
    return any(
        concepts & ~SMALL != Concept.PLAIN if tag == "en" else concepts & ~aside
        for tag, concepts in senses
    )


def _parted(sense: str) -> tuple[str, str, str]:
    return sense.partition(" ")


_FILLERS = (Concept.FUNCTION, Concept.ABOUT)


def _fillers(
    languages: Sequence[Language], pieces: Sequence[Pieces]
) -> frozenset[tuple[str, str]]:
    """Return (language, term) of the words that carry no meaning of their own."""
    return frozenset(
        (language.tag, wordings.stem(text))
        for language, folded in zip(languages, pieces, strict=True)
        for concept in _FILLERS
        for text in folded.get(concept, ())
        if text and " " not in text
    )


def _everyday(
    languages: Sequence[Language], pieces: Sequence[Pieces], everyday: Iterable[str]
) -> frozenset[str]:
    """Return the keys of names that are also words of everyday talk.

    Those of other languages than English are known as such where their language is spoken.
    """
    found = {squash(word) for word in everyday}
    for language, folded in zip(languages, pieces, strict=True):
        if language.tag == "en":
            for concept, phrases in language.words.items():
                if concept is not Concept.NETWORK:
                    found |= {
                        squash(phrase)
                        for phrase, text in zip(phrases, folded[concept], strict=True)
                        if text and " " not in text
                    }
            found |= {squash(word) for word in language.numbers}
    return frozenset(found)
