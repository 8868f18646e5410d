"""The answer to a paste: its ports, those that deserve attention first."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from gettext import NullTranslations

from knowledge import compose
from knowledge.answers import Maker, Meaning
from knowledge.base import KnowledgeBase
from knowledge.explain import Explained, explain
from knowledge.model import Alternative, Answer, Intent, Point, PointKind, Question, Source
from knowledge.paste import LONGEST
from knowledge.pasted.failures import failure_of
from knowledge.pasted.model import Kind, Paste, PastedPort, Role
from knowledge.phrasebook import ENGLISH, _, counted
from knowledge.resolve import resolve
from knowledge.sentences import beginning
from knowledge.several import MOST_FACTS
from knowledge.vocabulary import Concept

CONFIDENCE = 0.95


def question_of(asked: Question, paste: Paste, text: str) -> Question:
    """Return the question that a paste asks, with the intent and language of the words beside."""
    # Who holds a port that is in use is told with how to find out, whoever says that it is.
    in_use = int(Concept.IN_USE) if paste.taken else 0
    spans = tuple(dict.fromkeys((p.number, p.last) for p in paste.ports if p.last is not None))
    return replace(
        asked,
        text=text,
        intent=_intent(asked, paste, text),
        ports=tuple(dict.fromkeys(_in_order(paste))),
        spans=spans,
        invalid=(),
        bounds=None,
        closing=False,
        concepts=asked.concepts | in_use,
        pasted=True,
        evidence=CONFIDENCE,
    )


def _intent(asked: Question, paste: Paste, text: str) -> Intent:
    """Return what is wanted: what the words beside ask, never a word of the paste itself."""
    theirs = all(port.role is Role.CLIENT for port in paste.ports)
    if asked.intent is Intent.SAFETY and asked.concepts & Concept.SAFETY:
        return Intent.ABOUT if theirs else Intent.SAFETY
    if asked.intent is Intent.CHECK:
        return Intent.CHECK
    alone = len({port.number for port in paste.ports}) == 1
    # Who holds it, or whether anything answers there.
    return Intent.CHECK if alone and (paste.taken or failure_of(text)) else Intent.ABOUT


def _in_order(paste: Paste) -> Iterator[int]:
    ports: Iterable[PastedPort] = paste.ports
    if paste.kind is Kind.FIREWALL:  # at what somebody knocked, before the port they came from
        ports = sorted(ports, key=lambda port: port.role is Role.CLIENT)
    for port in ports:
        yield port.number
        if port.last is not None:
            yield port.last


def answer(
    question: Question, paste: Paste, base: KnowledgeBase, phrases: NullTranslations = ENGLISH
) -> Answer:
    """Return the answer to a paste: every port, those that deserve attention first."""
    explanation = explain(paste, base, phrases)
    if len(explanation.ports) == 1:
        return _of_one(question, explanation.ports[0], base, phrases)
    careful = [
        Point(PointKind.RISK, f"{port.label}: {' '.join(port.attention)}")
        for port in explanation.attention
    ]
    lines = [
        Point(
            PointKind.DETAIL,
            phrases.gettext(_("{port}: {what} — {role}")).format(
                port=port.label, what=port.what, role=port.role
            ),
        )
        for port in explanation.ports
    ]
    return Answer(
        question=question,
        intent=question.intent,
        confidence=question.evidence,
        title=phrases.ngettext(
            "{count} port in what you pasted",
            "{count} ports in what you pasted",
            len(explanation.ports),
        ).format(count=len(explanation.ports)),
        summary=explanation.summary,
        ports=question.ports,
        protocol=question.protocol,
        system=question.system,
        points=(*careful, *lines),
        facts=tuple(base.facts(number) for number in question.ports[:MOST_FACTS]),
        sources=_sources(explanation.ports[:MOST_FACTS]),
    )


def too_long(
    question: Question, base: KnowledgeBase, phrases: NullTranslations = ENGLISH
) -> Answer:
    """Return that a text is longer than what is read at once."""
    return replace(
        Maker(base, phrases).nothing(question),
        title=phrases.gettext(_("Too long to read")),
        summary=phrases.gettext(
            _("That is more than I read at once: paste at most {count} characters.")
        ).format(count=counted(LONGEST, phrases)),
    )


def _of_one(
    question: Question, port: Explained, base: KnowledgeBase, phrases: NullTranslations
) -> Answer:
    if port.last is not None:
        return replace(resolve(replace(question, pasted=False), base, phrases), question=question)
    lead = phrases.gettext(_("In what you pasted: {role}.")).format(role=port.role)
    if all(place.role is Role.MENTIONED and not place.process for place in port.places):
        lead = ""  # that it is in it needs no saying
    found = Maker(base, phrases).port(
        question, Meaning((port.number,), question.intent, question.evidence, lead=lead)
    )
    why = None if port.attention else failure_of(question.text)
    entry = base.faq(why) if why is not None else None
    if entry is not None:
        found = replace(
            found,
            summary=f"{entry.answer} {found.summary}",
            sources=(*entry.sources, *found.sources),
            alternatives=(Alternative(entry.question, (), CONFIDENCE, entry.question),),
        )
    careful = tuple(Point(PointKind.RISK, sentence) for sentence in port.attention)
    told = " ".join(port.attention)
    return replace(
        found,
        summary=beginning(found.summary),
        points=(*careful, *(point for point in found.points if point.text not in told)),
    )


def _sources(ports: Iterable[Explained]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for port in ports:
        for source in compose.sources(port.facts, port.protocol):
            found.setdefault(source.url or source.title, source)
    return tuple(found.values())
