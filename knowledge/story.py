"""What of a text asks, and what merely tells the story around it."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from knowledge import roles
from knowledge.tokens import NUMERIC, Kind

if TYPE_CHECKING:
    from knowledge.reading import Reading

QUESTION_MARK = re.compile("[?\uff1f\u061f]")
_QUOTES = frozenset('"“”«»')
_QUOTED = 2  # tokens; a single word in quotation marks is a name


def asking(reading: "Reading") -> AbstractSet[int]:
    """Return the sentences that ask: they end in a question mark, or begin as a question does."""
    found: set[int] = set()
    begun = -1
    for sentence, token in zip(reading.sentences, reading.tokens, strict=True):
        if token.kind is Kind.MARK:
            if QUESTION_MARK.match(token.text):
                found.add(sentence)
        elif sentence != begun and token.kind not in NUMERIC:  # "11434, is that ..."
            begun = sentence
            if token.kind is Kind.WORD and roles.begins_question(token.text, reading.language):
                found.add(sentence)
    return found


def told(reading: "Reading", voting: int) -> AbstractSet[int]:
    """Return the tokens that tell a story: where one sentence asks for something, all others.

    Words in quotation marks are told as well: 'what is 51820, he said "just forward it"'.

    Args:
        reading: of the text.
        voting: the concepts by which a sentence asks for something.
    """
    found: set[int] = set()
    sentences = asking(reading)
    if sentences and len(sentences) <= reading.sentences[-1]:
        pairs = zip(reading.sentences, reading.senses, strict=True)
        if any(sense & voting and sentence in sentences for sentence, sense in pairs):
            found = {i for i, at in enumerate(reading.sentences) if at not in sentences}
    quotes = [i for i, token in enumerate(reading.tokens) if token.text in _QUOTES]
    for start, end in zip(quotes[::2], quotes[1::2], strict=False):
        if start > 0 and end - start > _QUOTED:
            found |= set(range(start, end))
    return found


def asks_what_a_number_is(reading: "Reading", voting: int) -> bool:
    """Tell whether a sentence asks of a number, and for nothing else: "hello?? who is 8009"."""
    sentences = asking(reading)
    if not sentences or not reading.sentences[-1]:
        return False
    pairs = zip(reading.sentences, reading.senses, strict=True)
    wanting = {sentence for sentence, sense in pairs if sense & voting}
    return any(
        sentence in sentences and sentence not in wanting and token.kind in NUMERIC
        for sentence, token in zip(reading.sentences, reading.tokens, strict=True)
    )


def asked_first(
    ports: tuple[int, ...], reading: "Reading", untold: Iterable[int]
) -> tuple[int, ...]:
    """Return the ports, those first that stand in the part of the text that is not told."""
    here = {reading.tokens[i].first for i in untold if reading.tokens[i].kind in NUMERIC}
    return tuple(sorted(ports, key=lambda port: port not in here))
