"""An answer as the JSON object that DESIGN.md promises to programs."""

import json
from typing import Any

from knowledge.model import Answer, Assigned, PortFacts, status_word


def to_json(answer: Answer, id: str | int | None = None) -> dict[str, Any]:  # noqa: A002 (its name in the promise)
    """Return the promised object, of plain JSON values; keys may be added, none removed.

    Args:
        answer: what to tell.
        id: handed back as it is, so that a program finds its question again.
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
    }


def to_line(answer: Answer, id: str | int | None = None, *, indent: int | None = None) -> str:  # noqa: A002
    """Return the object as text that every encoding of Unicode can carry.

    Scripts stay readable; only where half a surrogate pair stands in the text all is escaped.
    """
    value = to_json(answer, id)
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
