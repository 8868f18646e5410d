"""Markdown as people write it becomes what Discord shows of it: blocks that pages are made of.

Discord has headings, lists, quotes, code and links, but no tables, pictures or HTML; and texts of
imported pages may hold what must not ping or deceive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.cards.markdown import FENCE, as_line, code, escaped, link, sayable, visible

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_DEEPEST = 2  # levels of indented lists
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page that is better not divided.

    Attributes:
        text: Discord's Markdown.
        tight: it stands right below what is before it, without an empty line.
        leads: it belongs to what follows, as a heading does.
    """

    text: str
    tight: bool = False
    leads: bool = False

    @property
    def is_code(self) -> bool:
        """Whether it is a code block."""
        return self.text.startswith(FENCE)


def blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a text in CommonMark, with or without tables; never fails."""
    return tuple(_Walk(_PARSER.parse(sayable(markdown))).blocks())


class _Walk:
    """Goes once through the tokens of a text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = iter(tokens)

    def blocks(  # noqa: C901 (a case for each kind of block)
        self, end: str = "", depth: int = 0
    ) -> Iterator[Block]:
        """Yield the blocks up to the token of type `end`."""
        for token in self._tokens:
            match token.type:
                case "inline":
                    if text := inline(token):
                        yield Block(text)
                case "heading_open":
                    yield from self._heading()
                case "fence" | "code_block":
                    yield Block(_code(token))
                case "bullet_list_open" | "ordered_list_open":
                    yield from self._items(token, depth)
                case "blockquote_open":
                    for block in self.blocks("blockquote_close", depth):
                        yield replace(block, text=_quoted(block))
                case "table_open":
                    yield from self._rows()
                case kind if kind == end:
                    return

    def _heading(self) -> Iterator[Block]:
        text = "".join(block.text for block in self.blocks("heading_close"))
        if text:
            yield Block(f"**{text.replace('**', '')}**", leads=True)

    def _items(self, opened: Token, depth: int) -> Iterator[Block]:
        """Yield the items of a list; what else an item holds is indented below it."""
        ordered = opened.type.startswith("ordered")
        number = int(opened.attrGet("start") or 1) if ordered else 0
        indent = "  " * min(depth, _DEEPEST)
        first = depth == 0
        for token in self._tokens:
            if token.type == opened.type.replace("_open", "_close"):
                return
            if token.type != "list_item_open":
                continue
            mark = f"{number}." if ordered else "-"
            number += 1
            begun = False
            for block in self.blocks("list_item_close", depth + 1):
                if block.is_code or block.text.lstrip().startswith(("- ", "> ")):
                    yield replace(block, tight=True)
                elif begun:
                    yield Block(f"{indent}  {block.text}", tight=True)
                else:
                    yield Block(f"{indent}{mark} {block.text}", tight=not first)
                    begun, first = True, False

    def _rows(self) -> Iterator[Block]:
        """Yield a table as a list: a row becomes an item that begins with its first cell."""
        names: list[str] = []
        cells: list[str] = []
        first = True
        for token in self._tokens:
            match token.type:
                case "inline":
                    cells.append(inline(token))
                case "tr_close":
                    if not names:
                        names = cells
                    elif text := _row(names, cells):
                        yield Block(f"- {text}", tight=not first)
                        first = False
                    cells = []
                case "table_close":
                    return


def inline(token: Token) -> str:
    """Return the text of a paragraph, a heading or a cell."""
    children = list(token.children or ())
    text = "".join(_inline(iter(children))).strip()
    return as_line(text) if children and children[0].type == "text" else text


def _inline(children: Iterator[Token]) -> Iterator[str]:
    for child in children:
        name, _, side = child.type.rpartition("_")
        match child.type:
            case "text":
                yield escaped(child.content)
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "code_inline":
                yield _spelled(child.content)
            case "link_open":
                yield _linked(children, str(child.attrGet("href") or ""))
            case "image":
                yield link(visible(child.content) or "…", str(child.attrGet("src") or ""))
            case _ if side in {"open", "close"} and name in _MARKS:
                yield _MARKS[name]


def _linked(children: Iterator[Token], url: str) -> str:
    """Return a link; its text without marks, for Discord takes few inside it."""
    title = ""
    for child in children:
        if child.type == "link_close":
            break
        title += child.content or " "
    title = visible(title)
    if title == url and url.startswith(_WEB) and not set(url) & set(" <>\\"):
        return f"<{url}>"
    return link(title, url) if title else ""


def _spelled(text: str) -> str:
    """Return code within a line."""
    shown = visible(text)
    if "`" not in shown:
        return f"`{shown}`" if shown else ""
    return f"`` {shown.replace(FENCE, '``')} ``"


def _code(token: Token) -> str:
    language = token.info.split()[0] if token.info.split() else ""
    name = language if language.isascii() and language.isalnum() else ""
    return code(token.content.rstrip("\n").split("\n"), name)


def _quoted(block: Block) -> str:
    if block.is_code:
        return block.text
    return "\n".join(f"> {line}" for line in block.text.split("\n"))


def _row(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table's row as a line, such as "**tcp**: Port: 443 · Use: web"."""
    if not any(cells):
        return ""
    head = cells[0].replace("**", "") or "…"
    rest = [(name, cell) for name, cell in zip(names[1:], cells[1:], strict=False) if cell]
    if len(names) == 2:  # noqa: PLR2004 (the second column needs no name)
        told = " · ".join(cell for _, cell in rest)
    else:
        told = " · ".join(f"{name}: {cell}" if name else cell for name, cell in rest)
    return f"**{head}**: {told}" if told else f"**{head}**"
