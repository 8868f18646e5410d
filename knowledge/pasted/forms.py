"""The forms in which programs of every kind write a port, wherever it stands in a line.

Nothing else of a line is looked at: errno, dates, process ids and positions in source files are
numbers, too, and none of these forms.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from knowledge.model import Protocol
from knowledge.pasted.addresses import url_ports
from knowledge.pasted.endpoints import number_of, protocol_of, span_of
from knowledge.pasted.marks import TYPED
from knowledge.pasted.model import Line, PastedPort, Role

LONGEST = 4000  # characters that are read of one line
_FILES = (
    "java|kt|kts|scala|groovy|go|rs|c|cc|cpp|cxx|h|hpp|m|mm|cs|fs|vb|py|pyx|rb|php|pl|pm|js|jsx"
    "|ts|tsx|mjs|cjs|vue|svelte|html?|css|scss|lua|ex|exs|erl|hrl|hs|ml|swift|dart|sh|bash|ps1"
    "|sql|ya?ml|json|toml|ini|conf|cfg|txt|log|md|xml|jar|dll|exe|so|tf|nix|proto|gradle|zig|r"
)
_IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}"
_LABEL_OF_HOST = r"[A-Za-z0-9_][\w\-]{0,62}"
_END = r"(?![\w.]*\d|\.\w|:\d)"  # a port is whole, and no first half of 443:22
_ARROW = r"(?:→|->|=>|⇒|-->)"
_SPAN = r"\d{1,5}(?:-\d{1,5})?"
_LIST = (
    r"\d{1,5}(?![\d.]*\d)(?:\s?(?:-|\u2013|\.\.)\s?\d{1,5}(?!\d))?"
    r"(?:[\"']?(?:\s?[,;]\s?|\s(?:SV )?/\s|\s(?:and|or|&)\s)(?:(?:TCP|UDP|CL)\s|[\"'])?"
    r"\d{1,5}(?![\d.]*\d)(?:\s?[-\u2013]\s?\d{1,5}(?!\d))?(?!\s[a-z]{3}|%|:))*"
)
# Sockets of another kind, and what only ends in the word.
_OTHER_PORTS = (
    r"(?<![\w.])(?:usb|hub|serial|com|com-|hdmi|display|ata|sata|switch|bridge|view|gi|pci|i/?o"
    r"|eth(?:ernet)?|parallel|midi|audio|video|vga|dvi)\W{0,2}ports?\b"
)
_LABEL = (
    r"(?:(?<![A-Za-z])(?:"
    r"(?:[A-Za-z][\w.\-]{0,60}[_.\-])?(?:[Pp]orts?|PORTS?)"
    r"|[a-z][A-Za-z0-9]{0,40}Ports?|[A-Z][a-z0-9]{1,30}(?:[A-Z][a-z0-9]{1,30}){0,3}Ports?"
    r"|(?:src|dst|ext|int|mapped|local|remote|listen|host|server|s|d|l|r)(?:ports?|pt)|SPT|DPT))"
    r"(?:[_\-]?(?:[Rr]anges?|[Vv]alue|[Nn]um(?:ber)?)|\(s\)|\(S\))?"
)
_BEFORE_NAME = (
    "to|at|on|from|via|host|servers?|address|addr|node|brokers?|peer|connect|connecting|connection"
    "|dial|upstream|tcp|udp|reach|endpoint|targets?|backend|bootstrap"
)
# Name and pattern; the first that matches at a place wins, and what begins with _ is no port.
_FORMS: dict[str, str] = {
    "url": (
        r"\b[A-Za-z][\w+.\-]{0,30}:(?:[a-z0-9]{2,12}:){0,3}@?//"
        r"(?:(?!,[A-Za-z_]{2,20}://)[^\s\"'`<>|]){1,600}"
    ),
    "_date": (
        r"\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}"
        r"(?:[T :_]{1,2}\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)?"
        r"|\d{1,2}[\-/](?:\d{1,2}|[A-Z][a-z]{2})[\-/]\d{4}"
        r"(?::{1,2}\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)?"
        r"|\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?![:\d])"
    ),
    "_position": (
        rf"(?<![\w.$/\\\-@()])[\w$/\\.\-@()]{{1,200}}\.(?:{_FILES}):\d+(?::\d+)?(?![\d.])"
    ),
    "_column": (
        r"(?<![\w./\\\-])(?:node:)?[A-Za-z_][\w/\\\-]{0,100}:\d+:\d+(?![\d:.])|node:[\w/]{1,60}:\d+"
    ),
    "_other": rf"(?i:{_OTHER_PORTS})(?:\W{{0,3}}\d+)?|\bports?\s\d{{1,5}}\([a-z]",
    "tuple": (
        rf"\(\s?[\"']?(?:{_IPV4}|\*|localhost|[0-9a-fA-F]{{0,4}}::[0-9a-fA-F]{{0,4}}"
        r"|[\w\-]+\.[\w.\-]+(?=[\"'])|(?<=[\"'])(?=[\"']))[\"']?,\s?\d{2,5}\s?[,)]"
    ),
    "v6": (
        r"\[(?:[0-9a-fA-F]{0,4}(?:[:.][0-9a-fA-F]{0,4}){1,9}(?:%\w{1,15})?"
        r"|[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6})\]:\d{1,5}(?!\d)"
    ),
    "mapped": rf"(?<![\d.])(?:{_IPV4}:)?\d{{1,5}}:\d{{1,5}}/(?:tcp|udp)\b",
    "v4": (
        rf"(?<![\d.]){_IPV4}(?:[:#\[]|\s:\s|\|:)\d{{1,5}}(?:-\d{{1,5}}(?!\d))?(?![\d.]*\d)"
        r"(?::\d{1,5}(?![\d.]*\d))?"
    ),
    "dotted": rf"(?<![\d.]){_IPV4}\.\d{{2,5}}(?![\w.]*\d)(?=[:\s,)]|$)",
    "scoped": r"(?<![\w:])[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:%\w{1,15})?#\d{1,5}(?!\d)",
    "published": (
        rf"(?<!\S)(?:-p|--publish)[=\s]?[\"']?(?:{_IPV4}:)?{_SPAN}:{_SPAN}(?![\w.:]*\d)"
    ),
    "flag": (
        rf"(?<!\S)(?:-[a-z]{{0,4}}[pPl]\s?|-(?:port|Port)\s|--[\w\-]{{0,40}}(?:ports?|listen)"
        rf"(?:-ranges?)?[\s=]){_SPAN}(?:[,\s]{_SPAN}){{0,20}}(?![\w.:/]*\d|[a-zA-Z:%])"
    ),
    "set": rf"\belements\s?=\s?\{{\s?{_LIST}",
    # DNS-SD, as Bonjour and Avahi list it, and SRV records
    "discovered": (
        r"_[a-z][a-z0-9\-]{0,30}\._(?:tcp|udp)\.?[\w.\-]{0,80}\s{1,40}"
        r"(?:(?:\d{1,8}\s+)?(?:IN\s+)?SRV\s+\d{1,5}\s+\d{1,5}\s+)?\d{1,5}(?![\w.:/]*\d|\s+IN\b)"
    ),
    "every": rf"(?:(?<![\w*:])(?:\*|::)|(?<!\w)localhost):\d{{1,5}}{_END}",
    "host": (
        rf"(?<![\w.\-/])(?:{_LABEL_OF_HOST}\.){{1,8}}[a-z][a-z0-9\-]{{1,24}}\.?:\d{{1,5}}{_END}"
    ),
    "name": (
        rf"(?:(?:\b(?:{_BEFORE_NAME})[\s:]{{1,2}}|@|=|\()[\"'(\[]?"
        r"|(?<=[\"',\s])(?<!: [\"'])(?=[a-z][\w\-]{0,62}:\d{4}))"
        rf"[A-Za-z][\w\-]{{0,62}}:\d{{2,5}}(?=[\"'\s,;)\]/.:]|$){_END}"
    ),
    "label": (
        rf"{_LABEL}[\"'\]]?\s{{0,20}}(?:=>|:=|==|[:=#]|\bis|\bno\.?|\bnumber)?\s{{0,20}}"
        rf"(?:(?:TCP|UDP|tcp|udp)[\s:]\s?)?(?:[\[{{]\s?{_SPAN}(?:\s{_SPAN}){{1,60}}\s?[\]}}]"
        rf"|[\"'\[{{(]{{0,3}}\s?{_LIST}(?![\w%]|\.\d|:\d|\())"
    ),
    # the word in other languages, in which programs speak as well
    "worded": (
        r"(?i:(?:ポート(?:番号)?|端口号?|連接埠|通訊埠|埠號?|포트(?: 번호)?|พอร์ต|पोर्ट|cổng"
        r"|порт[а-яі]{0,3}"
        r"|(?<!\w)(?:puertos?|portas?|porto?|poort|porcie|portu|portti|bağlantı noktası))"
        r"\s?[:=：「]?\s?\d{2,5}(?![\d.:])|\d{2,5}\s?(?:番ポート|번 포트|号端口))"
    ),
    # ConfigServer Firewall
    "direction": rf"\b(?:TCP|UDP)6?_(?:IN|OUT)\s?=\s?\"{_LIST}",
    "assigned": (
        r"(?i:\b(?:server|data source|address|addr)\s?=\s?(?:tcp:)?[\w.\-\\]{1,200},\s?\d{2,5}"
        r"(?!\d)|\b(?:service|svc)[:=]\s?\d{2,5}(?![\w.]))"
        r"|\b(?:guest|host)(?::|\s=>)\s\d{2,5}(?![\w.:])|\bm=(?:audio|video)\s\d{2,5}\b"
        r"|\bnew \w{0,20}(?:Socket|Listener)\(\d{2,5}(?=[,)])"
    ),
    "slashed": r"(?<![\w/.\-])\d{1,5}(?:\s?-\s?\d{1,5})?/(?i:tcp|udp|sctp|quic)\b",
    "front": (
        rf"\b(?:tcp|udp|TCP|UDP)[46]?(?:(?:-[A-Za-z]{{1,10}})?[:/]{_SPAN}(?:,{_SPAN})*"
        rf"|\s{{1,12}}{_SPAN}(?:,\s?{_SPAN})*(?=\s?(?:→|->|=>|[,;)(]|$|:\s|open\b|to\b)))"
        r"(?![\w.:]*\d|/\d)"
    ),
    "colon": (
        r"(?:(?<=[\s=(\[,{])|(?<=[\s=(\[,{:][\"'`])|^):\d{2,5}(?=[\"'`\s,;)\]/}]|$|:\s)" + _END
    ),
    "before": (
        rf"(?<![\w.:,/\-])\d{{1,5}}(?=\s?{_ARROW}\s?"
        r"(?:\d{1,5}(?![\d.:]*\d)|[\w.*\[]{1,60}:\d))"
    ),
    "behind": rf"{_ARROW}\s?\d{{1,5}}(?![\w.:]*\d)",
    "listens": (
        r"\b(?i:listen\(|(?:listen(?:ing|s)?|bound|bind|binding)\s(?:on|to|at)\s)(?:port\s)?\d{2,5}"
        r"(?![\d.:])"
        r"|\b(?i:running|started|serving|available|served)\s(?:on|at)\s\d{3,5}"
        r"(?=\s?(?:$|[.,;)(]))"
        r"|\b(?:[Tt]rying|[Uu]sing)\s(?:port\s)?\d{4,5}(?=\s?(?:instead|$|[.,;)(]))"
    ),
}
# No form begins with a space or one of these marks, nor within a word of ASCII, but for "cổng".
_BEGIN = r"(?![\s,;!?{}<>|%&+~^])(?!(?<=[A-Za-z])(?:[ABD-Zabd-z]|[Cc](?!ổ)))"
# Which forms begin with which characters: of thirty, only these are tried at a place.
_BEGUN_WITH = {
    r"\d": "_date _position mapped v4 dotted scoped host worded slashed before",
    "[A-Za-z_]": (
        "url discovered _position _column _other scoped set every host name label worded direction"
        " assigned front listens"
    ),
    "[-=]": "_position published flag name behind",
    "[:*]": "every colon",
    r"[(\[@$/\\.)]": "_position tuple v6 name",
    r"[^\x00-\x7f]": "_position worded behind",
}
_NAMES = ("", *(name for names in _BEGUN_WITH.values() for name in names.split()))  # of the groups
_FORM = re.compile(
    f"{_BEGIN}(?:"
    + "|".join(
        f"(?={first})(?:{'|'.join(f'({_FORMS[name]})' for name in names.split())})"
        for first, names in _BEGUN_WITH.items()
    )
    + ")"
)
# Without any of these no form is in a line; most lines have none.
_HINT = re.compile(
    r"[:#]\d|m=|[^\x00-\xff]\s?\d|port[oaiu]|puerto|ocket|[pPl]\s?\d|\d/[a-zA-Z]|(?i:p(?:or)?t)\W|ort|ORT|[→>]|[.,]\s?\d|\(\d"
    r"|\b(?i:tcp|udp|on|at|ing|bind|listen)\W+\d|_tcp|_udp|\.:\d"
)
# Without any of these, none of the forms of _CERTAIN is.
_CERTAIN_HINT = re.compile(r"[:#\[]\d|:\s\d|//|\d/[TtUuSsQq]|,\s?\d")
_NUMBERS = re.compile(r"\d{1,5}(?:\s?(?:-|\u2013|\.\.)\s?\d{1,5})?")
_LAST = re.compile(r"\d{1,5}$")
_PROTOCOL = re.compile(r"(?i:\b(tcp|udp|sctp)(?![a-z]))")
# What a line has to hold for an arrow to stand between ports.
_NETWORK = re.compile(
    rf"(?i:\b(?:tcp|udp|ports?|nat|forward\w*|dnat|expose\w*|freigaben?|listen\w*|proxy)\b)|{_IPV4}"
    r"|\[(?:SYN|ACK|FIN|RST|PSH)|\bLen=\d"
)
_ONLY_ARROW = re.compile(rf"\d{{2,5}}\s?{_ARROW}\s?\d{{2,5}}")
_TOP_LEVEL = frozenset(
    [
        "com",
        "net",
        "org",
        "local",
        "localhost",
        "internal",
        "lan",
        "home",
        "example",
        "test",
        "corp",
    ]
)
_UNNAMED = frozenset(
    ["line", "code", "errno", "pid", "status", "exit", "id", "tid", "uid", "gid", "error", "size"]
)
_WELL_KNOWN = 1000
# What stands before the port of somebody who came to a server's log: "from 203.0.113.9 port".
_CAME_FROM = re.compile(rf"\b(?!on )\w+ (?:{_IPV4}|[0-9a-fA-F:]{{3,39}}) $")
_LONGEST_BEFORE = 60  # characters
_CERTAIN = frozenset({"url", "v6", "v4", "every", "host", "slashed", "tuple", "published"})


def mentioned(line: Line, *, certain: bool = False) -> Iterator[PastedPort]:
    """Yield the ports of a line that are written in a form of their own.

    Args:
        line: of a program, or of a person.
        certain: only those that stand behind an address or before a protocol: a person's words
            say "port 80" of a port that the paste need not hold.
    """
    text = line.text[:LONGEST]
    if not (_CERTAIN_HINT if certain else _HINT).search(text):
        return
    typed = bool(TYPED.match(text))
    for match in _FORM.finditer(text):
        name = _NAMES[match.lastindex or 0]
        if name[0] == "_" or (certain and name not in _CERTAIN):
            continue
        if name == "flag" and not typed and match[0][:2] in {"-p", "-P", "-l"}:
            continue  # which means much else, and of which people write
        role = Role.CLIENT if name == "label" and _came_from(text, match.start()) else None
        for first, last in _READERS.get(name, _listed)(line, match[0]):
            if first or last:
                yield PastedPort(
                    first,
                    _protocol(match[0]),
                    role or Role.MENTIONED,
                    line=line.number,
                    last=last,
                )


def _came_from(text: str, place: int) -> bool:
    """Tell whether sshd writes there from which port of theirs somebody came."""
    near = max(0, place - _LONGEST_BEFORE)
    return "sshd" in text and _CAME_FROM.search(text, near, place) is not None


_Spans = Iterator[tuple[int, int | None]]


def _protocol(piece: str) -> Protocol | None:
    found = _PROTOCOL.search(piece)
    return protocol_of(found[1]) if found else None


def _listed(line: Line, piece: str) -> _Spans:
    """Yield all the numbers and ranges of a piece."""
    for found in _NUMBERS.finditer(piece):
        span = span_of(re.sub(r"\s|(?<=\d)(?:\u2013|\.\.)(?=\d)", _joint, found[0]), line.names)
        if span is not None:
            yield span


def _joint(match: re.Match[str]) -> str:
    return "" if match[0].isspace() else "-"


def _last(_: Line, piece: str) -> _Spans:
    """Yield the number that a piece ends with."""
    found = _LAST.search(piece.rstrip(" ,)"))
    number = number_of(found[0]) if found else None
    if number is not None:
        yield number, None


def _url(line: Line, piece: str) -> _Spans:
    for port in url_ports(line, piece.rstrip(".,;:)'\"]}"), Role.PEER):
        yield port.number, None


def _v4(line: Line, piece: str) -> _Spans:
    """Yield the ports of "10.0.0.5:80", "10.0.0.5:80-90" and docker's "127.0.0.1:8080:80"."""
    return _listed(line, re.sub(_IPV4, "", piece))


