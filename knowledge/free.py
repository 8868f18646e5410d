"""Picks ports for a service of one's own: where nobody is in the way, and easy to remember."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from types import MappingProxyType

from knowledge import match
from knowledge.base import KnowledgeBase
from knowledge.model import SYSTEM_LAST, USER_LAST, Protocol, check_number
from knowledge.text import clean, tokens_of
from knowledge.understand import understand

FIRST = SYSTEM_LAST + 1  # below, most systems ask for administrator's rights
EPHEMERAL_FROM = 10000  # FreeBSD's range, the lowest of today's common systems, begins there
LINUX_FROM = 32768  # and Linux's there; those between are handed out by FreeBSD alone
MOST = 10
USUAL = 3
PURPOSE_LENGTH = 60  # characters
COMMAND = "/free"

_HEARD = 24  # of so many ports the best are chosen
_STEP = 500  # ports; who is further away by that has lost, however easy to remember
_BESIDE = 2  # ports beside one in heavy use are left to it
_FAR = 100  # ports; what is further away than that is worth a word
_NEARER = 3
_WRITTEN = re.compile(
    r"/free(?: near:(?P<near>\d{1,5}))?(?: count:(?P<count>\d{1,2}))?"
    r"(?: protocol:(?P<protocol>tcp|udp|sctp|dccp))?(?: purpose:(?P<purpose>.*))?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
# Where people expect a service of a kind; kinds are categories of uses.csv.
_BANDS: Mapping[str, tuple[int, int]] = MappingProxyType({
    "web": (8400, 8999),
    "dev server": (5500, 5999),
    "database": (5500, 5999),
    "cache": (6300, 6799),
    "message broker": (9400, 9799),
    "observability": (9200, 9799),
    "game": (7700, 7999),
    "proxy": (8500, 8999),
    "search": (9200, 9499),
    "voice": (6500, 6799),
    "remote access": (5500, 6399),
    "ai": (7800, 7999),
    "smart home": (8600, 8999),
})  # fmt: skip
_LIKE: Mapping[str, str] = MappingProxyType({  # other categories, and where they are at home
    "web app": "web", "media": "web", "home lab": "web", "media automation": "web",
    "hosting": "web", "enterprise": "web", "identity": "web", "dev tools": "dev server",
    "big data": "database", "storage": "database", "automation": "smart home",
    "messaging": "voice", "vpn": "proxy", "containers": "web",
})  # fmt: skip
_WORDS: Mapping[str, str] = MappingProxyType({
    word: kind
    for kind, words in {
        "web": "web website webserver webapp http https html site api rest graphql frontend"
        " backend dashboard portal blog wiki webseite sito sitio vebstranica веб сайт ウェブ"
        " 网站 網站 웹",
        "dev server": "dev development devserver staging react vite node django flask entwicklung"
        " entwickler developpement desarrollo sviluppo разработка 開発 开发 開發 개발",
        "database": "database databases db sql datenbank donnees datos dati dados databas"
        " databank veritabani база бд baza データベース 数据库 資料庫 데이터베이스",
        "cache": "cache memcache session sessions",
        "message broker": "queue broker events pubsub mqueue warteschlange очередь",
        "observability": "metrics monitoring exporter telemetry tracing logs logging metriken"
        " метрики мониторинг 監視 监控",
        "game": "game games gaming gameserver multiplayer spiel spiele jeu juego gioco jogo gra"
        " spel oyun игра игры 게임 ゲーム 游戏 遊戲",
        "proxy": "proxy socks tunnel gateway relay прокси 代理 プロキシ",
        "search": "search index suche recherche busqueda ricerca поиск 検索 搜索",
        "voice": "voice voip chat sip irc call stimme",
        "remote access": "ssh rdp vnc remote desktop",
        "ai": "ai llm inference model models embedding",
        "smart home": "iot sensor sensors smarthome homeautomation mqtt",
    }.items()
    for word in words.split()
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of port somebody looks for.

    Attributes:
        near: the number around which to look; None goes by the purpose.
        purpose: what it is for, in any words; "" where it is not said.
        count: how many, 1 to 10.
        protocol: for which it shall be; a port is chosen that is free for all of them.
        bounds: the lowest and the highest that will do.
        taken: ports that will not do.

    Raises:
        ValueError: `near` is no port, or `count` is out of its range.
    """

    near: int | None = None
    purpose: str = ""
    count: int = USUAL
    protocol: Protocol | None = None
    bounds: tuple[int, int] | None = None
    taken: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.near is not None:
            check_number(self.near)
        if not 1 <= self.count <= MOST:
            raise ValueError(f"count out of range: {self.count}")


