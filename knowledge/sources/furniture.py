"""Drops what a page holds beside its content: breadcrumbs, navigation, notices, feedback prompts.

What stands at the top and at the end is known by its place and shape, so that it is found in any
language; a short list names what stands in between.
"""

import re
from collections.abc import Sequence

from knowledge.sources.blocks import Block, Code, Heading, Item, Paragraph, Row
from knowledge.sources.subject import names_port

LONGEST_PROMPT = 140  # characters
LONGEST_BUTTON = 24
LONGEST_CRUMB = 60
EDGE = 8  # parts of a page at its top or end that may be navigation

# Japanese, Chinese, Korean and Thai end a question with a word, and may leave out the mark.
_QUESTION_END = re.compile(r"(?:[?？؟;՞⸮]|(?:か|吗|嗎|까|나요|ไหม|หรือไม่|หรือเปล่า)[。.]?)\s*$")
_SENTENCES = re.compile(r"[.!?。！？]\s*\S")
_ANSWERS = re.compile(
    r"(?P<prompt>[^?？؟]{5,120}[?？؟])(?:\s*[^\s?.!,]{1,14}(?:\s*[/|·•,]\s*|\s+)?){1,4}$"
)
_NOISE = re.compile(
    r"""(?ix)
    (?:this\ (?:web)?(?:site|page)|we|our\ (?:web)?site)\ uses?\ cookies?\b.*
    | .{0,60}\bcookie\ (?:policy|settings|preferences|consent)\b.{0,60}
    | (?:accept|reject|allow)\ (?:all(?:\ cookies)?|cookies)
    | (?:skip|jump)\ to\ (?:main\ |the\ )?(?:content|navigation|search).{0,20}
    | (?:share|edit|print)\ (?:this\ (?:page|article)|on\ \w+).{0,30}
    | edit\ (?:this\ page\ )?on\ (?:github|gitlab).{0,20} | improve\ this\ page.{0,20}
    | (?:this\ page\ was\ )?last\ (?:updated|modified|edited|reviewed)\b.{0,60}
    | (?:updated|published|posted)(?:\ on\b|:).{0,40}
    | (?:previous|next|prev)(?:\ (?:page|article|port))?\s?[:«»←→][^.]{0,60}
    | [←‹⟵][^.]{1,60} | [^.«]{1,60}[→»›⟶]
    | (?:©|\(c\)|copyright\b).{0,120} | all\ rights\ reserved\.?
    | .{0,200}(?:©|copyright\ \(c\)|all\ rights\ reserved).{0,120}
    | (?:subscribe|sign\ up)\ (?:to|for)\ .{0,60}
    | (?:retrieved\ from|categories:|category:|hidden\ categor).{0,160}
    | \d+\ (?:of|out\ of)\ \d+\ (?:people\ )?found\ this.{0,40} | \d+\ min(?:ute)?s?\ read
    | (?:was|is|did|has)\ (?:this|that)\b.{0,60}\b(?:helpful|useful|help|answer)\b.{0,40}
    | (?:rate|give\ feedback\ on)\ this\ (?:page|article).{0,20}
    | (?:send|leave|give)\ (?:us\ )?feedback.{0,30}
    """
)
# What is written on buttons and links; as a heading it may be the page's own.
_BUTTON = re.compile(
    r"""(?ix)
    advertisements?|sponsored|ad|share|tweet|print|copy|copied!?|copy\ link|copy\ code|e-?mail
    |bookmark|loading(?:…|\.\.\.)?|(?:back|scroll)\ to\ top|read\ more|show\ more|see\ also:?
    |log\ ?in|sign\ (?:in|up)|register|subscribe|search(?:…|\.\.\.)?|menu|close|top
    |toggle\ (?:navigation|menu|table\ of\ contents)|edit(?:\ source)?|view\ history|talk
    |privacy(?:\ policy)?|terms(?:\ of\ (?:use|service))?|imprint|contact(?:\ us)?|about(?:\ us)?
    """
)
_CONTENTS = re.compile(
    r"(?i)(?:table of contents|contents|on this page|in this article|inhalt(?:sverzeichnis)?"
    r"|sommaire|índice)(?:\s*\[?(?:hide|show)\]?)?:?$"
)
_CRUMB_SEPARATOR = re.compile(r"\s+[>/»›→|·:\\]\s+|\s*[»›→]\s*")
_HOME = re.compile(
    r"(?i)^(?:home(?: ?page)?|start(?:seite)?|index|ports?|port (?:numbers|database|list)|🏠"
    r"|accueil|inicio|início|página (?:inicial|principal)|pagina (?:iniziale|principale)|hjem|hem"
    r"|forside|etusivu|strona główna|главная(?: страница)?|головна|начало|početna|domů|acasă"
    r"|kezdőlap|pradžia|αρχική|ana ?sayfa|beranda|trang chủ|หน้าแรก|होम|मुख पृष्ठ|首页|首頁"
    r"|ホーム|トップ(?:ページ)?|홈)$"
)
_PORT = re.compile(r"(?i)\bports?\b.{0,10}\d|^\d{1,5}$")


