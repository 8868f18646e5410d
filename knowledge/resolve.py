"""Question -> Answer: decides what is meant, from what the text names and what is known."""

from collections.abc import Sequence
from gettext import NullTranslations

from knowledge import free_answer, match, span_answer, transports
from knowledge.answers import Maker, Meaning
from knowledge.base import KnowledgeBase
from knowledge.concept_questions import BOUNDARIES, is_asked, is_asked_of_a_port, may_be_asked
from knowledge.likeness import Hit
from knowledge.match import Subject
from knowledge.meant import CERTAIN_FAQ, WORD_FOR_WORD, Meant, weigh
from knowledge.model import Alternative, Answer, Faq, Intent, Question
from knowledge.named_things import (
    FILLER,
    SURE_NAME,
    all_that_is_said,
    confidence_in,
    is_alone,
    is_bare,
    is_generic,
    is_plain,
    likely_named,
    only_tells_which,
)
from knowledge.names import Origin
from knowledge.phrasebook import ENGLISH
from knowledge.vocabulary import OURS, PROTOCOLS, Concept

MAYBE_FAQ = 0.46  # worth to be offered
_OF_BOUNDARY = 0.62  # enough of a text with the first or last port of a range
_PORT_ZERO = 0.35  # enough of a text with port 0, which is but a concept
_LABELLED = 0.9  # evidence of a number with the word port beside it
_SENTENCE = 4  # words
_FEW_BESIDE_PORT = 5  # words
_MOST_ALTERNATIVES = 3
_PORT_INTENTS = frozenset({
    Intent.ABOUT, Intent.CHECK, Intent.OPEN, Intent.SAFETY, Intent.NEIGHBORS,
})  # fmt: skip
_TELLING = frozenset({Intent.ABOUT, Intent.NONE, Intent.COMPARE})
_TOLD_OF_PORTS = int(Concept.REGISTRY | Concept.RANGE)  # "is 5222 registered or well known"
_ASKING_WHAT = (
    FILLER | PROTOCOLS | int(Concept.PORT | Concept.RUNS | Concept.NUMBER_SIGN | Concept.OR)
)
_ELSEWHERE = int(Concept.ELSEWHERE)
_FREE = int(Concept.FREE)
_IDENTIFY = int(Concept.IDENTIFY)
_NETWORK = int(Concept.NETWORK)
_OFFERED_TO = OURS | int(Concept.IN_USE)  # who speaks of none of these is offered nothing


def resolve(
    question: Question, base: KnowledgeBase, phrases: NullTranslations = ENGLISH
) -> Answer:
    """Return the answer to a question; one of intent NONE where there is none."""
    maker = Maker(base, phrases)
    if question.invalid:
        return maker.invalid(question)
    if question.ports or question.spans:
        return _about_numbers(question, base, maker)
    return _about_words(question, base, maker)


def _about_numbers(question: Question, base: KnowledgeBase, maker: Maker) -> Answer:
    if question.pasted:
        return maker.port(question, Meaning(question.ports, Intent.ABOUT, question.evidence))
    if question.spans:
        acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY}
        intent = question.intent if acts else Intent.ABOUT
        return span_answer.answer(question, intent, question.evidence, maker.base, maker.phrases)
    entry = _concept_despite_numbers(question, base)
    if entry is not None:
        return maker.faq(question, entry[0], entry[1])
    if question.intent is Intent.COMPARE:
        return _compare(question, base, maker)
    return _about_port(question, maker)


