"""The words by which people ask, of every language, as concepts.

A language is one file, `data/languages/xx.toml`, that a speaker can correct without reading code.
Its words are stored in the knowledge base when that is built, and read from there.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntFlag, auto
from pathlib import Path
from typing import NamedTuple

import tomli  # the standard library's tomllib, compiled: thirty languages in a tenth of the time

from knowledge.model import Question
from knowledge.text import fold, tokens_of

PREFIX_MARK = "*"
_NAMED = "SELECT key FROM name WHERE everyday = 0 AND length(key) >= ?"
SHORTEST_NAME = 3
LONGEST_RUN = 14  # characters; no word of a script without spaces is longer
SHORTEST_STEM = 2


class Concept(IntFlag):
    """What a word means to a question about ports; a key of a language file, in lower case.

    Flags, so that all that is meant by a word, or by a whole text, is one integer.
    """

    PORT = auto()  # the word port itself
    NUMBER_SIGN = auto()  # "number", "no.", 番, 번: joins the word port to its number
    FUNCTION = auto()  # carries no meaning of its own here
    ABOUT = auto()  # what is, used for, meaning
    DEFAULT = auto()  # default, standard, usual: asks for a service's port
    RUNS = auto()  # uses, runs on, works on: both "what runs on" and "X runs on"
    CHECK = auto()  # listening, which process, test, reachable
    STOP = auto()  # kill, stop the process
    IN_USE = auto()  # already in use, taken
    OPEN = auto()  # allow, forward, unblock
    CLOSE = auto()  # block, deny, drop
    FIREWALL = auto()  # the names of firewall tools
    STATE = auto()  # open, closed, as adjectives
    SAFETY = auto()  # dangerous, risk, malware
    EXPOSE = auto()  # expose, public, to the internet
    COMPARE = auto()  # difference, versus
    OR = auto()
    AND = auto()
    NEIGHBORS = auto()  # next to, around, nearest
    SUGGEST = auto()  # recommend, pick, which port should I use
    FREE = auto()  # free, unused, available, unassigned
    OWN = auto()  # my app, my own service
    RANGE = auto()  # range, between
    TO = auto()  # joins the ends of a range
    BOUND = auto()  # above, below, under, over
    BELOW = auto()  # of these, the ones that set an upper bound
    SINCE = auto()  # stands before a year: in, since, from
    REGISTRY = auto()  # assigned, official, IANA
    NETWORK = auto()  # words of the trade that make a number a port
    ELSEWHERE = auto()  # words of other trades: harbour, wine, invoice
    UNIT = auto()  # what numbers count or measure: minutes, euros, people
    FOLLOWUP = auto()  # and what about, it, that one
    LINUX = auto()
    MACOS = auto()
    WINDOWS = auto()
    FREEBSD = auto()
    TCP = auto()
    UDP = auto()
    SCTP = auto()
    DCCP = auto()


class Sense(NamedTuple):
    """What a word or phrase means in one language; `concepts` is a union of Concept flags."""

    language: str
    concepts: int


class LanguageError(ValueError):
    """A language file is not of the form that CONTRIBUTING describes."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language file.

    Attributes:
        tag: BCP-47, the file's name.
        words: phrases by concept; a phrase that ends in "*" stands for all words that begin so.
        numbers: number words and their values.
        aliases: names of products in the language, and what they mean (as in aliases.csv).
        wordings: how its speakers ask the concept questions, by FAQ slug.
    """

    tag: str
    words: Mapping[Concept, tuple[str, ...]]
    numbers: Mapping[str, int] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_language(path: Path) -> Language:
    """Return what a language file says.

    Raises:
        LanguageError: it is not TOML, or names a concept that there is not.
    """
    try:
        table = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path.name}: {error}") from error
    words: dict[Concept, tuple[str, ...]] = {}
    for key, phrases in table.get("words", {}).items():
        try:
            concept = Concept[key.upper()]
        except KeyError as error:
            raise LanguageError(f"{path.name}: there is no concept {key!r}") from error
        words[concept] = tuple(phrases)
    return Language(
        tag=path.stem,
        words=words,
        numbers=table.get("numbers", {}),
        aliases=table.get("aliases", {}),
        wordings={slug: tuple(wordings) for slug, wordings in table.get("faq", {}).items()},
    )


def read_languages(folder: Path) -> tuple[Language, ...]:
    """Return all languages of a folder, sorted by tag.

    Raises:
        LanguageError: as `read_language`.
    """
    return tuple(read_language(path) for path in sorted(folder.glob("*.toml")))


def rows_of(languages: Iterable[Language]) -> Iterator[tuple[str, str, str]]:
    """Yield (phrase, language, concept or number) for the table `word` of the knowledge base."""
    for language in languages:
        for concept, phrases in language.words.items():
            for phrase in phrases:
                yield phrase, language.tag, str(concept.name).lower()
        for word, value in language.numbers.items():
            yield word, language.tag, str(value)


class Vocabulary:
    """All words of all languages, ready to be looked up.

    Attributes:
        words: the senses of single words, by folded word.
        phrases: by first two words, (all its words, sense), the longest first.
        numbers: the values of number words.
        shapes: readings of short questions, by all but their number (see understand.py).
        named: words that stand in names of services and products, and hardly elsewhere.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]], named: Iterable[str] = ()) -> None:
        self.named = frozenset(named)
        self.shapes: dict[tuple[str, str, bool, str | None], Question] = {}
        words: dict[str, dict[str, int]] = {}
        stems: dict[str, dict[str, int]] = {}
        phrases: dict[tuple[str, ...], dict[str, int]] = {}
        self.numbers: dict[str, int] = {}
        for phrase, language, sense in rows:
            parts = tuple(tokens_of(phrase))
            if not parts:
                continue
            if sense.isdigit():
                self.numbers.setdefault(fold(phrase), int(sense))
                concepts = int(Concept.FUNCTION)
            else:
                concepts = int(Concept[sense.upper()])
            if len(parts) > 1:
                senses = phrases.setdefault(parts, {})
            elif phrase.endswith(PREFIX_MARK):
                senses = stems.setdefault(parts[0], {})
            else:
                senses = words.setdefault(parts[0], {})
            senses[language] = senses.get(language, 0) | concepts
        for word, found in words.items():
            # A stem of another language still stands behind an exact word of this one.
            for length in range(SHORTEST_STEM, len(word) + 1):
                for language, concepts in stems.get(word[:length], {}).items():
                    found.setdefault(language, concepts)
        self.words = {word: _senses(found) for word, found in words.items()}
        self._stems = {stem: _senses(found) for stem, found in stems.items()}
        self._longest_stem = max(map(len, stems), default=0)
        self._pieces = {*self.words, *(part for parts in phrases for part in parts)}
        self.phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        for parts in sorted(phrases, key=len, reverse=True):
            entry = (parts, _senses(phrases[parts]))
            self.phrases.setdefault((parts[0], parts[1]), []).append(entry)

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> "Vocabulary":
        """Return the vocabulary that a knowledge base holds."""
        return cls(
            connection.execute("SELECT phrase, language, sense FROM word"),
            (key for (key,) in connection.execute(_NAMED, (SHORTEST_NAME,))),
        )

    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return what a folded word means, by itself or by its longest known beginning."""
        found = self.words.get(word)
        if found is not None:
            return found
        for length in range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1):
            found = self._stems.get(word[:length])
            if found is not None:
                return found
        return ()

    def concepts(self, word: str) -> int:
        """Return the concepts of a folded word in any language."""
        union = 0
        for sense in self.senses(word):
            union |= sense.concepts
        return union

    def segments(self, run: str) -> list[str]:
        """Return the words of a run of a script that writes no spaces, longest match first.

        Characters that begin no known word are returned together, as one unknown word.
        """
        found: list[str] = []
        unknown = ""
        position = 0
        while position < len(run):
            for length in range(min(LONGEST_RUN, len(run) - position), 0, -1):
                piece = run[position : position + length]
                if piece in self._pieces:
                    if unknown:
                        found.append(unknown)
                        unknown = ""
                    found.append(piece)
                    position += length
                    break
            else:
                unknown += run[position]
                position += 1
        if unknown:
            found.append(unknown)
        return found


def _senses(found: Mapping[str, int]) -> tuple[Sense, ...]:
    return tuple(Sense(language, concepts) for language, concepts in found.items())
