"""Question -> Answer: decides what is meant, from what the text names and what is known."""

import itertools
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from gettext import NullTranslations

from knowledge import free_answer, match, wordings
from knowledge.answers import Maker, Meaning
from knowledge.base import KnowledgeBase
from knowledge.concept_questions import explains, is_asked, is_plainly_asked
from knowledge.likeness import Hit
from knowledge.match import Subject
from knowledge.model import Alternative, Answer, Faq, Intent, Question
from knowledge.names import Origin
from knowledge.phrasebook import ENGLISH
from knowledge.vocabulary import BESIDE, Concept

SURE_FAQ = 0.75  # a concept question that fits this well wins over everything else
CERTAIN_FAQ = 0.95  # wins even over "open the NATS port"
STRANGE_FAQ = 0.8  # enough where no word of the trade is known
LIKELY_FAQ = 0.55  # enough where nothing else was named
CHOOSES_FAQ = 0.65  # from here on a wish for a port is rather a question how to choose
MAYBE_FAQ = 0.46  # worth to be offered
SURE_NAME = 0.5
ONLY_NAMED = 0.9  # from here on nothing else is in the text but the name
_GENERIC = 0.45
_MAYBE_NAME = 0.42  # confidence in a name, where a port is asked for or to be acted on
_LIKELY_NAME = 0.8  # score of a name that is what it looks like, be it mistyped
_WORD_FOR_WORD = 0.9  # score of a concept question that was asked just so: "max port number"
_OF_BOUNDARY = 0.62  # enough of a text with the first or last port of a range
_PORT_ZERO = 0.35  # enough of a text with port 0, which is but a concept
_BOUNDARIES = frozenset({0, 1023, 1024, 49151, 49152, 65535})  # the ends of RFC 6335's ranges
_LABELLED = 0.9  # evidence of a number with the word port beside it
_SENTENCE = 4  # words
_FEW = 4  # words around a name that need not ask anything: "mysql port pls"
_MOST_ALTERNATIVES = 3
_PORT_INTENTS = frozenset({
    Intent.ABOUT, Intent.CHECK, Intent.OPEN, Intent.SAFETY, Intent.NEIGHBORS,
})  # fmt: skip
_PORT = int(Concept.PORT)
_ELSEWHERE = int(Concept.ELSEWHERE)
_FREE = int(Concept.FREE)
_FILLER = int(
    Concept.FUNCTION
    | Concept.ABOUT
    | Concept.DEFAULT
    | Concept.FOLLOWUP
    | Concept.WHICH
    | Concept.IDENTIFY
    | Concept.WANT
    | Concept.ONLY
)
_ACTS = int(
    Concept.CHECK | Concept.OPEN | Concept.CLOSE | Concept.SAFETY | Concept.STOP | Concept.EXPOSE
)
_ASKING = int(Concept.WHICH | Concept.ABOUT | Concept.DEFAULT | Concept.RUNS | Concept.SUGGEST)
_AROUND = (
    _FILLER
    | _PORT
    | int(Concept.RUNS | Concept.NETWORK | Concept.NUMBER_SIGN | Concept.AND | Concept.OR | BESIDE)
    | int(Concept.SINCE | Concept.TO)  # "puerto de", "poort van"
    | int(Concept.TCP | Concept.UDP | Concept.SCTP | Concept.DCCP)
)
_TRADE = _PORT | int(
    Concept.NETWORK
    | Concept.REGISTRY
    | Concept.FIREWALL
    | Concept.TCP
    | Concept.UDP
    | Concept.SCTP
    | Concept.DCCP
    | Concept.IN_USE
)


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


# -------------------------------------------------------------------- numbers were named


