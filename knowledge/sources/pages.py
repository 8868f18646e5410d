"""A port page as people copy it from a site or a wiki -> what it is about, and an article."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from knowledge.model import Article, Source
from knowledge.sources.article_text import SUMMARY_LENGTH, lead_summary, sections_of
from knowledge.sources.blocks import Block, Code, Draft, Heading, Item, Paragraph, Row
from knowledge.sources.decoding import PageRefusedError, decode
from knowledge.sources.footnotes import without_footnotes
from knowledge.sources.furniture import without_furniture
from knowledge.sources.html_pages import read_html
from knowledge.sources.markdown_pages import read_markdown
from knowledge.sources.shell_lines import commands_of
from knowledge.sources.subject import find_subject, names_port
from knowledge.sources.text_pages import read_text

READER = 3  # raise it when the same file gives another article than before

_READERS: Mapping[str, Callable[[str], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
SUFFIXES = frozenset(_READERS)

_REFERENCES = re.compile(
    r"(?i)(?:references?|sources?|footnotes|notes|citations?|bibliography|external links"
    r"|further reading|quellen|einzelnachweise|références|sources et références|fuentes"
    r"|referencias|referências|fonti|bronnen|źródła|источники|примечания|източници|джерела"
    r"|参考文献|參考資料|参考资料|출처|참고 ?문헌)"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]]+[^\s<>\"'`)\].,;:]")
_SPACES = re.compile(r"[ \t]{2,}")
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)


class Span(NamedTuple):
    """A piece of a page: the characters from `start` to `end` of its block number `block`.

    In a page's front matter `block` is -1; in its title it is -2.
    """

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, without the furniture around it.

    Attributes:
        ports: what it is about; never empty.
        blocks: its content, in order, without footnote digits.
        references: the sources that the page itself names.
        url: the address that the page gives for itself; "" if none.
        front: its front matter, and the line of each key.
    """

    ports: tuple[int, ...]
    title: str
    blocks: tuple[Block, ...]
    references: tuple[Source, ...] = ()
    url: str = ""
    front: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def read_page(name: str, content: bytes) -> Page:
    """Return what a page says; `name` is its file's, whose ending tells the format.

    Raises:
        PageRefusedError: it cannot be read, or no port is its subject; the message says why.
    """
    path = PurePath(name)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise PageRefusedError("it is no .txt, .md or .html file")
    text = decode(content)
    if reader is read_text and _LOOKS_HTML.match(text):
        reader = read_html
    try:
        draft = reader(text)
    except RecursionError as error:
        raise PageRefusedError("its elements are nested too deeply") from error
    blocks, crumb = without_furniture(draft.blocks)
    listed = _without_references(blocks, draft.links)[1]
    blocks, references = _without_references(_clean(blocks, len(listed)), draft.links)
    references += tuple(_source(note.text, draft.links) for note in draft.notes)
    crumb = " ".join(crumb.split())
    if not blocks and not draft.front:
        raise PageRefusedError("it holds no text")
    titled, blocks = _title_of(draft, blocks, crumb)
    ports = find_subject(draft.front, (titled, draft.title, crumb), blocks, path.stem)
    title = titled or draft.title or crumb or f"Port {ports[0]}"
    if isinstance(draft.front.get("summary") or draft.front.get("description"), str):
        blocks = (_front_summary(draft), *blocks)
    return Page(ports, title, blocks, references, draft.url, draft.front, draft.lines)


def article_of(page: Page, origin: str, withheld: Collection[Span] = ()) -> Article:
    """Return the article that a page makes, without the pieces that are withheld.

    `origin` names the page for readers where it gives no address: its file's name.

    Raises:
        PageRefusedError: nothing is left of it.
    """
    blocks = _without(page.blocks, withheld)
    title = page.title
    if any(span.block == TITLE_BLOCK for span in withheld):
        title = f"Port {page.ports[0]}"
    summary, used = lead_summary(blocks)
    if not summary and blocks:
        summary = title[:SUMMARY_LENGTH]
    sections, faqs = sections_of(blocks, title, skip=used)
    if not summary and not sections and not faqs:
        raise PageRefusedError(
            "nothing is left of it without claims that the registry contradicts"
        )
    commands = dict.fromkeys(
        command
        for block in page.blocks
        if isinstance(block, Code)
        for command in commands_of(block.text, block.language)
    )
    return Article(
        ports=page.ports,
        title=title,
        summary=summary,
        sections=sections,
        faqs=faqs,
        commands=tuple(commands),
        sources=(Source(page.title if page.url else origin, page.url), *page.references),
        origin=page.url or origin,
    )


