"""Plain text as people paste it from a site -> blocks, told apart by their shape.

Two layouts are met: parts with blank lines between them, and one line a part with none. Text that
is wrapped at a width is told from both by its many lines that end in the middle of a sentence.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.sources.blocks import Block, Code, Draft, Heading, Item, Paragraph, Row
from knowledge.sources.shell_lines import command_of, is_comment

LONGEST_HEADING = 90  # characters
LONGEST_HEADING_WORDS = 14
LONGEST_LABEL_WORDS = 3  # of a heading with a colon
SHORTEST_HEADING = 2
LONGEST_TITLE = 120
WRAP_WIDTH = 120  # a text with longer lines is not wrapped
SHORTEST_WRAPPED = 45  # a wrapped line is seldom shorter
CODE_INDENT = 4
TITLE_CASE = 0.6  # of the longer words of a heading begin with a capital
SPACELESS_HEADING = 40  # characters, in a script that writes no full stops

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+•◦▪‣●○–·]|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_ATX = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:[-=_*~]\s?){3,}$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*$")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*([\w+-]*)")
_ENDED = re.compile(r"[.!?:;…。！？：；،؟।][\"'”’»)\]]*(?:\s?\[?\d{1,2}\]?)?$")
_HEADING_START = re.compile(r"[\"'“‘«¿¡(]?[^\W_]")
_SENTENCE_INSIDE = re.compile(r"[.!?][\"”’)]?\s+[A-Z]")
_DEFINITION = re.compile(
    r"[^\s.:;,!?][^.:;,!?\n]{0,40}?\s+[—–-]\s+\S|[^.:;!?\n]{1,40}[^\s\d]:\s+\S"
)
_SYSTEM_NAMES = re.compile(
    r"linux|macos|mac os|os x|windows|unix|bsd|powershell|terminal|command prompt|debian|ubuntu",
    re.IGNORECASE,
)
_NO_FULL_STOPS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")
_PORT_FIRST = re.compile(r"(?:tcp |udp )?ports? \d+\s*[:—–-]", re.IGNORECASE)
_PORT_WORD = re.compile(r"\bports?\b", re.IGNORECASE)


def read_text(text: str) -> Draft:
    """Return the blocks of a plain text; never fails."""
    visible = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    lines = [_with_spaces(line.rstrip()) for line in visible.split("\n")]
    return Draft(tuple(_Reader(_dedented(lines)).blocks()))


def _dedented(lines: list[str]) -> list[str]:
    """Take away an indentation that all lines share."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line]
    shared = min(indents, default=0)
    return [line[shared:] for line in lines] if shared else lines


def _with_spaces(line: str) -> str:
    """Return the line with its indentation in spaces; tabs inside part the cells of a table."""
    inner = line.lstrip()
    return line[: len(line) - len(inner)].expandtabs(4) + inner


