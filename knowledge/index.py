"""Writes the search index of a knowledge base: words, names, spellings, wordings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlite_utils

from knowledge import names, spelling, vocabulary, wordings
from knowledge.gather import Gathered
from knowledge.text import squash, tokens_of
from knowledge.vocabulary import Concept, Language


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be found.

    Attributes:
        services: (service name, first port, protocol), in the registry's order.
        uses: (product, first port, protocol, role, weight).
        aliases: (alias, target), as in `aliases.csv`.
        faqs: (slug, wording) in English.
        languages: the language files.
        everyday: names that are also words of everyday talk.
    """

    services: Sequence[tuple[str, int, str]]
    uses: Sequence[tuple[str, int, str, str, int]]
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
        uses=[(u.product, u.first, u.protocol.value, u.role, u.weight) for u in gathered.uses],
        aliases=[(alias.alias, alias.target) for alias in gathered.aliases]
        + [pair for language in gathered.languages for pair in language.aliases.items()],
        faqs=[(f.slug, text) for f in gathered.faqs for text in (f.question, *f.wordings)],
        languages=gathered.languages,
        everyday=gathered.everyday,
    )


def write(database: sqlite_utils.Database, contents: Contents) -> None:
    """Write the tables `word`, `name`, `spelling`, `wording` and its terms."""
    languages = contents.languages
    senses = tuple(vocabulary.rows_of(languages))
    common = _everyday(languages, contents.everyday)
    named = tuple(
        names.rows_of(names.entries_of(contents.services, contents.uses, contents.aliases), common)
    )
    asked = [(slug, "en", text) for slug, text in contents.faqs]
    for language in languages:
        for slug, texts in language.wordings.items():
            asked += [(slug, language.tag, text) for text in texts]
    concepts = wordings.rows_of(asked, _fillers(languages))
    words = {str(row["key"]) for row in named} | {term for _, term, _ in concepts.weights}
    words |= {text for kind, text, packed in senses if kind == "word" and _is_spelled(packed)}

    connection = database.conn
    with database.atomic():
        connection.execute(
            "CREATE TABLE word (kind TEXT NOT NULL, words TEXT NOT NULL, senses TEXT NOT NULL,"
            " PRIMARY KEY (kind, words)) STRICT, WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO word VALUES (?, ?, ?)", senses)
        connection.execute(
            "CREATE TABLE name (key TEXT NOT NULL, origin INTEGER NOT NULL, label TEXT NOT NULL,"
            " places TEXT NOT NULL, everyday INTEGER NOT NULL, weight INTEGER NOT NULL,"
            " PRIMARY KEY (key, origin)) STRICT, WITHOUT ROWID"
        )
        connection.executemany(
            "INSERT INTO name VALUES (:key, :origin, :label, :places, :everyday, :weight)", named
        )
        connection.execute(
            "CREATE TABLE spelling (hash INTEGER NOT NULL, word TEXT NOT NULL) STRICT"
        )
        connection.executemany(
            "INSERT INTO spelling VALUES (?, ?)",
            spelling.rows_of(sorted(word for word in words if " " not in word)),
        )
        connection.execute("CREATE INDEX spelling_hash ON spelling (hash)")
        connection.execute(
            "CREATE TABLE wording (id INTEGER PRIMARY KEY, slug TEXT NOT NULL,"
            " language TEXT NOT NULL, terms TEXT NOT NULL, mass REAL NOT NULL) STRICT"
        )
        connection.executemany("INSERT INTO wording VALUES (?, ?, ?, ?, ?)", concepts.wordings)
        connection.execute(
            "CREATE TABLE slug_term (slug TEXT NOT NULL, term TEXT NOT NULL,"
            " PRIMARY KEY (slug, term)) STRICT, WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO slug_term VALUES (?, ?)", sorted(concepts.topics))
        connection.execute(
            "CREATE TABLE wording_term (term TEXT NOT NULL, language TEXT NOT NULL,"
            " wording INTEGER NOT NULL REFERENCES wording (id),"
            " PRIMARY KEY (term, language, wording)) STRICT, WITHOUT ROWID"
        )
        connection.executemany(
            "INSERT INTO wording_term VALUES (?, ?, ?)", sorted(concepts.postings)
        )
        connection.execute(
            "CREATE TABLE term (language TEXT NOT NULL, term TEXT NOT NULL, weight REAL NOT NULL,"
            " PRIMARY KEY (language, term)) STRICT, WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO term VALUES (?, ?, ?)", sorted(concepts.weights))


def _is_spelled(packed: str) -> bool:
    """Tell whether a word is worth to be found when mistyped.

    Of other languages than English only words that tell what is wanted are: thirty languages'
    small words would be most of the index.
    """
    aside = Concept.FUNCTION | Concept.UNIT | Concept.ELSEWHERE
    senses = (sense.split(" ") for sense in packed.split(";"))
    return any(tag == "en" or int(concepts) & ~aside for tag, concepts in senses)


def _fillers(languages: Iterable[Language]) -> frozenset[tuple[str, str]]:
    """Return (language, term) of the words that carry no meaning of their own."""
    return frozenset(
        (language.tag, wordings.stem(words[0]))
        for language in languages
        for concept in (Concept.FUNCTION, Concept.ABOUT)
        for phrase in language.words.get(concept, ())
        if len(words := tokens_of(phrase)) == 1
    )


def _everyday(languages: Iterable[Language], everyday: Iterable[str]) -> frozenset[str]:
    """Return the keys of names that are also words of everyday talk.

    Those of other languages than English are known as such where their language is spoken.
    """
    found = {squash(word) for word in everyday}
    for language in languages:
        if language.tag == "en":
            for concept, phrases in language.words.items():
                if concept is not Concept.NETWORK:
                    found |= {squash(p) for p in phrases if len(tokens_of(p)) == 1}
            found |= {squash(word) for word in language.numbers}
    return frozenset(found)
