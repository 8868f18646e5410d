"""What a button or a select remembers, written into its custom id and read back.

A custom id is `kind version : asker : language : payload`, such as `p1:2bxw8uzwl5s0:en:443`.
Messages stay for years: a format is never changed but gets the next version, and the old one goes
on being read, or answers that it has retired.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.cards.guard import CUSTOM_ID, id_length
from bot.cards.in_short import in_short
from knowledge.model import Answer

VERSION = 1
NOBODY = 0  # the asker where the message stays as it is, whoever presses: others see nothing of it
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4})?")


class Kind(StrEnum):
    """What pressing does; the payload is what it needs for that."""

    SYSTEM = "s"  # the answer to the payload again, with the commands of the system chosen
    PORT = "p"  # the port of that number
    FAQ = "f"  # the FAQ entry of that slug
    ASK = "a"  # the answer to the payload
    VOTE = "v"  # a vote, 1 to 3, on the answer of that key; anybody's
    FORGET = "x"  # deletes what is kept of the presser, or of the server
    RETRACT = "t"  # takes back an unasked answer of that key
    MORE = "m"  # the whole text on a port or a FAQ entry: "all", from its questions "q", page "2"
    MAP = "n"  # the picture of the ports around that number
    SHARE = "h"  # posts the private "card" on which it stands, or a map made anew, for all to read
    BIN = "d"  # deletes the message on which it stands


_PAYLOADS = {
    Kind.SYSTEM: r".{1,90}",
    Kind.PORT: r"\d{1,5}",
    Kind.FAQ: r"[a-z0-9-]{1,70}",
    Kind.ASK: r".{1,90}",
    Kind.VOTE: r"[1-3]:[a-z]+(?::[a-z0-9,-]{1,70})?",
    Kind.FORGET: r"me|server|server-now",
    Kind.RETRACT: r"[a-z]+(?::[a-z0-9,-]{1,70})?",
    Kind.MORE: r"(?:port:\d{1,5}|faq:[a-z0-9-]{1,60}):(?:all|q|\d{1,3})",
    Kind.MAP: r"\d{1,5}",
    Kind.SHARE: r"card|map(?::\d{1,5})?|around:\d{1,5}",
    Kind.BIN: "card",
}


@dataclass(frozen=True, slots=True)
class Recall:
    """What a component remembers.

    Attributes:
        asker: the user for whom the message changes when it is pressed.
        language: BCP-47 tag of the answer's language.
        payload: see Kind.
    """

    kind: Kind
    asker: int
    language: str
    payload: str

    @property
    def custom_id(self) -> str:
        """The custom id that `read` reads back."""
        return f"{self.kind}{VERSION}:{_base36(self.asker)}:{self.language}:{self.payload}"

    @property
    def fits(self) -> bool:
        """Whether the custom id is one that Discord takes and `read` reads back."""
        custom_id = self.custom_id
        match = TEMPLATES[self.kind].fullmatch(custom_id)
        return id_length(custom_id) <= CUSTOM_ID and match is not None


def language_tag(text: str) -> str:
    """Return a BCP-47 tag as custom ids hold it: "und", undetermined, for one that is too long."""
    return text if _LANGUAGE.fullmatch(text) else "und"


def template(kind: Kind) -> re.Pattern[str]:
    """Return the pattern of the custom ids of one kind; no other kind's match it."""
    return re.compile(
        rf"{kind}{VERSION}:(?P<asker>[0-9a-z]{{1,13}}):(?P<language>{_LANGUAGE.pattern})"
        rf":(?P<payload>{_PAYLOADS[kind]})",
        re.ASCII,
    )


TEMPLATES = {kind: template(kind) for kind in Kind}


def recall(kind: Kind, match: re.Match[str]) -> Recall:
    """Return what a custom id says that its kind's template has matched."""
    return Recall(kind, int(match["asker"], 36), match["language"], match["payload"])


def read(custom_id: str) -> Recall | None:
    """Return what a custom id says, or None if it is not of today's format."""
    for kind, pattern in TEMPLATES.items():
        if match := pattern.fullmatch(custom_id):
            return recall(kind, match)
    return None


def recall_of(answer: Answer, asker: int, language: str) -> Recall | None:
    """Return what gives the same answer once more, or None where no short text does.

    That is the question in the asker's own words, if it is on one line, short enough to remember,
    and needs no answer before it; else a few words for what was understood.
    """
    asked = answer.question.text.strip()
    by_itself = not answer.question.goes_on and "\n" not in asked
    for text in (asked if by_itself else "", in_short(answer) or ""):
        recalled = Recall(Kind.SYSTEM, asker, language, " ".join(text.split()))
        if recalled.fits:
            return recalled
    return None


@lru_cache(maxsize=256)
def _base36(number: int) -> str:
    """Write a number of at least 0 in base 36."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
