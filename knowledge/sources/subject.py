"""Which port or ports a page is about."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from knowledge.model import MAX_PORT
from knowledge.sources.blocks import Block, Code
from knowledge.sources.decoding import PageRefusedError

MOST_PORTS = 256  # a longer range is kept as its two ends
DOMINANT = 0.34  # of all mentions, those of a page's subject
FEW = 2  # ports; a page that names no more is about the first of them
OPENING = 4  # blocks

# The word port in the languages people write about ports in, as it stands before a number.
PORT_WORDS = (
    r"ports?|puertos?|portas?|porte|porti|poorte?n?|porten|porter|porttia?|portu|porcie|portul|portnummer|"
    r"portn\.?|порт\w{0,3}|θύρας?|포트|ポート(?:番号)?|端口号?|連接埠|通訊埠|通信端口|埠號?|พอร์ต|cổng|"
    r"منفذ|المنفذ|פורט|पोर्ट|пoрт|bağlantı noktası"
)
_NUMBER = r"(?<![\d.,])\d{1,5}(?![\d]|[.,]\d)"
_NAMED = re.compile(
    rf"(?i)(?<![^\W\d_])(?:{PORT_WORDS})(?:\s*(?:numbers?|nr|no|n[°º]|#|номер|番号|号|號)\.?)?\s*[:#(]?\s*"
    rf"(?:(?:tcp|udp|sctp|dccp)(?:\s*(?:/|and|or)\s*(?:tcp|udp))?\s*)?"
    rf"(?P<numbers>{_NUMBER}(?:\s*(?:,|-|–|—|/|&|and|to|or|und|et|y|e|и|から|〜|~)\s*{_NUMBER})*)"
)
_WITH_PROTOCOL = re.compile(
    rf"(?i)(?P<numbers>{_NUMBER})\s?/\s?(?:tcp|udp|sctp|dccp)\b"
    rf"|\b(?:tcp|udp|sctp|dccp)[/:\s-]\s?(?P<after>{_NUMBER})"
)
_BEFORE = re.compile(rf"(?i)(?P<numbers>{_NUMBER})(?:\s?번|\s?番)?\s*(?:{PORT_WORDS})(?!\w)")
_DIGIT = re.compile(r"\d")
_SPAN = re.compile(rf"({_NUMBER})\s*(?:-|–|—|to|〜|~|から)\s*({_NUMBER})")
_BARE_TITLE = re.compile(r"^\s*(?:\|\s*)?(\d{1,5})(?:\s*$|\s*[(:–—|-]|\s+\w)")
_IN_NAME = re.compile(r"(?<!\d)0{0,4}(\d{1,5})(?!\d)")


def ports_in(text: str) -> tuple[int, ...]:
    """Return the port numbers that a text names as ports, in order, with repeats.

    >>> ports_in("Ports 20 and 21, 53/udp; a report for 443 people")
    (20, 21, 53)
    """
    if not _DIGIT.search(text):
        return ()
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for pattern in (_NAMED, _WITH_PROTOCOL, _BEFORE):
        for match in pattern.finditer(text):
            of = "numbers" if match["numbers"] else "after"
            found.append((match.start(of), match.end(of), tuple(_numbers(match[of]))))
    read_to = 0
    numbers: list[int] = []
    for start, end, group in sorted(found):
        if start >= read_to:  # else the same figures, as another pattern finds them
            numbers.extend(group)
            read_to = end
    return tuple(numbers)


def names_port(text: str) -> bool:
    """Tell whether a title names a port: "Port 22 (SSH)", "747 – fujitsu-dev"."""
    return bool(ports_in(text)) or _BARE_TITLE.match(text) is not None


def find_subject(
    front: Mapping[str, object], titles: Sequence[str], blocks: Sequence[Block], name: str
) -> tuple[int, ...]:
    """Return the ports that a page is about, the first of them first.

    Its front matter says it, or a title, or else its first words and what it names most often;
    `name`, of its file, decides only between ports that the text names.

    Raises:
        PageRefusedError: it names no port, or many and none above the others.
    """
    stated = tuple(dict.fromkeys(_front_ports(front)))
    if stated:
        return stated
    prose = [block.text for block in blocks if not isinstance(block, Code)]
    counts = Counter(number for text in prose for number in ports_in(text))
    listed = {number for text in prose for number in _bare(text)}
    # "20 FTP data" is a title, but above nothing else than "21 FTP" and "22 SSH" one of a list.
    is_list = not counts and len(listed) >= FEW
    if titled := _titled(titles, bare=not is_list):
        return titled
    if is_list:
        listed.update(number for title in titles for number in _bare(title))
        raise PageRefusedError(_unclear(len(listed)))
    if not counts:
        raise PageRefusedError("it names no port number")
    opening = [number for text in prose[:OPENING] for number in ports_in(text)]
    total = counts.total()
    for number in opening[:1]:
        if len(counts) <= FEW or counts[number] >= DOMINANT * total:
            return (number,)
    for digits in _IN_NAME.findall(name):
        if int(digits) in counts:
            return (int(digits),)
    number, count = counts.most_common(1)[0]
    if len(counts) <= FEW or count >= DOMINANT * total:
        return (number,)
    raise PageRefusedError(_unclear(len(counts)))


def _titled(titles: Sequence[str], *, bare: bool) -> tuple[int, ...]:
    """Return the ports that the first title with any names, perhaps as a `bare` number."""
    for title in titles:
        numbers = ports_in(title) or (_bare(title) if bare else ())
        if numbers and numbers[0] <= MAX_PORT:
            return tuple(dict.fromkeys(numbers))
    return ()


def _unclear(count: int) -> str:
    return f"it names {count} ports, and none of them is clearly what it is about"


def _bare(text: str) -> tuple[int, ...]:
    """Return the number of "747 – fujitsu-dev" or of a row "747 | tcp"."""
    numbers = map(int, _BARE_TITLE.findall(text)[:1])
    return tuple(number for number in numbers if number <= MAX_PORT)


def _front_ports(front: Mapping[str, object]) -> Iterator[int]:
    for key in ("ports", "port", "port_number", "portnumber"):
        value = front.get(key)
        values = value if isinstance(value, list | tuple) else (value,)
        for one in values:
            if isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= MAX_PORT:
                yield one
            elif isinstance(one, str):
                yield from _numbers(one)


def _numbers(words: str) -> Iterator[int]:
    """Yield the port numbers of a list such as "20, 21" or "6881-6889"."""
    at = 0
    while (match := re.search(r"\d{1,5}", words[at:])) is not None:
        span = _SPAN.match(words, at + match.start())
        if span is None:
            at += match.end()
            if int(match[0]) <= MAX_PORT:
                yield int(match[0])
            continue
        at = span.end()
        first, last = int(span[1]), int(span[2])
        if first < last <= MAX_PORT and last - first < MOST_PORTS:
            yield from range(first, last + 1)
        else:
            yield from (number for number in (first, last) if number <= MAX_PORT)