def _about_port(question: Question, maker: Maker) -> Answer:
    """Return the answer about a port, after the intent."""
    evidence = question.evidence
    match question.intent:
        case Intent.NEIGHBORS if not _wants_one_of_its_own(question):
            return maker.neighbors(question, question.ports[0], evidence)
        case Intent.CHECK if question.concepts & Concept.DEFAULT and _asks_where_it_runs(question):
            return maker.port(question, Meaning(question.ports, Intent.ABOUT, evidence))
        case Intent.NEIGHBORS:
            return _suggestion(question, evidence, maker)
        case Intent.SUGGEST if _asks_for_another(question):
            return _suggestion(question, evidence, maker)
        case Intent.CHECK | Intent.OPEN | Intent.SAFETY as intent:
            return maker.port(question, Meaning(question.ports, intent, evidence))
        case _:
            lead, product = _thing_beside_port(question, maker)
            meaning = Meaning(question.ports, Intent.ABOUT, evidence, lead=lead, named=product)
            return maker.port(question, meaning)


def _thing_beside_port(question: Question, maker: Maker) -> tuple[str, str]:
    """Return where the product is met that is named beside a port, and it where that is there.

    So "is port 3306 MySQL" is told first that it is, and "is 8080 Redis" where Redis is.
    """
    few = len(question.ports) == 1 and len(question.words) <= _FEW_BESIDE_PORT
    if not few or all(sense and not sense & _NETWORK for sense in question.senses):
        return "", ""
    number = question.ports[0]
    subjects = match.subjects(question, maker.base.vocabulary)
    there_met = [s for s in subjects if any(place.number == number for place in s.places)]
    named = there_met or likely_named(question, subjects)
    if len(named) != 1 or not named[0].exact or named[0].name.origin is Origin.SERVICE:
        return "", ""
    thing = named[0].name
    there = [place for place in thing.places if place.number == number]
    if not there and (thing.everyday or is_generic(question, named[0])):
        return "", ""
    others = [place for place in thing.places if place not in there]
    told = maker.found(thing.label, [*there, *others], service=False)
    return told, thing.label if there else ""


def _compare(question: Question, base: KnowledgeBase, maker: Maker) -> Answer:
    """Return what tells two ports apart; of one port that is compared with a name, both."""
    numbers = question.ports
    if len(numbers) == 1:
        subjects = match.subjects(question, base.vocabulary)
        numbers += tuple(s.places[0].number for s in subjects if s.places[0].number != numbers[0])
    if len(numbers) > 1:
        return maker.compare(question, numbers, question.evidence)
    return maker.port(question, Meaning(numbers, Intent.ABOUT, question.evidence))


def _concept_despite_numbers(question: Question, base: KnowledgeBase) -> tuple[Faq, float] | None:
    """Return the concept question that a text asks although it names a port, and how surely.

    The number belongs to it ("why is 65535 the highest port"), is but said by the way, or is that
    of which it is asked ("why is port 80 privileged").
    """
    zero = 0 in question.ports
    if question.concepts & _IDENTIFY and not zero:
        return None
    more = any(
        not sense or (sense & ~_ASKING_WHAT and not sense & PROTOCOLS) for sense in question.senses
    )
    if not more and not BOUNDARIES.issuperset(question.ports):
        return None  # "is port 25 tcp or udp"
    belongs, aside = _belongs_or_is_aside(question, base)
    if not (belongs or aside or _may_be_asked_of_a_port(question)):
        return None
    hits = base.concept_questions.closest(question)
    if not hits or not _is_the_concept(question, hits[0], base, belongs=belongs, aside=aside):
        return None
    entry = base.faq(hits[0].slug)
    return None if entry is None else (entry, hits[0].score)


def _is_the_concept(
    question: Question, hit: Hit, base: KnowledgeBase, *, belongs: bool, aside: bool
) -> bool:
    """Tell whether a concept question is asked, be it of the port that is named."""
    if is_asked_of_a_port(question, hit) and not _uses_it(question, base):
        return True
    zero = 0 in question.ports
    if not (zero or is_asked(question, hit)):
        return False
    if belongs and (
        BOUNDARIES.issuperset(question.ports)
        or {str(number) for number in question.ports} <= hit.shared
    ):
        return hit.score >= (_PORT_ZERO if zero else _OF_BOUNDARY)
    return aside and hit.score >= CERTAIN_FAQ


