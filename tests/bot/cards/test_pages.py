import re
from collections.abc import Callable

from bot.cards.pages import ALL, PAGE, QUESTIONS, Pages, of_faq, of_port, page_card
from bot.cards.parts import Button, Card, Row, Text
from knowledge.base import KnowledgeBase
from knowledge.model import Faq
from knowledge.phrasebook import ENGLISH

Broken = Callable[[Card], list[str]]


def labels(card: Card) -> list[str]:
    rows = (part for part in card.parts if isinstance(part, Row))
    return [each.label for row in rows for each in row.buttons if isinstance(each, Button)]


def text(card: Card) -> str:
    return "\n".join(part.content for part in card.parts if isinstance(part, Text))


def test_every_article_is_told_whole_within_discords_limits(
    base: KnowledgeBase, broken_limits: Broken
) -> None:
    rows = base.connection.execute("SELECT DISTINCT number FROM article_port").fetchall()
    for (number,) in rows:
        facts = base.facts(number)
        pages = of_port(facts, ENGLISH)
        assert pages is not None
        assert facts.article is not None
        whole = "\n".join(pages.texts)
        assert all(f"### {section.heading}" in whole for section in facts.article.sections)
        assert whole.count("(<https://") >= len(facts.article.sources)
        assert len(facts.article.faqs) <= "\n".join(pages.texts[pages.questions :]).count("### ")
        for at in range(len(pages.texts)):
            assert len(pages.texts[at]) <= PAGE
            assert not broken_limits(page_card(pages, str(at + 1), 1, "en", ENGLISH)), number


def test_every_faq_entry_is_told_whole_within_discords_limits(
    base: KnowledgeBase, broken_limits: Broken
) -> None:
    for entry in base.faqs():
        pages = of_faq(entry, ENGLISH)
        if pages is None:
            assert not entry.details.strip()
            continue
        told = _letters("".join(pages.texts))
        # What need not be told in its words: addresses, and the heads of tables.
        rest = re.sub(r"\(http\S+\)|```\w*|(?m:^)\|.*\n(?=\|[ :|-]+\n)", " ", entry.details)
        words = re.findall(r"[A-Za-z]{3,}", rest)
        assert not [word for word in words if word not in told], entry.slug
        for at in range(len(pages.texts)):
            assert not broken_limits(page_card(pages, str(at + 1), 1, "en", ENGLISH)), entry.slug


def _letters(told: str) -> str:
    return re.sub(r"[^A-Za-z]", "", told)


PAGES = Pages("port:576", "Port 576", ("one", "two", "three"), questions=1)


def test_the_first_page_goes_on_the_last_goes_back() -> None:
    assert labels(page_card(PAGES, ALL, 1, "en", ENGLISH)) == ["Next ▶"]
    assert labels(page_card(PAGES, QUESTIONS, 1, "en", ENGLISH)) == ["◀ Back", "Next ▶"]
    assert labels(page_card(PAGES, "3", 1, "en", ENGLISH)) == ["◀ Back"]
    assert "Page 2 of 3" in text(page_card(PAGES, QUESTIONS, 1, "en", ENGLISH))


def test_a_page_that_is_gone_meanwhile_is_the_last_one() -> None:
    assert "three" in text(page_card(PAGES, "9", 1, "en", ENGLISH))
    assert "one" in text(page_card(PAGES, "0", 1, "en", ENGLISH))


def test_one_page_needs_no_number() -> None:
    card = page_card(Pages("port:1", "Port 1", ("one",)), ALL, 1, "en", ENGLISH)
    assert labels(card) == []
    assert "Page" not in text(card)


def test_what_has_no_details_has_no_pages(base: KnowledgeBase) -> None:
    assert of_faq(Faq("a", "A?", (), "It is."), ENGLISH) is None
    number = next(n for n in range(30000, 40000) if base.article(n) is None)
    assert of_port(base.facts(number), ENGLISH) is None
