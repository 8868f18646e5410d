"""What a bare number is, where it is no port: a page, a version, a year, an HTTP status."""

from typing import TYPE_CHECKING

from knowledge.tokens import NUMERIC, Kind
from knowledge.vocabulary import PROTOCOLS, SMALL, SYSTEMS, Concept

if TYPE_CHECKING:
    from knowledge.reading import Reading

YEARS = range(1970, 2040)
# HTTP's, and those of nginx and Cloudflare.
STATUSES = frozenset({
    *range(100, 104), *range(200, 209), 226, *range(300, 309), *range(400, 419), *range(421, 427),
    428, 429, 431, 444, 451, 495, 496, 497, 498, 499, *range(500, 509), 510, 511, *range(520, 528),
})  # fmt: skip
LARGEST_COUNT = 64  # "24 ports" counts them
_SINGULAR_IN_S = frozenset({"lt"})  # "23 prievadas" is port 23
_LARGEST_VERSION = 100
_DIGIT = 9
_LAST_HOUR = 31  # of the day, or day of the month
_KINDRED = 9  # two numbers of tickets or builds that stand side by side are as near as that
_IDENTIFIERS = frozenset({"pid", "pids", "ppid", "fd", "uid", "gid", "inode"})
_ARTICLES = frozenset({"a", "an"})
_EQUALS = frozenset({"=", ":", "is", "#"})
_WEB = frozenset({"http", "https", "status", "statuscode"})
_PERCENT = ("%", "percent")
_PORT = int(Concept.PORT)
_FUNCTION = int(Concept.FUNCTION)
_SINCE = int(Concept.SINCE)
_UNIT = int(Concept.UNIT)
_NUMBER_SIGN = int(Concept.NUMBER_SIGN)
_PLAIN = int(Concept.PLAIN)
_NUMBERED = int(Concept.NUMBERED)
_OR = int(Concept.OR)
_TO = int(Concept.TO)
_STATE = int(Concept.STATE | Concept.SAFETY | Concept.IN_USE)
_LABELS = _PORT | PROTOCOLS
_JOINS = int(Concept.TO | Concept.AND | Concept.OR)
_WITH_VERSIONS = SYSTEMS | int(Concept.CONTAINER | Concept.CLUSTER)


def identifies(reading: "Reading", index: int) -> bool:
    """Tell whether the number is that of a process, a file or a user: "pid=842"."""
    if reading.tokens[index].kind is not Kind.NUMBER:
        return False
    for position in range(index - 1, max(index - 3, -1), -1):
        if reading.tokens[position].text in _IDENTIFIERS:
            return True
        if reading.tokens[position].text not in _EQUALS:
            return False
    return False


def is_claimed(reading: "Reading", index: int) -> bool:
    """Tell whether a bare number is a version, a year, a count, or one of many things."""
    if counts(reading, index) or _counts_with_next(reading, index):
        return True
    if reading.tokens[index].kind is not Kind.NUMBER:
        return is_version(reading, index)
    return (
        is_version(reading, index)
        or _is_one_of_many(reading, index)
        or _is_year(reading, index)
        or _is_share(reading, index)
        or _is_status(reading, index)
        or _is_kindred(reading, index)
        or _is_hour(reading, index)
    )


def is_version(reading: "Reading", index: int) -> bool:
    """Tell whether the number is the version of what stands before it."""
    token = reading.tokens[index]
    named = index > 0 and reading.named[index - 1] and token.first not in reading.owned
    if token.kind is Kind.NUMBER and 0 < token.first < _LARGEST_VERSION and named:
        return True  # TeamSpeak 3, Node 22
    if _follows_slash(reading, index):
        return True  # HTTP/2
    version = token.first < _LARGEST_VERSION or token.first in YEARS
    # Windows 11, Debian 12, Server 2019, Docker 27
    return version and reading.has(index - 1, _WITH_VERSIONS) and not _is_familiar(reading, index)


def _is_familiar(reading: "Reading", index: int) -> bool:
    """Tell whether a number behind a word of the trade is rather a port: "container 22"."""
    return reading.familiar[index] and not reading.has(index - 1, SYSTEMS)


def _follows_slash(reading: "Reading", index: int) -> bool:
    before = reading.tokens[max(0, index - 2) : index]
    return (
        len(before) == 2  # noqa: PLR2004 - a word and a slash
        and before[0].kind is Kind.WORD
        and before[1].text == "/"
        and 0 < reading.tokens[index].first <= _DIGIT
    )


def _is_year(reading: "Reading", index: int) -> bool:
    """Tell whether the number is a year: "in 2019", "Server 2019"."""
    if reading.tokens[index].first not in YEARS:
        return False
    return reading.has(index - 1, _SINCE) or (
        index > 0 and reading.tokens[index - 1].text == "server"
    )