def _belongs_or_is_aside(question: Question, base: KnowledgeBase) -> tuple[bool, bool]:
    """Tell whether a concept question may speak of the numbers, or they are said by the way."""
    tells = question.intent in _TELLING
    words = len(question.words)
    if 0 in question.ports:
        return True, False
    if words < _SENTENCE:
        return False, False
    belongs = BOUNDARIES.issuperset(question.ports) or (
        tells
        and words > _SENTENCE
        and base.concept_questions.speak_of(question.ports, question.language)
    )
    return belongs, question.evidence < _LABELLED and tells


def _may_be_asked_of_a_port(question: Question) -> bool:
    """Tell whether a concept question may be asked of the one port that is named."""
    if len(question.ports) != 1:
        return False
    if question.concepts & Concept.WHY:
        return True
    return question.intent in _TELLING and not question.concepts & _TOLD_OF_PORTS


def _uses_it(question: Question, base: KnowledgeBase) -> bool:
    """Tell whether a thing is named that uses the port: "why does traceroute use 33434"."""
    return bool(question.concepts & Concept.RUNS) and any(
        place.number == question.ports[0]
        for subject in match.subjects(question, base.vocabulary)
        for place in subject.places
    )


def _suggestion(question: Question, confidence: float, maker: Maker) -> Answer:
    wanted = free_answer.wanted_of(question)
    return free_answer.answer(question, wanted, maker.base, confidence, maker.phrases)


def _wants_one_of_its_own(question: Question) -> bool:
    """Tell whether the port named is but where another is wanted: "one around 8100 for my app"."""
    wanted = int(Concept.SUGGEST | Concept.OWN)
    return question.concepts & wanted == wanted


def _asks_for_another(question: Question) -> bool:
    """Tell whether the ports named are the ones that the asker cannot take."""
    return bool(question.concepts & (_FREE | Concept.IN_USE)) or len(question.ports) > 1


def _about_words(question: Question, base: KnowledgeBase, maker: Maker) -> Answer:
    subjects = match.subjects(question, base.vocabulary)
    named = likely_named(question, subjects)
    confidence = confidence_in(question, named) if named else 0.0
    plain = is_plain(question, named, confidence)
    if plain and not named[0].name.everyday:
        return _about_subjects(question, named, confidence, maker)
    hits = _wordings(question, base)
    alone = is_alone(question, named)
    if (plain or alone) and (not hits or hits[0].score < WORD_FOR_WORD):
        return _about_subjects(question, named, max(confidence, SURE_NAME), maker)
    meant = weigh(question, hits, named, confidence)
    whole = all_that_is_said(question, subjects)
    if whole and meant is Meant.CONCEPT and hits[0].score < WORD_FOR_WORD:
        meant = Meant.NOTHING  # "what is Flask" is no question about what a wording says of it
    match meant:
        case Meant.CONCEPT:
            return _faq(question, hits, base, maker)
        case Meant.SUGGESTION:
            return _suggestion(question, 0.85, maker)
        case Meant.SUBJECT:
            return _about_subjects(question, named, confidence, maker)
        case Meant.NOTHING:
            return maker.nothing(
                question, _offers(question, named or whole, () if whole else hits, base)
            )


def _wordings(question: Question, base: KnowledgeBase) -> tuple[Hit, ...]:
    """Return the concept questions that the text may ask."""
    if all(sense and not sense & ~FILLER for sense in question.senses):
        return ()  # "what time is it"
    return base.concept_questions.closest(question)


