"""Text that people or pages wrote, made safe for a place where Discord reads Markdown."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.cards import words

FENCE = "```"
_OPENED = re.compile(r"```\w*$")
_BROKEN_FENCE = "`\u200b``"
# Bidirectional controls, zero-width and other invisible characters that could forge what is read.
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSAYABLE = re.compile(r"[\x00\ud800-\udfff]")
_AFTER_WIDE = re.compile(r"(?<=[。！？：；，、）」』]) ")  # these bring their own space
_MARKS = re.compile(
    r"(?P<url>https?://[^\s<>]+[^\s<>.,:;!?'\")\]*_~|`])"
    r"|(?P<mark>[\\*_~|`\[\]<])"
    r"|(?P<mention>@(?=everyone|here|[!&]?\d{15,20}))"
)
_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "\\*_~|`[]<"})
_LINE_START = re.compile(r"(?:#{1,3}|-#|[-+>]|\d{1,9}(?=\.))")
_LINK_FORBIDDEN = re.compile(r"[\s<>()\\\x00-\x1f]")
URL_LIMIT = 512  # longer ones fill a card and lead nowhere


def sayable(text: str) -> str:
    """Return the text without what no message can carry: NUL, and half a surrogate pair."""
    if "\0" not in text:
        try:  # some ten times as fast as the pattern
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSAYABLE.sub("", text)


def visible(text: str) -> str:
    """Return the text on one line, without characters that cannot be seen."""
    # What can be printed is visible, and most texts can: that is quicker to see.
    shown = text if text.isprintable() else _INVISIBLE.sub("", text)
    shown = " ".join(shown.split())
    return shown if shown.isascii() else _AFTER_WIDE.sub("", shown)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return the text on one line, such that Discord shows it as it is written."""
    shown = visible(text)
    # Without addresses and mentions each mark stands for itself, and a table is quicker.
    special = "://" in shown or "@" in shown
    return as_line(_MARKS.sub(_escape, shown) if special else shown.translate(_ESCAPES))


def as_line(text: str) -> str:
    """Return a line whose beginning makes no heading, list or quote of it."""
    match = _LINE_START.match(text)
    if match is None:
        return text
    # "7." begins a numbered list: there the full stop is what must not count.
    at = match.end() if match[0].isdigit() else 0
    return f"{text[:at]}\\{text[at:]}"


def escaped(text: str) -> str:
    """Return a part of a line, such that Discord shows it as it is written."""
    return _MARKS.sub(_escape, _INVISIBLE.sub("", text))


def _escape(match: re.Match[str]) -> str:
    if match["mention"]:
        return "@\u200b"
    return match["url"] or f"\\{match['mark']}"


@lru_cache(maxsize=1024)
def link(title: str, url: str) -> str:
    """Return a masked link that shows no preview, or the title alone where the URL is no link."""
    # Discord shows a masked link raw if its title is itself an address.
    name = plain(title.replace("://", " ")).replace("@\u200b", "@")
    if not name or len(url) > URL_LIMIT or urlsplit(url).scheme not in {"http", "https"}:
        return name
    return f"[{name}](<{_LINK_FORBIDDEN.sub(lambda match: quote(match[0]), url)}>)"


def code(lines: Iterable[str], language: str = "sh") -> str:
    """Return the lines as a code block that they cannot end."""
    shown = (line if line.isprintable() else _INVISIBLE.sub("", line) for line in lines)
    body = "\n".join(shown).replace(FENCE, _BROKEN_FENCE)
    return f"{FENCE}{language}\n{body}\n{FENCE}"


def cut(text: str, limit: int, note: str = f"\n-# {words.CUT}") -> str:
    """Return the text if it has at most `limit` characters, else its beginning and the note.

    It is cut between lines, else between words, and never inside a link or just behind a
    backslash; a code block that the cut leaves open is closed.
    """
    if len(text) <= limit:
        return text
    room = limit - len(note) - len(FENCE) - 1
    if room <= 0:
        return text[: max(0, limit - 1)].rstrip() + "…" if limit > 0 else ""
    head = text[:room]
    for border in ("\n", " "):
        at = head.rfind(border)
        if at > room // 2:
            head = head[:at]
            break
    if head.rfind("[") > head.rfind(">)"):
        head = head[: head.rfind("[")] if "](<" in text[head.rfind("[") :] else head
    head = head.rstrip().rstrip("\\")
    if text[len(head) : len(head) + 1] == "`":
        head = head.rstrip("`").rstrip()  # what the cut leaves of a fence is none
    if head.count(FENCE) % 2:
        head = _OPENED.sub("", head).rstrip()
        if head.count(FENCE) % 2:
            head += f"\n{FENCE}"
    return head + note
