"""A text cut into words, numbers and the forms in which people write ports."""

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from knowledge.model import MAX_PORT, Protocol
from knowledge.text import RUN, WORD, elided, fold


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    RUN = auto()  # letters of a script that writes no spaces
    NUMBER = auto()  # may be a port; `first` holds it
    PORT = auto()  # written as only ports are: 443/tcp, :8080, localhost:5173
    SPAN = auto()  # two numbers joined by a dash
    OTHER = auto()  # a number that is no port: an address, a time, a price, a version
    MARK = auto()  # punctuation that separates


NUMERIC = frozenset({Kind.NUMBER, Kind.PORT, Kind.SPAN})  # those that may hold a port


class Token(NamedTuple):
    """A piece of a folded text.

    Attributes:
        text: the piece; for a WORD without accents and apostrophes.
        first: the number of a NUMBER or PORT, the lower end of a SPAN; -1 else.
        last: the upper end of a SPAN; -1 else.
        protocol: where the form itself names one.
        spaced: white space (or nothing) stands before it.
    """

    text: str
    kind: Kind
    first: int = -1
    last: int = -1
    protocol: Protocol | None = None
    spaced: bool = True


_PROTOCOL = "tcp|udp|sctp|dccp"
# The rest of a host name's part (RFC 1035); taken whole or not, or hostile text costs its square.
_LABEL = r"[a-z0-9_\-]{0,62}+"
# Not \b: Japanese, Chinese and Thai write their words right against a number.
_END = r"(?![a-z0-9_])"
_FORMS: tuple[tuple[str, str], ...] = (
    # name, pattern; the first that matches at a place wins
    # The two most common first: plain words and numbers that nothing is written against.
    ("plain", r"[a-z]+(?=[\s?!,;]|$)"),
    ("digits", r"\d{1,6}(?=[?!,;]|$|\s[a-z?!])(?!\s(?:percent|[ap]m)\b)"),
    ("url", r"(?:jdbc:)?[a-z][a-z0-9+.\-]{0,20}://[^\s<>\"'`|]+"),
    ("v6", rf"\[[0-9a-f:.*]*:[0-9a-f:.*]*(?:%[a-z0-9]+)?\](?::\d{{1,6}}{_END})?"),
    ("v4", rf"\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?:/\d{{1,2}})?(?::\d{{1,6}}{_END})?(?![.\d])"),
    ("v6net", rf"[0-9a-f]{{1,4}}(?::[0-9a-f]{{0,4}}){{2,7}}/\d{{1,3}}{_END}"),
    ("v6bare", r"(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}\b(?![:.])"),
    ("date", r"\d{4}-\d{1,2}-\d{1,2}(?:t\d[\d:.]*z?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)"),
    ("clock", r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?![\d:])(?:\s?[ap]m\b)?"),
    ("ratio", r"\d{1,2}:\d{1,2}s?(?![\w:.])"),
    ("slash", rf"\d{{1,6}}\s?/\s?(?:{_PROTOCOL}){_END}"),
    ("front", rf"(?:{_PROTOCOL})(?:\s?[/:\-_]\s?)?\d{{1,6}}{_END}"),
    ("glued", rf"\d{{1,6}}(?:{_PROTOCOL}){_END}"),
    ("span", r"\d{1,6}\s?(?:-|–|—|−|~|～|〜|\.\.+|->)\s?\d{1,6}(?![a-z0-9_]|\.\d|-\d)"),
    ("colons", r"\d{2,6}:\d{3,6}(?![a-z0-9_.:])"),
    ("host", rf"[a-z]{_LABEL}(?:\.[a-z0-9]{_LABEL}){{0,8}}+:\d{{1,6}}{_END}(?!:)"),
    ("colon", rf"(?:\*|:{{1,3}}):\d{{1,6}}{_END}|:\d{{1,6}}{_END}"),
    ("money", r"[$€£¥₽₩₹]\s?\d[\d.,]*"),
    ("thousands", r"\d{1,3}(?:,\d{3})+(?![\d,])"),
    ("version", r"v?\d+(?:\.\d+)+[a-z]?\b"),
    ("prefix", r"(?<![^\s(])/(?:\d{1,2}|1[01]\d|12[0-8])(?![\w./])"),  # of a network's address
    ("percent", r"\d+(?:[.,]\d+)?\s?(?:[%€£¥°$₽₩₹‰]|percent\b)"),
    ("sum", r"\d+\s?[+*×÷=^]\s?\d+|\d+(?:\s?[-−–]\s?\d+)+\s?="),
    ("negative", r"(?<!\w)[-−]\d{1,6}\b"),
    (
        "inflected",
        # endings of Turkish (5432'yi, 22den), Hungarian (80as, 443nal) and German (1433er)
        r"\d{2,5}['’]?(?:[yns]?[iue]n?[ie]?|[iu]n[ueia]|y?a|[dt][ae]n?|[aeo][stn]|[rb][ae]|n[ae]l)\b|\d{3,5}er\b",
    ),
    ("compound", r"\d{1,6}-(?![^\W\d_]*(?:port|порт))[^\W\d_]{6,}"),
    ("joined", r"\d+[a-z][a-z0-9]*"),
    ("listed", r"cve-\d{4}-\d{3,7}"),  # a vulnerability's number
    ("coded", r"(?<![\w\-])(?!(?:port|ports|puerto|porta|poort)-)[a-z]{2,10}-\d{1,6}(?![\w.:-])"),
    ("number", r"\d+"),
    ("dotted", rf"[a-z]{_LABEL}(?:\.[a-z0-9]{_LABEL}){{1,8}}"),
    ("run", RUN),
    ("word", rf"{WORD}(?:['’]{WORD})*\+*"),
    ("mark", r"[?!,;:.\n\r(){}|<>=\"“”«»…/、。，？！；：]"),
)
# Which forms begin with which characters: of thirty, only these are tried at a place.
_BEGUN_WITH = {
    "[a-z]": "plain url v6net v6bare front host version listed coded dotted word",
    r"\d": (
        "digits v4 v6net v6bare date clock ratio slash glued sum span colons thousands version"
        " percent inflected compound joined number"
    ),
    r"[^a-z\d\s]": "v6 colon prefix money negative run word mark",
    r"[\n\r]": "mark",
}
_NAMES = ("", *(name for names in _BEGUN_WITH.values() for name in names.split()))  # of the groups
_PATTERNS = dict(_FORMS)
_TOKEN = re.compile(
    "|".join(
        f"(?={first})(?:{'|'.join(f'({_PATTERNS[name]})' for name in names.split())})"
        for first, names in _BEGUN_WITH.items()
    )
)
_DIGITS = re.compile(r"\d+")
_URL = re.compile(
    r"(?:jdbc:)?(?P<scheme>[a-z][a-z0-9+.\-]*)://(?:[^/?#@\s]*@)?"
    r"(?:\[[^\]]*\]|[^:/?#\[\]\s,]*)(?::(?P<port>\d{1,6}))?"
)
_LABELLED = re.compile(rf"(?P<label>{WORD})(?<!\d)(?P<number>\d{{1,6}})$")


