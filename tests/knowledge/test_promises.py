"""How much there is to know, as it was promised."""

import json
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED
from knowledge.census import census
from knowledge.model import Article
from knowledge.sources import articles, tables
from knowledge.text import squash

EVAL = Path(__file__).parents[1] / "eval"


@pytest.mark.parametrize(
    ("what", "least"),
    [("ports with an article", 300), ("uses", 1500), ("aliases", 3000), ("FAQs", 80)],
)
def test_there_is_as_much_as_was_promised(base: KnowledgeBase, what: str, least: int) -> None:
    assert census(base).rows[what] >= least


def test_names_are_many_beyond_those_of_the_registry(base: KnowledgeBase) -> None:
    registered = {
        squash(name)
        for (name,) in base.connection.execute(
            "SELECT folded FROM assignment UNION SELECT folded FROM portless"
        )
    }
    aliases = {squash(row.alias) for row in tables.aliases(SHIPPED / "aliases.csv")}
    assert len(aliases - registered) >= 3000


def test_every_faq_is_asked_for_in_six_ways_and_has_a_short_and_a_long_answer(
    base: KnowledgeBase,
) -> None:
    for faq in base.faqs():
        assert len(set(faq.wordings)) >= 6, faq.slug
        assert 0 < len(faq.answer) <= 600, faq.slug
        assert len(faq.details.split()) >= 60, faq.slug
        assert faq.sources, faq.slug


def test_every_concept_of_the_question_set_has_its_faq_and_forty_more(
    base: KnowledgeBase,
) -> None:
    wanted = {
        entry["slug"]
        for entry in json.loads((EVAL / "faq-slugs.json").read_text(encoding="utf-8"))
    }
    slugs = {faq.slug for faq in base.faqs()}
    assert wanted <= slugs
    assert len(slugs - wanted) >= 40


def shipped() -> list[Article]:
    return [file.article for file in articles.read_all(SHIPPED / "articles")]


def test_every_article_has_all_its_parts() -> None:
    for article in shipped():
        assert len(article.summary) <= 300, article.ports
        headings = [section.heading for section in article.sections]
        assert headings == ["What it is", "In practice", "Security"], article.ports
        assert 2 <= len(article.faqs) <= 4, article.ports
        assert article.related, article.ports
        assert len(article.sources) >= 2, article.ports
