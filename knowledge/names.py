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
from operator import itemgetter
from typing import NamedTuple

from knowledge.model import Protocol
from knowledge.text import squash, tokens_of

MOST_KEYS = 300  # far above what a question needs
_FIND = (
    "SELECT key, label, origin, places, everyday, weight FROM name"
    " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY origin"
)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
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
        tls: as in `uses.csv`: "tls", "plaintext", "starttls", ... or "".
    """

    number: int
    protocol: Protocol
    role: str = ""
    tls: str = ""

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

Used = tuple[str, int, str, str, int, str]
"""The product, first port, protocol, role, weight and encryption of a use."""

Spot = tuple[int, str]
"""A port number, and the `Place` there as JSON."""


class Entry(NamedTuple):
    """What `rows_of` makes a row of: a name of a thing, and the thing's places."""

    label: str
    name: str
    origin: Origin
    spots: tuple[Spot, ...]
    weight: int


def rows_of(entries: Iterable[Entry], everyday: frozenset[str]) -> list[Row]:
    """Return the rows of the table `name`; of equal names of one origin the heaviest stays."""
    best: dict[tuple[str, int], Row] = {}
    for label, name, origin, spots, weight in entries:
        key = squash(name)
        if not key or key.isdigit():
            continue
        present = best.get((key, origin))
        if present is None or present[-1] < weight:
            places = f"[{','.join([place for _, place in spots])}]"
            best[key, origin] = (key, int(origin), label, places, int(key in everyday), weight)
    return sorted(best.values(), key=itemgetter(0, 1))


def entries_of(
    services: Sequence[tuple[str, int, str]],
    uses: Sequence[Used],
    aliases: Sequence[tuple[str, str]],
) -> Iterator[Entry]:
    """Yield the entries of services, products and the aliases of both.

    Args:
        services: (service name, first port, protocol), in the registry's order.
        uses: as `Used`.
        aliases: (alias, target); a target is a product or a service name, then perhaps ":port".
    """
    products: dict[str, tuple[tuple[Spot, ...], int]] = {}
    for label, roles in _products(uses).items():
        spots = tuple(spot for _, spot, _ in roles)
        weight = roles[0][0]
        products[label] = spots, weight
        yield Entry(label, label, Origin.PRODUCT, spots, weight)
        for _, spot, role in roles:
            if role:
                ours = (spot, *(other for other in spots if other[0] != spot[0]))
                yield Entry(label, f"{label} {role}", Origin.PRODUCT, ours, weight)
    named = _services(services)
    for label, spots in named.items():
        yield Entry(label, label, Origin.SERVICE, spots, _REGISTRY_WEIGHT)
    folded = {label.casefold(): label for label in products}
    for alias, target in aliases:
        name, port = _target(target)
        label = folded.get(name.casefold(), name)
        if label in products:
            spots, weight = products[label]
        else:
            spots, weight = named.get(name.casefold(), ()), _REGISTRY_WEIGHT
        spots = _from(spots, port)
        if spots:  # else the fact check reports the alias
            yield Entry(label, alias, Origin.ALIAS, spots, weight)


def _target(target: str) -> tuple[str, int | None]:
    """Return the name and the port of an alias's target, "RabbitMQ:15672"."""
    name, _, port = target.rpartition(":")
    return (name, int(port)) if name and port.isdigit() else (target, None)


def _from(spots: tuple[Spot, ...], port: int | None) -> tuple[Spot, ...]:
    """Return the places with those of `port` first; none where it is not among them."""
    if port is None:
        return spots
    chosen = tuple(spot for spot in spots if spot[0] == port)
    return chosen + tuple(spot for spot in spots if spot[0] != port) if chosen else ()


def _products(
    uses: Sequence[Used],
) -> Mapping[str, list[tuple[int, Spot, str]]]:
    """Return (weight, place, role) of each use of a product, the heaviest first."""
    products: dict[str, list[tuple[int, Spot, str]]] = {}
    for product, first, protocol, role, weight, tls in uses:
        spot = first, f'[{first},"{protocol}",{_ENCODE(role)},"{tls}"]'
        products.setdefault(product, []).append((weight, spot, role))
    for roles in products.values():
        roles.sort(key=itemgetter(0), reverse=True)
    return products


def _services(services: Sequence[tuple[str, int, str]]) -> Mapping[str, tuple[Spot, ...]]:
    named: dict[str, dict[Spot, None]] = {}
    for name, first, protocol in services:
        named.setdefault(name.casefold(), {})[first, f'[{first},"{protocol}",""]'] = None
    return {name: tuple(spots) for name, spots in named.items()}


def find(keys: Sequence[str], connection: sqlite3.Connection) -> Mapping[str, tuple[Name, ...]]:
    """Return the names under each of the squashed `keys`, the one that counts most first."""
    wanted = json.dumps(list(dict.fromkeys(keys))[:MOST_KEYS])
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


@lru_cache(maxsize=512)
def _name(row: tuple[str, str, int, str, int, int]) -> Name:
    key, label, origin, places, everyday, weight = row
    return Name(
        key,
        label,
        Origin(origin),
        tuple(Place(n, _PROTOCOLS[p], *rest) for n, p, *rest in json.loads(places)),
        bool(everyday),
        weight,
    )
