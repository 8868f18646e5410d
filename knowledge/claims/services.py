"""Finds claims that a port belongs to a service of the registry."""

import re
from collections.abc import Iterator

from knowledge.claims.assertion import is_asserted
from knowledge.claims.kinds import Claim, Footing, ServiceClaim, StateClaim
from knowledge.claims.mentions import PORT, SPAN, Mention, Template
from knowledge.claims.states import ADVERBS, OVER, Listed
from knowledge.claims.vocabulary import protocol_of

_P = rf"{PORT}(?P<port>.)"
_IANA = (
    r"\b(?:iana|the\sregistry|iana['’]s\s(?:registry|list)|the\siana\sregistry)"
    r"(?:\s(?:officially|still|also|now|only))?\s"
)
_ASSIGNED_TO = re.compile(
    rf"(?i){_P}{OVER}(?P<gap>(?:,?\s[^{PORT}{SPAN};.]{{0,60}}?)?[\s,(—–-]){ADVERBS}"
    r"(?:assigned|registered|allocated|given)(?:\s(?:officially|formally))?"
    r"(?:\s(?:by\s(?:the\s)?iana|by\sthe\sinternet\sassigned\snumbers\sauthority|with\s(?:the\s)?iana"
    r"|in\sthe\s(?:iana\s)?registry))?"
    r"\s(?:to|for|as)\s(?P<name>[\"'“`][^\"'”`]{1,40}[\"'”`]|[^;:.—–]{1,80})"
)
_REGISTRY_GIVES = re.compile(
    rf"(?i){_IANA}(?:lists|gives|(?:has\s)?assigned|assigns|(?:has\s)?registered|registers|records|names|shows"
    rf"|knows)\s{_P}{OVER}\s(?:to|as|for|under)\s(?P<name>[^;:.—–,]{{1,60}})"
)
_REGISTRY_LISTS = re.compile(
    rf"(?i){_IANA}(?:lists|gives|(?:has\s)?assigned|assigns|(?:has\s)?registered|registers|has|shows|records)\s"
    rf"(?P<name>[^;:.—–,{PORT}{SPAN}]{{1,40}}?)\s(?:on|at|for|under|as|to)\s{_P}"
)
_IS_ASSIGNED_PORT = re.compile(
    rf"(?i)\b(?P<name>[\w+./-]{{2,30}})\sis\s(?:officially\s)?(?:assigned|registered\s(?:on|for)|allocated)"
    rf"\s(?:to\s)?{_P}"
)
_LOOSE_NAME = r"(?P<name>[A-Za-z][\w+./-]{1,24})"
_NAME_ON = re.compile(
    rf"(?i)\b{_LOOSE_NAME}\s(?:on|at|over|uses|is|listens\son|runs\son)\s{_P}(?!['’])"
)
_PORT_NAME = re.compile(rf"(?i){_P}\s\({_LOOSE_NAME}\)")
_LOOSE = ((_NAME_ON, Footing.MET), (_PORT_NAME, Footing.GLOSSED))
_NAME_NUMBER = re.compile(
    r"(?<![\w/])(?P<name>[A-Z][A-Za-z0-9+/-]{1,14})\s(?:\((?P<glossed>\d{1,5})\)"
    r"|(?:on|at)\s(?P<met>\d{1,5})\b(?![\w.,:/%-]\w|\s?(?:%|percent|\w+s\b)))"
)
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2101)
_DENIED = re.compile(r"(?i)\b(?:not|never|no|was|were|un\w+ed)\b|n['’]t\b")
_NO_NAME = re.compile(
    r"""(?ix)^(?:
    any|no|an?\s(?:specific|particular|single|different|new|standard|named|service|product|process|program|client
        |host|port)
    |nothing|nobody|none|anyone|anything|everything|one|another|others?|your?|their|its?|this|that|these|those
    |them|the\s(?:same|client)|both|either|each|all|some|specific|several|many|different|such|us|me|him|her
    |what|whatever|which|every|use|private|local|temporary|future|new|tcp|udp|sctp|dccp|most|more|purposes?
    |historical|regular|general|standard|internal|request|someone|somebody|something|legacy|two|three|four
    |part|services?|outgoing|clients?|connections?|free|assignment
    )\b"""
)
_NAME_END = re.compile(
    r"""(?ix)\s(?:
    for|on|over|in|with|by|but|since|which|while|as|that|from|at|where|although|though|because|under|via|\(|is|are
    |was|without|only|to|when|of\s(?:19|20)\d\d
    |and\s(?:is|was|has|used|no|not|the|it|so|in|for|a)\b
    )\b.*$ | \s?[,(].*$"""
)
_LEADING = re.compile(
    r"(?i)^(?:the\s|an?\s|iana['’]s\s)?(?:(?:official\s)?(?:service(?:\sname)?s?|names?|protocol"
    r"|use\s(?:by|with))\s)?(?:called\s|named\s)?"
)
_QUOTED = re.compile(
    r"\s?(?:the\s)?(?:service\s(?:name\s)?)?[\"“'‘]([^\"”'’]{1,40})[\"”'’]", re.IGNORECASE
)
_LISTED_NAME = re.compile(r"(?P<name>[\w+./-]{2,20})(?:\s*[(,—–-].*)?")


