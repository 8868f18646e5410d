"""The names under which services and products are found, as tables of the knowledge base.

A name is stored under its squashed form (`text.squash`): "Home Assistant", "home-assistant" and
"homeassistant" are one key.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from knowledge.model import Protocol
from knowledge.text import squash, tokens_of

_MOST_KEYS = 300  # far above what a question needs
_FIND = (
    "SELECT key, label, origin, places, everyday, weight FROM name"
    " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY origin"
)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PROTOCOLS = {protocol.value: protocol for protocol in Protocol}
_REGISTRY_WEIGHT = 20  # of a service name beside products' 1 to 100


class Origin(IntEnum):
    """Who gave the name; the lower, the more it counts."""

    ALIAS = 0
    PRODUCT = 1
    SERVICE = 2
    IMPORTED = 3


@lru_cache(maxsize=4096)
def _words_of(role: str) -> tuple[str, ...]:
    return tuple(tokens_of(role))


@dataclass(frozen=True, slots=True)
class Place:
    """A port where a named thing is found.

    Attributes:
        role: what it does there; "" for the plain use.
    """

    number: int
    protocol: Protocol
    role: str = ""

    @property
    def role_words(self) -> tuple[str, ...]:
        """The folded words of the role."""
        return _words_of(self.role)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it stands for.

    Attributes:
        label: as people write it.
        places: the first to think of first; never empty.
        everyday: it is also a word of everyday talk, such as "time" or "signal".
        weight: how often the thing is met, 1 to 100.
    """

    key: str
    label: str
    origin: Origin
    places: tuple[Place, ...]
    everyday: bool
    weight: int


Row = tuple[str, int, str, str, int, int]
"""The key, origin, label, places (JSON), whether it is everyday, and weight of a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What `rows_of` makes names of: a thing, its names, and its places."""

    label: str
    names: tuple[str, ...]
    origin: Origin
    places: tuple[Place, ...]
    weight: int


def rows_of(entries: Iterable[Entry], everyday: frozenset[str]) -> list[Row]:
    """Return the rows of the table `name`; of equal names of one origin the heaviest stays."""
    best: dict[tuple[str, int], Row] = {}
    # The aliases of a thing share its places; to hash those takes longer than to write them.
    written: dict[int, tuple[tuple[Place, ...], str]] = {}
    for entry in entries:
        kept = written.get(id(entry.places))
        if kept is None:
            listed = [(p.number, p.protocol.value, p.role) for p in entry.places]
            kept = written[id(entry.places)] = entry.places, _ENCODE(listed)
        origin = int(entry.origin)
        for name in entry.names:
            key = squash(name)
            if not key or key.isdigit():
                continue
            present = best.get((key, origin))
            if present is None or present[-1] < entry.weight:
                best[key, origin] = (
                    key,
                    origin,
                    entry.label,
                    kept[1],
                    int(key in everyday),
                    entry.weight,
                )
    return sorted(best.values())


def entries_of(
    services: Sequence[tuple[str, int, str]],
    uses: Sequence[tuple[str, int, str, str, int]],
    aliases: Sequence[tuple[str, str]],
) -> Iterator[Entry]:
    """Yield the entries of services, products and the aliases of both.

    Args:
        services: (service name, first port, protocol), in the registry's order.
        uses: (product, first port, protocol, role, weight).
        aliases: (alias, target); a target is a product or a service name, then perhaps ":port".
    """
    products = _products(uses)
    named = _services(services)
    for label, (places, weight) in products.items():
        yield Entry(label, (label,), Origin.PRODUCT, places, weight)
        for place in places:
            if place.role:
                ours = (place, *(p for p in places if p.number != place.number))
                text = f"{label} {place.role}"
                yield Entry(label, (text,), Origin.PRODUCT, ours, weight)
    for label, places in named.items():
        yield Entry(label, (label,), Origin.SERVICE, places, _REGISTRY_WEIGHT)
    folded = {label.casefold(): label for label in products}
    for alias, target in aliases:
        name, port = _target(target)
        label = folded.get(name.casefold(), name)
        if label in products:
            places, weight = products[label]
        else:
            places, weight = named.get(name.casefold(), ()), _REGISTRY_WEIGHT
        places = _from(places, port)
        if places:  # else the fact check reports the alias
            yield Entry(label, (alias,), Origin.ALIAS, places, weight)


def _target(target: str) -> tuple[str, int | None]:
    """Return the name and the port of an alias's target, "RabbitMQ:15672"."""
    name, _, port = target.rpartition(":")
    return (name, int(port)) if name and port.isdigit() else (target, None)


def _from(places: tuple[Place, ...], port: int | None) -> tuple[Place, ...]:
    """Return the places with those of `port` first; none where it is not among them."""
    if port is None:
        return places
    chosen = tuple(place for place in places if place.number == port)
    return chosen + tuple(p for p in places if p.number != port) if chosen else ()


def _products(
    uses: Sequence[tuple[str, int, str, str, int]],
) -> Mapping[str, tuple[tuple[Place, ...], int]]:
    products: dict[str, list[tuple[int, Place]]] = {}
    for product, first, protocol, role, weight in uses:
        place = Place(first, _PROTOCOLS[protocol], role)
        products.setdefault(product, []).append((weight, place))
    return {
        product: (
            tuple(place for _, place in sorted(places, key=lambda entry: -entry[0])),
            max(weight for weight, _ in places),
        )
        for product, places in products.items()
    }


def _services(services: Sequence[tuple[str, int, str]]) -> Mapping[str, tuple[Place, ...]]:
    named: dict[str, dict[tuple[int, str], None]] = {}
    for name, first, protocol in services:
        named.setdefault(name.casefold(), {})[first, protocol] = None
    return {
        name: tuple(Place(first, _PROTOCOLS[protocol]) for first, protocol in places)
        for name, places in named.items()
    }


def find(keys: Sequence[str], connection: sqlite3.Connection) -> Mapping[str, tuple[Name, ...]]:
    """Return the names under each of the squashed `keys`, the one that counts most first."""
    wanted = json.dumps(list(dict.fromkeys(keys))[:_MOST_KEYS])
    found: dict[str, list[Name]] = {}
    for row in connection.execute(_FIND, (wanted,)):
        found.setdefault(row[0], []).append(_name(tuple(row)))
    return {key: tuple(names) for key, names in found.items()}


def starting_with(prefix: str, connection: sqlite3.Connection, limit: int) -> tuple[Name, ...]:
    """Return names whose key begins with the squashed `prefix`, the most often met first."""
    rows = connection.execute(
        "SELECT key, label, origin, places, everyday, weight FROM name"
        " WHERE key >= ? AND key < ? ORDER BY weight DESC, length(key), key LIMIT ?",
        (prefix, prefix + "\U0010ffff", limit),
    )
    return tuple(_name(tuple(row)) for row in rows)


@lru_cache(maxsize=2048)
def _name(row: tuple[str, str, int, str, int, int]) -> Name:
    key, label, origin, places, everyday, weight = row
    return Name(
        key,
        label,
        Origin(origin),
        tuple(Place(n, _PROTOCOLS[p], role) for n, p, role in json.loads(places)),
        bool(everyday),
        weight,
    )
