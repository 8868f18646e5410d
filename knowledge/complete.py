"""What has been typed of a number or a name -> the ports that may be meant, for autocompletion."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from knowledge import compose, names, spelling
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import MAX_PORT, Protocol
from knowledge.names import Name, Place
from knowledge.phrasebook import ENGLISH
from knowledge.text import squash

MOST = 25  # what Discord shows
_USED = (
    "SELECT first, max(weight) FROM use WHERE first BETWEEN ? AND ? AND first = last"
    " GROUP BY first ORDER BY max(weight) DESC, first LIMIT ?"
)
_NAMES = 8 * MOST  # looked at, for many lead to one port
_LONGEST = 60  # characters of what is typed that are looked at
_WELL_KNOWN = (443, 80, 22, 53, 25, 3389, 5432, 3306, 6379, 8080, 27017, 25565)
_NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?P<slash>\s*/\s*(?P<protocol>tcp|udp|sctp|dccp)?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A port that may be meant.

    Attributes:
        text: what asks for it, such as "443" or "53/udp".
        label: one line that tells which it is, such as "443: https (http protocol over TLS/SSL)".
    """

    text: str
    label: str


def complete(
    typed: str,
    base: KnowledgeBase,
    limit: int = MOST,
    phrases: NullTranslations = ENGLISH,
) -> tuple[Suggestion, ...]:
    """Return at most `limit` suggestions, best first; what is typed may be anything."""
    text = typed.strip()[:_LONGEST]
    match = _NUMBER.fullmatch(text)
    if match:
        protocol = Protocol(match["protocol"].lower()) if match["protocol"] else None
        numbers = _numbers(match["number"], base, longer=not match["slash"])
        found: Iterator[Suggestion] = (_suggestion(n, protocol, base, phrases) for n in numbers)
    elif text:
        found = _named(text, base, phrases)
    else:
        found = (_suggestion(number, None, base, phrases) for number in _WELL_KNOWN)
    unique: dict[str, Suggestion] = {}
    for suggestion in found:
        unique.setdefault(suggestion.text, suggestion)
        if len(unique) == limit:
            break
    return tuple(unique.values())


def _suggestion(
    number: int, protocol: Protocol | None, base: KnowledgeBase, phrases: NullTranslations
) -> Suggestion:
    text = f"{number}/{protocol}" if protocol else str(number)
    label = compose.short(base.facts(number), protocol, phrases)
    return Suggestion(text, f"{text}: {label}")


def _numbers(digits: str, base: KnowledgeBase, *, longer: bool) -> Iterator[int]:
    """Yield the number, then longer ones: the best known, those of one digit more, others."""
    number = int(digits)
    if number > MAX_PORT:
        return
    yield number
    if not longer or digits.startswith("0"):
        return
    used: list[tuple[int, int]] = []
    first, last = number * 10, number * 10 + 9
    while first <= MAX_PORT:
        used += base.connection.execute(_USED, (first, last, MOST))
        first, last = first * 10, last * 10 + 9
    used.sort(key=lambda row: (-row[1], row[0]))
    found = [port for port, _weight in used]
    yield from found[: MOST // 2]
    yield from range(number * 10, min(number * 10 + 9, MAX_PORT) + 1)
    yield from found[MOST // 2 :]


def _named(text: str, base: KnowledgeBase, phrases: NullTranslations) -> Iterator[Suggestion]:
    """Yield the ports of what the text begins to name; of what it asks for, if nothing is.

    Of a thing that is named in full all ports are offered, of others the one to think of first.
    """
    prefix = squash(text)
    found = False
    for name in names.starting_with(prefix, base.connection, _NAMES) if prefix else ():
        for place in name.places if name.key == prefix else name.places[:1]:
            found = True
            yield _place(name, place)
    if not found:
        yield from _mistyped(prefix, base)
        for number in ask(text, base).ports:
            yield _suggestion(number, None, base, phrases)


def _mistyped(key: str, base: KnowledgeBase) -> Iterator[Suggestion]:
    """Yield the ports of the names that the text may be with a typo, the nearest names first."""
    near = spelling.near(key, base.connection)
    known = names.find([word for word, _ in near], base.connection) if near else {}
    ranked = sorted(near, key=lambda entry: (entry[1], -_weight(known.get(entry[0], ()))))
    for word, _ in ranked:
        for name in known.get(word, ()):
            for place in name.places:
                yield _place(name, place)


def _place(name: Name, place: Place) -> Suggestion:
    """Return a port of a named thing, such as "Minecraft Java: 25575 (RCON)"."""
    role = compose.role_beside(name.label, place.role)
    label = f"{name.label}: {place.number}"
    return Suggestion(str(place.number), f"{label} ({role})" if role else label)


def _weight(named: Sequence[Name]) -> int:
    return max((name.weight for name in named), default=0)
