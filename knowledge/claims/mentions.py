"""Where a sentence names ports and ranges of them, so that patterns can speak of "a port"."""

import re
from dataclasses import dataclass

from knowledge.model import MAX_PORT, Protocol

# In a template these letters, of Unicode's private use area, begin a port and a range; the next
# one is their number among the sentence's mentions.
PORT = "\ue000"
SPAN = "\ue001"
_FIRST_INDEX = 0xE100

_NUMBER = r"\d{1,5}(?![\d]|,\d{3}|\.\d)"
_PROTOCOL = r"(?:tcp|udp|sctp|dccp)"
_JOINT = r"\s?(?:-|–|—|−|to|through|thru)\s?"
_ONE = (
    rf"`?{_NUMBER}(?:(?:-|–|\s(?:to|through)\s)(?:port\s)?{_NUMBER})?`?"
    rf"(?:\s?/\s?{_PROTOCOL}(?:\s?(?:/|and|or)\s?(?:tcp|udp)\b)?)?"
)
_MENTION = re.compile(
    rf"""(?ix)
    (?<![\w.-])(?P<before>{_PROTOCOL}(?:\s?(?:/|and|or|&)\s?{_PROTOCOL})?\s)?
        ports?(?:\snumbers?|\s\#)?\s(?P<list>{_ONE}(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s){_ONE}(?!\s?%|\s(?:more|others?|of)\b))*)
        (?P<after>\s\(?(?:over\s|on\s|for\s|via\s)?{_PROTOCOL}(?:\s?(?:/|and|or|&)\s?{_PROTOCOL})?\)?(?!\s?ports?\b))?
    | (?<![\w./:-])(?P<pairs>`?{_NUMBER}`?\s?/\s?{_PROTOCOL}\b(?:\s?/\s?{_PROTOCOL}\b)?
        (?:(?:,\s(?:and\s)?|\s(?:and|or)\s){_NUMBER}\s?/\s?{_PROTOCOL}\b)*)
    | (?<![\w./-])(?P<prefixed>{_PROTOCOL}(?:\s|/){_NUMBER})
    | (?<![\w.:/#-])(?P<span>{_NUMBER}{_JOINT}{_NUMBER}|between\s{_NUMBER}\sand\s{_NUMBER})(?![\w/]|-\d|\s?%)
    | \b(?P<subject>(?:this|the|that)\sport\b(?!\s(?:numbers?|ranges?|space|scan\w*|forward\w*|is\s(?:closed|open)|\d)|-|'|’))
    """  # noqa: E501 - a form a line reads best
)
_ITEM = re.compile(
    rf"(?i)({_NUMBER})(?:(?:-|–|\s(?:to|through)\s)(?:port\s)?({_NUMBER}))?`?(?:\s?/\s?({_PROTOCOL})(\s?(?:/|and|or)\s?(?:tcp|udp)\b)?)?"
)
_PRONOUN = re.compile(
    r"^(?:It|They)\b(?=\s+(?:is|has|was|lies|sits|lives|falls|belongs|remains|are|have)\b)"
)
_MAY_NAME = re.compile(r"\d|\bport\b|^(?:It|They)\b", re.IGNORECASE)
_ENDS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Mention:
    """Ports that a sentence names: spans of one port or more, and a protocol if it names one."""

    spans: tuple[tuple[int, int], ...]
    protocol: Protocol | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The single ports; those of ranges are left out."""
        return tuple(first for first, last in self.spans if first == last)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence in which each mention is two letters: PORT or SPAN, and its index."""

    text: str
    mentions: tuple[Mention, ...]

    def mention(self, letter: str) -> Mention:
        """Return the mention that the second of the two letters stands for."""
        return self.mentions[ord(letter) - _FIRST_INDEX]


def template_of(sentence: str, subject: Mention | None) -> Template:
    """Return a sentence with its mentions as letters.

    "this port", and "it" where it begins the sentence, mean `subject`; None leaves them alone.
    """
    mentions: list[Mention] = []
    if not _MAY_NAME.search(sentence):
        return Template(sentence, ())

    def letters(mention: Mention, kind: str) -> str:
        mentions.append(mention)
        return kind + chr(_FIRST_INDEX + len(mentions) - 1)

    def replaced(match: re.Match[str]) -> str:
        if match["subject"] is not None:
            return letters(subject, PORT) if subject is not None else match[0]
        if match["span"] is not None:
            first, last = (int(digits) for digits in _ENDS.findall(match["span"]))
            return (
                letters(Mention(((first, last),)), SPAN) if first < last <= MAX_PORT else match[0]
            )
        mention = _mention(match)
        if mention is None:
            return match[0]
        single = match["list"] is None or any(first == last for first, last in mention.spans)
        return letters(mention, PORT if single else SPAN)

    text = _MENTION.sub(replaced, sentence)
    if subject is not None:
        text = _PRONOUN.sub(lambda _: letters(subject, PORT), text)
    return Template(text, tuple(mentions))


def _mention(match: re.Match[str]) -> Mention | None:
    words = match["list"] or match["pairs"] or match["prefixed"]
    protocols: set[str] = set()
    spans: list[tuple[int, int]] = []
    for item in _ITEM.finditer(words):
        first, last = int(item[1]), int(item[2] or item[1])
        if not first <= last <= MAX_PORT:
            return None
        spans.append((first, last))
        protocols.add(item[3].lower() if item[3] and not item[4] else "both")
    around = " ".join(filter(None, (match["before"], match["after"], match["prefixed"])))
    named = set(re.findall(rf"(?i){_PROTOCOL}", around))
    if named:
        protocols = {name.lower() for name in named}
    protocol = protocols.pop() if len(protocols) == 1 else "both"
    unique = tuple(dict.fromkeys(spans))
    return Mention(unique, None if protocol == "both" else Protocol(protocol)) if unique else None
