"""Finds claims about the ranges of RFC 6335, what lies in them, and unassigned blocks."""

import re
from collections.abc import Iterator

from knowledge.claims.assertion import is_asserted
from knowledge.claims.kinds import BlockClaim, BoundsClaim, Claim, SizeClaim, WithinClaim
from knowledge.claims.mentions import PORT, SPAN, Template
from knowledge.claims.states import OVER
from knowledge.claims.vocabulary import RANGE, RANGE_NAME, names_of, range_named

LONGEST_GAP = 9  # words between a port and the range that it is said to lie in
LOWEST_WHOLE = 60000  # a span that ends above is meant to be of all ports

_P = rf"{PORT}(?P<port>.)"
_R = rf"{SPAN}(?P<span>.)"
_BOUNDS = re.compile(
    rf"(?i)(?P<article>\bthe\s|\bIANA(?:['’]s)?\s|\ball\s)?\b{RANGE_NAME}[-\s](?:port\s)?"
    r"(?P<noun>ports?|range|numbers?)(?P<range2>\s(?:number\s)?range|\snumbers?)?"
    r"\s?[(,:—–]?\s?(?:(?:from|is|covers?|spans?|of|(?:run|goes|go)\sfrom|ports?|numbers|namely|i\.e\.,?"
    rf"|are(?:\sthose)?(?:\sfrom)?)\s)?{_R}"
)
_BOUNDS_BACK = re.compile(
    rf"(?i){_R}(?:,?\s(?:are|is|make\sup|form)\s|,\s|\s\()(?:called\s|known\sas\s)?(?:(?P<article>the|IANA['’]s)\s)?"
    rf"{RANGE_NAME}[-\s](?:port\s)?(?P<noun>ports?|range|numbers?)(?P<range2>\srange)?"
)
_NUMBER_SPACE = re.compile(
    rf"(?i)\b(?:port\s(?:number\s)?space|all\sports?|port\snumbers?)\s?(?:[(,:—–]|range\sfrom|run\sfrom|go\sfrom"
    rf"|are|is)\s?{_R}"
)
_WITHIN = re.compile(
    rf"(?i){_P}{OVER}(?P<gap>(?:,?\s[^{PORT};.]{{0,60}}?)?\s)"
    r"(?:in|within|inside|into|among|part\sof|belongs?\sto|to|one\sof|from)\s(?:both\s)?(?:the\s|IANA['’]s\s)?"
    rf"(?:so-called\s|official\s|upper\s|lower\s)?{RANGE_NAME}[-\s](?:ports?\s)?(?:range|ports|numbers|space)\b"
)
# "Port 22 is a system port", but not "is a port of the system" or "is a registered port", a state.
_OF_KIND = re.compile(
    rf"(?i){_P}\s(?:is|remains|was)\s(?:an?|one\sof\sthe)\s{RANGE}[-\s](?:\w+\s)?ports?\b"
)
_NOT_WITHIN = re.compile(
    r"(?i)\b(?:not|never|out(?:side)?|neither)\b|n['’]t\b"
    r"|\b(?:to|with|into|against|opens?|connects?)\s*$"
)
_BLOCK = re.compile(
    r"(?i)\bunassigned\s(?P<noun>pair|block|range|run|gap|stretch|hole|numbers|space|(?:system\s|user\s)?ports)"
    rf"\s?(?:,|\(|of|from|:)?\s?(?:ports?\s)?{_R}"
)
_BLOCK_BACK = re.compile(
    rf"(?i){_R},?\s(?:an?|the|is\san?|is\sthe|is\sone)\s(?:(?:whole|entire|large|longest|small)\s)?unassigned\s"
    r"(?P<noun>block|range|run|gap|pair|stretch)"
)
_WHOLE = frozenset({"block", "pair", "gap", "run", "stretch", "hole"})


def find_ranges(sentence: Template) -> Iterator[Claim]:
    """Yield claims about ranges, their bounds and their blocks."""
    text = sentence.text
    if SPAN in text:
        yield from _bounds(sentence)
        yield from _blocks(sentence)
    if PORT in text:
        yield from _within(sentence)
        yield from _kinds(sentence)


def _bounds(sentence: Template) -> Iterator[Claim]:
    text = sentence.text
    for pattern in (_BOUNDS, _BOUNDS_BACK):
        for match in pattern.finditer(text):
            first, last = sentence.mention(match["span"]).spans[0]
            sure = bool(match["range2"] or match["article"]) or match["noun"].lower() == "range"
            if is_asserted(text, match.start()):
                ephemeral = names_of(match) == ("ephemeral",)
                named = range_named(match["range"])
                yield BoundsClaim(named, first, last, ephemeral=ephemeral, sure=sure)
    for match in _NUMBER_SPACE.finditer(text):
        first, last = sentence.mention(match["span"]).spans[0]
        if first <= 1 and last > LOWEST_WHOLE:
            # People who begin to count at 1 mean the same.
            yield SizeClaim(last + 1, None)


def _within(sentence: Template) -> Iterator[Claim]:
    text = sentence.text
    for match in _WITHIN.finditer(text):
        gap = match["gap"]
        if _NOT_WITHIN.search(gap) or len(gap.split()) > LONGEST_GAP:
            continue
        if is_asserted(text, match.start("range")):
            named, ephemeral = range_named(match["range"]), "ephemeral" in names_of(match)
            for number in sentence.mention(match["port"]).numbers:
                yield WithinClaim(number, named, ephemeral=ephemeral)


def _kinds(sentence: Template) -> Iterator[Claim]:
    text = sentence.text
    for match in _OF_KIND.finditer(text):
        if match["range"].lower() != "registered" and is_asserted(text, match.start("range")):
            named, ephemeral = range_named(match["range"]), match["range"].lower() == "ephemeral"
            for number in sentence.mention(match["port"]).numbers:
                yield WithinClaim(number, named, ephemeral=ephemeral)


def _blocks(sentence: Template) -> Iterator[Claim]:
    text = sentence.text
    for pattern in (_BLOCK, _BLOCK_BACK):
        for match in pattern.finditer(text):
            if is_asserted(text, match.start()):
                first, last = sentence.mention(match["span"]).spans[0]
                yield BlockClaim(first, last, whole=match["noun"].lower() in _WHOLE)
