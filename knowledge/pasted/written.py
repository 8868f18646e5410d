"""Who wrote a line, and where what a program wrote stands within a sentence."""

import re
from enum import IntEnum

from knowledge.pasted.marks import BEGINS, CODE, COLUMNS, PERSON, PHRASES, TYPED, holds

_LONGEST = 600  # characters that are looked at
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
_FEW_LETTERS = 3
_QUOTED = re.compile(
    r"`([^`\n]{12,1500})`|\"([^\"\n]{12,1500})\"|“([^”\n]{12,1500})”|'([^'\n]{12,1500})'(?!\w)"
)
_LED = re.compile(r"(?P<lead>[^:\n]{2,120}):\s+(?P<rest>\S.*)$")
_SEAM = re.compile(
    r"\s?\.{2,}\s+|(?<=[.!?)…\"'`\d])\s+(?=[A-Za-z(])|\s+[\-\u2013\u2014]+\s+|\s{2,}|,\s"
)
_DASH = re.compile(r"\s[\-\u2013\u2014]{1,3}\s+(?=[A-Za-z])")
_RUN = re.compile(r"\s(?=(?:sudo )?(?:docker|podman|nerdctl)(?: container)? run\s.{0,300}\s-p)")
# Where a command ends and a person goes on: "docker run -p 80:80 nginx is that safe".
_GOES_ON = re.compile(
    r"\s+(?:[\-<>\u2013]+\s+)?(?=(?:is|are|does|doesn'?t|can|can'?t|works?|but|says?|hangs?|gives?|shows?"
    r"|fails?|prints?|returns?|whats?|how|why|which|who|this|that|these|safe|wtf|pls|please|i"
    r"|on (?:my|mac|macos|windows|linux|ubuntu|a))\b(?![./:=\-]))",
    re.IGNORECASE,
)
# Where a person asks right behind what a program wrote, without a mark: "... ssh2 what is this".
_ASKS = re.compile(
    r"\s(?=(?:what(?:'?s| is| are| does| do)|why|who(?:'?s| is)|is (?:this|that|it)"
    r"|should (?:i|we)|how (?:do|can|bad)|any ideas?|wtf|can (?:i|you|we|someone)|do i"
    r"|was (?:ist|soll|heißt)|wer ist|ist das|warum|qu'est|c'est quoi|pourquoi|qu[eé] es"
    r"|es esto|por qu[eé]|что это|кто это|почему|che cos|perch[eé]|o que [eé]|isso [eé]"
    r"|wat is|co to|これ(?:は|って)|这是|這是)(?![\w./=])[^:=\[\]{}()/]{0,60}$)",
    re.IGNORECASE,
)
_FIRST_WORDS = 40  # characters in which a person's sentence shows itself


class Written(IntEnum):
    """How surely a program wrote a line."""

    PERSON = 0
    MAYBE = 1  # code, a setting, a row of something, a sentence as programs say it
    PROGRAM = 2


def written(text: str, *, indented: bool = False, after: Written = Written.PERSON) -> Written:
    """Tell who wrote a line.

    Args:
        text: the line, without white space around it.
        indented: whether white space stood before it.
        after: who wrote the line before it; what is indented below belongs to it.
    """
    text = text[:_LONGEST]
    foreign = len(_FOREIGN.findall(text)) > _FEW_LETTERS
    typed = TYPED.match(text)
    if typed or BEGINS.match(text) or holds(text):
        asked = text.endswith("?") and PERSON.search(text)
        return Written.MAYBE if asked or (typed and foreign) else Written.PROGRAM
    if indented and after is not Written.PERSON:
        return after
    if foreign or text.endswith("?") or PERSON.search(text):
        return Written.PERSON
    if PHRASES.search(text) or CODE.search(text) or COLUMNS.search(text):
        return Written.MAYBE
    return Written.PERSON


def parted(text: str) -> str:
    """Return a text of one line with what a program wrote in it on a line of its own.

    "since today: nginx: [emerg] bind() to 0.0.0.0:80 failed ... what holds it?" says the error
    between two pieces of a sentence.
    """
    if "\n" in text or len(text) > _LONGEST:
        return text
    for match in _QUOTED.finditer(text):
        inside = next(group for group in match.groups() if group)
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        outside = written(f"{before} {after}".strip())
        if written(inside) is Written.PROGRAM and outside is Written.PERSON:
            return f"{before}\n{inside}\n{after}"
    run = _RUN.search(text)
    head, text = (f"{text[: run.start()]}\n", text[run.end() :]) if run else ("", text)
    if TYPED.match(text):
        on = _GOES_ON.search(text)
        return f"{head}{text[: on.start()]}\n{text[on.end() :]}" if on else f"{head}{text}"
    led = _LED.match(text)
    if led and not BEGINS.match(text) and BEGINS.match(led["rest"]):
        head, text = f"{led['lead']}:\n", led["rest"]
    if head or BEGINS.match(text):
        # A dash between the two is surest, and a space behind a number least of all.
        for seam in (*_DASH.finditer(text), *_ASKS.finditer(text), *_SEAM.finditer(text)):
            tail = text[seam.end() :]
            asks = seam.re is _ASKS or PERSON.search(tail[:_FIRST_WORDS])
            if asks and not BEGINS.match(tail):
                return f"{head}{text[: seam.start()]}\n{tail}"
    return f"{head}{text}"
