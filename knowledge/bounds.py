"""Which numbers of a text bound what is wanted: ranges, limits, and how many ports."""

from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.model import MAX_PORT
from knowledge.tokens import Kind, Token
from knowledge.vocabulary import Concept

if TYPE_CHECKING:
    from knowledge.reading import Reading

_MOST_WANTED = 10
_WITH_POSTPOSITIONS = frozenset({"fi", "hu", "tr"})
_PORT = int(Concept.PORT)
_BELOW = int(Concept.BELOW)
_FREE = int(Concept.FREE)
_COMPARE = int(Concept.COMPARE)
_BOUND = int(Concept.BOUND)
_SUGGEST = int(Concept.SUGGEST)
_RANGE = int(Concept.RANGE)
_NUMBER_SIGN = int(Concept.NUMBER_SIGN)
_TO = int(Concept.TO)
_AND = int(Concept.AND)
_UNIT = int(Concept.UNIT)
_MOVE = int(Concept.MOVE)
_PLURALS = frozenset("snieyыиі")  # ports, poorten, porti, porte, porty, порты, порти


def wanted(reading: "Reading") -> int | None:
    """Return how many ports are asked for: a small number in digits or in a word."""
    if not reading.concepts & (_SUGGEST | _FREE):
        return None
    for token, value in zip(reading.tokens, reading.values, strict=True):
        number = token.first if token.kind is Kind.NUMBER else value
        if number is not None and 1 < number <= _MOST_WANTED:
            return number
    return None


def is_wanted_count(reading: "Reading", index: int) -> bool:
    """Tell whether the number at `index` says how many ports are wanted: "3 free ports"."""
    token = reading.tokens[index]
    return (
        token.kind is Kind.NUMBER
        and 0 < token.first <= _MOST_WANTED
        and bool(reading.concepts & (_SUGGEST | _FREE))
        and not reading.has(index - 1, _PORT | _NUMBER_SIGN)
    )


def bounds(reading: "Reading", numbers: list[int]) -> tuple[int, ...]:
    """Return which tokens bound the ports wanted, rather than name one."""
    concepts = reading.concepts
    if not concepts & (_SUGGEST | _FREE | _RANGE):
        return ()  # "the scanner grumbles about 4444"
    numbers = [index for index in numbers if not reading.has(index + 1, _UNIT)]  # "under 30 euro"
    found = [
        index
        for index in numbers
        if reading.has(index - 1, _BOUND)
        or _bound_after(reading, index)
        or (reading.has(index - 2, _BOUND) and reading.has(index - 1, _PORT))
    ]
    if concepts & _SUGGEST and concepts & _RANGE:
        found += [index for index in numbers if index not in found]
    elif concepts & _SUGGEST:
        found += [i for i in numbers if reading.tokens[i].kind is Kind.SPAN and i not in found]
    return tuple(found)


def _bound_after(reading: "Reading", index: int) -> bool:
    """Tell whether a bound stands behind its number, as in Chinese, Japanese and Hungarian."""
    after = reading.has(index + 1, _BOUND)
    return after and (
        reading.language in _WITH_POSTPOSITIONS or not reading.tokens[index + 1].text.isascii()
    )


def bound_values(reading: "Reading", bounds: tuple[int, ...]) -> tuple[int, int] | None:
    """Return the lowest and the highest port that some tokens set; None where none does."""
    if not bounds:
        return None
    tokens: list[Token] = [reading.tokens[index] for index in bounds]
    values = [t.first for t in tokens] + [t.last for t in tokens if t.kind is Kind.SPAN]
    values = sorted(value for value in values if 0 <= value <= MAX_PORT)
    if not values:
        return None
    if len(values) > 1:
        return values[0], values[-1]
    low = any(reading.has(bounds[0] + offset, _BELOW) for offset in (-2, -1, 1))
    return (1, values[0]) if low else (values[0], MAX_PORT)


def join_ranges(
    reading: "Reading",
    numbers: list[int],
    ports: dict[int, float],
    spans: dict[tuple[int, int], float],
) -> None:
    """Make one range of two ports with "to" between them."""
    if reading.concepts & _COMPARE:
        return
    for before, after in pairwise(numbers):
        first, last = reading.tokens[before].first, reading.tokens[after].first
        between = reading.concepts & _RANGE and not reading.concepts & _SUGGEST
        if ":" in reading.tokens[before].text or _is_mapped(reading, before):
            continue  # "from 10.0.0.1:53 to 10.0.0.2:33333", "redirect 80 to 8080"
        joined = after == before + 2 and (
            reading.has(before + 1, _TO) or (between and reading.has(before + 1, _AND))
        )
        if joined and first in ports and last in ports and first < last:
            spans[first, last] = min(ports.pop(first), ports.pop(last))


def _is_mapped(reading: "Reading", index: int) -> bool:
    """Tell whether a port is changed for another: a range is "ports 80 to 90", in the plural."""
    if not reading.concepts & _MOVE or reading.concepts & _RANGE:
        return False
    return not (reading.has(index - 1, _PORT) and reading.tokens[index - 1].text[-1] in _PLURALS)
