"""Finds claims that ports are assigned, reserved or unassigned."""

import re
from collections.abc import Iterator

from knowledge.claims.assertion import is_asserted
from knowledge.claims.kinds import Claim, StateClaim, SurroundedClaim, Word
from knowledge.claims.mentions import PORT, SPAN, Template
from knowledge.claims.vocabulary import protocol_of

_P = rf"{PORT}(?P<port>.)"
_R = rf"{SPAN}(?P<span>.)"
_ANY = rf"[{PORT}{SPAN}](?P<any>.)"
_PROTOCOLS = r"(?:tcp|udp|sctp|dccp)(?:\s?(?:and|or|,|/|&)\s?(?:and\s)?(?:tcp|udp|sctp|dccp)){0,3}"
OVER = rf"(?:,?\s(?:for|on|over|in|with)\s(?:both\s|either\s)?(?P<protocols>{_PROTOCOLS}))?"
_BE = r"(?:is|are|remains?|stays?|stands|ha(?:s|ve)\s(?:always\s)?(?:been|remained)|sits|lies)"
ADVERBS = (
    r"(?:(?:also|all|both|itself|now|today|currently|still|officially|formally|simply|technically|just"
    r"|completely|entirely|actually|merely|only|probably|therefore|thus|indeed|already|(?:listed|shown"
    r"|recorded|classified)\sas|marked(?:\sas)?|listed|considered|an?|the|one\sof\sthe|by\siana|there"
    r"|likewise|in\sfact|yet|each|too|permanently|explicitly)\s){0,3}"
)
_STATE = re.compile(
    rf"(?i){_P}{OVER}(?:,?\swhich)?(?:\s{_BE}|\s(?P<nt>is|are)n['’]t)\s{ADVERBS}"
    rf"(?:(?P<not>not|never|neither)\s)?{ADVERBS}"
    r"(?P<word>unassigned|unclaimed|unregistered|reserved|assigned|registered)\b(?P<rest>.{0,60})"
)
_SPAN_STATE = re.compile(
    rf"(?i){_R}{OVER}\s{_BE}\s{ADVERBS}(?P<word>unassigned|reserved)\b(?P<rest>.{{0,60}})"
)
_NO_ASSIGNMENT = re.compile(
    rf"(?i){_P}{OVER}(?:,?\swhich)?\s(?:has|have|had|carries|with|holds)\sno\s"
    r"(?:(?:official|formal|registered|iana|current|known|assigned|such|service)[\s-]){0,3}"
    r"(?:assignment|registration|service(?:\sname)?|protocol|entry)\b"
)
_NO_ASSIGNMENT_LATER = re.compile(
    rf"(?i){_P}[^{PORT}{SPAN}.;]{{5,120}}?,\s(?:it\s)?has\sno\s(?:official|iana)\s"
    r"(?:service\s)?assignment\b"
)
_NONE_ASSIGNED = re.compile(
    r"(?i)\b(?:no\s(?:(?:official|registered|known|other|single|specific)\s)?"
    r"(?:service|protocol|application|program)s?\s(?:is|are|has\sbeen|was|were)"
    r"|(?:IANA|the\sregistry)\s(?:has\s(?:not|never)|hasn['’]t|has\snot\syet|never|did\snot|didn['’]t))"
    rf"\s{ADVERBS}(?:assigned?|registered?|given?|gave)\s(?:(?:to|for|on|at|with)\s)?{_P}{OVER}"
)
_ADJECTIVE = re.compile(
    rf"(?i)\b(?P<word>unassigned|reserved)\s(?:tcp\s|udp\s)?(?:system\s|user\s)?{_ANY}"
)
_APPOSITION = re.compile(
    rf"(?i){_ANY}(?:\s?\((?:(?:which\s)?is\s|officially\s|still\s)?"
    r"|,\s(?:an?|the|which\sis|officially|still)\s)"
    r"(?P<word>unassigned|reserved)(?:\s(?:port|number))?\s?[),]"
)
_PLAIN_PORT = re.compile(
    rf"(?i){_P}\s{_BE}\s(?:an?|one\sof\s(?:the\s)?(?:two|three|four|five|six|seven|\d+|many)?)\s?"
    r"(?P<word>unassigned|reserved)\s(?:system\s|user\s|well-known\s)?(?:ports?|numbers?)\b"
)
_SURROUNDED = re.compile(
    rf"(?i){_P}\sis\s(?:\w+\s)?(?:surrounded|flanked|bordered|enclosed)\s(?:\w+\s)?by\s"
    r"(?P<word>reserved|unassigned|assigned)\b"
)
# What is not the registry's doing: a system or a person assigns the port.
_NOT_BY_IANA = re.compile(
    r"(?i)\s(?:dynamically|at\s(?:run|random|start)|automatically|randomly|from|manually|per|when|each"
    r"|by\s(?:the\s)?(?!iana|internet)|in\s(?:the\s)?(?!iana|registry))"
)
_FOR_A_USE = re.compile(r"(?i)\s(?:for|to|by)\s(?!(?:both\s)?(?:tcp|udp|sctp|iana)\b)")
_TRAILING = re.compile(
    rf"(?i)\s?,?\s?(?:by\siana\s)?(?:for|on|over|in|with)\s(?:both\s)?({_PROTOCOLS})"
)


