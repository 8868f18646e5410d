"""Where the sentences of a paragraph begin and end."""

import re
from functools import lru_cache
from typing import NamedTuple

MOST_SUMMARY = 600  # characters of an answer's summary
_END = re.compile(
    r"(?:(?<!\.)[.!?]|(?<=\.\.)\.|…)[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]?[^\Wa-z_]|\s+[\"'“‘«(\[`]|\s*$)"
    r"|[。！？][」』”）]*|:\s*$"
)
_ABBREVIATION_TEXT = """
    e.g i.e cf vs approx resp incl no nos vol fig sec ch art dr mr mrs ms st jr co dept est ca p pp
    ed eds jan feb mar apr jun jul aug sep sept oct nov dec
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_TEXT.split())
# Words of their own where no number follows: "The answer is no."
_BEFORE_NUMBERS = frozenset({"no", "art", "co", "est", "mar", "ch", "st", "ms", "sec", "p", "fig"})


class Sentence(NamedTuple):
    """A sentence, and where it stands in its text: text[start:end]."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order; together they hold all of it but white space.

    >>> [sentence.text for sentence in sentences("It is e.g. port 80. Is it? Yes.")]
    ['It is e.g. port 80.', 'Is it?', 'Yes.']
    """
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0].startswith(".") and _is_abbreviation(
            text[max(start, end - 16) : end], text[end : end + 2]
        ):
            continue
        _add(found, text, start, end)
        start = end
    _add(found, text, start, len(text))
    return tuple(found)


def beginning(text: str, most: int = MOST_SUMMARY) -> str:
    """Return as many whole sentences as `most` characters hold; of a first that is longer, words.

    >>> beginning("It is port 80. It is for the web.", 20)
    'It is port 80.'
    >>> beginning("It is port 80, for the web.", 20)
    'It is port 80, for…'
    """
    if len(text) <= most:
        return text
    end = max((each.end for each in sentences(text) if each.end <= most), default=0)
    if end:
        return text[:end]
    head = text[: most - 1]
    space = head.rfind(" ")
    return (head[:space] if space > 0 else head).rstrip() + "…"


def _is_abbreviation(text: str, following: str) -> bool:
    """Tell an abbreviation's full stop; "no. 5" is one, "the answer is no. It" is none."""
    space = max(text.rfind(" "), text.rfind("("), text.rfind("\n"))
    word = text[space + 1 : -1].casefold()
    if word in _BEFORE_NUMBERS:
        return following.strip().isdigit()
    return word in _ABBREVIATIONS


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(text[start:end], start, end))
