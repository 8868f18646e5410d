"""The words by which people ask, of every language, as concepts.

They come from the files of `languages.py`, by way of the knowledge base.
"""

import json
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import IntFlag, auto
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

from knowledge import names, spelling
from knowledge.model import Question

_ALL = "SELECT words, senses FROM word WHERE kind = ?"
_KNOWN = "SELECT checksums FROM known WHERE kind = ?"
_WORD = "SELECT senses FROM word WHERE kind = 'word' AND words = ?"
_PHRASES = (
    "SELECT words, senses FROM word WHERE kind = 'phrase' AND words >= ? AND words < ?"
    " ORDER BY words"
)
_MOST_MET = 2048  # words and beginnings of phrases whose senses are remembered
_NAME = "SELECT everyday, max(weight) FROM name WHERE key = ?"
SHORTEST_NAME = 3
_ENGLISH = "en"
_RELATED = MappingProxyType({"nb": "no", "nn": "no"})
_PRODUCTS = (
    "SELECT key FROM name"
    " WHERE key IN (SELECT value FROM json_each(?)) AND origin <> ? AND everyday = 0"
)
FAMILIAR = 50  # weight of a use by which many people know a port
_WELL_KNOWN = 40  # weight of a name that a mistyped word is rather than a word of ours
SHORTEST_SPELLED = 5  # letters of a word that a typo is taken for
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
    ENQUIRE = auto()  # see if, test whether: asks for a state, not for a change
    WHICH = auto()  # which port, the default port: asks for the port of a named thing
    IDENTIFY = auto()  # what is it, what are those: asks what the port is
    WANT = auto()  # need, must be: makes "open" and "closed" a wish
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
    OUTBOUND = auto()  # outgoing, egress: traffic that leaves
    INBOUND = auto()  # incoming, ingress
    CONTAINER = auto()  # docker, compose, container
    CLUSTER = auto()  # kubernetes, pod
    CLOUD = auto()  # security group, aws: a cloud's firewall
    ONLY = auto()  # only, just: beside an address, whom a firewall lets in
    PLAIN = auto()  # everyday words that say nothing about ports, nor hide a name
    NUMBERED = auto()  # what has numbers of its own: line 80, page 443, level 22
    EXCEPT = auto()  # but, except: beside a number, what an act on all others leaves alone
    NEGATION = auto()  # not, never: right before what is to be done, its opposite
    ALL = auto()  # all, everything: with EXCEPT, what the named ports are no part of
    ABLE = auto()  # can, why: beside it, "not" tells what fails, and denies no wish
    WHY = auto()  # why: asks for a reason, whatever port is named beside it
    UNDO = auto()  # undo, remove the: takes back what is named behind it; alone, the last act
    ADVICE = auto()  # should, do I need: begins a question whether a state is well
    SHUT = auto()  # closed, blocked: of states, those that keep traffic out
    RULE = auto()  # rule, restrict: of OPEN, words that may keep out as well as let in
    HINDER = auto()  # blocks, why: behind what blocks, a complaint and no wish to block
    MOVE = auto()  # change, redirect, map: from one port to another, which is no range
    OTHER_PORTS = auto()  # ports of another kind, and what has them: harbour, wine, USB plug


_COUNTED = int(Concept.PORT | Concept.RANGE)  # what stands before numbers
PROTOCOLS = int(Concept.TCP | Concept.UDP | Concept.SCTP | Concept.DCCP)
SYSTEMS = int(Concept.LINUX | Concept.MACOS | Concept.WINDOWS | Concept.FREEBSD)
# By one of these a text speaks of our trade.
OURS = PROTOCOLS | int(Concept.PORT | Concept.NETWORK | Concept.REGISTRY | Concept.FIREWALL)
# Where one of these is spoken of, a port is hardly one of a ship or a plug.
TRADE = (
    (OURS & ~int(Concept.PORT))
    | SYSTEMS
    | int(Concept.STOP | Concept.IN_USE | Concept.EXPOSE)
    | int(Concept.CONTAINER | Concept.CLUSTER | Concept.CLOUD)
)
# Small words that turn what is said beside them.
SMALL = int(
    Concept.NEGATION
    | Concept.EXCEPT
    | Concept.ALL
    | Concept.ABLE
    | Concept.WHY
    | Concept.UNDO
    | Concept.ADVICE
    | Concept.MOVE
    | Concept.HINDER
)
# Said beside what a question asks; none of them makes a word more or less of our trade.
BESIDE = SMALL | int(
    Concept.OUTBOUND
    | Concept.INBOUND
    | Concept.CONTAINER
    | Concept.CLUSTER
    | Concept.CLOUD
    | Concept.ONLY
)


