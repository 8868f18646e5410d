"""An answer as the JSON object that DESIGN.md promises to programs."""

import json
from typing import Any

from knowledge.model import Answer, Assigned, PortFacts, status_word


def to_json(
    answer: Answer,
    id: str | int | None = None,  # noqa: A002 (its name in the promise)
    *,
    full: bool = False,
) -> dict[str, Any]:
    """Return the promised object, of plain JSON values; keys may be added, none removed.

    Args:
        answer: what to tell.
        id: handed back as it is, so that a program finds its question again.
        full: the articles, or the longer answer of the FAQ entry, as well, and what is to be
            known of each command.
    """
    first = answer.facts[0] if answer.facts else None
    return {
        "id": id,
        "question": answer.question.text,
        "language": answer.question.language,
        "intent": answer.intent.value,
        "ports": list(answer.ports),
        "range": list(answer.span) if answer.span is not None else None,
        "faq": answer.faq,
        "faq_entry": None if answer.entry is None else answer.entry.slug,
        "protocol": answer.protocol.value if answer.protocol is not None else None,
        "os": answer.system.value if answer.system is not None else None,
        "confidence": round(answer.confidence, 4),
        "title": answer.title,
        "summary": answer.summary,
        "points": [{"kind": point.kind.value, "text": point.text} for point in answer.points],
        "commands": {
            system.value: [command.line for command in commands]
            for system, commands in answer.commands.items()
            if commands
        },
        "status": _status(first) if first is not None else None,
        "services": _services(first) if first is not None else None,
        "related": _related(first),
        "sources": [{"title": source.title, "url": source.url} for source in answer.sources],
        "alternatives": [
            {
                "title": alternative.title,
                "ports": list(alternative.ports),
                "confidence": round(alternative.confidence, 4),
                "ask": alternative.ask,
            }
            for alternative in answer.alternatives
        ],
        **(_whole(answer) if full else {}),
    }


def _whole(answer: Answer) -> dict[str, Any]:
    """Return what a card has no room for; the texts are Markdown."""
    articles = [] if answer.entry else [facts.article for facts in answer.facts if facts.article]
    return {
        "articles": [
            {
                "title": article.title,
                "ports": list(article.ports),
                "sections": [
                    {"heading": section.heading, "text": section.text}
                    for section in article.sections
                ],
                "questions": [
                    {"question": faq.question, "answer": faq.answer} for faq in article.faqs
                ],
            }
            for article in articles
        ],
        "details": answer.entry.details if answer.entry is not None else None,
        "command_notes": {
            system.value: [
                {"line": each.line, "caption": str(each.caption), "caution": str(each.caution)}
                for each in commands
            ]
            for system, commands in answer.commands.items()
            if commands
        },
    }


def to_line(
    answer: Answer,
    id: str | int | None = None,  # noqa: A002 (see `to_json`)
    *,
    indent: int | None = None,
    full: bool = False,
) -> str:
    """Return the object as text that every encoding of Unicode can carry.

    Scripts stay readable; only where half a surrogate pair stands in the text all is escaped.
    """
    value = to_json(answer, id, full=full)
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent)
    return text


def _status(facts: PortFacts) -> dict[str, str]:
    return {protocol.value: status_word(status) for protocol, status in facts.states.items()}


def _services(facts: PortFacts) -> dict[str, list[str]]:
    """Return the registry's names by protocol; none where the port is not assigned."""
    return {
        protocol.value: list(dict.fromkeys(row.name for row in status.assignments))
        if isinstance(status, Assigned)
        else []
        for protocol, status in facts.states.items()
    }


def _related(facts: PortFacts | None) -> list[int]:
    """Return the ports worth a look beside the first one."""
    if facts is None:
        return []
    beside = [number for number in (facts.previous, facts.next) if number is not None]
    return list(dict.fromkeys((*beside, *(facts.article.related if facts.article else ()))))
