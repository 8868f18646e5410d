"""A pasted text as lines, without what terminals and chats put around them."""

import re
from collections.abc import Iterator

from knowledge.pasted import tables, typed
from knowledge.pasted.model import Line, ServicePorts

LONGEST_LINE = 20_000  # characters that are read of one line
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-9;:?]{0,40}[ -/]?[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)|[@-_])"
)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_FENCE = re.compile(r"(?:```+|~~~+)[\w+\-]{0,20}$")
_QUOTE = re.compile(r"(?:>\s?){1,5}")
_PROMPT = re.compile(
    r"(?:PS )?(?:[A-Za-z]:\\[^>]{0,200}>|[#$%❯➜»]\s"
    r"|\[?[\w.\-]{1,60}[@:][\w.\-:~/ ]{0,120}\]?\s?[#$%>]\s?)\s*"
)
_ESCAPED = re.compile(r"\\[rn]")
_FOLDER = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|\\\\")
_CHANGE = re.compile(r"[+\-]\s{2,}(?=\S)")  # of a diff
_HISTORY = re.compile(r"\d{1,5}\*?\s{1,2}(?=(?:sudo\s)?(?P<command>[a-z][\w.\-]+)\s)")
_KEY_ALONE = re.compile(r"(?:-\s+)?[\"']?(?P<key>[A-Za-z_][\w.\-]{0,60})[\"']?\s*:\s*(?:\[|#.*)?$")


def lines_of(text: str, names: ServicePorts) -> Iterator[tuple[str, Line | None]]:
    """Yield each line as it was written, and as it is read; None for one with nothing to read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    text = _INVISIBLE.sub("", text)
    if "\\n" in text and "\n" not in text and not _FOLDER.search(text):
        text = _ESCAPED.sub("\n", text).replace("\\t", "\t")  # as strings of JSON hold it
    under, indent = "", -1
    heading: tables.Heading | None = None
    rows = 0
    for number, written in enumerate(text.split("\n"), 1):
        bare = _bare(written[:LONGEST_LINE])
        if not bare:
            heading = None if rows else heading
            yield written, None
            continue
        depth = len(written) - len(written.lstrip())
        item = bare[0] == "-"
        if depth < indent or (depth == indent and not item):
            under, indent = "", -1
        cells: tuple[tuple[str, str], ...] = ()
        found = tables.heading_of(written)
        if found is not None:
            heading, rows = found, 0
        elif heading is not None and not tables.is_rule(bare):
            cells = tables.cells_of(heading, written)
            rows += 1
        yield written, Line(bare, bare.split(), number, names, under, cells)
        key = _KEY_ALONE.match(bare) if bare[-1] in ":[" or "#" in bare else None
        if key:
            under, indent = key["key"], depth


def _bare(line: str) -> str:
    """Return a line without indentation, quotation marks, prompt and code marks."""
    line = line.strip()
    if line[:1] == ">":
        quoted = _QUOTE.match(line)
        line = line[quoted.end() :].strip() if quoted else line
    if line[:1] in "`~" and _FENCE.match(line):
        return ""
    if line[:1] in "+-" and (change := _CHANGE.match(line)):
        line = line[change.end() :]
    if line[:1].isdigit() and (past := _HISTORY.match(line)) and typed.shows(past["command"]):
        line = line[past.end() :]
    if "`" in line:
        line = line.strip("`").strip()
    if line[:1] and (line[0] in "#$%❯➜»[PC" or "@" in line[:80]):
        prompt = _PROMPT.match(line)
        if prompt:
            rest = line[prompt.end() :]
            if typed.shows(rest.partition(" ")[0]):
                return rest
    return line