def are_of_another_kind(concepts: int) -> bool:
    """Tell whether the ports that a text speaks of are those of ships, of wine, or of plugs."""
    return bool(concepts & Concept.OTHER_PORTS) and not concepts & TRADE


class Sense(NamedTuple):
    """What a word or phrase means in one language; `concepts` is a union of Concept flags."""

    language: str
    concepts: int


Phrase = tuple[tuple[str, ...], tuple[Sense, ...]]
"""The words of a phrase, and what they mean together."""


class _Standing(NamedTuple):
    """Whether a name is a word of everyday talk as well, and how well it is known, 1 to 100."""

    everyday: bool
    weight: int


@lru_cache(maxsize=_MOST_MET)
def _unpacked(senses: str) -> tuple[Sense, ...]:
    found = (sense.split(" ") for sense in senses.split(";"))
    return tuple(Sense(language, int(concepts)) for language, concepts in found)


class Known:
    """Tells whether a text is among many, for four bytes each; one in 10,000 others may seem so.

    Args:
        packed: as `pack` returned it.
    """

    def __init__(self, packed: bytes) -> None:
        self._checksums = array("I", packed)
        if sys.byteorder == "big":
            self._checksums.byteswap()

    def __contains__(self, text: str) -> bool:
        wanted = crc32(text.encode("utf-8", "surrogatepass"))
        checksums = self._checksums
        place = bisect_left(checksums, wanted)
        return place < len(checksums) and checksums[place] == wanted


def pack(texts: Iterable[str]) -> bytes:
    """Return what `Known` knows the texts by: the CRC-32 of each, sorted, little-endian."""
    checksums = array("I", sorted(set(map(crc32, map(str.encode, texts)))))
    if sys.byteorder == "big":
        checksums.byteswap()
    return checksums.tobytes()


