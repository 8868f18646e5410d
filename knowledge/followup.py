"""Questions that go on from an answer: "and on windows?", "what about udp?", "is it safe?"."""

import re
from dataclasses import replace

from knowledge import acts, chat, match
from knowledge.base import KnowledgeBase
from knowledge.match import Subject
from knowledge.model import MAX_PORT, Answer, Intent, Question
from knowledge.names import Origin
from knowledge.vocabulary import Concept

LONGEST = 9  # words; who says more, says what he means
EVIDENCE = 0.9  # that the port of the answer is still meant

_WANTS = int(
    Concept.CHECK
    | Concept.ENQUIRE
    | Concept.STOP
    | Concept.IN_USE
    | Concept.OPEN
    | Concept.CLOSE
    | Concept.STATE
    | Concept.FIREWALL
    | Concept.SAFETY
    | Concept.EXPOSE
    | Concept.NEIGHBORS
    | Concept.REGISTRY
    | Concept.LINUX
    | Concept.MACOS
    | Concept.WINDOWS
    | Concept.FREEBSD
    | Concept.TCP
    | Concept.UDP
    | Concept.SCTP
    | Concept.DCCP
)
_STRANGE = int(Concept.ELSEWHERE | Concept.UNIT | Concept.SUGGEST | Concept.OWN | Concept.PLAIN)
_LINKS = int(Concept.AND | Concept.OR | Concept.FOLLOWUP | Concept.ABOUT)
_LONE_NUMBER = re.compile(r"[^\W\d]*(?:\s+[^\W\d]+){0,2}\s*(?<![\w.-])(\d{1,5})\s*[?!.\uff1f]*")
_DOING = int(Concept.CLOSE | Concept.STOP | Concept.IN_USE)  # what the wish of an act hangs on


def going_on(question: Question, previous: Answer, base: KnowledgeBase) -> Question:
    """Return the question with what it leaves out taken from the previous answer.

    A question that names a port or a service of its own takes only the intent ("and 8080?" after
    "what listens on 80"); one that names none takes the ports, where it wants something of them.
    """
    if previous.ports and not question.ports:
        question = _with_lone_number(question)
    if question.ports or question.spans or question.invalid:
        return _with_intent(question, previous)
    if not previous.ports or len(question.words) > LONGEST:
        return question
    undoes = previous.intent is Intent.OPEN and acts.undoes(question.senses)
    wants = question.concepts & _WANTS or undoes
    strange = any(_is_strange(sense) for sense in question.senses)
    if not wants or strange or chat.is_chat(question):
        return question
    if _names_another(question, base):
        return _with_intent(question, previous)
    if undoes:
        return _taken_back(question, previous)
    intent = question.intent
    if intent in {Intent.NONE, Intent.ABOUT} and not question.concepts & Concept.REGISTRY:
        intent = previous.intent if previous.intent is not Intent.FAQ else Intent.ABOUT
    goes_on = question.intent in {Intent.NONE, Intent.ABOUT} and intent is previous.intent
    return replace(
        _with_wish(question, previous) if goes_on else question,
        goes_on=True,
        ports=previous.ports,
        intent=intent,
        host=question.host or (previous.question.host if intent is Intent.CHECK else None),
        protocol=question.protocol or previous.protocol,
        system=question.system or previous.system,
        evidence=EVIDENCE,
    )


def _with_lone_number(question: Question) -> Question:
    """Return a text that is but a number as one about that port: "404?" after a port."""
    found = _LONE_NUMBER.fullmatch(question.text)
    if found is None or not all(sense & _LINKS for sense in question.senses):
        return question
    number = int(found[1])
    return (
        replace(question, ports=(number,), evidence=EVIDENCE) if number <= MAX_PORT else question
    )


def _with_intent(question: Question, previous: Answer) -> Question:
    """Return "and 8080?" as the same question about 8080."""
    if question.intent is not Intent.NONE or not question.concepts & (
        Concept.FOLLOWUP | Concept.AND
    ):
        return question
    return replace(
        _with_wish(question, previous),
        goes_on=True,
        intent=previous.intent,
        host=question.host or previous.question.host,
        system=question.system or previous.system,
    )


def _is_strange(sense: int) -> bool:
    return not sense or bool(sense & _STRANGE and not sense & Concept.UNDO)


def _taken_back(question: Question, previous: Answer) -> Question:
    """Return "undo that" as the opposite of what was done to the ports."""
    return replace(
        question,
        ports=previous.ports,
        intent=Intent.OPEN,
        closing=not previous.question.closing,
        protocol=question.protocol or previous.protocol,
        system=question.system or previous.system,
        evidence=EVIDENCE,
    )


def _with_wish(question: Question, previous: Answer) -> Question:
    """Return the question with what was to be done with the ports before: closed, stopped."""
    before = previous.question
    return replace(
        question,
        closing=before.closing,
        concepts=question.concepts | (before.concepts & _DOING),
    )


def _names_another(question: Question, base: KnowledgeBase) -> bool:
    """Tell whether a service or product is named: by a word that is no other, or by its own name.

    "HTTP" and "telnet" are words of the trade as well as names, but "router" and "printer", which
    are names of services, too, only say where and of what.
    """
    return any(
        any(not question.senses[i] for i in range(subject.start, subject.end))
        or _is_its_own_name(subject, question)
        for subject in match.subjects(question, base.vocabulary)
    )


def _is_its_own_name(subject: Subject, question: Question) -> bool:
    """Tell whether a word of the trade names a thing, and no means: "test it with telnet"."""
    name, at = subject.name, subject.start
    known = subject.exact and name.origin is Origin.PRODUCT and not name.everyday
    before = question.senses[max(0, at - 2) : at]
    means = len(before) > 1 and all(sense & Concept.FUNCTION for sense in before)
    return known and bool(question.senses[at] & Concept.NETWORK) and not means
