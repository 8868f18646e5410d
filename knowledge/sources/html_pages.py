"""HTML -> blocks: the main content, without what belongs to the site around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, PreformattedString, Tag

from knowledge.sources.blocks import Block, Code, Draft, Heading, Item, Paragraph, Row

DEEPEST = 60  # nested elements; what is below is read as one text
MAIN_SHARE = 0.25  # of the page's text that a part must hold to be its main content

_DATA_ADDRESS = re.compile(r"""data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]+""")
_DROPPED_TEXT = """
    script style noscript template svg canvas iframe object embed nav aside footer form button
    select input textarea dialog audio video map menu head link meta picture
"""
_DROPPED = frozenset(_DROPPED_TEXT.split())
_INLINE_TEXT = """
    a abbr acronym b bdi bdo big cite data del dfn em font i img ins kbd label mark q ruby s
    samp small span strike strong sub sup time tt u var wbr code br
"""
_INLINE = frozenset(_INLINE_TEXT.split())
_FURNITURE = re.compile(
    r"(?i)(?:^|[\s_-])(?:cookies?(?:-?\w+)?|consent|gdpr|breadcrumbs?|bread-crumb|feedback|helpful|was-this|rating|share|"
    r"sharing|social|sidebar|side-bar|toc|table-of-contents|nav|navbar|navbox|navigation|menu|"
    r"mw-editsection|editsection|noprint|newsletter|subscribe|comments?|disqus|advert(?:isement)?|ads?|banner|"
    r"pagination|pager|prev-next|site-header|site-footer|page-footer|catlinks|printfooter|reference-list-nav|"
    r"skip-link|sr-only|visually-hidden|visuallyhidden|screen-reader-text|popup|modal|related-posts|"
    r"headerlink|anchor-link|copy-button|copybtn)(?:$|[\s_-])"
)
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu"}
)
_MAIN = (
    "main", "[role=main]", "article", "#mw-content-text", "#content", "#main", "#main-content",
    ".markdown-body", ".entry-content", ".post-content", ".content", ".document",
)  # fmt: skip
_SITE = re.compile(r"\s+[|–—·:»-]\s+")


def read_html(text: str) -> Draft:
    """Return the blocks, the title and the canonical address of an HTML page; never fails."""
    soup = BeautifulSoup(_DATA_ADDRESS.sub("", text), "html.parser")
    title, url = _title(soup), _address(soup)
    body = soup.body or soup
    _clean(body)
    links = _links(body)
    return Draft(
        tuple(_tidied(_walk(_main(body), _Place()))),
        title=title,
        url=url,
        marked=True,
        links=links,
    )


def read_fragment(text: str, line: int) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML that begins at `line` of another page."""
    soup = BeautifulSoup(text, "html.parser")
    _clean(soup)
    return tuple(_tidied(_walk(soup, _Place(above=line - 1))))


def _title(soup: BeautifulSoup) -> str:
    """Return what the page calls itself, without the site's name."""
    for meta in soup.find_all("meta", property="og:title"):
        content = meta.get("content")
        if isinstance(content, str) and content.strip():
            return _SITE.split(content.strip())[0]
    if soup.title is None:
        return ""
    title = " ".join(soup.title.get_text(" ").split())
    parts = _SITE.split(title)
    named = [part for part in parts if re.search(r"(?i)\bports?\b|\d", part)]
    return named[0] if named else parts[0]


def _address(soup: BeautifulSoup) -> str:
    """Return the address that a page gives for itself, or ""."""
    named = [tag.get("href") for tag in soup.find_all("link", rel="canonical")]
    named += [tag.get("content") for tag in soup.find_all("meta", property="og:url")]
    for address in named:
        if isinstance(address, str) and address.startswith(("https://", "http://")):
            return address
    return ""


def _links(body: Tag) -> dict[str, str]:
    """Return the addresses of other sites by the words that link to them."""
    found = {}
    for tag in body.find_all("a", href=True):
        address, words = str(tag["href"]), " ".join(tag.get_text().split())
        if words and address.startswith(("https://", "http://")):
            found[words] = address
    return found