class _Reader:
    """Reads the lines of one text from the top to the bottom."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.wrapped = _is_wrapped(lines)
        self.found: list[Block] = []

    def blocks(self) -> list[Block]:
        """Return the blocks of the whole text."""
        at = 0
        while at < len(self.lines):
            at = self._part(at)
        return self.found

    def _part(self, at: int) -> int:
        """Read what begins at line `at`; return where the next part begins."""
        line = self.lines[at]
        if not line or (_RULE.match(line) and not self._is_code(at)):
            return at + 1
        fence = _FENCE.match(line)
        atx = _ATX.match(line)
        if fence is not None:
            end = self._fenced(at, fence)
        elif self._is_code(at):
            end = self._code(at)
        elif _BULLET.match(line):
            end = self._item(at)
        elif atx is not None:
            self.found.append(Heading(atx[2], len(atx[1]), at + 1))
            end = at + 1
        elif self._is_row(at):
            end = self._row(at)
        elif self._is_heading(at):
            end = self._heading(at)
        else:
            end = self._paragraph(at)
        return end

    def _fenced(self, at: int, fence: re.Match[str]) -> int:
        end = at + 1
        while end < len(self.lines) and not self.lines[end].lstrip().startswith(fence[1]):
            end += 1
        self._add_code(at + 1, end, fence[2])
        return end + 1

    def _is_code(self, at: int) -> bool:
        line = self.lines[at]
        if command_of(line) is not None:
            return _ATX.match(line) is None or is_comment(line)
        if not line.startswith(" " * CODE_INDENT) or _BULLET.match(line):
            return False
        before = self._before(at)
        return not before or before.endswith(":") or isinstance(self.found[-1], Code)

    def _code(self, at: int) -> int:
        end = at + 1
        indented = self.lines[at].startswith(" " * CODE_INDENT)
        while end < len(self.lines) and (
            command_of(self.lines[end]) is not None
            or (is_comment(self.lines[end]) and self.lines[end - 1])
            or (indented and self.lines[end].startswith(" " * CODE_INDENT))
        ):
            end += 1
        self._add_code(at, end)
        return end

    def _add_code(self, first: int, end: int, language: str = "") -> None:
        text = "\n".join(_dedented(list(self.lines[first:end]))).strip("\n")
        if text.strip():
            self.found.append(Code(text, first + 1, language))

    def _item(self, at: int) -> int:
        bullet = _BULLET.match(self.lines[at])
        if bullet is None:  # pragma: no cover - asked before
            return at + 1
        hang = len(bullet["indent"]) + 1
        end = at + 1
        # A wrapped item goes on with lines that are indented past its bullet.
        while end < len(self.lines) and self._continues(end, hang):
            end += 1
        parts = [self.lines[at][bullet.end() :], *map(str.strip, self.lines[at + 1 : end])]
        self.found.append(
            Item("\n".join(parts), at + 1, len(bullet["indent"]) // 2, int(bullet["number"] or 0))
        )
        return end

    def _continues(self, at: int, hang: int) -> bool:
        line = self.lines[at]
        if not line or _BULLET.match(line) or command_of(line) is not None:
            return False
        indent = len(line) - len(line.lstrip())
        return indent >= hang or (self.wrapped and not self._is_heading(at) and line[0].islower())

    def _is_row(self, at: int) -> bool:
        """Tell a row of a table: between bars, or, as copied from a site, with tabs in it."""
        line = self.lines[at]
        if "\t" not in line:
            return line.count("|") > 1 and line.strip().startswith("|")
        return line.count("\t") > 1 or "\t" in self._line(at - 1) or "\t" in self._line(at + 1)

    def _row(self, at: int) -> int:
        line = self.lines[at].strip()
        if "\t" in line:
            cells = tuple(cell.strip() for cell in line.split("\t"))
            first = not self.found or not isinstance(self.found[-1], Row)
            self.found.append(Row(cells, at + 1, header=first and not re.search(r"\d", line)))
            return at + 1
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
            if self.found and isinstance(self.found[-1], Row):
                self.found[-1] = Row(self.found[-1].cells, self.found[-1].line, header=True)
        else:
            self.found.append(Row(cells, at + 1))
        return at + 1

    def _heading(self, at: int) -> int:
        underline = _UNDERLINE.match(self._line(at + 1))
        level = 1 if not self.found else 2
        if underline is not None:
            level = 1 if underline[0].startswith("=") else 2
        self.found.append(Heading(self.lines[at].strip().removesuffix(":"), level, at + 1))
        return at + 1 if underline is None else at + 2

    def _paragraph(self, at: int) -> int:
        end = at + 1
        if self.wrapped:
            while (
                end < len(self.lines)
                and self.lines[end]
                and not _BULLET.match(self.lines[end])
                and not _FENCE.match(self.lines[end])
                and command_of(self.lines[end]) is None
                and not (_ENDED.search(self.lines[end - 1]) and self._is_heading(end))
            ):
                end += 1
        text = "\n".join(map(str.strip, self.lines[at:end]))
        if end == at + 1 and self._is_bare_item(at):
            self.found.append(Item(text, at + 1))
        else:
            self.found.append(Paragraph(text, at + 1))
        return end

    def _is_bare_item(self, at: int) -> bool:
        """Tell whether a line is an item whose bullet was lost on the way.

        So are terms with their definitions, one a line, and the unfinished lines after a colon.
        """
        line = self.lines[at].strip()
        if _ENDED.search(line):
            return False
        if self._is_listed_port(at):
            return True
        previous = self.found[-1] if self.found else None
        around = [self._line(at - 1), self._line(at + 1)]
        if _DEFINITION.match(line) and any(
            near and not _ENDED.search(near) and _DEFINITION.match(near) for near in around
        ):
            return True
        if isinstance(previous, Item) and previous.line == at:
            return True
        return isinstance(previous, Paragraph) and previous.text.endswith(":")

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at].strip()
        if _UNDERLINE.match(self._line(at + 1)) and len(line) <= LONGEST_TITLE:
            return True
        following = self._following(at)
        if self._is_listed_port(at):
            return False
        if not is_heading_shaped(line) and (self.found or not _is_title(line)):
            return False
        if _NO_FULL_STOPS.search(line):
            return len(line) <= SPACELESS_HEADING and len(following) > len(line) * 2
        if not self._line(at - 1) and not self._line(at + 1):
            return following != "" and not (line.endswith(":") and _BULLET.match(following))
        return following != "" and self._is_heading_among_lines(at, line)

    def _is_listed_port(self, at: int) -> bool:
        """Tell a line of a list of ports, "Port 22: SSH", that lost its bullets."""
        if not _PORT_FIRST.match(self._line(at)):
            return False
        return any(_PORT_FIRST.match(self._line(near)) for near in (at - 1, at + 1))

    def _is_heading_among_lines(self, at: int, line: str) -> bool:
        """Tell a heading that has no blank lines around it from the end of a list or paragraph."""
        above = self._line(at - 1)
        if self.wrapped or above.endswith(":"):
            # After a colon come the items of a list that lost its bullets, then maybe a heading.
            begins = self.wrapped and not self.found
            return begins or (not _SYSTEM_NAMES.search(above) and is_title_cased(line))
        previous = self.found[-1] if self.found else None
        bare = isinstance(previous, Item) and previous.line == at and not _BULLET.match(above)
        return not bare or is_title_cased(line) or line.endswith("?")

    def _line(self, at: int) -> str:
        return self.lines[at].strip() if 0 <= at < len(self.lines) else ""

    def _before(self, at: int) -> str:
        """Return the nearest line above that is not blank, if a blank or a colon parts them."""
        above = at - 1
        while above >= 0 and not self.lines[above]:
            above -= 1
        return self._line(above)

    def _following(self, at: int) -> str:
        below = at + 1
        while below < len(self.lines) and not self.lines[below]:
            below += 1
        return self._line(below)


def is_heading_shaped(line: str) -> bool:
    """Tell whether a line looks like a heading: short, begun like a sentence, not ended like one.

    >>> is_heading_shaped("What Actually Happened"), is_heading_shaped("Port 80 is open.")
    (True, False)
    """
    if (
        not SHORTEST_HEADING <= len(line) <= LONGEST_HEADING
        or len(line.split()) > LONGEST_HEADING_WORDS
    ):
        return False
    if not _HEADING_START.match(line) or not any(map(str.isalpha, line)):
        return False
    if line[0].islower() or "://" in line or _SENTENCE_INSIDE.search(line):
        return False
    if line.endswith(":"):
        # "Security:" is a heading; "On Linux:" is the label of a command.
        short = len(line.split()) <= LONGEST_LABEL_WORDS
        return short and not _SYSTEM_NAMES.search(line) and line[0].isupper()
    if line.endswith(("?", "？", "؟")):
        return True
    return _ENDED.search(line) is None and not line.endswith(",") and not _DEFINITION.match(line)


def _is_title(line: str) -> bool:
    """Tell whether the first line of a text is its title: "Port 22 — SSH"."""
    named = _PORT_WORD.search(line[:12]) is not None
    return named and len(line) <= LONGEST_HEADING and not _ENDED.search(line)


def is_title_cased(line: str) -> bool:
    """Tell whether most of the longer words begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]  # noqa: PLR2004
    return bool(words) and sum(word[0].isupper() for word in words) >= TITLE_CASE * len(words)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether paragraphs are broken into lines of about one width."""
    if max(map(len, lines), default=0) > WRAP_WIDTH:
        return False
    inner = [above for above, below in pairwise(lines) if above and below and below[0] != " "]
    long = [line for line in inner if len(line) >= SHORTEST_WRAPPED]
    broken = [line for line in long if not _ENDED.search(line)]
    return len(broken) >= 2 and len(broken) * 2 >= len(long)  # noqa: PLR2004
