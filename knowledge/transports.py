"""Which transport protocols a named thing uses, told first where that is asked."""

from gettext import NullTranslations

from knowledge.match import Subject
from knowledge.model import Intent, Protocol, Question
from knowledge.names import Origin
from knowledge.phrasebook import _, joined
from knowledge.vocabulary import PROTOCOLS, Concept


def are_asked(question: Question, intent: Intent, subject: Subject) -> bool:
    """Tell whether it is asked over what a product works: "does NTP use TCP", "is RDP udp"."""
    return (
        intent is Intent.ABOUT
        and bool(question.concepts & PROTOCOLS)
        and not question.concepts & (Concept.PORT | Concept.WHICH)
        and subject.name.origin is not Origin.SERVICE
    )


def told(question: Question, subject: Subject, phrases: NullTranslations) -> str:
    """Return the sentence that says over what a product works on the port that is told of it."""
    number = subject.places[0].number
    used = {place.protocol for place in subject.name.places if place.number == number}
    protocols = joined([each.upper() for each in Protocol if each in used], phrases)
    if question.protocol is None or question.protocol in used:
        # Translators: {name} is a product; {protocols} is "UDP", or a list such as "TCP and UDP".
        text = _("{name} uses {protocols} on port {port}.")
    else:
        # Translators: {name} is a product, {protocol} the one that was asked for, such as "TCP";
        # {protocols} is "UDP", or a list such as "UDP and SCTP".
        text = _("{name} is not known to use {protocol} on port {port}, only {protocols}.")
    return phrases.gettext(text).format(
        name=subject.name.label,
        protocol=(question.protocol or "").upper(),
        protocols=protocols,
        port=number,
    )