def _clean(root: Tag) -> None:
    """Take out what is not content."""
    for comment in root.find_all(string=lambda text: isinstance(text, PreformattedString)):
        if not isinstance(comment, CData):
            comment.extract()
    doomed = [tag for tag in root.find_all(name=True) if _is_furniture(tag)]
    for tag in doomed:
        tag.extract()
    for mark in root.find_all("sup"):
        _plain_superscript(mark)


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _DROPPED:
        return True
    if tag.name == "header" and tag.find("h1") is None:
        return True
    if tag.name in ("body", "main", "article", "html"):
        return False
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or tag.get("role") in _ROLES:
        return True
    style = tag.get("style")
    if isinstance(style, str) and re.search(r"display\s*:\s*none", style):
        return True
    names = " ".join([*(tag.get_attribute_list("class")), str(tag.get("id") or "")])
    return _FURNITURE.search(names) is not None and tag.find("h1") is None


def _plain_superscript(mark: Tag) -> None:
    """Drop a footnote's mark; write a power as one: 2<sup>16</sup> is 2^16."""
    text = mark.get_text().strip()
    before = mark.previous_sibling
    after_digit = isinstance(before, NavigableString) and before.rstrip()[-1:].isdigit()
    linked = mark.find("a") is not None or mark.find_parent("a") is not None
    if re.fullmatch(r"[\[(]?[\d,\s–-]{1,12}[\])]?|\[.{1,20}\]|[*†‡]", text) and (
        linked or not after_digit
    ):
        mark.extract()
    elif after_digit:
        mark.replace_with(f"^{text}")


