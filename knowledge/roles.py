"""Which of a product's ports a text means: "the web panel", "without TLS", "not the old one"."""

import math
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.names import Place
from knowledge.sources.places import SHIPPED
from knowledge.text import fold, tokens_of

_FILE = SHIPPED / "roles.toml"
_ANY_ENDING = "*"
_SHORTEST_BEGINNING = 2
_UNSPACED = "\u0e00"  # from here on scripts are written without spaces, or nearly so
_REACH = 3  # words that a negation reaches over, forwards
_REACH_BACK = 2
_VERSION = r"(\d{1,4}(?:\.\d{1,3})?)"
_ASKED_VERSION = re.compile(rf"\b(?:v|ver(?:sion)?\.?\s?|versión\s|версия\s){_VERSION}\b")
_UNTIL_VERSION = re.compile(rf"\b(?:before|until|removed in)\s(?:\.?[a-z]+\s)?{_VERSION}")
_SINCE_VERSION = re.compile(rf"\b(?:since|from)\s(?:\.?[a-z]+\s)?{_VERSION}")
_OF_VERSION = re.compile(rf"\bversions?\s{_VERSION}(?:\s(?:and|or)\s{_VERSION})?")
_OF_OLD = frozenset({"before", "until", "old", "older"})
_JOINING = frozenset("and of the over in to by as a on for with from its s".split())  # noqa: SIM905
_WEB_OF_OTHERS = frozenset({"app", "apps", "application", "dev", "developer", "hosting", "shop"})
_NO_IN = frozenset({"pt-BR"})  # where "no" is "in the"

_ANY_VERSION = (0.0, math.inf)
_APART = frozenset({"tls", "ssl", "starttls", "plain", "old", "new"})  # weighed by themselves

# What a place gains or loses for each thing that the text says of it.
_GROUP = 0.6
_UNWANTED = 1.0
_SECURED, _SECURED_BY_ROLE, _CLEAR = 0.8, 0.5, -0.4
_UPGRADED, _UPGRADED_BY_ROLE, _NOT_UPGRADED = 0.9, 1.2, -0.3
_WITH_TLS_UNWANTED = -1.2
_SAID_PLAIN = 0.5
_OF_AGE = 1.2
_OF_VERSION_ASKED = 1.0
_AWKWARD = 1.5


@dataclass(frozen=True, slots=True)
class Table:
    """The words of `roles.toml`, folded.

    Attributes:
        exact: the groups of whole words, as "web", "tls" or "not".
        begun: those of beginnings of words.
        signs: those of what may stand anywhere in a run of letters.
    """

    exact: Mapping[str, tuple[str, ...]]
    begun: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]
    longest: int

    def groups(self, word: str) -> tuple[str, ...]:
        """Return the groups that a folded word belongs to; none for most words."""
        found = self.exact.get(word)
        if found is not None:
            return found
        for length in range(min(len(word), self.longest), _SHORTEST_BEGINNING - 1, -1):
            found = self.begun.get(word[:length])
            if found is not None:
                return found
        if word[-1:] >= _UNSPACED:
            return tuple(g for sign, groups in self.signs.items() if sign in word for g in groups)
        return ()


@cache
def table() -> Table:
    """Return the words by which people say which port of a product they mean."""
    exact: dict[str, tuple[str, ...]] = {}
    begun: dict[str, tuple[str, ...]] = {}
    signs: dict[str, tuple[str, ...]] = {}
    for section, groups in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        for group, words in groups.items():
            name = f"{section}.{group}" if section in {"negation", "editions"} else group
            for word in words:
                text = fold(word.removesuffix(_ANY_ENDING))
                for part in (exact, begun)[word.endswith(_ANY_ENDING)], signs:
                    if part is not signs or text >= _UNSPACED:
                        part[text] = (*part.get(text, ()), name)
    return Table(exact, begun, signs, max(map(len, begun), default=0))


def says(word: str) -> bool:
    """Tell whether a folded word may say which port of a product is meant."""
    return bool(table().groups(word))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text says of the port that it means.

    Attributes:
        words: of the text, those that may name a role as it stands in the table.
        groups: what is wanted, such as "web" or "tls".
        unwanted: what is not.
        version: of the product.
        told: indexes of the words that say all that.
        denied: a word says that what stands before it is unwanted, and nothing does.
    """

    words: frozenset[str]
    groups: frozenset[str]
    unwanted: frozenset[str]
    unwanted_words: frozenset[str]
    version: float | None
    told: frozenset[int]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class _Role:
    """What a place's role and encryption come to."""

    words: frozenset[str]
    groups: frozenset[str]
    tls: str
    low: float
    high: float


def wish(
    words: Sequence[str],
    named: Container[int],
    plain: Container[int],
    text: str = "",
    language: str = "en",
) -> Wish:
    """Return what the words around names say of the port that is meant.

    Args:
        words: of the text, folded.
        named: indexes of those that belong to names.
        plain: indexes of those that may stand in a role as they are.
        text: the whole, for versions: "v5".
        language: its tag.
    """
    known = table()
    wanted: set[str] = set()
    unwanted: set[str] = set()
    unwanted_words: set[str] = set()
    told: set[int] = set()
    said: list[tuple[int, tuple[str, ...]]] = []  # of what is wanted, to be taken back
    reach, negator, denied = 0, -1, False
    for index, word in enumerate(words):
        if index in named:
            reach = 0
            continue
        groups = known.groups(word)
        if _is_no(words, index, groups, language):
            reach, negator = _REACH, index
            continue
        if "negation.after" in groups and not said:
            denied = True
        elif "negation.after" in groups and index - said[-1][0] <= _REACH_BACK:
            at, taken = said.pop()
            wanted -= set(taken)
            unwanted |= set(taken)
            unwanted_words.add(words[at])
            told.add(index)
            continue
        groups = tuple(group for group in groups if "." not in group)
        if word == "web" and index + 1 < len(words) and words[index + 1] in _WEB_OF_OTHERS:
            groups = ()
        if not groups:
            if reach and index in plain:
                unwanted_words.add(word)
            reach -= reach > 0 and (index in plain or len(word) > _REACH)
            continue
        told.add(index)
        if reach:
            unwanted |= set(groups)
            unwanted_words.add(word)
            told.add(negator)
            reach = 1
        else:
            wanted |= set(groups)
            said.append((index, groups))
    asked = _ASKED_VERSION.search(text.lower()) if text else None
    return Wish(
        frozenset(words[i] for i in range(len(words)) if i in plain) - unwanted_words - _JOINING,
        *_settled(wanted, unwanted),
        frozenset(unwanted_words),
        float(asked[1]) if asked else None,
        frozenset(told),
        denied,
    )


