r"""The parts of a page, whatever it was written in: headings, paragraphs, items, rows and code.

Texts are plain but for code in backticks; a line feed inside one is a line end of the file, so
that `line + text[:offset].count("\n")` is the line of every word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's title."""

    text: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; depth 0 is the outermost list, number 0 an item without one."""

    text: str
    line: int
    depth: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[str, ...]
    line: int
    header: bool = False

    @property
    def text(self) -> str:
        """The cells as one line."""
        return " | ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code or commands, as they stand; language as the page says, "" if it does not."""

    text: str
    line: int
    language: str = ""


Block = Heading | Paragraph | Item | Row | Code


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as a reader of one format found it, furniture and all.

    Attributes:
        title: what the page calls itself outside of its text; "" if nothing.
        url: the address that the page gives for itself; "" if none.
        marked: the format marks headings, so that a first-level one is a title for sure.
        notes: its footnotes, each an item.
        links: addresses by the words that link to them.
        front: front matter, by key.
        lines: the line of each key of `front`.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    url: str = ""
    marked: bool = False
    notes: tuple[Block, ...] = ()
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    front: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
