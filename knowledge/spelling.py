"""Finds the known words that a mistyped one may mean.

Symmetric deletion (W. Garbe's SymSpell): two words that differ by one edit share a form with one
letter left out. The words are stored in buckets by those forms, a handful in each, so that a
look-up reads a few rows instead of comparing with every word.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from zlib import crc32

from rapidfuzz.distance import OSA

SHORTEST = 4  # letters; shorter words are too close to each other
TWO_EDITS = 8  # letters from which on two mistakes are forgiven
_SHORT = 5  # letters up to which a wrong letter has to lie beside the right one
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_PREFIX = 6  # letters of a word that its forms are made of; keeps the index small
_SOON = 8  # letters among which one of two mistakes has to be
_BUCKETS = 1 << 17
_FIND = "SELECT words FROM spelling WHERE bucket IN ({})"


def deletions(prefix: str) -> set[str]:
    """Return the beginning of a word, and it with each one of its letters left out."""
    return {prefix} | {prefix[:i] + prefix[i + 1 :] for i in range(len(prefix))}


def rows_of(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield (bucket, words) for the table `spelling` of the knowledge base, in its order."""
    alike: dict[str, str] = {}
    for word in words:
        if len(word) >= SHORTEST and not word.isdigit():
            prefix = word[:_PREFIX]
            alike[prefix] = f"{alike[prefix]} {word}" if prefix in alike else f" {word}"
    buckets = [""] * _BUCKETS
    for prefix, together in alike.items():
        for bucket in _buckets(prefix):
            buckets[bucket] += together
    for bucket, found in enumerate(buckets):
        if found:
            yield bucket, found[1:]


def _buckets(word: str) -> set[int]:
    """Return the buckets that hold a word, or those that are like it."""
    if not word.isascii():
        return {
            crc32(form.encode("utf-8", "surrogatepass")) % _BUCKETS
            for form in deletions(word[:_PREFIX])
        }
    prefix = word[:_PREFIX].encode()  # a byte is a letter
    buckets = {crc32(prefix[:i] + prefix[i + 1 :]) % _BUCKETS for i in range(len(prefix))}
    buckets.add(crc32(prefix) % _BUCKETS)
    return buckets


def near(word: str, connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """Return the known words within one edit (two, of long ones), nearest first, with the edits.

    An edit is a letter too many, missing, wrong, or swapped with the next.
    """
    if len(word) < SHORTEST:
        return ()
    buckets = tuple(_buckets(word))
    rows = connection.execute(_FIND.format(", ".join("?" * len(buckets))), buckets)
    allowed = 2 if len(word) >= TWO_EDITS else 1
    shortest, longest = len(word) - allowed, len(word) + allowed
    found = []
    for candidate in {known for (words,) in rows for known in words.split(" ")}:
        if shortest <= len(candidate) <= longest:
            edits = OSA.distance(word, candidate, score_cutoff=allowed)
            if edits == 1 or (edits <= allowed and _are_alike(word, candidate)):
                found.append((candidate, edits))
    return tuple(sorted(found, key=lambda entry: (entry[1], entry[0][0] != word[0], entry[0])))


def _are_alike(word: str, other: str) -> bool:
    """Tell whether two words begin with one letter, and are the same but for one soon after."""
    if word[0] != other[0]:
        return False
    return not deletions(word[:_SOON]).isdisjoint(deletions(other[:_SOON]))


def is_likely(typed: str, meant: str) -> bool:
    """Tell whether a word that is near another is likely a typo of it, and no word of its own.

    Few mistype the first letter: "Alexa" is no "Plexa". In a short word a wrong letter lies
    beside the right one on the keyboard: "pkex" is Plex, but "Miro" is no "miio".
    """
    if typed[0] not in meant[:2] and meant[0] not in typed[:2]:
        return False
    if len(typed) > _SHORT or len(typed) != len(meant):
        return True
    wrong = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(wrong) > 1 or all(_are_beside(*letters) for letters in wrong)


def _are_beside(one: str, other: str) -> bool:
    """Tell whether two letters lie beside each other on a keyboard, or one above the other."""
    places = [
        (row, letters.index(letter))
        for letter in (one, other)
        for row, letters in enumerate(_ROWS)
        if letter in letters
    ]
    if len(places) < 2:  # noqa: PLR2004 - an accent, another script
        return True
    (row, column), (other_row, other_column) = places
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
