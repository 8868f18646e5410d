"""Finds claims about how many ports there are: in all, in a range, in a block, as a share."""

import re
from collections.abc import Iterator

from knowledge.claims.assertion import is_asserted
from knowledge.claims.kinds import BlockSizeClaim, Claim, ShareClaim, SizeClaim
from knowledge.claims.mentions import PORT, SPAN, Template
from knowledge.claims.vocabulary import (
    COUNT,
    RANGE,
    RANGE_WORD,
    SMALL_COUNT,
    number_of,
    range_named,
    relation_of,
)
from knowledge.model import MAX_PORT, range_of

NEAR_ALL = range(60000, 70000)  # a count that is meant to be of all ports

_RELATION = (
    r"(?P<relation>\b(?:about|around|roughly|nearly|almost|some|approximately|circa|over|more\sthan|less\sthan"
    r"|fewer\sthan|under|below|only|just)\s|~\s?)?"
)
_NOUN = r"(?:ports?|port\snumbers?|doors|numbers|slots|possibilities)"
_IN_SPAN = re.compile(
    rf"(?i)(?<![\d.,-])\b(?P<count>{SMALL_COUNT})\s(?:consecutive|adjacent|contiguous|unassigned|unbroken|empty"
    r"|free|successive)\s(?:(?:unassigned|empty|free|system|user)\s)?(?:port\snumbers|ports?|numbers)\b"
)
_BLOCK_OF = re.compile(
    rf"(?i)\b(?:block|run|gap|range|stretch|hole)\sof\s(?P<count>{SMALL_COUNT})\s"
    r"(?:(?:consecutive|adjacent|unassigned|empty|free)\s){0,2}(?:ports|numbers)\b"
)
_ONE_OF = re.compile(
    rf"(?i)\b(?:one|some|any)\sof\s(?:the\s|about\s|some\s)?(?P<count>{COUNT})\s(?:[\w/-]+\s){{0,4}}?in\s"
    rf"(?:this|that|its|the\s(?:same\s)?(?:(?P<range>{RANGE_WORD})(?:/\w+)?\s(?:port\s)?)?)\s?range"
)
_PLAIN_WORD = (
    r"(?:tcp|udp|and|or|tcp/udp|possible|available|different|distinct|total|network|numbered|virtual"
    r"|theoretical|valid|the|port|usable|assignable|non-?zero|so-called|remaining|so)"
)
_WHAT = (
    rf"(?:(?:{_PLAIN_WORD}|{RANGE_WORD}(?:[,/]\s?{RANGE_WORD})?|(?:un)?assigned|free|used|open)\s)"
)
_COUNT = re.compile(
    rf"(?i){_RELATION}(?<![\d.,-])(?<!RFC\s)(?P<count>{COUNT})\s(?P<what>{_WHAT}{{0,4}}?){_NOUN}\b"
)
_WHOLE = re.compile(rf"(?i)(?:{_PLAIN_WORD}\s)*")
_RANGE_IN = re.compile(rf"(?i)\b{RANGE}\b")
_PART = re.compile(r"(?i)\b(?:un)?assigned\b|\b(?:free|used|open|closed|scanned)\b")
_WITHOUT_ZERO = re.compile(
    r"(?i)usable|assignable|non-?zero|(?:besides|except|without|excluding)\s(?:port\s)?(?:0|zero)|leaves"
    r"|\b1\s?(?:-|–|to|through)\s?65,?535"
)
_SHARE = re.compile(
    rf"(?i){_RELATION}(?<![\d.,])(?P<percent>\d{{1,2}}(?:\.\d{{1,2}})?)\s?(?:%|percent\b|per\scent\b)\sof\s"
    r"(?:(?:all|the|available|possible|total|whole|entire|complete|tcp|udp)\s)*"
    r"(?:port(?:s|\snumbers?|\snumber\sspace|\sspace)?|number\sspace|numbers)\b"
)
_LARGE = re.compile(r"\d,?\d{3}")
_SIZE_WORDS = (
    "consecutive", "adjacent", "contiguous", "unassigned", "unbroken", "empty", " free ",
    "successive", " of ",
)  # fmt: skip
_RANGE_OF_SHARE = re.compile(rf"(?i)\b{RANGE}[-\s](?:port\s)?(?:ports|range|numbers)\b")


def find_counts(sentence: Template, subject: int | None) -> Iterator[Claim]:
    """Yield claims about how many ports there are; "this range" is that of `subject`."""
    text = sentence.text
    if any(word in text for word in _SIZE_WORDS):
        yield from _block_sizes(sentence, subject)
    if "%" in text or "per" in text:
        yield from _shares(text)
    if not _LARGE.search(text):
        return
    taken = set()
    for match in _ONE_OF.finditer(text):
        taken.add(match.start("count"))
        if match["range"] is not None:
            yield SizeClaim(number_of(match["count"]), range_named(match["range"]))
        elif subject is not None:
            yield SizeClaim(number_of(match["count"]), range_of(subject))
    for match in _COUNT.finditer(text):
        if match.start("count") not in taken and is_asserted(text, match.start("count")):
            yield from _count(match, text)


def _shares(text: str) -> Iterator[Claim]:
    for match in _SHARE.finditer(text):
        named = {range_named(found["range"]) for found in _RANGE_OF_SHARE.finditer(text)}
        if len(named) == 1:
            relation = relation_of(match["relation"])
            yield ShareClaim(named.pop(), float(match["percent"]), relation)


def _block_sizes(sentence: Template, subject: int | None) -> Iterator[Claim]:
    text = sentence.text
    spans = [mention.spans[0] for mention in sentence.mentions if _is_span(mention.spans)]
    for pattern in (_IN_SPAN, _BLOCK_OF):
        for match in pattern.finditer(text):
            if not is_asserted(text, match.start()):
                continue
            if len(spans) == 1:
                yield SizeClaim(number_of(match["count"]), spans[0])
            elif pattern is _BLOCK_OF and subject is not None and _is_about_block(sentence):
                yield BlockSizeClaim(subject, number_of(match["count"]))


def _is_about_block(sentence: Template) -> bool:
    """Tell whether a sentence speaks of the unassigned block around a port, without its bounds."""
    text = sentence.text
    return "unassigned" in text and PORT in text and SPAN not in text


def _is_span(spans: tuple[tuple[int, int], ...]) -> bool:
    return len(spans) == 1 and spans[0][0] < spans[0][1]


def _count(match: re.Match[str], text: str) -> Iterator[Claim]:
    what, count = match["what"], number_of(match["count"])
    relation = relation_of(match["relation"])
    kind = _RANGE_IN.search(what)
    if kind is not None:
        if not _PART.search(what):
            ephemeral = kind["range"].lower() == "ephemeral"
            yield SizeClaim(count, range_named(kind["range"]), relation, ephemeral=ephemeral)
        return
    without_zero = count == MAX_PORT and _WITHOUT_ZERO.search(text) is not None
    if count in NEAR_ALL and _WHOLE.fullmatch(what) and not without_zero:
        yield SizeClaim(count, None, relation)