def find_services(sentence: Template) -> Iterator[Claim]:
    """Yield claims that a port belongs to a service."""
    text = sentence.text
    low = text.lower()
    if "assign" in low or "regist" in low or "allocat" in low or "iana" in low:
        for pattern in (_ASSIGNED_TO, _REGISTRY_GIVES, _REGISTRY_LISTS, _IS_ASSIGNED_PORT):
            for match in pattern.finditer(text):
                yield from _official(match, sentence)
    for pattern, footing in _LOOSE if PORT in text else ():
        for match in pattern.finditer(text):
            mention = sentence.mention(match["port"])
            if len(mention.spans) == 1 and is_asserted(text, match.start()):
                yield from _claims(match["name"], mention, mention.protocol, footing)
    for match in _NAME_NUMBER.finditer(text) if _DIGIT.search(text) else ():
        number = int(match["glossed"] or match["met"])
        footing = Footing.GLOSSED if match["glossed"] else Footing.MET
        if number not in _YEARS and number <= 65535:  # noqa: PLR2004
            yield ServiceClaim(number, None, match["name"], footing)


def _official(match: re.Match[str], sentence: Template) -> Iterator[Claim]:
    gap = match.groupdict().get("gap") or ""
    if _DENIED.search(gap) or not is_asserted(sentence.text, match.end("name")):
        return
    mention = sentence.mention(match["port"])
    protocol = protocol_of(match.groupdict().get("protocols"), mention)
    yield from _claims(name_of(match["name"]), mention, protocol, Footing.OFFICIAL)


def _claims(
    name: str, mention: Mention, protocol: object, footing: Footing
) -> Iterator[ServiceClaim]:
    for number in mention.numbers if name else ():
        yield ServiceClaim(number, protocol, name, footing)  # type: ignore[arg-type]


def name_of(words: str) -> str:
    """Return the name that the words after "assigned to" begin with, or "" if they name nothing.

    >>> name_of("the service name ipcd for TCP and UDP"), name_of("any service")
    ('ipcd', '')
    """
    quoted = _QUOTED.match(words)
    if quoted is not None:
        return quoted[1].strip(" ,.")
    name = _LEADING.sub("", _NAME_END.sub("", f" {words.strip()}").strip()).strip(" \"'“”,.:()")
    return "" if not name or _NO_NAME.match(name) or PORT in name or SPAN in name else name


def find_listed(text: str, *, states: bool) -> Iterator[Claim]:
    """Yield the claim of an item or a row such as "Port 752: Reserved" or "758 | tcp | nlogin".

    `states` tells that the list it stands in gives the states of ports, as the registry does.
    """
    listed = Listed.read(text)
    if listed is None:
        return
    span = (listed.first, listed.last)
    protocol = protocol_of(listed.protocols, Mention((span,)))
    if listed.state is not None:
        yield StateClaim((span,), protocol, listed.state)
    elif states and listed.first == listed.last:
        name = _LISTED_NAME.fullmatch(listed.cells[0])
        if name is not None:
            yield ServiceClaim(listed.first, protocol, name["name"], Footing.LISTED)