@dataclass(frozen=True, slots=True)
class Choice:
    """Ports to take, and where they were looked for.

    Attributes:
        ports: ascending; unassigned, not known to be used, not blocked by browsers, and (`quiet`)
            outside the ranges that Linux, macOS, Windows and FreeBSD hand out.
        centre: the number around which they were looked for; None where it was a band.
        band: where services of that kind are usually found; None where no kind was named.
        gap: the first and the last port around `centre` of which none will do, where that is wide.
        nearer: ports nearer to the number wanted that only FreeBSD hands out.
        quiet: False where the bounds leave only ports that some of those systems hand out.
    """

    ports: tuple[int, ...]
    centre: int | None = None
    band: tuple[int, int] | None = None
    gap: tuple[int, int] | None = None
    nearer: tuple[int, ...] = ()
    quiet: bool = True


def free_ports(base: KnowledgeBase, wanted: Wanted) -> Choice:
    """Return ports that fit best; the same wish gets the same ports from the same knowledge."""
    first, last = wanted.bounds or (FIRST, EPHEMERAL_FROM - 1)
    last = min(last, USER_LAST)
    if first <= 1 and last > FIRST:
        first = FIRST  # "below 5000" bounds but the other end
    pool = _pool(base, wanted, first, min(last, EPHEMERAL_FROM - 1))
    quiet = bool(pool)
    if not pool:
        pool = _pool(base, wanted, first, last)
    if not pool:
        return Choice((), quiet=quiet)
    if wanted.near is not None:
        return _near(base, wanted, wanted.near, pool, quiet=quiet)
    band = None if wanted.bounds else _band(wanted.purpose, base)
    if band is not None:
        pool = pool[bisect_left(pool, band[0]) : bisect_right(pool, band[1])] or pool
    best = _best(_drawn(pool, wanted), base)[: wanted.count]
    return Choice(tuple(sorted(best)), band=band, quiet=quiet)


def written(wanted: Wanted) -> str:
    """Return a wish as the command that makes it; `read` reads it back."""
    parts = [COMMAND]
    if wanted.near is not None:
        parts.append(f"near:{wanted.near}")
    if wanted.count != USUAL:
        parts.append(f"count:{wanted.count}")
    if wanted.protocol is not None:
        parts.append(f"protocol:{wanted.protocol}")
    if wanted.purpose:
        parts.append(f"purpose:{wanted.purpose}")
    return " ".join(parts)


def read(text: str) -> Wanted | None:
    """Return the wish that a text makes which is written as the command; None for another."""
    found = _WRITTEN.fullmatch(" ".join(clean(text).split()))
    if found is None:
        return None
    protocol = Protocol(found["protocol"].lower()) if found["protocol"] else None
    purpose = (found["purpose"] or "").strip()[:PURPOSE_LENGTH]
    try:
        return Wanted(
            int(found["near"]) if found["near"] else None,
            purpose,
            int(found["count"] or USUAL),
            protocol,
        )
    except ValueError:
        return None


def ease(number: int) -> int:
    """Return how easy a number is to type and to remember, 0 to 5.

    >>> [ease(number) for number in (8888, 8585, 8558, 8510, 8517)]
    [5, 4, 3, 2, 0]
    """
    digits = str(number)
    half = len(digits) // 2
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    rules = (
        (5, len(set(digits)) == 1 or digits.endswith("000")),
        (4, digits.endswith("00") or digits[:half] == digits[half:] or steps in ({1}, {-1})),
        (3, digits == digits[::-1] or (digits[0] == digits[1] and digits[-2] == digits[-1])),
        (2, digits.endswith(("0", "55")) or len(set(digits)) == 2),  # noqa: PLR2004 (digits)
        (1, digits[-1:] == digits[-2:-1]),
    )
    return next((points for points, fits in rules if fits), 0)


def busy_beside(number: int, base: KnowledgeBase) -> tuple[int | None, int | None]:
    """Return the nearest ports in common use below and above."""
    busy = base.busy_ports
    at = bisect_left(busy, number)
    return busy[at - 1] if at else None, busy[at] if at < len(busy) else None


