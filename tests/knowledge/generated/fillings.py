"""What stands in the slots of a template: ports, ranges and products of the knowledge base."""

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from knowledge.base import KnowledgeBase
from knowledge.model import USER_LAST, Protocol, Status, System, Use, status_word

_LIST_OF_NAMES = re.compile(r" and |/|,")
_LEAST_WEIGHT = 40
_WELL_KNOWN_WEIGHT = 74
_POPULAR_WEIGHT = 70
_NEARLY_AS_USUAL = 3  # a port that is met this much less often is as right as the first
_CLEARLY_LESS_USUAL = 8  # one that is met this much less often leaves no doubt
_BEYOND_DOUBT = 95  # of a product met this often everybody knows the first port
_WEB = frozenset({80, 443})
_LEAST_WEIGHT_ON_THE_WEB = 20
_MOST_RIGHT_PORTS = 3
_FAMOUS_SPANS = (
    (6881, 6889),
    (30000, 32767),
    (49152, 65535),
    (27015, 27030),
    (16384, 32767),
    (6000, 6063),
    (137, 139),
    (5900, 5910),
    (10000, 20000),
    (1024, 49151),
    (3478, 3480),
)


@dataclass(frozen=True, slots=True)
class Product:
    """A product that a person would look for on one port, or on any of a few.

    Attributes:
        called: what people call it; never empty.
        ports: those that are right.
    """

    called: tuple[str, ...]
    ports: frozenset[int]
    protocols: frozenset[Protocol]
    weight: int


class Fillings:
    """Chooses what fills a slot."""

    SYSTEMS: ClassVar = (System.LINUX, System.MACOS, System.WINDOWS)

    def __init__(
        self, base: KnowledgeBase, called: Mapping[str, Sequence[str]], unclear: Collection[str]
    ) -> None:
        self._base = base
        rows = base.connection.execute("SELECT DISTINCT product FROM use ORDER BY product")
        names = [name for (name,) in rows]
        self._products = _products(base, names, called, unclear)
        self._known = [p for p in self._products if p.weight >= _WELL_KNOWN_WEIGHT]
        rows = base.connection.execute("SELECT alias FROM alias")
        spoken = (name for product in self._products for name in product.called)
        self._names = {name.casefold() for name in (*names, *(a for (a,) in rows), *spoken)}
        ports = base.connection.execute(
            "SELECT DISTINCT first FROM use WHERE weight >= ? AND first = last ORDER BY first",
            (_POPULAR_WEIGHT,),
        )
        # A number that could be a year or a count is no port by itself.
        self._popular: list[int] = [n for (n,) in ports if n >= 20 and not 1900 <= n <= 2035]

    def is_name(self, word: str) -> bool:
        """Tell whether a word is a name of anything in the base."""
        return word.casefold() in self._names or bool(self._base.assignments_of(word))

    def port(
        self, kind: str, chance: random.Random, other_than: Collection[frozenset[int]] = ()
    ) -> int:
        """Return a port; a popular one for the kind "popular"."""
        while True:
            status = (
                kind
                or chance.choices(
                    ("popular", "assigned", "unassigned", "dynamic"), (45, 25, 18, 12)
                )[0]
            )
            number = self._any(status, chance)
            if frozenset({number}) not in other_than:
                return number

    def _any(self, status: str, chance: random.Random) -> int:
        if status == "popular":
            return chance.choice(self._popular)
        if status == "dynamic":
            return chance.randint(USER_LAST + 1, 65535)
        while True:
            number = chance.randint(1, USER_LAST)
            states: set[Status] = set(self._base.facts(number).states.values())
            words = {status_word(state) for state in states}
            if status in words and (status == "assigned" or len(words) == 1):
                return number

    def span(self, chance: random.Random) -> tuple[int, int]:
        """Return a range of ports, as (first, last)."""
        if chance.random() < 0.3:
            return chance.choice(_FAMOUS_SPANS)
        first = chance.randint(2100, 60000)
        return first, first + chance.choice((3, 5, 9, 10, 20, 50, 99, 100, 500, 1000, 5000))

    def product(
        self,
        kind: str,
        protocol: Protocol | None,
        chance: random.Random,
        other_than: Sequence[Product] = (),
    ) -> Product:
        """Return a product, a household name for the kind "known".

        It is met on `protocol`, where one is given, and shares no port with the others.
        """
        choices = self._known if kind == "known" else self._products
        while True:
            product = chance.choice(choices)
            spoken_for = any(_close(product, other) for other in other_than)
            if not spoken_for and protocol in (None, *product.protocols):
                return product


def _close(one: Product, other: Product) -> bool:
    """Tell whether two products share a port, or one's name holds the other's."""
    return bool(one.ports & other.ports) or any(
        a.casefold() in b.casefold() or b.casefold() in a.casefold()
        for a in one.called
        for b in other.called
    )


def _products(
    base: KnowledgeBase,
    names: Sequence[str],
    called: Mapping[str, Sequence[str]],
    unclear: Collection[str],
) -> list[Product]:
    """Return the products that people ask for by name, and whose port is not in doubt."""
    spoken = {name: tuple(called.get(name) or (re.sub(r" \(.*\)$", "", name),)) for name in names}
    counts = Counter(word.casefold() for words in spoken.values() for word in words)
    aliases: dict[str, str] = dict(base.connection.execute("SELECT alias, target FROM alias"))
    found = []
    for name, words in spoken.items():
        uses = base.uses_of(name)
        best = uses[0].weight
        if best < _LEAST_WEIGHT or name in unclear or _LIST_OF_NAMES.search(words[0]):
            continue
        right = _right_uses(uses)
        if len({use.first for use in right}) > _MOST_RIGHT_PORTS:
            continue
        ports = frozenset(n for use in right for n in range(use.first, use.last + 1))
        rivals = [use for use in uses if use.weight >= best - _CLEARLY_LESS_USUAL]
        if best < _BEYOND_DOUBT and not ports.issuperset(use.first for use in rivals):
            continue
        clear = tuple(
            word
            for word in words
            if counts[word.casefold()] == 1
            and len(word) > 2
            and not (best < _WELL_KNOWN_WEIGHT and _registered_elsewhere(base, word, ports))
            and _same_target(aliases.get(word.casefold(), name), name)
        )
        if clear:
            protocols = frozenset(use.protocol for use in right)
            found.append(Product(clear, ports, protocols, best))
    return found


def _right_uses(uses: Sequence[Use]) -> list[Use]:
    """Return the uses, of those of a product, on whose ports a person would look for it."""
    best = uses[0].weight
    right = [
        use
        for use in uses
        if use.weight >= best - _NEARLY_AS_USUAL
        or (use.weight >= _LEAST_WEIGHT and use.role.startswith("default"))
    ]
    if _WEB.isdisjoint(use.first for use in right):
        return right
    # What stands on the web is met on both of its ports, with TLS or without.
    web = [u for u in uses if u.first in _WEB and u.weight >= _LEAST_WEIGHT_ON_THE_WEB]
    return [*right, *(use for use in web if use not in right)]


def _registered_elsewhere(base: KnowledgeBase, word: str, ports: frozenset[int]) -> bool:
    """Tell whether the registry knows the word as a service on other ports only."""
    registered = {assignment.first for assignment in base.assignments_of(word)}
    return bool(registered) and not registered & ports


def _same_target(target: str, name: str) -> bool:
    return target.partition(":")[0].casefold() == name.casefold()
