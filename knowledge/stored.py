"""How articles and FAQs stand in one column of the knowledge base: as JSON, without their keys."""

import json

from knowledge.model import Article, Faq, QuestionAndAnswer, Section, Source, System


def article_content(article: Article) -> str:
    """Return all of an article but its title, summary and origin."""
    return _json(
        {
            "ports": article.ports,
            "sections": [(section.heading, section.text) for section in article.sections],
            "faqs": [(faq.question, faq.answer) for faq in article.faqs],
            "commands": article.commands,
            "disputed": article.disputed,
            "related": article.related,
            "sources": [(source.title, source.url) for source in article.sources],
        }
    )


def article(title: str, summary: str, origin: str, content: str) -> Article:
    """Return the article that was stored."""
    parts = json.loads(content)
    return Article(
        ports=tuple(parts["ports"]),
        title=title,
        summary=summary,
        sections=tuple(Section(heading, text) for heading, text in parts["sections"]),
        faqs=tuple(QuestionAndAnswer(question, answer) for question, answer in parts["faqs"]),
        commands=tuple(parts["commands"]),
        disputed=tuple(parts["disputed"]),
        related=tuple(parts["related"]),
        sources=tuple(Source(title, url) for title, url in parts["sources"]),
        origin=origin,
    )


def faq_content(faq: Faq) -> str:
    """Return a FAQ's commands, related slugs and sources."""
    return _json(
        {
            "commands": {system.value: lines for system, lines in faq.commands.items()},
            "related": faq.related,
            "sources": [(source.title, source.url) for source in faq.sources],
            "part_of": faq.part_of,
        }
    )


def faq(  # noqa: PLR0913, PLR0917 one argument for each column
    slug: str, question: str, wordings: tuple[str, ...], answer: str, details: str, content: str
) -> Faq:
    """Return the FAQ that was stored."""
    parts = json.loads(content)
    return Faq(
        slug=slug,
        question=question,
        wordings=wordings,
        answer=answer,
        details=details,
        commands={System(system): tuple(lines) for system, lines in parts["commands"].items()},
        related=tuple(parts["related"]),
        sources=tuple(Source(title, url) for title, url in parts["sources"]),
        part_of=parts["part_of"],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