def _pool(base: KnowledgeBase, wanted: Wanted, first: int, last: int) -> Sequence[int]:
    free = base.free_ports(first, last)
    return [n for n in free if n not in wanted.taken] if wanted.taken else free


def _near(
    base: KnowledgeBase, wanted: Wanted, near: int, pool: Sequence[int], *, quiet: bool
) -> Choice:
    centre = _twin(near) if near < FIRST else min(near, pool[-1])
    ports = _best(_nearest(pool, centre, wanted), base, centre)
    nearer: Sequence[int] = ()
    if near >= EPHEMERAL_FROM and not wanted.bounds:
        others = _pool(base, wanted, EPHEMERAL_FROM, LINUX_FROM - 1)
        edge = min(near, LINUX_FROM - 1)
        nearer = _best(_nearest(others, edge, wanted), base, edge)[:_NEARER]
    return Choice(
        tuple(sorted(ports[: wanted.count])),
        centre,
        gap=_gap(pool, centre),
        nearer=tuple(sorted(nearer)),
        quiet=quiet,
    )


def _twin(number: int) -> int:
    """Return the higher number that people take in the place of a System Port: 8080 for 80."""
    digits = str(number)
    twin = {1: f"{digits}000", 2: digits * 2}.get(len(digits), f"8{digits}")
    return max(FIRST, int(twin))


def _gap(pool: Sequence[int], centre: int) -> tuple[int, int] | None:
    """Return the stretch around a number of which no port will do, where it is wide."""
    at = bisect_left(pool, centre)
    below = pool[at - 1] if at else FIRST - 1
    above = pool[at] if at < len(pool) else EPHEMERAL_FROM
    if min(centre - below, above - centre) <= _FAR:
        return None
    return below + 1, above - 1


def _nearest(pool: Sequence[int], centre: int, wanted: Wanted) -> list[int]:
    """Return the ports of an ascending pool that are nearest to a number.

    Which of two comes first that are as good, the purpose decides, so that who asks for another
    thing gets another port.
    """
    most = max(_HEARD, 2 * wanted.count)
    at = bisect_left(pool, centre)
    around = pool[max(0, at - most) : at + most]
    nearest = sorted(around, key=lambda number: (abs(number - centre), number))[:most]
    if wanted.purpose:
        nearest.sort(key=lambda number: _draw(wanted.purpose, number))
    return nearest


def _drawn(pool: Sequence[int], wanted: Wanted) -> Sequence[int]:
    """Return a stretch of an ascending pool that the purpose decides."""
    most = max(2 * _HEARD, 6 * wanted.count)
    if len(pool) <= most:
        return pool
    at = int.from_bytes(_draw(wanted.purpose)[:8], "big") % (len(pool) - most + 1)
    return pool[at : at + most]


def _draw(purpose: str, number: int = 0) -> bytes:
    return sha256(f"{' '.join(tokens_of(purpose))}|{number}".encode()).digest()


def _best(pool: Iterable[int], base: KnowledgeBase, centre: int | None = None) -> list[int]:
    """Return the ports of a pool, the best first.

    That is the number wanted itself; then those that are not right beside a port in heavy use,
    and of those the ones that are easy to remember.
    """

    def rank(number: int) -> tuple[bool, int, bool, int]:
        beside = (b for b in busy_beside(number, base) if b is not None)
        crowded = any(abs(b - number) <= _BESIDE for b in beside)
        steps = 0 if centre is None else abs(number - centre) // _STEP
        return number != centre, steps, crowded, -ease(number)

    return sorted(pool, key=rank)


def _band(purpose: str, base: KnowledgeBase) -> tuple[int, int] | None:
    """Return where services of the kind that a purpose names are usually found."""
    kinds = (_WORDS.get(word) for word in tokens_of(purpose))
    kind = next((kind for kind in kinds if kind), None) or _kind_of_product(purpose, base)
    return _BANDS.get(kind) if kind else None


def _kind_of_product(purpose: str, base: KnowledgeBase) -> str | None:
    """Return the kind of the first product that a purpose names."""
    for subject in match.subjects(understand(purpose, base.vocabulary), base.vocabulary):
        for use in base.uses_of(subject.name.label):
            kind = _LIKE.get(use.category, use.category)
            if kind in _BANDS:
                return kind
    return None
