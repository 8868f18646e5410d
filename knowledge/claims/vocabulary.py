"""The words for ranges, numbers and their relations, as the forms of claims share them."""

import re

from knowledge.claims.kinds import Relation
from knowledge.claims.mentions import Mention
from knowledge.model import PortRange, Protocol

RANGE_WORD = r"(?:well[- ]?known|system|registered|user|dynamic|ephemeral|private)"
RANGE = rf"(?P<range>{RANGE_WORD})"
# As in "the dynamic/ephemeral range" and "Dynamic (private) Ports".
RANGE_NAME = rf"{RANGE}(?P<second>(?:\s?(?:/|,|or|and|\()\s?{RANGE_WORD}\)?){{0,2}})"
COUNT = r"\d{1,3},\d{3}|\d{4,5}"
SMALL_COUNT = rf"{COUNT}|\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_PROTOCOLS = re.compile(r"(?i)\b(?:tcp|udp|sctp|dccp)\b")


def range_named(word: str) -> PortRange:
    """Return the range of RFC 6335 that a word such as "well-known" means."""
    match word.lower().replace(" ", "").replace("-", ""):
        case "wellknown" | "system":
            return PortRange.SYSTEM
        case "registered" | "user":
            return PortRange.USER
        case _:
            return PortRange.DYNAMIC


def names_of(match: re.Match[str]) -> tuple[str, ...]:
    """Return the words that RANGE_NAME matched, in lower case."""
    second = match["second"] or ""
    return (match["range"].lower(), *re.findall(r"[a-z]+(?:-[a-z]+)?", second.lower()))


def relation_of(words: str | None) -> Relation:
    """Return what stands before a number makes of it: "about", "less than", "" ..."""
    match (words or "").strip().lower():
        case "" | "only" | "just":
            return Relation.EXACT
        case "less than" | "fewer than" | "under" | "below":
            return Relation.LESS
        case "more than" | "over":
            return Relation.MORE
        case _:
            return Relation.ABOUT


def number_of(words: str) -> int:
    """Return the number that "37", "16,384" or "three" is."""
    words = words.lower()
    return _NUMBERS.index(words) if words in _NUMBERS else int(words.replace(",", ""))


def protocol_of(words: str | None, mention: Mention) -> Protocol | None:
    """Return the one protocol that words name, else the mention's; None for both or neither."""
    named = {name.lower() for name in _PROTOCOLS.findall(words or "")}
    if not named:
        return mention.protocol
    return Protocol(named.pop()) if len(named) == 1 else None