def _host(line: Line, piece: str) -> _Spans:
    """Yield the port of a host's name, unless "app.core:12" is a place in a program."""
    name, _, digits = piece.rpartition(":")
    top = name.rstrip(".").rpartition(".")[2]
    if number_of(digits) is not None and (
        int(digits) >= _WELL_KNOWN or len(top) == 2 or top in _TOP_LEVEL  # noqa: PLR2004 - a country
    ):
        yield from _last(line, piece)


def _name(line: Line, piece: str) -> _Spans:
    label = re.split(r"\W", piece.rpartition(":")[0])[-1]
    if label.lower() not in _UNNAMED:
        yield from _last(line, piece)


def _arrow(line: Line, piece: str) -> _Spans:
    if _joins_ports(line.text[:LONGEST]):
        yield from _listed(line, piece)


@lru_cache(maxsize=16)  # a line may hold hundreds of arrows
def _joins_ports(text: str) -> bool:
    return bool(_NETWORK.search(text) or _ONLY_ARROW.fullmatch(text))


def _front(line: Line, piece: str) -> _Spans:
    """Yield the ports of "tcp:80,443" and "UDP 53, 1194": not the 4 of tcp4."""
    return _listed(line, re.split(r"[:/\s]", piece, maxsplit=1)[1])


def _label(line: Line, piece: str) -> _Spans:
    return _listed(line, re.split(r"(?i:ports?|pt)(?![a-z])", piece)[-1])


_READERS: Mapping[str, Callable[[Line, str], _Spans]] = {
    "url": _url,
    "tuple": _last,
    "v6": _last,
    "v4": _v4,
    "mapped": lambda line, piece: _listed(line, re.sub(rf"{_IPV4}:", "", piece)),
    "dotted": _last,
    "scoped": _last,
    "published": lambda line, piece: _listed(line, re.sub(_IPV4, "", piece)),
    "discovered": _last,
    "every": _last,
    "assigned": _last,
    "direction": lambda line, piece: _listed(line, piece.partition("=")[2]),
    "host": _host,
    "name": _name,
    "label": _label,
    "front": _front,
    "colon": _last,
    "before": _arrow,
    "behind": _arrow,
}