class Vocabulary:
    """All words of all languages, ready to be looked up.

    What a word means stays in the file until the word is met, so that thirty languages take
    little memory; of words that mean nothing to us the file is not asked.

    Attributes:
        connection: to the knowledge base.
        shapes: readings of short questions, by all but their number (see understand.py).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.shapes: dict[tuple[str, str, bool, str | None], Question] = {}
        self._numbers: dict[str, str] = dict(connection.execute(_ALL, ("number",)))
        self._stems: dict[str, str] = dict(connection.execute(_ALL, ("stem",)))
        self._letters: dict[str, str] = dict(connection.execute(_ALL, ("letters",)))
        self._longest_stem = max(map(len, self._stems), default=0)
        self._words, self._begun, self._parts, self._names, self._products, self._ports = (
            Known(connection.execute(_KNOWN, (kind,)).fetchone()[0])
            for kind in ("word", "begun", "part", "name", "product", "port")
        )
        self._met = lru_cache(_MOST_MET)(self._read_word)
        self._met_phrases = lru_cache(_MOST_MET)(self._read_phrases)
        self._met_names = lru_cache(_MOST_MET)(self._read_name)

    def tag_of(self, language: str | None) -> str:
        """Return the tag of our language for any BCP-47 tag: "es" for "es-419"; else English's."""
        if language in self._letters:
            return str(language)
        base = (language or _ENGLISH).split("-")[0].lower()
        base = _RELATED.get(base, base)
        return next((tag for tag in self._letters if tag.split("-")[0] == base), _ENGLISH)

    def without(self, letters: AbstractSet[str]) -> frozenset[str]:
        """Return the languages that do not write all of these letters; none if all do not."""
        if not letters:
            return frozenset()
        strange = frozenset(tag for tag in self._letters if not letters <= set(self._letters[tag]))
        return strange if len(strange) < len(self._letters) else frozenset()

    def _read_word(self, word: str) -> tuple[Sense, ...]:
        row = self.connection.execute(_WORD, (word,)).fetchone()
        return () if row is None else _unpacked(row[0])

    def _read_phrases(self, begun: str) -> tuple[Phrase, ...]:
        # What follows is nothing or a space, and "!" is the next character after that.
        rows = self.connection.execute(_PHRASES, (begun, f"{begun}!"))
        found = [(tuple(words.split(" ")), _unpacked(senses)) for words, senses in rows]
        return tuple(sorted(found, key=lambda phrase: -len(phrase[0])))

    def value(self, word: str, languages: Collection[str]) -> int | None:
        """Return the value of a number word of one of the languages, None for other words.

        "On" is ten in Turkish, and nothing of the kind in English.
        """
        packed = self._numbers.get(word)
        if packed is not None:
            for sense in _unpacked(packed):
                if sense.language in languages:
                    return sense.concepts
        return None

    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return what a folded word means, by itself or by its longest known beginning."""
        if word in self._words and (met := self._met(word)):
            return met
        for length in range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1):
            found = self._stems.get(word[:length])
            if found is not None:
                return _unpacked(found)
        return ()

    def phrases(self, first: str, second: str) -> tuple[Phrase, ...]:
        """Return the phrases that begin with two words, and what they mean, the longest first."""
        begun = f"{first} {second}"
        return self._met_phrases(begun) if begun in self._begun else ()

    def spelled(self, word: str, languages: Collection[str], *, before_number: bool) -> str:
        """Return the word of one of the languages that an unknown one is mistyped for, or it.

        Where a well-known name is as near, the word is left to be found as that; but before a
        number it is rather the word port or range.
        """
        if not word.isalpha():
            return word
        if before_number:
            for candidate, _ in spelling.near(word, self.connection):
                senses = self._met(candidate) if candidate in self._words else ()
                if any(s.language in languages and s.concepts & _COUNTED for s in senses):
                    return candidate
        found, least = word, 0
        for candidate, edits in spelling.near(word, self.connection):
            if found != word and edits > least:
                break
            if self.is_well_known(candidate):
                return word
            alike = candidate[0] in word[:2]  # few mistype the first letter: "disks" are no risks
            if alike and found == word and self._is_ours(candidate, languages):
                found, least = candidate, edits
        return found

    def _is_ours(self, word: str, languages: Collection[str]) -> bool:
        if len(word) < SHORTEST_SPELLED:
            return False
        if word not in self._words:
            return word in self._parts
        return any(
            sense.language in languages and sense.concepts & ~SMALL != Concept.PLAIN
            for sense in self._met(word)
        )

    def is_listed(self, word: str) -> bool:
        """Tell whether a word stands in a list of any language just so, not by its beginning."""
        return word in self._words

    def holds(self, word: str) -> bool:
        """Tell whether a word stands in a list of any language, by itself or in a phrase."""
        return word in self._words or word in self._parts

    def is_familiar(self, number: int) -> bool:
        """Tell whether a port is one that many people know, by its use."""
        return str(number) in self._ports

    def is_name(self, word: str) -> bool:
        """Tell whether a word is the name of a service or product, and hardly anything else."""
        standing = self._standing(word)
        return standing is not None and not standing.everyday and len(word) >= SHORTEST_NAME

    def is_well_known(self, word: str) -> bool:
        """Tell whether a word is the name of something that many people use."""
        standing = self._standing(word)
        return standing is not None and not standing.everyday and standing.weight >= _WELL_KNOWN

    def is_written_as_a_name(self, word: str) -> bool:
        """Tell whether a word is a name as it stands, be it an everyday word as well: "steam"."""
        standing = self._standing(word)
        return (
            standing is not None
            and (not standing.everyday or standing.weight >= _WELL_KNOWN)
            and len(word) >= SHORTEST_NAME
        )

    def _standing(self, word: str) -> _Standing | None:
        return self._met_names(word) if word in self._names else None

    def _read_name(self, word: str) -> _Standing | None:
        everyday, weight = self.connection.execute(_NAME, (word,)).fetchone()
        return None if weight is None else _Standing(bool(everyday), weight)

    def names_under(self, keys: Iterable[str]) -> Mapping[str, tuple[names.Name, ...]]:
        """Return the names under each of the squashed keys, as `names.find` does."""
        first = list(dict.fromkeys(keys))[: names.MOST_KEYS]
        likely = [key for key in first if key in self._names]
        return names.find(likely, self.connection) if likely else {}

    def products_among(self, keys: Iterable[str]) -> Collection[str]:
        """Return which squashed keys are names of products, and no everyday words."""
        likely = [key for key in keys if key in self._products]
        if not likely:
            return ()
        wanted = json.dumps(likely), int(names.Origin.SERVICE)
        return {key for (key,) in self.connection.execute(_PRODUCTS, wanted)}

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
                if piece in self._words or piece in self._parts:
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