def _about_numbers(question: Question, base: KnowledgeBase, maker: Maker) -> Answer:
    if question.pasted:
        return maker.port(question, Meaning(question.ports, Intent.ABOUT, question.evidence))
    if question.spans:
        acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY}
        intent = question.intent if acts else Intent.ABOUT
        return maker.span(question, intent, question.evidence)
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
        case Intent.NEIGHBORS:
            return maker.neighbors(question, question.ports[0], evidence)
        case Intent.CHECK if question.concepts & Concept.DEFAULT and _asks_where_it_runs(question):
            return maker.port(question, Meaning(question.ports, Intent.ABOUT, evidence))
        case Intent.SUGGEST if _asks_for_another(question):
            return _suggestion(question, evidence, maker)
        case Intent.ABOUT | Intent.CHECK | Intent.OPEN | Intent.SAFETY as intent:
            return maker.port(question, Meaning(question.ports, intent, evidence))
        case _:
            return maker.port(question, Meaning(question.ports, Intent.ABOUT, evidence))


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

    The number belongs to it ("why is 65535 the highest port"), or is but said by the way.
    """
    if question.concepts & Concept.IDENTIFY and 0 not in question.ports:
        return None
    zero = 0 in question.ports
    belongs = _BOUNDARIES.issuperset(question.ports)
    tells = question.intent in {Intent.ABOUT, Intent.NONE, Intent.COMPARE}
    if not zero and (len(question.words) < _SENTENCE or not (tells or belongs)):
        return None
    hits = base.concept_questions.closest(question)
    if not hits:
        return None
    if not belongs and len(question.words) > _SENTENCE:
        belongs = {str(number) for number in question.ports} <= hits[0].shared
    aside = question.evidence < _LABELLED and tells
    if not (belongs or aside):
        return None
    enough = (_PORT_ZERO if zero else _OF_BOUNDARY) if belongs else CERTAIN_FAQ
    if hits[0].score < enough or not (zero or is_asked(question, hits[0])):
        return None
    entry = base.faq(hits[0].slug)
    return None if entry is None else (entry, hits[0].score)


def _suggestion(question: Question, confidence: float, maker: Maker) -> Answer:
    wanted = free_answer.wanted_of(question)
    return free_answer.answer(question, wanted, maker.base, confidence, maker.phrases)


def _asks_for_another(question: Question) -> bool:
    """Tell whether the ports named are the ones that the asker cannot take."""
    return bool(question.concepts & (_FREE | Concept.IN_USE)) or len(question.ports) > 1


# -------------------------------------------------------------------- only words


class _Meant(Enum):
    """What a question without a number is about."""

    CONCEPT = auto()
    SUGGESTION = auto()
    SUBJECT = auto()
    NOTHING = auto()


def _about_words(question: Question, base: KnowledgeBase, maker: Maker) -> Answer:
    named = _named(question, match.subjects(question, base.vocabulary))
    confidence = _confidence(question, named) if named else 0.0
    plain = _is_plain(question, named, confidence)
    if plain and not named[0].name.everyday:
        return _about_subjects(question, named, confidence, maker)
    hits = _wordings(question, base)
    if plain and (not hits or hits[0].score < _WORD_FOR_WORD):
        return _about_subjects(question, named, confidence, maker)
    match _meant(question, hits, named, confidence):
        case _Meant.CONCEPT:
            return _faq(question, hits, base, maker)
        case _Meant.SUGGESTION:
            return _suggestion(question, 0.85, maker)
        case _Meant.SUBJECT:
            return _about_subjects(question, named, confidence, maker)
        case _Meant.NOTHING:
            return maker.nothing(question, _offers(question, named, hits, base))


def _meant(
    question: Question, hits: Sequence[Hit], named: Sequence[Subject], confidence: float
) -> _Meant:
    """Weigh the concept question that fits best against the names that the text holds."""
    names = {i for subject in named for i in range(subject.start, subject.end)}
    score = hits[0].score if hits and is_asked(question, hits[0], names) else 0.0
    bare = _is_bare(question, named)
    margin = 0.1
    sure = CERTAIN_FAQ if named and _is_surely_named(question, hits, named[0], names) else SURE_FAQ
    bare = bare and not (score >= _WORD_FOR_WORD and explains(question, hits[0], names))
    if score and named and not bare and _is_beside_the_point(question, hits[0], named[0], names):
        confidence -= _GENERIC
        margin = 0.0
    wished = bool(question.concepts & Concept.SUGGEST)
    if score >= sure and question.intent is not Intent.SUGGEST:
        meant = _Meant.CONCEPT
    elif _wants_suggestion(question, named):
        own = bool(question.concepts & (_FREE | Concept.OWN))
        chooses = hits and hits[0].slug == "choosing-a-port" and score >= CHOOSES_FAQ and not own
        asked = chooses or (score and not wished)
        meant = _Meant.CONCEPT if asked else _Meant.SUGGESTION
    elif confidence >= max(SURE_NAME, score - margin) or (
        sure > SURE_FAQ and confidence >= _MAYBE_NAME
    ):
        meant = _Meant.SUBJECT
    elif score and (
        is_plainly_asked(question, hits[0]) or not _names_the_unknown(question, hits[0])
    ):
        meant = _Meant.CONCEPT
    elif confidence >= SURE_NAME:
        meant = _Meant.SUBJECT
    else:
        meant = _Meant.NOTHING
    return meant


def _is_beside_the_point(
    question: Question, hit: Hit, subject: Subject, names: AbstractSet[int]
) -> bool:
    """Tell whether a name, next to a likely concept question, is hardly what the text is about.

    It is a word of the trade ("docker"), one of everyday talk, a typo's guess, or one of which
    the concept question speaks itself. Where a port is asked for, or something to be done with
    one, a name mostly is what it looks like.
    """
    if _is_before_port(question, subject):
        return False
    explained = explains(question, hit, names)
    generic = _generic(question, subject)
    if question.concepts & (Concept.WHICH | Concept.DEFAULT) or question.intent is Intent.OPEN:
        return (explained or subject.name.everyday) and hit.score >= SURE_FAQ
    weak = subject.name.everyday or not subject.exact
    if question.intent in {Intent.CHECK, Intent.SAFETY}:
        weak = weak or (generic and subject.name.origin is Origin.SERVICE)
        return weak or (explained and hit.score >= SURE_FAQ)
    return weak or explained or generic


def _is_surely_named(
    question: Question, hits: Sequence[Hit], subject: Subject, names: AbstractSet[int]
) -> bool:
    """Tell whether a port is asked for, or something to be done with it, and a name tells which.

    So only a concept question that speaks of the thing as well may be meant instead.
    """
    acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY}
    if acts and _is_the_port_of(question, subject):
        return True
    if subject.name.everyday or _generic(question, subject) or subject.score < _LIKELY_NAME:
        return False
    if acts:
        return True
    asks = bool(question.concepts & (Concept.WHICH | Concept.DEFAULT))
    return asks and bool(hits) and not explains(question, hits[0], names)


def _is_the_port_of(question: Question, subject: Subject) -> bool:
    """Tell whether the word port stands right behind a name that is surely one."""
    return subject.exact and not subject.name.everyday and _is_before_port(question, subject)


def _is_before_port(question: Question, subject: Subject) -> bool:
    """Tell whether the word port stands right behind a name."""
    behind = question.senses[subject.end] if subject.end < len(question.senses) else 0
    return bool(behind & _PORT)


def _is_plain(question: Question, named: Sequence[Subject], confidence: float) -> bool:
    """Tell whether the text surely asks about what it names, whatever else it resembles."""
    sure = confidence >= SURE_NAME and question.intent is not Intent.SUGGEST
    return sure and _is_bare(question, named)


def _is_bare(question: Question, named: Sequence[Subject]) -> bool:
    """Tell whether the text holds only names, the word port, and words around a question."""
    if not named:
        return False
    covered = {i for subject in named for i in range(subject.start, subject.end)}
    covered |= named[0].told
    rest = [sense for index, sense in enumerate(question.senses) if index not in covered]
    if question.intent is Intent.COMPARE and len(named) > 1:
        return all(rest)
    return bool(question.concepts & _PORT) and all(s and not s & ~_AROUND for s in rest)


def _names_the_unknown(question: Question, hit: Hit) -> bool:
    """Tell whether the text asks for the port of something that is not known: "foobar port"."""
    known = set(hit.wording.split())
    strange = [
        not sense and wordings.stem(word) not in known
        for word, sense in zip(question.words, question.senses, strict=True)
    ]
    asks = question.concepts & Concept.WHICH and question.concepts & Concept.RUNS
    if asks and any(strange) and not question.concepts & Concept.ABOUT:
        return True  # "which port does foobar use"
    if strange[-1:] == [True] and any(sense & _PORT for sense in question.senses[-3:]):
        return True  # "the port of foobar"
    unknown = False
    for odd, sense in zip(strange, question.senses, strict=True):
        if unknown and sense & _PORT:
            return True  # "foobar server port"
        unknown = odd or (unknown and bool(sense & (Concept.NETWORK | Concept.OWN)))
    return False


def _wordings(question: Question, base: KnowledgeBase) -> tuple[Hit, ...]:
    """Return the concept questions that the text may ask."""
    if all(sense and not sense & ~_FILLER for sense in question.senses):
        return ()  # "what time is it"
    return base.concept_questions.closest(question)


def _named(question: Question, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the subjects that the question is likely to mean, the likeliest first.

    A word of the trade that is also a product ("ssh", "docker") gives way to one that is only a
    name ("grafana in docker").
    """
    speaks = bool(question.concepts & _PORT)
    acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY} and bool(
        question.concepts & (Concept.NETWORK | Concept.EXPOSE | Concept.FIREWALL)
    )
    found = [
        subject
        for subject in subjects
        if (speaks or len(subject.name.key) >= 3 or len(question.words) <= 2)  # noqa: PLR2004 - two letters mean much
        and (speaks or acts or not subject.name.everyday or subject.end - subject.start > 1)
    ]
    if len(found) > 1 and question.intent is not Intent.COMPARE:
        found.sort(key=lambda s: (not s.exact, _generic(question, s), s.name.everyday, -s.score))
    return tuple(found)