def without_furniture(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str]:
    """Return the blocks that are content, and the last breadcrumb ("" where there is none)."""
    headings = {_plain(block.text) for block in blocks if isinstance(block, Heading)}
    kept = _without_contents(_without_noise(blocks), headings)
    kept, crumb = _without_breadcrumbs(kept)
    kept = _without_navigation(kept)
    return tuple(_without_end(kept)), crumb


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _without_noise(blocks: Sequence[Block]) -> list[Block]:
    """Drop notices and links; with a question whether the page helped, the answers to choose."""
    kept: list[Block] = []
    asked = False
    for block in blocks:
        if asked and (_is_answer(block) or _is_button(block)):
            continue
        asked = _is_noise(block) and "?" in block.text
        if not _is_noise(block):
            kept.append(block)
    return kept


def _is_noise(block: Block) -> bool:
    if isinstance(block, Code | Row):
        return False
    text = block.text.strip()
    if _NOISE.fullmatch(text):
        return True
    return not isinstance(block, Heading) and _BUTTON.fullmatch(text) is not None


def _without_contents(blocks: list[Block], headings: set[str]) -> list[Block]:
    """Drop a table of contents: its heading, and items that are nothing but headings."""
    kept: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Heading | Paragraph) and _CONTENTS.match(block.text.strip()):
            inside = True
            continue
        if inside and not isinstance(block, Heading | Code | Row):
            words = _plain(re.sub(r"^[\d.]+\s+", "", block.text))
            if words in headings or len(words) < 3:  # noqa: PLR2004
                continue
        inside = False
        kept.append(block)
    return kept


def _without_breadcrumbs(blocks: list[Block]) -> tuple[list[Block], str]:
    """Drop the way to the page that stands above it, as a list or as one line."""
    end = 0
    while end < len(blocks) and isinstance(blocks[end], Item):
        end += 1
    trail = [block.text.strip() for block in blocks[:end]]
    if trail and _is_trail(trail) and end < len(blocks):
        return blocks[end:], trail[-1]
    for at, block in enumerate(blocks[:3]):
        if isinstance(block, Paragraph | Heading | Item):
            text = re.sub(r"(?i)^you are here:?\s*", "", block.text.strip())
            trail = [part for part in _CRUMB_SEPARATOR.split(text) if part]
            if len(trail) > 1 and _is_trail(trail):
                return blocks[:at] + blocks[at + 1 :], trail[-1]
    return blocks, ""


def _is_trail(parts: Sequence[str]) -> bool:
    short = all(len(part) <= LONGEST_CRUMB and not re.search(r"[.!?]$", part) for part in parts)
    named = names_port(parts[-1]) and not any(map(names_port, parts[:-1]))
    return short and (named or bool(_HOME.match(parts[0])))


