"""Finds claims that something uses a port, that malware did, or that nothing does."""

import re
from collections.abc import Iterator

from knowledge.claims.assertion import is_asserted, is_denied
from knowledge.claims.kinds import Claim, MalwareClaim, QuietClaim, UseClaim
from knowledge.claims.mentions import PORT, SPAN, Template
from knowledge.claims.states import OVER

WORDS_BEFORE = 8  # of a verb, that may name what uses the port

_P = rf"{PORT}(?P<port>.)"
_USED_BY = re.compile(
    rf"(?i){_P}{OVER}\s(?:is|are|was|were|ha(?:s|ve)\sbeen)\s(?:\w+\s){{0,3}}?used\s"
    r"(?P<words>(?:by|for|with|as|in)\s.{1,120})"
)
_USES = re.compile(
    rf"(?i)\b(?:uses?|used|(?:listens?|listened|runs?|ran|answers?|serves?)\son|binds?\sto"
    rf"|(?P<default>defaults?\sto))\s(?:\w+\s){{0,2}}?{_P}(?!['’])(?P<rest>.{{0,100}})"
)
_NAME = r"[A-Z][\w.+-]*(?:\s[A-Z][\w.+-]*){0,3}"
_DEFAULT_IS = (
    re.compile(
        rf"(?i)\bdefault\sport\s(?:of|for)\s(?P<words>[^,.;{PORT}]{{2,40}}?)\sis\s"
        rf"(?:{_P}|(?P<digits>\d{{1,5}})\b)"
    ),
    re.compile(rf"(?P<words>{_NAME})['’]s\sdefault\sport\sis\s(?:{_P}|(?P<digits>\d{{1,5}})\b)"),
    re.compile(
        rf"(?P<words>{_NAME})\s(?:listens\son|uses|runs\son)\s{_P}(?P<digits>(?!))?\sby\sdefault"
    ),
)
_CUT = re.compile(r"[(;:]")
_MALWARE = re.compile(
    r"(?i)\b(?:malware|trojans?|backdoors?|worms?|viruse?s?|botnets?|rootkits?|ransomware"
    r"|remote\saccess\stools?)\b"
)
_MALICE = (
    "malware",
    "trojan",
    "backdoor",
    "worm",
    "virus",
    "botnet",
    "rootkit",
    "ransom",
    "remote",
)
_BLAME = re.compile(
    r"(?i)\b(?:used|uses|abused|flagged|associated|linked|known|exploited|targeted|listen(?:s|ed)|seen"
    r"|favou?red|infamous|notorious|by|open(?:s|ed))\b"
)
_NONE_KNOWN = re.compile(
    r"(?i)\bno\s(?:known\s|recorded\s)?(?:trojans?|malware|backdoors?|worms?|viruses)\b"
    r"|\bnot\b.{0,40}\b(?:associated\swith|linked\sto|used\sby|known\sfor)\b.{0,20}\b(?:malware|trojans?)\b"
)
_NONE_UNOFFICIAL = re.compile(
    r"(?i)\bno\s(?:(?:known|recorded|widespread|common)\s)?unofficial\s"
    r"(?:services?|uses?|usage|applications?)\b"
)
_MENTION = re.compile(rf"[{PORT}{SPAN}].")


def find_uses(sentence: Template, original: str) -> Iterator[Claim]:
    """Yield claims about what uses a port; `original` is the sentence as it stands."""
    text = sentence.text
    if text.rstrip().endswith("?"):
        return
    low = text.lower()
    if "default" in low:
        yield from _defaults(sentence)
    if PORT not in text:
        return
    used = list(_used(sentence)) if not is_denied(text) else []
    yield from used
    ports = {number for mention in sentence.mentions for number in mention.numbers}
    if len(ports) != 1:
        return
    (number,) = ports
    if any(word in low for word in _MALICE) and _MALWARE.search(text):
        if _NONE_KNOWN.search(text):
            yield MalwareClaim(number, original, present=False)
        elif (used or _BLAME.search(text)) and not is_denied(text):
            yield MalwareClaim(number, original, present=True)
    if "unofficial" in low and _NONE_UNOFFICIAL.search(text):
        yield QuietClaim(number)


def _used(sentence: Template) -> Iterator[UseClaim]:
    text = sentence.text
    for match in _USED_BY.finditer(text):
        yield from _claims(sentence, match, match["words"], default=False)
    for match in _USES.finditer(text):
        before = " ".join(text[: match.start()].split()[-WORDS_BEFORE:])
        words = f"{before} {_CUT.split(match['rest'])[0]}"
        yield from _claims(sentence, match, words, default=match["default"] is not None)


def _defaults(sentence: Template) -> Iterator[UseClaim]:
    text = sentence.text
    for pattern in _DEFAULT_IS:
        for match in pattern.finditer(text):
            if not is_asserted(text, match.start()):
                continue
            if match["digits"] is None:
                yield from _claims(sentence, match, match["words"], default=True)
            elif int(match["digits"]) <= 65535:  # noqa: PLR2004
                yield UseClaim(int(match["digits"]), None, match["words"], default=True)


def _claims(
    sentence: Template, match: re.Match[str], words: str, *, default: bool
) -> Iterator[UseClaim]:
    mention = sentence.mention(match["port"])
    plain = " ".join(_MENTION.sub(" ", words).split())
    for number in mention.numbers:
        yield UseClaim(number, mention.protocol, plain, default=default)
