"""Finds misspelled and doubled words in prose: only what is surely wrong, so few are found.

A word is surely wrong if it is one of the common misspellings in misspelled.txt; or if it stands
only once in all of the text, and is another word, which stands there often, but for two letters
that changed places or one that is doubled or not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OFTEN = 4  # a word that stands so often is spelled right
SHORTEST = 6  # letters of a word that may be a slip of another
_SAFE_DOUBLES = frozenset("lspt")  # labelled and labeled, focused and focussed: both are right

_WORD = re.compile(r"(?<![\w./@#:=+*&$%<>-])[A-Za-z][a-z]+(?:n't)?(?![\w/@=]|[.:-]\w)")
_DOUBLED = re.compile(r"(?<![\w.-])([A-Za-z]{2,})\s+\1(?![\w-]|\.\w)")
_MAY_DOUBLE = frozenset({"that", "had", "bye", "so", "very", "no"})
_CODE = re.compile(r"`[^`]*`|https?://\S+|\"[^\"\n]{1,40}\"")


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong word, where it begins in its text, and what it should be ("" to leave it out)."""

    start: int
    word: str
    right: str


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in texts, in lower case."""
    return Counter(
        match[0].lower() for text in texts for match in _WORD.finditer(_without_code(text))
    )


def find_slips(text: str, counts: Counter[str]) -> Iterator[Slip]:
    """Yield the wrong words of a text; `counts` are those of all the text that is checked."""
    prose = _without_code(text)
    for match in _WORD.finditer(prose):
        word = match[0].lower()
        right = _right_form(word)
        if right is None and match[0] == word and counts[word] == 1:
            right = _meant(word, counts)
        if right is not None:
            yield Slip(match.start(), match[0], right)
    for match in _DOUBLED.finditer(prose):
        if match[1].lower() not in _MAY_DOUBLE and not match[1].isupper():
            yield Slip(match.start(), match[0], match[1])


@cache
def _misspelled() -> Mapping[str, str]:
    """Return the common misspellings, and what is meant by each."""
    text = Path(__file__).with_name("misspelled.txt").read_text(encoding="utf-8")
    lines = (line.split(maxsplit=1) for line in text.splitlines() if not line.startswith("#"))
    return dict(line for line in lines if len(line) == len(("wrong", "right")))


def _right_form(word: str) -> str | None:
    """Return what a common misspelling means, in its plural or third person too."""
    right = _misspelled().get(word)
    if right is None and word.endswith("s"):
        right = _misspelled().get(word[:-1])
        return None if right is None else f"{right}s"
    return right


def _without_code(text: str) -> str:
    """Blank out code, addresses and quotations; every other letter keeps its place."""
    return _CODE.sub(lambda match: re.sub(r"\S", "\0", match[0]), text)


def _meant(word: str, counts: Counter[str]) -> str | None:
    """Return a frequent word of which this one is a slip, or None."""
    if len(word) < SHORTEST:
        return None
    for other in _slips_of(word):
        if counts[other] >= OFTEN:
            return other
    return None


def _slips_of(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        if word[at] == word[at + 1]:
            if word[at] not in _SAFE_DOUBLES:
                yield word[:at] + word[at + 1 :]
        else:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) - 1):
        if word[at] not in _SAFE_DOUBLES and word[at] != word[at + 1]:
            yield word[: at + 1] + word[at] + word[at + 1 :]