def _generic(question: Question, subject: Subject) -> bool:
    """Tell whether a name is but one word, and that a word of the trade."""
    return subject.end - subject.start == 1 and bool(question.senses[subject.start])


def _confidence(question: Question, named: Sequence[Subject]) -> float:
    """Return how surely the text asks about the thing that it names."""
    covered = {i for subject in named for i in range(subject.start, subject.end)}
    covered |= named[0].told
    roles = {word for s in named for place in s.places for word in place.role_words}
    unknown = elsewhere = 0.0
    asking = _asking_sentences(question, covered)
    for index, sense in enumerate(question.senses):
        if index in covered or question.words[index] in roles:
            continue
        share = 1.0 if question.sentences[index] in asking else 0.5
        if not sense:
            unknown += share
        elif sense & _ELSEWHERE:
            elsewhere += share
    confidence = named[0].score
    speaks = bool(question.concepts & _PORT)
    asks = "?" in question.text or question.concepts & _ASKING
    others = len(question.words) - len(covered)
    acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY}
    if speaks and not asks and not acts and others > _FEW:
        confidence -= 0.25  # "the PC port of it stutters": told, not asked
    if not speaks:
        asks = question.concepts & (Concept.ABOUT | Concept.DEFAULT)
        alone = others <= 1 or (others <= 2 and "?" in question.text)  # noqa: PLR2004 - "coap?"
        acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY, Intent.COMPARE}
        if unknown == 0 and (asks or acts or alone):
            confidence -= 0.08
        elif acts and question.concepts & (Concept.NETWORK | Concept.EXPOSE | Concept.FIREWALL):
            confidence -= 0.15
        elif question.concepts & (Concept.RUNS | Concept.CHECK) and "?" in question.text:
            confidence -= 0.2
        else:
            confidence -= 0.6
    confidence -= 0.45 * min(elsewhere, 2)
    confidence -= (0.08 if speaks else 0.12) * min(unknown, 5)
    return max(0.0, min(confidence, 0.98))


