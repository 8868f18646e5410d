"""Questions that go on from an answer: "and on windows?", "what about udp?", "is it safe?"."""

import re
from dataclasses import replace

from knowledge import acts, chat, match
from knowledge.base import KnowledgeBase
from knowledge.hosts import named_host
from knowledge.match import Subject
from knowledge.model import MAX_PORT, Answer, Intent, Question
from knowledge.names import Origin
from knowledge.understand import understand
from knowledge.vocabulary import PROTOCOLS, SMALL, SYSTEMS, Concept

LONGEST = 9  # words; who says more, says what he means
_FEW = 4  # words that merely go on
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
_LINKING = int(Concept.FOLLOWUP | Concept.AND)
_SMALL = _LINKING | SMALL | int(Concept.FUNCTION)
_ACTING = _WANTS & ~int(Concept.FIREWALL) & ~(SYSTEMS | PROTOCOLS)
_DOING = int(
    Concept.OPEN | Concept.CLOSE | Concept.STOP | Concept.IN_USE
)  # what the wish of an act hangs on


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
    return (
        _on_another_machine(question, previous)
        or _of_the_same_name(question, previous, base)
        or _of_another_name(question, previous, base)
        or _of_the_same_ports(question, previous, base)
    )


def _of_the_same_ports(question: Question, previous: Answer, base: KnowledgeBase) -> Question:
    """Return "and on windows?" or "is it safe?" as asked of the ports of the previous answer."""
    undoes = previous.intent is Intent.OPEN and acts.undoes(question.senses)
    wants = question.concepts & _WANTS or undoes or question.source is not None
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
    # "in ufw" after "block it" names but the tool.
    tells = question.intent not in {Intent.NONE, Intent.ABOUT} and question.concepts & _ACTING
    goes_on = not tells and intent is previous.intent
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


def _on_another_machine(question: Question, previous: Answer) -> Question | None:
    """Return "what about 10.0.0.6" as the same check of another machine; None for others."""
    if previous.question.host is None or len(question.words) > _FEW:
        return None
    host = named_host(question.text)
    if host is None or not question.concepts & _LINKING:
        return None
    return replace(
        question,
        goes_on=True,
        ports=previous.ports,
        intent=Intent.CHECK,
        host=host,
        protocol=question.protocol or previous.protocol,
        evidence=EVIDENCE,
    )


def _of_the_same_name(
    question: Question, previous: Answer, base: KnowledgeBase
) -> Question | None:
    """Return "with tls?" after "redis port" as "redis port with tls?".

    None where that is no other port of what was asked for.
    """
    before = previous.question
    if before.ports or before.spans or previous.faq or not 0 < len(question.words) <= _FEW:
        return None
    was = match.subjects(before, base.vocabulary)
    if len(was) != 1:
        return None
    together = understand(f"{before.text} {question.text}", base.vocabulary, before.language)
    now = match.subjects(together, base.vocabulary)
    if (
        len(now) != 1
        or together.ports
        or not _is_one_name(was[0], now[0])
        or now[0].places[0].number == previous.ports[0]
    ):
        return None
    return replace(together, text=question.text, goes_on=True)


def _is_one_name(was: Subject, now: Subject) -> bool:
    """Tell whether a name is still the same, or has become a longer one: "ldap over ssl"."""
    return now.name.key == was.name.key or now.start <= was.start < was.end < now.end


def _of_another_name(question: Question, previous: Answer, base: KnowledgeBase) -> Question | None:
    """Return "and telnet" after "close ssh" as "close telnet"; None where nothing is named."""
    linked = question.senses and question.senses[0] & _LINKING
    if not linked or question.concepts & _WANTS or len(question.words) > _FEW:
        return None
    asking = replace(
        question,
        intent=Intent.NONE,
        concepts=question.concepts | (0 if previous.question.ports else int(Concept.PORT)),
    )
    named = match.subjects(asking, base.vocabulary)
    rest = {index for index, sense in enumerate(question.senses) if sense & ~_SMALL or not sense}
    if len(named) != 1 or not rest <= match.words_of(named):
        return None
    return _with_intent(asking, previous)


def _is_strange(sense: int) -> bool:
    return not sense or bool(sense & _STRANGE and not sense & Concept.UNDO)


def _taken_back(question: Question, previous: Answer) -> Question:
    """Return "undo that" as the opposite of what was done to the ports."""
    return replace(
        question,
        goes_on=True,
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
        outbound=question.outbound or before.outbound,
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