def _main(body: Tag) -> Tag:
    """Return the part that holds the main content, or all of the body."""
    whole = len(body.get_text(" ", strip=True))
    for selector in _MAIN:
        found = body.select(selector)
        if not found:
            continue
        largest = max(found, key=lambda tag: len(tag.get_text()))
        if len(largest.get_text(" ", strip=True)) >= MAIN_SHARE * whole:
            return largest
    return body


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is.

    Attributes:
        above: lines of the file above the piece that is read.
        deep: elements around.
        depth: lists around, less one.
    """

    above: int = 0
    deep: int = 0
    depth: int = -1

    def line(self, tag: Tag) -> int:
        return self.above + (tag.sourceline or 1)

    def inside(self) -> "_Place":
        return replace(self, deep=self.deep + 1)


def _walk(parent: Tag, place: _Place) -> Iterator[Block]:
    """Yield the blocks of an element; runs of inline content between its blocks are paragraphs."""
    run: list[PageElement] = []
    for child in list(parent.children):
        if isinstance(child, Tag) and not _is_inline(child):
            yield from _run(run, parent, place)
            run = []
            yield from _element(child, place)
        elif isinstance(child, Tag | NavigableString):
            run.append(child)
    yield from _run(run, parent, place)


def _is_inline(tag: Tag) -> bool:
    """Tell whether an element belongs into a paragraph: all that it holds is inline."""
    if tag.name not in _INLINE:
        return False
    return not any(inner.name not in _INLINE for inner in tag.find_all(name=True, limit=50))


def _element(tag: Tag, place: _Place) -> Iterator[Block]:
    line = place.line(tag)
    name = tag.name
    if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        yield Heading(_text(tag).replace("\n", " ").rstrip("¶#§ "), int(name[1]), line)
    elif name == "summary":
        yield Heading(_text(tag).replace("\n", " "), 3, line)
    elif name == "pre":
        yield Code(_code(tag), line, _language(tag))
    elif name in ("ul", "ol"):
        yield from _list(tag, place)
    elif name == "dl":
        yield from _definitions(tag, place)
    elif name == "table":
        yield from _table(tag, place)
    elif name in ("hr", "caption"):
        return
    elif place.deep > DEEPEST:
        yield Paragraph(" ".join(tag.get_text(" ").split()), line)
    else:
        yield from _walk(tag, place.inside())


def _run(run: Sequence[PageElement], parent: Tag, place: _Place) -> Iterator[Block]:
    """Make a paragraph (or several, parted by empty lines) of inline content."""
    if not run:
        return
    tags = [part for part in run if isinstance(part, Tag)]
    line = place.line(tags[0] if tags and run[0] is tags[0] else parent)
    if (
        len(tags) == 1
        and tags[0].name in ("code", "kbd")
        and not any(str(part).strip() for part in run if part is not tags[0])
    ):
        yield Code(tags[0].get_text().strip("\n"), line)
        return
    for part in re.split(r"\n\s*\n", "".join(map(_inline, run))):
        text = "\n".join(" ".join(piece.split()) for piece in part.strip().split("\n"))
        if text:
            yield Paragraph(text, line)


def _list(tag: Tag, place: _Place) -> Iterator[Block]:
    number = 1 if tag.name == "ol" else 0
    for child in tag.children:
        if not isinstance(child, Tag):
            continue
        within = _Place(place.above, place.deep + 1, place.depth + 1)
        yield from _item(child, within, number)
        number += bool(number)


def _item(tag: Tag, place: _Place, number: int) -> Iterator[Block]:
    """Make an item of the first paragraph inside; what follows it is kept as it is."""
    blocks = (
        list(_walk(tag, place))
        if place.deep <= DEEPEST
        else [Paragraph(_text(tag), place.line(tag))]
    )
    if blocks and isinstance(blocks[0], Paragraph):
        first = blocks.pop(0)
        yield Item(first.text, place.line(tag), max(place.depth, 0), number)
    yield from blocks


def _definitions(tag: Tag, place: _Place) -> Iterator[Block]:
    terms: list[str] = []
    for child in tag.find_all(["dt", "dd"]):
        text = _text(child)
        if child.name == "dt":
            terms.append(text.rstrip(":"))
        elif text:
            name = ", ".join(terms)
            yield Item(f"{name}: {text}" if name else text, place.line(child))
            terms = []


def _table(tag: Tag, place: _Place) -> Iterator[Block]:
    for row in tag.find_all("tr"):
        if row.find("table") is not None:
            yield from _walk(row, place.inside())
            continue
        cells = row.find_all(["th", "td"])
        texts = tuple(_text(cell).replace("\n", " ") for cell in cells)
        if any(texts):
            header = all(cell.name == "th" for cell in cells) and len(cells) > 1
            yield Row(texts, place.line(row), header=header)


def _language(tag: Tag) -> str:
    inner = tag.find("code")
    names = [
        *tag.get_attribute_list("class"),
        *(inner.get_attribute_list("class") if inner else []),
    ]
    for name in names:
        match = re.fullmatch(r"(?:lang(?:uage)?|highlight|brush)[-:]\s?(\w+)", str(name))
        if match is not None:
            return match[1]
    return ""


def _code(tag: Tag) -> str:
    for break_tag in tag.find_all("br"):
        break_tag.replace_with("\n")
    lines = tag.get_text().replace("\u00a0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _text(tag: Tag) -> str:
    """Return the text of an element on as many lines as it has breaks."""
    text = "".join(map(_inline, tag.children))
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _inline(part: PageElement) -> str:
    """Return inline content as text: code in backticks, breaks as line feeds, no images."""
    if isinstance(part, NavigableString):
        return re.sub(r"\s+", " ", str(part))
    if not isinstance(part, Tag):
        return ""
    if part.name == "br":
        return "\n"
    if part.name == "img":
        return ""
    if part.name in ("code", "kbd", "samp", "tt"):
        text = " ".join(part.get_text().split())
        return f"`{text}`" if text and "`" not in text else text
    text = "".join(map(_inline, part.children))
    return text if part.name in _INLINE else f" {text} "


def _tidied(blocks: Iterator[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.text.strip():
            yield block
