"""Markdown, with or without front matter -> blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence

import frontmatter
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.sources.blocks import Block, Code, Draft, Heading, Item, Paragraph, Row
from knowledge.sources.html_pages import read_fragment

_PARSER = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_FOOTNOTE = re.compile(r"^\[\^[^\]]{1,40}\]:\s*")
_FRONT_END = re.compile(r"^---\s*$", re.MULTILINE)


def read_markdown(text: str) -> Draft:
    """Return the blocks and the front matter of a Markdown page; never fails.

    Front matter that is not valid YAML is dropped.
    """
    front, lines, body, skipped = _front_matter(text)
    tokens = _PARSER.parse(body)
    walk = _Walk(skipped)
    title = front.get("title")
    url = next((front[key] for key in ("url", "canonical", "source_url") if front.get(key)), "")
    return Draft(
        walk.blocks(tokens),
        title=title if isinstance(title, str) else "",
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else "",
        marked=True,
        notes=tuple(walk.footnotes),
        links=dict(_links(tokens)),
        front=front,
        lines=lines,
    )


def _front_matter(text: str) -> tuple[Mapping[str, object], Mapping[str, int], str, int]:
    """Return the front matter, each key's line, the text below it, and the lines above that."""
    if not text.startswith("---\n"):
        return {}, {}, text, 0
    end = _FRONT_END.search(text, 4)
    if end is None:
        return {}, {}, text, 0
    head = text[: end.start()]
    try:
        front, _ = frontmatter.parse(text[: end.end()] + "\n")
    except (yaml.YAMLError, ValueError, TypeError):
        front = {}
    lines = {
        match[1]: at
        for at, line in enumerate(head.split("\n"), start=1)
        if (match := _KEY.match(line)) is not None
    }
    values = {str(key): value for key, value in front.items()}
    return values, lines, text[end.end() :], text.count("\n", 0, end.end())


class _Walk:
    """Goes through the tokens of a page, of which `skipped` lines stand above the first."""

    def __init__(self, skipped: int) -> None:
        self.skipped = skipped
        self.found: list[Block] = []
        self.footnotes: list[Block] = []
        self.lists: list[int] = []  # of each open list the number of its next item, 0 for none
        self.begun = False  # an item has just begun
        self.level = 0  # of the heading whose words come next, 0 outside of one
        self.cells: list[str] = []
        self.header = False
        self.line_of_row = 0

    def blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Return the blocks of a page; its footnotes are kept apart."""
        for token in tokens:
            self._take(token)
        return tuple(self.found)

    def _take(self, token: Token) -> None:
        line = self.skipped + (token.map[0] if token.map else 0) + 1
        match token.type:
            case "heading_open" | "heading_close":
                self.level = int(token.tag[1]) if token.nesting == 1 else 0
            case "bullet_list_open":
                self.lists.append(0)
            case "ordered_list_open":
                self.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.begun = True
            case "fence" | "code_block" if token.content.strip():
                language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
                first = line + (token.type == "fence")
                self.found.append(Code(token.content.strip("\n"), first, language))
            case "html_block":
                self.found.extend(read_fragment(token.content, line))
            case "inline" if not self.cells:
                self._prose(_inline(token.children or []), line)
            case _:
                self._table(token, line)

    def _table(self, token: Token, line: int) -> None:
        match token.type:
            case "th_open" | "td_open":
                self.cells.append("")
                self.header = token.type == "th_open"
            case "inline":
                self.cells[-1] = _inline(token.children or []).replace("\n", " ")
                self.line_of_row = line
            case "tr_close":
                self.found.append(Row(tuple(self.cells), self.line_of_row, header=self.header))
                self.cells = []
            case _:
                pass

    def _prose(self, text: str, line: int) -> None:
        if not text.strip():
            return
        if self.level:
            self.found.append(Heading(text.replace("\n", " "), self.level, line))
        elif self.lists and self.begun:
            self.found.append(Item(text, line, len(self.lists) - 1, self.lists[-1]))
            self.lists[-1] += bool(self.lists[-1])
            self.begun = False
        elif _FOOTNOTE.match(text):
            self.footnotes.append(Item(_FOOTNOTE.sub("", text), line))
        else:
            self.found.append(Paragraph(text, line))


def _links(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the words and the address of each link to another site."""
    for token in tokens:
        address = ""
        words = ""
        for inner in token.children or []:
            if inner.type == "link_open":
                address, words = str(inner.attrs.get("href", "")), ""
            elif inner.type == "link_close":
                if words and address.startswith(("https://", "http://")):
                    yield words, address
                address = ""
            elif address:
                words += inner.content


def _inline(tokens: Sequence[Token]) -> str:
    """Return the text of a run of prose: links by their words, code in backticks, no images."""
    parts = []
    for token in tokens:
        match token.type:
            case "text":
                parts.append(token.content)
            case "code_inline":
                parts.append(f"`{token.content}`")
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case _:
                pass
    return "".join(parts)
