"""The whole of what is written about a port or a concept, as pages that a card can show."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from bot.cards import words
from bot.cards.custom_ids import Kind, Recall
from bot.cards.markdown import FENCE, link, plain
from bot.cards.parts import Button, Card, Part, Row, Text
from bot.cards.prose import Block, blocks
from knowledge.compose import sources
from knowledge.model import Faq, PointKind, PortFacts, Source
from knowledge.phrasebook import ENGLISH

PAGE = 2000  # characters: about three screens of a phone
_STEP = 100
ALL, QUESTIONS = "all", "q"
_COLOUR = 0x2D7DD2
_WORD_END = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Pages:
    """A text in pages.

    Attributes:
        subject: what it is about, as custom ids hold it: "port:576", "faq:time-wait".
        title: of the whole.
        texts: Discord's Markdown, a page each; never empty.
        questions: the index of the page on which the questions begin.
    """

    subject: str
    title: str
    texts: tuple[str, ...]
    questions: int = 0


def of_port(facts: PortFacts, phrases: NullTranslations) -> Pages | None:
    """Return the article on a port: its sections, what is disputed, questions and all sources.

    None where there is no article.
    """
    article = facts.article
    if article is None:
        return None
    text: list[Block] = []
    for section in article.sections:
        text += _headed(section.heading, blocks(section.text))
    disputed = phrases.gettext(words.HEADINGS[PointKind.DISPUTED])
    text += _headed(disputed, _items(plain(each) for each in article.disputed))
    questions: list[Block] = []
    for faq in article.faqs:
        questions += _headed(faq.question, blocks(faq.answer))
    listed = _sources(dict.fromkeys((*article.sources, *sources(facts))), phrases)
    # Questions begin on a page of their own, for a button leads there.
    last = even(questions + listed) if questions else ()
    first = even(text if questions else text + listed)
    return Pages(f"port:{facts.number}", article.title, (*first, *last), len(first) if last else 0)


def of_faq(entry: Faq, phrases: NullTranslations) -> Pages | None:
    """Return the details of a FAQ entry, with its sources; None where there are none."""
    if not entry.details.strip():
        return None
    whole = [*blocks(entry.details), *_sources(entry.sources, phrases)]
    return Pages(f"faq:{entry.slug}", entry.question, even(whole))


def page_card(
    pages: Pages, wanted: str, asker: int, language: str, phrases: NullTranslations
) -> Card:
    """Return the card of one page, with buttons that turn pages.

    Args:
        pages: all of them.
        wanted: the number of a page, counted from 1; ALL for the first, QUESTIONS for theirs.
        asker: who reads it.
        language: as custom ids hold it.
        phrases: the reader's.
    """
    tell = phrases.gettext
    at = pages.questions if wanted == QUESTIONS else int(wanted) - 1 if wanted.isdigit() else 0
    at = max(0, min(at, len(pages.texts) - 1))
    parts: list[Part] = [Text(f"## {plain(pages.title)}"), Text(pages.texts[at])]
    below = [tell(words.ENGLISH_ONLY)] if phrases is not ENGLISH else []
    if len(pages.texts) > 1:
        below.insert(0, tell(words.PAGE).format(page=at + 1, pages=len(pages.texts)))
        turns = (
            Button(
                tell(label), Recall(Kind.MORE, asker, language, f"{pages.subject}:{to}").custom_id
            )
            for label, to in ((words.BACK, at), (words.FORWARD, at + 2))
            if 1 <= to <= len(pages.texts)
        )
        parts += [Text(f"-# {' · '.join(below)}"), Row(tuple(turns))]
    elif below:
        parts.append(Text(f"-# {below[0]}"))
    return Card(tuple(parts), _COLOUR, tell(words.CUT))


def even(whole: Sequence[Block]) -> tuple[str, ...]:
    """Return as few pages as there can be, about alike in length."""
    fewest = pack(whole)
    for limit in range(_STEP, PAGE, _STEP):
        found = pack(whole, limit)
        if len(found) == len(fewest):
            return found
    return fewest


def pack(whole: Iterable[Block], limit: int = PAGE) -> tuple[str, ...]:
    """Return pages of at most `limit` characters; blocks that fit on a page stay whole.

    What leads, such as a heading, is never the last thing on a page.
    """
    pages: list[str] = []
    page = ""
    leading: list[Block] = []
    for block in whole:
        if block.leads:
            leading.append(block)
            continue
        head = "".join(f"{each.text}\n" for each in leading)
        leading = []
        for at, piece in enumerate(_pieces(block.text, limit - len(head))):
            text = head + piece if at == 0 else piece
            space = "\n" if block.tight and not head and at == 0 else "\n\n"
            if page and len(page) + len(space) + len(text) > limit:
                pages.append(page)
                page = text
            else:
                page = f"{page}{space}{text}" if page else text
    if page:
        pages.append(page)
    return tuple(pages)


def _pieces(text: str, limit: int) -> Iterator[str]:
    """Yield a block in pieces of at most `limit` characters; a code block in code blocks."""
    opening, ending = "", ""
    if text.startswith(FENCE):
        opening, _, text = text.partition("\n")
        opening, ending = f"{opening}\n", f"\n{FENCE}"
        text = text.removesuffix(ending)
    room = max(1, limit - len(opening) - len(ending))
    while len(text) > room:
        at = max(text.rfind("\n", 0, room + 1), 0 if opening else _last_space(text, room))
        at = at if at > 0 else _last_space(text, room) or room
        yield f"{opening}{text[:at].rstrip()}{ending}"
        text = text[at:].lstrip("\n" if opening else None)
    if text or opening:
        yield f"{opening}{text}{ending}"


def _last_space(text: str, room: int) -> int:
    """Return where the last word ends that fits; 0 where none does."""
    return next((at for at in range(room, 0, -1) if _WORD_END.match(text, at)), 0)


def _headed(heading: str, below: Iterable[Block]) -> list[Block]:
    """Return a heading and what stands below it; nothing where that is nothing."""
    found = list(below)
    return [Block(f"### {plain(heading)}", leads=True), *found] if found else []


def _items(texts: Iterable[str]) -> Iterator[Block]:
    for at, text in enumerate(texts):
        yield Block(f"- {text}", tight=at > 0)


def _sources(listed: Iterable[Source], phrases: NullTranslations) -> list[Block]:
    links = (link(each.title, each.url) for each in listed)
    return _headed(phrases.gettext(words.SOURCES), _items(each for each in links if each))