def _is_one_of_many(reading: "Reading", index: int) -> bool:
    """Tell whether the number is that of a page, a line, or a thing of a kind: "a 3080"."""
    before = index - 1
    while before >= 0 and (
        reading.tokens[before].text in _EQUALS or reading.has(before, _NUMBER_SIGN)
    ):
        before -= 1
    if before < 0 or reading.has(before, _NUMBERED):
        return before >= 0
    return reading.language == "en" and reading.tokens[before].text in _ARTICLES


def _is_share(reading: "Reading", index: int) -> bool:
    """Tell whether a share of the number is spoken of: "20% of 443"."""
    share = reading.tokens[index - 2] if index > 1 else None
    return (
        share is not None
        and share.kind is Kind.OTHER
        and share.text.endswith(_PERCENT)
        and reading.has(index - 1, _FUNCTION | _SINCE)
    )


def _is_status(reading: "Reading", index: int) -> bool:
    """Tell whether the number is what a web server answers: "http 404", "301 or 302".

    Where no port is spoken of, two of those numbers are no two ports either.
    """
    if reading.tokens[index].first not in STATUSES:
        return False
    if web_before(reading, index) is not None:
        return True
    numbers = [token.first for token in reading.tokens if token.kind in NUMERIC]
    return len(numbers) > 1 and not reading.concepts & _LABELS and STATUSES.issuperset(numbers)


def web_before(reading: "Reading", index: int) -> int | None:
    """Return where the word stands by which a number is a web server's answer: "http 404"."""
    token = reading.tokens[index]
    if token.kind is not Kind.NUMBER or token.first not in STATUSES:
        return None
    before = index - 1
    while reading.has(before, _NUMBERED | _FUNCTION) and reading.tokens[before].text not in _WEB:
        before -= 1
    return before if before >= 0 and reading.tokens[before].text in _WEB else None


def _is_kindred(reading: "Reading", index: int) -> bool:
    """Tell whether the number goes with one that is claimed: "node 22 or 20", "bug 4711 and 4712".

    It does so behind an "or", right behind it ("call me at 555 8080"), and where the two are so
    near that they are of one kind.
    """
    other = False
    for before in range(index - 1, -1, -1):
        token = reading.tokens[before]
        if reading.sentences[before] != reading.sentences[index]:
            return False
        if token.kind is Kind.NUMBER:
            apart = abs(token.first - reading.tokens[index].first)
            if _is_one_of_many(reading, before):
                return other or 0 < apart <= _KINDRED or before == index - 1
            return other and is_version(reading, before)
        other = other or reading.has(before, _OR)
    return False


def _is_hour(reading: "Reading", index: int) -> bool:
    """Tell whether small numbers reach from one to another: "open from 8 to 22", "1 to 10"."""
    if reading.concepts & _LABELS or reading.tokens[index].first in reading.owned:
        return False
    for other, between in ((index - 2, index - 1), (index + 2, index + 1)):
        if 0 <= other < len(reading.tokens) and reading.has(between, _TO):
            pair = (reading.tokens[other], reading.tokens[index])
            if all(token.kind is Kind.NUMBER and token.first <= _LAST_HOUR for token in pair):
                return True
    return False


def _counts_with_next(reading: "Reading", index: int) -> bool:
    """Tell whether the next number tells what both count: "8000 to 9000 users"."""
    after = index + 2
    joined = after < len(reading.tokens) and reading.has(index + 1, _JOINS)
    return joined and reading.tokens[after].kind is Kind.NUMBER and counts(reading, after)


def counts(reading: "Reading", index: int) -> bool:
    """Tell whether the number counts or measures what follows it: 80 percent, 3 connections."""
    after = index + 1
    if reading.has(after, _PORT):
        return counts_ports(reading, index, after)
    if reading.has(after, _UNIT):
        # Swedish "är" (is) and "år" (years) are one word without their marks.
        return not (reading.has(after, _FUNCTION) and reading.has(after + 1, _STATE))
    # "993 GitHub stars"
    between = after < len(reading.tokens) and reading.tokens[after].kind is Kind.WORD
    return between and not reading.has(after, ~(_PLAIN | SMALL)) and reading.has(after + 1, _UNIT)


def counts_ports(reading: "Reading", index: int, port: int) -> bool:
    """Tell whether "24 ports" counts them."""
    small = 0 < reading.tokens[index].first <= LARGEST_COUNT
    several = reading.tokens[port].text.endswith("s") and reading.language not in _SINGULAR_IN_S
    return small and several