TITLE_BLOCK = -2


def _clean(blocks: Sequence[Block], noted: int) -> tuple[Block, ...]:
    """Take the digits of footnotes out of all prose; the page lists `noted` sources."""
    prose = [at for at, block in enumerate(blocks) if not isinstance(block, Code | Row)]
    texts = without_footnotes([blocks[at].text for at in prose], noted)
    cleaned = list(blocks)
    for at, text in zip(prose, texts, strict=True):
        block = blocks[at]
        if text == block.text and "  " not in text:
            continue
        if isinstance(block, Heading | Paragraph | Item):
            cleaned[at] = replace(block, text=_SPACES.sub(" ", text.strip()))
    return tuple(block for block in cleaned if block.text.strip())


def _without_references(
    blocks: Sequence[Block], links: Mapping[str, str]
) -> tuple[tuple[Block, ...], tuple[Source, ...]]:
    """Part the page's own list of sources from its content."""
    for at in range(len(blocks) - 1, -1, -1):
        heading = blocks[at]
        if not isinstance(heading, Heading) or not _REFERENCES.fullmatch(heading.text.strip(" :")):
            continue
        end = at + 1
        while end < len(blocks) and _is_reference(blocks[end]):
            end += 1
        listed = blocks[at + 1 : end]
        sources = tuple(_source(block.text, links) for block in listed)
        if listed:
            return (*blocks[:at], *blocks[end:]), sources
    return tuple(blocks), ()


def _is_reference(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return _ADDRESS.search(block.text) is not None
    return isinstance(block, Item)


def _source(text: str, links: Mapping[str, str]) -> Source:
    line = " ".join(text.split()).lstrip("^↑ ")
    address = _ADDRESS.search(line)
    title = _ADDRESS.sub("", line).strip(" \t.,;:-–—()[]<>|")
    if address is not None:
        return Source(title or address[0], address[0])
    url = next((url for label, url in links.items() if label and label in line), "")
    return Source(title, url)


def _title_of(
    draft: Draft, blocks: tuple[Block, ...], crumb: str
) -> tuple[str, tuple[Block, ...]]:
    """Return the title that stands in the page ("" if none does), and the blocks without it.

    It is among the headings that stand above all else: one that names a port before any other.
    """
    count = 0
    while count < len(blocks) and isinstance(blocks[count], Heading):
        count += 1
    for at, block in enumerate(blocks[:count]):
        if names_port(block.text) or block.text == crumb:
            return block.text.strip(), blocks[at + 1 :]
    first = blocks[0] if count else None
    if isinstance(first, Heading) and first.level == 1 and (draft.marked or count > 1):
        return first.text.strip(), blocks[1:]
    return _later_title(draft, blocks)


def _later_title(draft: Draft, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return a marked first-level heading that stands below a line or two, as the title."""
    for at, block in enumerate(blocks[:4]):
        if draft.marked and isinstance(block, Heading) and block.level == 1:
            return block.text.strip(), blocks[:at] + blocks[at + 1 :]
    return "", blocks


def _front_summary(draft: Draft) -> Block:
    key = "summary" if draft.front.get("summary") else "description"
    return Paragraph(" ".join(str(draft.front[key]).split()), draft.lines.get(key, 1))


def _without(blocks: Sequence[Block], withheld: Collection[Span]) -> tuple[Block, ...]:
    """Cut pieces out of blocks; a row goes as a whole."""
    spans: dict[int, list[Span]] = {}
    for span in withheld:
        spans.setdefault(span.block, []).append(span)
    kept = []
    for at, block in enumerate(blocks):
        if at not in spans:
            kept.append(block)
        elif isinstance(block, Heading | Paragraph | Item):
            text = block.text
            for span in sorted(spans[at], reverse=True):
                text = text[: span.start].rstrip(" ") + " " + text[span.end :].lstrip(" ")
            if text.strip():
                kept.append(replace(block, text=text.strip()))
    return tuple(kept)