def _asking_sentences(question: Question, covered: AbstractSet[int]) -> AbstractSet[int]:
    """Return the sentences that hold a name or the word port; what is odd in others says less."""
    return {
        sentence
        for index, (sense, sentence) in enumerate(
            zip(question.senses, question.sentences, strict=True)
        )
        if index in covered or sense & _PORT
    }


def _about_subjects(
    question: Question, named: Sequence[Subject], confidence: float, maker: Maker
) -> Answer:
    numbers = tuple(dict.fromkeys(subject.places[0].number for subject in named))
    if question.intent is Intent.COMPARE and len(numbers) > 1:
        return maker.compare(question, numbers, confidence)
    intent = question.intent if question.intent in _PORT_INTENTS else Intent.ABOUT
    if intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY} and _only_tells_which(
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
    both = len(named) > 1 and question.concepts & Concept.AND and _is_bare(question, named)
    leads = [
        maker.found(s.name.label, s.places, service=s.name.origin is Origin.SERVICE)
        for s in (named if both else named[:1])
    ]
    ports = numbers if both else numbers[:1]
    return maker.port(question, Meaning(ports, intent, confidence, alternatives, " ".join(leads)))


def _only_tells_which(question: Question, subject: Subject) -> bool:
    """Tell whether all that speaks of an act says which port is meant: "the secure port"."""
    senses = question.senses
    acting = [i for i, sense in enumerate(senses) if sense & _ACTS]
    return bool(acting) and all(
        i in subject.told
        and i + 1 < len(senses)
        and (senses[i + 1] & _PORT or i + 1 in subject.told)
        for i in acting
    )


def _is_not_meant(question: Question, intent: Intent, named: Sequence[Subject]) -> bool:
    """Tell whether an intent comes of words said beside a question for a port.

    "Which port do I forward to reach Plex from outside", "opnsense port".
    """
    concepts = question.concepts
    if intent is Intent.SAFETY:
        return bool(concepts & Concept.WHICH) and not concepts & Concept.SAFETY
    if intent is Intent.OPEN:
        return not concepts & (Concept.OPEN | Concept.CLOSE) and _is_bare(question, named)
    return False


def _asks_where_it_runs(question: Question) -> bool:
    """Tell whether all that speaks of checking may as well ask where a thing runs.

    "Which port does OpenVPN listen on" asks for a port, "what listens there" for a process.
    """
    if question.concepts & (Concept.STOP | Concept.IN_USE | Concept.ENQUIRE | Concept.OPEN):
        return False
    checking = Concept.CHECK
    return all(sense & Concept.RUNS for sense in question.senses if sense & checking)


def _wants_suggestion(question: Question, named: Sequence[Subject]) -> bool:
    concepts = question.concepts
    if concepts & _ELSEWHERE and (not concepts & _PORT or _is_another_port(question)):
        return False
    wished = concepts & Concept.SUGGEST and concepts & (_FREE | Concept.OWN)
    free = concepts & _FREE and concepts & _PORT and not named
    if question.intent is not Intent.SUGGEST and not wished and not free:
        return False
    if named and named[0].exact and not concepts & (_FREE | Concept.OWN):
        return False  # "need the mysql port"
    return bool(concepts & (_PORT | _FREE)) or bool(question.bounds)


def _is_another_port(question: Question) -> bool:
    """Tell whether the word port stands right before a word of other things: "port wine"."""
    return any(
        before & _PORT and after & _ELSEWHERE
        for before, after in itertools.pairwise(question.senses)
    )


def _speaks_of_ports(question: Question) -> bool:
    concepts = question.concepts
    if concepts & _ELSEWHERE:
        return bool(concepts & _PORT)
    return bool(concepts & _TRADE)


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
    if question.concepts & _ELSEWHERE or not question.concepts & _TRADE:
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
    found += _faq_alternatives(hits, base)
    return tuple(sorted(found, key=lambda offer: -offer.confidence)[:_MOST_ALTERNATIVES])
