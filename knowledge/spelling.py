"""Finds the known words that a mistyped one may mean.

Symmetric deletion (W. Garbe's SymSpell): two words that differ by one edit share a form with one
letter left out. Those forms are stored once, so that a look-up reads a dozen rows of an index
instead of comparing with every word.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from zlib import crc32

from rapidfuzz.distance import OSA

SHORTEST = 4  # letters; shorter words are too close to each other
TWO_EDITS = 8  # letters from which on two mistakes are forgiven
_PREFIX = 8  # letters of a word that are looked at; keeps the index small
_MOST = 400  # rows read for one word
_FIND = "SELECT DISTINCT word FROM spelling WHERE hash IN (SELECT value FROM json_each(?)) LIMIT ?"


def deletions(word: str) -> set[str]:
    """Return the beginning of `word`, and it with each one of its letters left out."""
    prefix = word[:_PREFIX]
    return {prefix} | {prefix[:i] + prefix[i + 1 :] for i in range(len(prefix))}


def rows_of(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield (hash, word) for the table `spelling` of the knowledge base."""
    for word in words:
        if len(word) >= SHORTEST and not word.isdigit():
            for form in deletions(word):
                yield crc32(form.encode("utf-8", "surrogatepass")), word


def near(word: str, connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """Return the known words within one edit (two, of long ones), nearest first, with the edits.

    An edit is a letter too many, missing, wrong, or swapped with the next.
    """
    if len(word) < SHORTEST:
        return ()
    forms = deletions(word)
    hashes = [crc32(form.encode("utf-8", "surrogatepass")) for form in forms]
    rows = connection.execute(_FIND, (json.dumps(hashes), _MOST))
    allowed = 2 if len(word) >= TWO_EDITS else 1
    found = []
    for (candidate,) in rows:
        edits = OSA.distance(word, candidate, score_cutoff=allowed)
        if edits <= allowed and (candidate[0] == word[0] or edits == 1):
            found.append((candidate, edits))
    return tuple(sorted(found, key=lambda entry: (entry[1], entry[0][0] != word[0], entry[0])))