def _about_subjects(
    question: Question, named: Sequence[Subject], confidence: float, maker: Maker
) -> Answer:
    both = len(named) > 1 and question.concepts & Concept.AND and is_bare(question, named)
    if both:
        named = sorted(named, key=lambda subject: subject.start)
    numbers = tuple(dict.fromkeys(subject.places[0].number for subject in named))
    if question.intent is Intent.COMPARE and len(numbers) > 1:
        return maker.compare(question, numbers, confidence)
    intent = question.intent if question.intent in _PORT_INTENTS else Intent.ABOUT
    if intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY} and only_tells_which(
        question, named[0]
    ):
        intent = Intent.ABOUT
    asks_port = question.concepts & Concept.WHICH and not question.concepts & Concept.ENQUIRE
    asks_where = intent is Intent.CHECK and _asks_where_it_runs(question)
    if intent in {Intent.CHECK, Intent.OPEN} and (asks_port or asks_where):
        intent = Intent.ABOUT
    if _is_not_meant(question, intent, named):
        intent = Intent.ABOUT
    if intent is Intent.NEIGHBORS:
        return maker.neighbors(question, numbers[0], confidence)
    first = named[0]
    places = dict.fromkeys(place.number for place in first.places)
    alternatives = tuple(
        Alternative(f"{first.name.label}: {number}", (number,), confidence * 0.6, f"port {number}")
        for number in list(places)[1 : 1 + _MOST_ALTERNATIVES]
    )
    leads = [
        maker.found(s.name.label, s.places, service=s.name.origin is Origin.SERVICE)
        for s in (named if both else named[:1])
    ]
    ports = numbers if both else numbers[:1]
    product = "" if first.name.origin is Origin.SERVICE else first.name.label
    if transports.are_asked(question, intent, first):
        leads.insert(0, transports.told(question, first, maker.phrases))
    lead = " ".join(leads)
    return maker.port(question, Meaning(ports, intent, confidence, alternatives, lead, product))


def _is_not_meant(question: Question, intent: Intent, named: Sequence[Subject]) -> bool:
    """Tell whether an intent comes of words said beside a question for a port.

    "Which port do I forward to reach Plex from outside", "opnsense port".
    """
    concepts = question.concepts
    if intent is Intent.SAFETY:
        return bool(concepts & Concept.WHICH) and not concepts & Concept.SAFETY
    if intent is Intent.OPEN:
        return not concepts & (Concept.OPEN | Concept.CLOSE) and is_bare(question, named)
    return False


def _asks_where_it_runs(question: Question) -> bool:
    """Tell whether all that speaks of checking may as well ask where a thing runs.

    "Which port does OpenVPN listen on" asks for a port, "what listens there" for a process.
    """
    if question.concepts & (Concept.STOP | Concept.IN_USE | Concept.ENQUIRE | Concept.OPEN):
        return False
    checking = Concept.CHECK
    return all(sense & Concept.RUNS for sense in question.senses if sense & checking)


def _faq(question: Question, hits: Sequence[Hit], base: KnowledgeBase, maker: Maker) -> Answer:
    entry = base.faq(hits[0].slug)
    if entry is None:
        return maker.nothing(question)
    alternatives = _faq_alternatives(hits[1:], base)
    return maker.faq(question, entry, min(hits[0].score, 0.98), alternatives)


def _faq_alternatives(hits: Sequence[Hit], base: KnowledgeBase) -> tuple[Alternative, ...]:
    found = []
    for hit in hits:
        entry = base.faq(hit.slug)
        if entry is not None and hit.score >= MAYBE_FAQ:
            found.append(Alternative(entry.question, (), hit.score, entry.question))
    return tuple(found[:_MOST_ALTERNATIVES])


def _offers(
    question: Question, named: Sequence[Subject], hits: Sequence[Hit], base: KnowledgeBase
) -> tuple[Alternative, ...]:
    """Return what an unanswered question may have meant; nothing for talk of other things."""
    alone = bool(all_that_is_said(question, named))
    if not alone and (question.concepts & _ELSEWHERE or not question.concepts & _OFFERED_TO):
        return ()
    found = [
        Alternative(
            subject.name.label,
            (subject.places[0].number,),
            0.4 * subject.score,
            f"port {subject.places[0].number}",
        )
        for subject in named
    ]
    found += _faq_alternatives([hit for hit in hits if may_be_asked(question, hit)], base)
    return tuple(sorted(found, key=lambda offer: -offer.confidence)[:_MOST_ALTERNATIVES])