def _without_navigation(blocks: list[Block]) -> list[Block]:
    """Drop lines of links at the top and the end: "Home | Ports | About"."""
    last = len(blocks) - EDGE
    return [
        block
        for at, block in enumerate(blocks)
        if not (at < EDGE or at >= last) or not _is_navigation(block)
    ]


def _is_navigation(block: Block) -> bool:
    if isinstance(block, Code | Heading) or (isinstance(block, Row) and block.header):
        return False
    parts = re.split(r"\s+[|·•]\s+|\s{3,}", block.text.strip())
    return len(parts) > 2 and all(  # noqa: PLR2004
        0 < len(part) <= LONGEST_BUTTON and not re.search(r"[\d.:!?]", part) for part in parts
    )


def _without_end(blocks: list[Block]) -> list[Block]:
    """Drop the question whether the page helped, with its buttons, in any language."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or "\n" not in last.text:
        return _without_prompt(blocks)
    # Lines of one paragraph may be a question and its buttons all the same.
    lines: list[Block] = [
        Paragraph(line, last.line + at) for at, line in enumerate(last.text.split("\n"))
    ]
    before = len(blocks) - 1
    kept = _without_prompt([*blocks[:-1], *_without_noise(lines)])
    if len(kept) <= before:
        return kept
    text = "\n".join(line.text for line in kept[before:])
    return [*kept[:before], Paragraph(text, kept[before].line)]


def _without_prompt(blocks: list[Block]) -> list[Block]:
    kept = list(blocks)
    buttons = 0
    while kept and _is_button(kept[-1]):
        buttons += not kept.pop().text.isascii()
    answers = _answers_at_end(kept)
    if answers:
        del kept[-answers:]
        buttons += answers
    if len(kept) <= 1 or isinstance(kept[-1], Code | Row):
        return kept
    if _is_prompt(kept[-1].text, kept, buttons):
        kept.pop()
    return kept


def _answers_at_end(blocks: Sequence[Block]) -> int:
    """Count the words to choose from, "Yes" and "No", that stand under a question at the end."""
    count = 0
    while count < len(blocks) and _is_answer(blocks[-1 - count]):
        count += 1
    above = blocks[-1 - count] if count < len(blocks) else None
    asked = isinstance(above, Paragraph | Heading | Item) and _QUESTION_END.search(above.text)
    return count if asked and count > 1 else 0


def _is_answer(block: Block) -> bool:
    text = block.text.strip()
    return (
        isinstance(block, Paragraph | Item | Heading)
        and len(text) <= LONGEST_BUTTON // 2
        and re.search(r"[.!?。:\d]", text) is None
        and not _QUESTION_END.search(text)
    )


def _is_button(block: Block) -> bool:
    """Tell whether a part is nothing but faces, thumbs, or a short answer such as "Yes"."""
    if isinstance(block, Code | Row):
        return False
    text = block.text.strip()
    if not any(map(str.isalnum, text)):
        return True
    short = len(text) <= LONGEST_BUTTON and len(text.split()) <= 4  # noqa: PLR2004
    return short and re.search(r"[👍👎😀-🙏🤔-🤯✓✗✔✘]", text) is not None


def _is_prompt(text: str, blocks: Sequence[Block], buttons: int) -> bool:
    text = text.strip()
    if len(text) > LONGEST_PROMPT:
        return False
    answered = _ANSWERS.match(text)
    if answered is not None and not _PORT.search(text):
        return True
    if _SENTENCES.search(text):
        return False
    if _QUESTION_END.search(text):
        return True  # a question that nothing answers, at the very end
    if text.endswith((".", ":")):
        return False
    return bool(buttons) or _script(text) != _script(" ".join(block.text for block in blocks[:-1]))


def _script(text: str) -> str:
    """Return the script that most letters belong to, roughly: by their place in Unicode."""
    counts: dict[str, int] = {}
    for sign in text[:2000]:
        if sign.isalpha():
            name = _block_of(sign)
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="latin")


def _block_of(letter: str) -> str:
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return "latin"
    return "cjk" if "\u2e80" <= letter <= "\uffff" else f"{ord(letter) >> 8:x}"