def _tail(text: str) -> int:
    """Return the number after the last colon, or -1."""
    digits = text.rpartition(":")[2]
    return int(digits) if digits.isdigit() else -1


def _port(text: str, number: int, protocol: Protocol | None = None) -> Token:
    return Token(text, Kind.PORT, number, protocol=protocol)


def _other(text: str) -> list[Token]:
    return [Token(text, Kind.OTHER)]


def _url(text: str) -> list[Token]:
    match = _URL.match(text)
    if match is None:
        return [Token(text, Kind.OTHER)]
    if match["port"]:
        return [_port(text, int(match["port"]))]
    return [Token(text, Kind.OTHER)]


def _address(text: str) -> list[Token]:
    number = _tail(text) if "]:" in text or "." in text else -1
    return [_port(text, number) if number >= 0 else Token(text, Kind.OTHER)]


def _with_protocol(text: str) -> list[Token]:
    digits = _DIGITS.search(text)
    protocol = next(p for p in Protocol if p.value in text)
    return [_port(text, int(digits[0]), protocol)] if digits else []


def _span(text: str) -> list[Token]:
    first, last = (int(part) for part in _DIGITS.findall(text))
    if first < last <= MAX_PORT:
        return [Token(text, Kind.SPAN, first, last)]
    return [Token(str(n), Kind.NUMBER, n) for n in (first, last)]


def _host(text: str) -> list[Token]:
    host, _, digits = text.rpartition(":")
    return [Token(host, Kind.WORD), Token(text, Kind.PORT, int(digits), spaced=False)]


def _inflected(text: str) -> list[Token]:
    """Return the number of a word such as Turkish "5432yi" or German "1433er"."""
    digits = _DIGITS.search(text)
    return [Token(digits[0], Kind.NUMBER, int(digits[0]))] if digits else []


def _words(text: str) -> list[Token]:
    found = []
    for word in elided(text):
        labelled = _LABELLED.match(word)
        if labelled and labelled["label"] in _LABELS:
            found.append(Token(labelled["label"], Kind.WORD))
            found.append(Token(labelled["number"], Kind.NUMBER, int(labelled["number"])))
        elif word:
            found.append(Token(word, Kind.WORD))
    return found


# Words that people write their number right against: port8080.
_LABELS = frozenset({
    "port", "ports", "puerto", "porta", "порт", "포트", "poort",
    "windows", "win", "centos", "debian", "ubuntu", "fedora", "rhel", "freebsd",  # and versions
})  # fmt: skip

_MAKERS: dict[str, Callable[[str], list[Token]]] = {
    "url": _url,
    "v6": _address,
    "v4": _address,
    "v6net": _other,
    "v6bare": _other,
    "date": _other,
    "clock": _other,
    "ratio": _other,
    "slash": _with_protocol,
    "front": _with_protocol,
    "glued": _with_protocol,
    "span": _span,
    "colons": _span,
    "host": _host,
    "colon": lambda text: [_port(text, _tail(text))],
    "money": _other,
    "thousands": lambda text: [Token(text, Kind.NUMBER, int(text.replace(",", "")))],
    "version": _other,
    "prefix": _other,
    "percent": _other,
    "sum": _other,
    "negative": lambda text: [Token(text, Kind.NUMBER, -int(text[1:]))],
    "inflected": _inflected,
    "compound": _other,
    "joined": _other,
    "listed": _other,
    "coded": _other,
    "number": lambda text: [Token(text, Kind.NUMBER, int(text[:9]))],
    "dotted": lambda text: [Token(text, Kind.WORD)],
    "run": lambda text: [Token(text, Kind.RUN)],
    "word": _words,
    "mark": lambda text: [Token(text, Kind.MARK)],
}


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of any text, in order; characters of no token are passed over.

    >>> [token.text for token in tokens("What's on tcp/445?")]
    ['whats', 'on', 'tcp/445', '?']
    """
    yield from tokens_of_folded(fold(text))


def tokens_of_folded(folded: str) -> Iterator[Token]:
    """Yield the tokens of a text that `text.fold` has made."""
    for match in _TOKEN.finditer(folded):
        kind, piece = _NAMES[match.lastindex or 0], match[0]
        if kind == "plain":
            yield Token(piece, Kind.WORD)
        elif kind == "digits":
            yield Token(piece, Kind.NUMBER, int(piece))
        else:
            yield from _MAKERS[kind](piece)
