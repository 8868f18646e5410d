"""Which of a product's ports a text means: "the web panel", "without TLS", "not the old one"."""

import math
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from knowledge.names import Place
from knowledge.sources.places import SHIPPED
from knowledge.text import fold, tokens_of

_FILE = SHIPPED / "roles.toml"
_WHOLE = frozenset({"asking", "begins"})  # sections whose words stand alone in every script
_NO_ROLES = _WHOLE | {"negation", "editions"}  # those whose words name no role
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
_SECURITY = frozenset({"tls", "starttls", "plain"})
_APART = _SECURITY | {"ssl", "old", "new"}  # weighed by themselves

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
_UNASKED = 0.4


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
            name = f"{section}.{group}" if section in _NO_ROLES else group
            for word in words:
                text = fold(word.removesuffix(_ANY_ENDING))
                for part in (exact, begun)[word.endswith(_ANY_ENDING)], signs:
                    if part is not signs or (text >= _UNSPACED and section not in _WHOLE):
                        part[text] = (*part.get(text, ()), name)
    return Table(exact, begun, signs, max(map(len, begun), default=0))


@lru_cache(maxsize=4096)
def groups_of(word: str) -> tuple[str, ...]:
    """Return the groups that a folded word belongs to, as the table has them."""
    return table().groups(word)


def says(word: str) -> bool:
    """Tell whether a folded word may say which port of a product is meant."""
    return bool(groups_of(word))


def says_no(word: str) -> bool:
    """Tell whether a word denies what stands behind it: "without", "ohne", "no"."""
    return "negation.before" in groups_of(word)


def says_encryption(word: str) -> bool:
    """Tell whether a folded word says whether a connection is encrypted."""
    return not _SECURITY.isdisjoint(groups_of(word))


def asks(word: str, way: str) -> bool:
    """Tell whether a folded word asks for a port in a way of the table: "where", "address"."""
    return f"asking.{way}" in groups_of(word)


def begins_question(word: str, language: str) -> bool:
    """Tell whether a sentence asks that begins with a folded word: "how", "where"."""
    return f"begins.{language}" in groups_of(word)


def points(word: str) -> bool:
    """Tell whether a folded word but points at one of several: "the secure one"."""
    return asks(word, "pointing") or asks(word, "address")


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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text, as far as it is asked which port it means.

    Attributes:
        words: folded.
        text: the whole, for versions: "v5".
        language: its tag.
    """

    words: Sequence[str]
    text: str = ""
    language: str = "en"


def wish(
    spoken: Spoken,
    named: Container[int],
    plain: Container[int],
    own: Container[int] = (),
) -> Wish:
    """Return what the words around names say of the port that is meant.

    Args:
        spoken: the text.
        named: indexes of the words that belong to names.
        plain: indexes of those that may stand in a role as they are.
        own: indexes of words of the name that may say which port is meant: "IMAP SSL".
    """
    words = spoken.words
    heard = _Heard()
    for index, word in enumerate(words):
        if index in named:
            heard.reach = 0
            continue
        groups = groups_of(word)
        if _is_no(words, index, groups, spoken.language):
            heard.reach, heard.negator = _REACH, index
        elif "negation.after" in groups and heard.takes_back(index):
            continue
        elif meant := _meant(words, index, groups, own):
            heard.hears(index, word, meant)
        else:
            heard.passes(word, plain=index in plain)
    plainly = {word for index, word in enumerate(words) if index in plain}
    return Wish(
        frozenset(plainly - heard.unwanted_words - _JOINING),
        *_settled(heard.wanted, heard.unwanted, heard.unwanted_words),
        frozenset(heard.unwanted_words),
        _version_asked(spoken.text),
        frozenset(heard.told),
        heard.denied,
    )


@lru_cache(maxsize=16)  # it is asked for every name of a text
def _version_asked(text: str) -> float | None:
    asked = _ASKED_VERSION.search(text.lower())
    return float(asked[1]) if asked else None


@dataclass(slots=True)
class _Heard:
    """What was heard of a text so far; `reach` words on, what is said is unwanted."""

    wanted: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)
    unwanted_words: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    last: tuple[int, str, tuple[str, ...]] | None = None
    reach: int = 0
    negator: int = -1
    denied: bool = False

    def hears(self, index: int, word: str, groups: tuple[str, ...]) -> None:
        """Take a word that says which port is meant."""
        self.told.add(index)
        if self.reach:
            self.unwanted |= set(groups)
            self.unwanted_words.add(word)
            self.told.add(self.negator)
            self.reach = 1
        else:
            self.wanted |= set(groups)
            self.last = index, word, groups

    def passes(self, word: str, *, plain: bool) -> None:
        """Take a word that is of no group."""
        if self.reach and plain:
            self.unwanted_words.add(word)
        if self.reach and (plain or len(word) > _REACH):
            self.reach -= 1

    def takes_back(self, index: int) -> bool:
        """Tell whether a word that denies what stands before it has anything to deny."""
        if self.last is None:
            self.denied = True
            return False
        at, word, groups = self.last
        if index - at > _REACH_BACK:
            return False
        self.wanted -= set(groups)
        self.unwanted |= set(groups)
        self.unwanted_words.add(word)
        self.told.add(index)
        self.last = None
        return True


def _meant(
    words: Sequence[str], index: int, groups: tuple[str, ...], own: Container[int]
) -> tuple[str, ...]:
    """Return what of the groups of a word is meant where it stands."""
    if words[index] == "web" and index + 1 < len(words) and words[index + 1] in _WEB_OF_OTHERS:
        return ()
    if index in own:
        return tuple(group for group in groups if group in _SECURITY)
    return tuple(group for group in groups if "." not in group)


def _is_no(words: Sequence[str], index: int, groups: Iterable[str], language: str) -> bool:
    word = words[index]
    if word == "o" and index and words[index - 1] == "w":
        return True  # "w/o"
    return "negation.before" in groups and not (word == "no" and language in _NO_IN)


def _settled(
    wanted: set[str], unwanted: set[str], words: Container[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what is wanted and what is not, each said once: not old is new."""
    if "http" in words:
        unwanted.discard("plain")  # "the native one, not HTTP" wants no TLS
    for one, other in (("old", "new"), ("tls", "plain"), ("new", "old"), ("plain", "tls")):
        if one in unwanted and other not in unwanted:
            wanted.add(other)
    if "tls" in wanted and "tls" not in unwanted:
        wanted.discard("plain")  # "http over tls"
    return frozenset(wanted - unwanted), frozenset(unwanted)


def editions(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield where the words name an edition of a product, and what it is called in English."""
    for index, word in enumerate(words):
        for group in groups_of(word):
            if group.startswith("editions."):
                yield index, group.partition(".")[2]


@lru_cache(maxsize=4096)
def _role(role: str, tls: str) -> _Role:
    words = tokens_of(role)
    said = wish(Spoken(words), (), range(len(words)))
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
    fits = [_fit(role, said, clear) for role in found]
    if len(set(fits)) > 1 and said.groups.isdisjoint(_SECURITY):
        for index, role in enumerate(found):
            fits[index] -= _UNASKED * _is_variant(role, found[:index])
    return fits


def _is_variant(role: _Role, before: Sequence[_Role]) -> bool:
    """Tell whether a role is that of a more usual one, but over TLS."""
    return "tls" in role.groups and any(
        other.tls != "tls" and _core(role) <= other.words for other in before
    )


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
    return frozenset(w for w in role.words if "tls" not in groups_of(w))