def _is_no(words: Sequence[str], index: int, groups: Iterable[str], language: str) -> bool:
    word = words[index]
    if word == "o" and index and words[index - 1] == "w":
        return True  # "w/o"
    return "negation.before" in groups and not (word == "no" and language in _NO_IN)


def _settled(wanted: set[str], unwanted: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what is wanted and what is not, each said once: not old is new."""
    for one, other in (("old", "new"), ("tls", "plain"), ("new", "old"), ("plain", "tls")):
        if one in unwanted and other not in unwanted:
            wanted.add(other)
    if "tls" in wanted and "tls" not in unwanted:
        wanted.discard("plain")  # "http over tls"
    return frozenset(wanted - unwanted), frozenset(unwanted)


def editions(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield where the words name an edition of a product, and what it is called in English."""
    known = table()
    for index, word in enumerate(words):
        for group in known.groups(word):
            if group.startswith("editions."):
                yield index, group.partition(".")[2]


@lru_cache(maxsize=4096)
def _role(role: str, tls: str) -> _Role:
    words = tokens_of(role)
    said = wish(words, (), range(len(words)))
    groups = set(said.groups)
    if _OF_OLD & said.words:
        groups.add("old")
    if "between" in said.words:
        groups.add("cluster")
    low, high = _ANY_VERSION
    lower = role.lower()
    if until := _UNTIL_VERSION.search(lower):
        high = math.nextafter(float(until[1]), 0.0)
    elif since := _SINCE_VERSION.search(lower):
        low = float(since[1])
    elif exactly := _OF_VERSION.search(lower):
        low = float(exactly[1])
        high = float(exactly[2] or exactly[1]) + 0.99
    return _Role(said.words, frozenset(groups), tls, low, high)


def tells(places: Sequence[Place], said: Wish) -> bool:
    """Tell whether the wish makes any difference between the places."""
    return len(set(_fits(places, said))) > 1


def ordered(places: Sequence[Place], said: Wish, awkward: Container[Place]) -> tuple[Place, ...]:
    """Return the places that fit the wish best first, and those that cannot be meant last."""
    fits = dict(zip(places, _fits(places, said), strict=True))

    def fit(place: Place) -> float:
        return fits[place] - (_AWKWARD if place in awkward else 0.0)

    return tuple(sorted(places, key=fit, reverse=True))  # stable: else as they were


def _fits(places: Sequence[Place], said: Wish) -> list[float]:
    found = [_role(place.role, place.tls) for place in places]
    clear = [role for role in found if role.tls != "tls"]
    return [_fit(role, said, clear) for role in found]


def _fit(role: _Role, said: Wish, clear: Sequence[_Role]) -> float:
    """Return how well a place of this role fits; 0.0 where the text says nothing of it."""
    score = len(role.words & said.words) / math.sqrt(len(role.words)) if role.words else 0.0
    score += _GROUP * len((role.groups & said.groups) - _APART)
    if (role.groups & said.unwanted) - _APART or (role.words & said.unwanted_words) - _APART:
        score -= _UNWANTED
    return score + _secured(role, said, clear) + _aged(role, said)


def _secured(role: _Role, said: Wish, clear: Sequence[_Role]) -> float:
    """Return what a place gains or loses by its encryption."""
    if "starttls" in said.groups:
        by_role = _UPGRADED_BY_ROLE if "starttls" in role.groups else _UPGRADED
        return {"starttls": by_role, "tls": _NOT_UPGRADED}.get(role.tls, 0.0)
    if "tls" in said.groups:
        by_role = _SECURED_BY_ROLE if "tls" in role.groups else 0.0
        return _SECURED if role.tls == "tls" else by_role or _CLEAR * (role.tls == "plaintext")
    if "plain" in said.groups:
        # Only where the same thing is found without: "the http port of Proxmox" is the web's.
        if role.tls == "tls" and any(_core(role) <= other.words for other in clear):
            return _WITH_TLS_UNWANTED
        return _SAID_PLAIN * ("plain" in role.groups)
    return 0.0


def _aged(role: _Role, said: Wish) -> float:
    """Return what a place gains or loses by its age, or by the releases that have it."""
    score = 0.0
    if "old" in said.groups:
        score += _OF_AGE * ("old" in role.groups)
    elif "new" in said.groups:
        score += _GROUP * ("new" in role.groups) - _OF_AGE * ("old" in role.groups)
    if said.version is not None and (role.low, role.high) != _ANY_VERSION:
        inside = role.low <= said.version <= role.high
        score += _OF_VERSION_ASKED if inside else -_OF_VERSION_ASKED
    return score


def _core(role: _Role) -> frozenset[str]:
    """Return the words of a role that do not speak of TLS."""
    known = table()
    return frozenset(w for w in role.words if "tls" not in known.groups(w))
