"""The words by which people ask, of every language, as concepts.

A language is one file, `data/languages/xx.toml`, that a speaker can correct without reading code.
Its words are stored in the knowledge base when that is built, and read from there.
"""

import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from knowledge.text import fold, tokens_of

PREFIX_MARK = "*"
LONGEST_RUN = 14  # characters; no word of a script without spaces is longer
SHORTEST_STEM = 2


class Concept(StrEnum):
    """What a word means to a question about ports. The values are the keys of a language file."""

    PORT = "port"  # the word port itself
    NUMBER_SIGN = "number_sign"  # "number", "no.", 番, 번: joins the word port to its number
    FUNCTION = "function"  # carries no meaning of its own here
    ABOUT = "about"  # what is, used for, meaning
    DEFAULT = "default"  # default, standard, usual: asks for a service's port
    RUNS = "runs"  # uses, runs on, works on: both "what runs on" and "X runs on"
    CHECK = "check"  # listening, which process, test, reachable
    STOP = "stop"  # kill, stop the process
    IN_USE = "in_use"  # already in use, taken
    OPEN = "open"  # allow, forward, unblock
    CLOSE = "close"  # block, deny, drop
    FIREWALL = "firewall"  # firewall, and the names of firewall tools
    STATE = "state"  # open, closed, as adjectives
    SAFETY = "safety"  # dangerous, risk, malware
    EXPOSE = "expose"  # expose, public, to the internet
    COMPARE = "compare"  # difference, versus
    OR = "or"
    AND = "and"
    NEIGHBORS = "neighbors"  # next to, around, nearest
    SUGGEST = "suggest"  # recommend, pick, which port should I use
    FREE = "free"  # free, unused, available, unassigned
    OWN = "own"  # my app, my own service
    RANGE = "range"  # range, between
    TO = "to"  # joins the ends of a range
    BOUND = "bound"  # above, below, under, over
    REGISTRY = "registry"  # assigned, official, IANA
    NETWORK = "network"  # words of the trade that make a number a port
    ELSEWHERE = "elsewhere"  # words of other trades: harbour, wine, invoice
    UNIT = "unit"  # what numbers count or measure: minutes, euros, people
    FOLLOWUP = "followup"  # and what about, it, that one
    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"
    FREEBSD = "freebsd"
    TCP = "tcp"
    UDP = "udp"
    SCTP = "sctp"
    DCCP = "dccp"


class Meaning(NamedTuple):
    """One sense of a word: in which language it has which concept."""

    language: str
    concept: Concept


class LanguageError(ValueError):
    """A language file is not of the form that CONTRIBUTING describes."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language file.

    Attributes:
        tag: BCP-47, the file's name.
        words: phrases by concept; a phrase that ends in "*" stands for all words that begin so.
        numbers: number words and their values.
        wordings: how its speakers ask the concept questions, by FAQ slug.
    """

    tag: str
    words: Mapping[Concept, tuple[str, ...]]
    numbers: Mapping[str, int] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_language(path: Path) -> Language:
    """Return what a language file says.

    Raises:
        LanguageError: it is not TOML, or names a concept that there is not.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path.name}: {error}") from error
    words: dict[Concept, tuple[str, ...]] = {}
    for key, phrases in table.get("words", {}).items():
        try:
            concept = Concept(key)
        except ValueError as error:
            raise LanguageError(f"{path.name}: there is no concept {key!r}") from error
        words[concept] = tuple(phrases)
    return Language(
        path.stem,
        words,
        table.get("numbers", {}),
        {slug: tuple(wordings) for slug, wordings in table.get("faq", {}).items()},
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
                yield phrase, language.tag, concept.value
        for word, value in language.numbers.items():
            yield word, language.tag, str(value)


class Vocabulary:
    """All words of all languages, ready to be looked up.

    Attributes:
        words: meanings of single words.
        stems: meanings of all words that begin so.
        phrases: by first word, (the words, meaning), the longest first.
        numbers: by word, the values by language.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        words: dict[str, list[Meaning]] = {}
        stems: dict[str, list[Meaning]] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self.numbers: dict[str, int] = {}
        self.languages: set[str] = set()
        for phrase, language, sense in rows:
            self.languages.add(language)
            if sense.lstrip("-").isdigit():
                self.numbers.setdefault(fold(phrase), int(sense))
                words.setdefault(fold(phrase), []).append(Meaning(language, Concept.FUNCTION))
                continue
            meaning = Meaning(language, Concept(sense))
            parts = tuple(tokens_of(phrase))
            if not parts:
                continue
            if phrase.endswith(PREFIX_MARK) and len(parts) == 1:
                stems.setdefault(parts[0], []).append(meaning)
            elif len(parts) == 1:
                words.setdefault(parts[0], []).append(meaning)
            else:
                phrases.setdefault(parts[0], []).append((parts, meaning))
        self.words = {word: tuple(meanings) for word, meanings in words.items()}
        self.stems = {stem: tuple(meanings) for stem, meanings in stems.items()}
        self.phrases = {
            first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
            for first, entries in phrases.items()
        }
        self._longest_stem = max(map(len, self.stems), default=0)

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> "Vocabulary":
        """Return the vocabulary that a knowledge base holds."""
        return cls(connection.execute("SELECT phrase, language, sense FROM word"))

    def meanings(self, word: str) -> tuple[Meaning, ...]:
        """Return what a folded word means, by itself or by its longest known beginning."""
        found = self.words.get(word)
        if found is not None:
            return found
        for length in range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1):
            found = self.stems.get(word[:length])
            if found is not None:
                return found
        return ()

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
                if piece in self.words or piece in self.phrases:
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