def find_states(sentence: Template) -> Iterator[Claim]:
    """Yield claims that ports are assigned, reserved or unassigned, or not assigned at all."""
    text = sentence.text
    low = text.lower()
    if "assigned" in low or "reserved" in low or "unclaimed" in low or "registered" in low:
        yield from _worded(sentence)
    if " no " in f" {low}" or "iana" in low or "registry" in low:
        for pattern in (_NO_ASSIGNMENT, _NO_ASSIGNMENT_LATER, _NONE_ASSIGNED):
            for match in pattern.finditer(text):
                if is_asserted(text, match.start()):
                    mention = sentence.mention(match["port"])
                    protocol = protocol_of(match.groupdict().get("protocols"), mention)
                    yield StateClaim(mention.spans, protocol, Word.UNOFFICIAL)
    for match in _SURROUNDED.finditer(text) if " by " in low else ():
        if is_asserted(text, match.start()):
            for number in sentence.mention(match["port"]).numbers:
                yield SurroundedClaim(number, Word(match["word"].lower()))


def _worded(sentence: Template) -> Iterator[Claim]:
    text = sentence.text
    for match in _STATE.finditer(text):
        mention = sentence.mention(match["port"])
        word = _word(match)
        if word is not None and is_asserted(text, match.start("word")):
            protocol = protocol_of(match["protocols"] or _trailing(match["rest"]), mention)
            yield StateClaim(mention.spans, protocol, word)
    for match in _SPAN_STATE.finditer(text):
        mention = sentence.mention(match["span"])
        if is_asserted(text, match.start()) and not _FOR_A_USE.match(match["rest"]):
            protocol = protocol_of(match["protocols"] or _trailing(match["rest"]), mention)
            yield StateClaim(mention.spans, protocol, Word(match["word"].lower()))
    for pattern in (_ADJECTIVE, _APPOSITION, _PLAIN_PORT):
        for match in pattern.finditer(text):
            if is_asserted(text, match.start()):
                groups = match.groupdict()
                mention = sentence.mention(groups.get("any") or groups["port"])
                yield StateClaim(mention.spans, mention.protocol, Word(match["word"].lower()))


def _word(match: re.Match[str]) -> Word | None:
    """Return the state that "is (not) assigned ..." says, or None where it says another thing."""
    word, rest = match["word"].lower(), match["rest"]
    negated = match["not"] is not None or match["nt"] is not None
    if word in ("unassigned", "unclaimed", "unregistered"):
        return None if negated else Word.UNASSIGNED
    if word == "reserved":
        # "reserved for HTTPS" says who has it, "reserved for TCP" does not.
        other = _FOR_A_USE.match(rest) or _NOT_BY_IANA.match(rest)
        return None if negated or other else Word.RESERVED
    if _NOT_BY_IANA.match(rest):
        return None
    return Word.UNOFFICIAL if negated else Word.ASSIGNED


def _trailing(rest: str) -> str | None:
    match = _TRAILING.match(rest)
    return match[1] if match is not None else None


_LISTED = re.compile(
    r"(?i)^(?:(?P<before>tcp|udp)\s)?(?:ports?\s)?(?P<first>\d{1,5})(?:\s?(?:-|–|to)\s?(?P<last>\d{1,5}))?"
    r"(?:\s?/\s?(?P<protocol>tcp|udp|sctp|dccp))?(?:\s?\((?P<paren>tcp|udp)\))?"
    r"\s?(?::|\||—|–|-|=)\s?(?P<rest>\S.*)$"
)
_LISTED_STATE = re.compile(
    r"(?i)^(?:officially\s|iana\s|currently\s)?(?P<word>reserved|unassigned)\b(?P<rest>.*)$"
)
_ONLY_PROTOCOLS = re.compile(r"(?i)(?:tcp|udp|sctp|dccp|[/, ]|and)+")


class Listed:
    """An item or a row that begins with a port, such as "Port 752: Reserved" or "758 | nlogin"."""

    def __init__(self, match: re.Match[str]) -> None:
        self.first = int(match["first"])
        self.last = int(match["last"] or match["first"])
        cells = [cell.strip() for cell in match["rest"].split("|")]
        self.cells = [cell for cell in cells if cell and not _ONLY_PROTOCOLS.fullmatch(cell)]
        named = match["protocol"] or match["paren"] or match["before"]
        self.protocols = named or " ".join(cell for cell in cells if cell not in self.cells)

    @classmethod
    def read(cls, text: str) -> "Listed | None":
        """Return what an item or a row says, or None where it does not begin with a port."""
        match = _LISTED.match(text.strip())
        if match is None:
            return None
        listed = cls(match)
        return listed if listed.first <= listed.last <= 65535 and listed.cells else None  # noqa: PLR2004

    @property
    def state(self) -> Word | None:
        """The state that it gives, or None."""
        for cell in self.cells:
            match = _LISTED_STATE.match(cell)
            if match is not None and not _FOR_A_USE.match(match["rest"]):
                return Word(match["word"].lower())
        return None
