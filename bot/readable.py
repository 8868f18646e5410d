"""A card's text for a terminal, without the marks that Discord reads."""

import re
import textwrap

_FENCE = re.compile(r"\| ```\w*")
_MARKS = re.compile(r"(?:^|(?<=^\| ))(?:#{1,3}|-#) |\*\*(?=\S)|(?<=\S)\*\*")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(<([^<>]+)>\)")
_ESCAPED = re.compile(r"\\([\\*_~|`\[\]<>#+.-])")


def readable(text: str, width: int | None = None) -> str:
    """Return a card's text without the marks by which Discord knows headings, links and code.

    Lines are wrapped at `width` columns, if it is given; commands stay whole.
    """
    lines: list[str] = []
    in_code = False
    for line in text.splitlines():
        if _FENCE.fullmatch(line):
            in_code = not in_code
        elif in_code:
            lines.append(line.replace("| ", "|     ", 1))
        else:
            plain = _ESCAPED.sub(r"\1", _LINK.sub(r"\1 \2", _MARKS.sub("", line)))
            lines += _wrapped(plain, width) if width else [plain]
    return "\n".join(lines)


def _wrapped(line: str, width: int) -> list[str]:
    indent = "" if not line.startswith("| ") else "|   " if line.startswith("| - ") else "| "
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [line]
