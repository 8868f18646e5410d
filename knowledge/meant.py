"""What a text without a number asks: a concept question, the port of a thing, a free port."""

import itertools
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, auto

from knowledge import roles, wordings
from knowledge.concept_questions import explains, is_asked, is_plainly_asked, odds
from knowledge.likeness import Hit
from knowledge.match import Subject, words_of
from knowledge.model import Intent, Question
from knowledge.named_things import (
    SURE_NAME,
    asks_for_protocol,
    is_bare,
    is_before_port,
    is_generic,
    is_the_port_of,
)
from knowledge.names import Origin
from knowledge.spoken import DEFAULT_LANGUAGE
from knowledge.vocabulary import SYSTEMS, Concept, are_of_another_kind

SURE_FAQ = 0.75  # a concept question that fits this well wins over everything else
CERTAIN_FAQ = 0.95  # wins even over "open the NATS port"
CHOOSES_FAQ = 0.72  # from here on a wish for a port is rather a question how to choose
_SURE_ODDS = 3.0  # of a concept question that speaks of what is named as well
_GENERIC = 0.45
_MAYBE_NAME = 0.42  # confidence in a name, where a port is asked for or to be acted on
_LIKELY_NAME = 0.8  # score of a name that is what it looks like, be it mistyped
_NEARLY_WORD_FOR_WORD = 0.84  # however strange the rest of the text
WORD_FOR_WORD = 0.9  # score of a concept question that was asked just so: "max port number"
_SHORTEST = 3  # words: "Miro port", "port for Etsy"
_FEW = 6  # words: "does Claude Code use a port"
_SHORT = 5  # words: "quel port utilise Netflix"
_WORDS_OF_A_THING = 2
_WORDS_AROUND_A_THING = 4  # "which port does ... use"
_ASKED_FOR_A_THING = 0.8  # score of "which port does ping use"
_AROUND_A_THING = int(
    Concept.FUNCTION
    | Concept.WHICH
    | Concept.PORT
    | Concept.RUNS
    | Concept.DEFAULT
    | Concept.ABOUT
    | Concept.WANT
    | Concept.TCP
    | Concept.UDP
)
_PORT = int(Concept.PORT)
_ASKING = int(Concept.SUGGEST | Concept.WHICH)
_ELSEWHERE = int(Concept.ELSEWHERE)
_FREE = int(Concept.FREE)
_PLAIN = int(Concept.PLAIN)
_OF_OTHERS = int(Concept.PLAIN | Concept.ELSEWHERE | Concept.UNIT)
_OF_THINGS = SYSTEMS | int(Concept.PLAIN | Concept.NETWORK)
_OF_WISHES = int(
    Concept.FREE
    | Concept.OWN
    | Concept.NETWORK
    | Concept.RANGE
    | Concept.TCP
    | Concept.UDP
    | Concept.IN_USE
)


class Meant(Enum):
    """What a question without a number is about."""

    CONCEPT = auto()
    SUGGESTION = auto()
    SUBJECT = auto()
    NOTHING = auto()


def weigh(
    question: Question, hits: Sequence[Hit], named: Sequence[Subject], confidence: float
) -> Meant:
    """Weigh the concept question that fits best against the names that the text holds."""
    names = words_of(named)
    score = hits[0].score if hits and is_asked(question, hits[0], names) else 0.0
    margin = 0.1
    sure = CERTAIN_FAQ if named and _is_surely_named(question, hits, named[0], names) else SURE_FAQ
    just_so = score >= WORD_FOR_WORD and explains(question, hits[0], names)
    surely = (
        bool(score and named)
        and explains(question, hits[0], names)
        and odds(question, hits[0], names) >= _SURE_ODDS
    )
    bare = not just_so and is_bare(question, named)
    if score and named and not bare and _is_beside_the_point(question, hits[0], named[0], names):
        confidence -= _GENERIC
        margin = 0.0
    wished = bool(question.concepts & Concept.SUGGEST)
    strange = (
        0 < score < _NEARLY_WORD_FOR_WORD
        and not is_plainly_asked(question, hits[0])
        and _names_the_unknown(question, hits[0])
    )
    wishes = question.intent is Intent.SUGGEST and not question.concepts & Concept.WHY
    if (score >= sure or surely) and not strange and not wishes:
        meant = Meant.CONCEPT
    elif _wants_suggestion(question, named):
        free = bool(question.concepts & _FREE)
        chooses = hits and hits[0].slug == "choosing-a-port" and score >= CHOOSES_FAQ and not free
        asked = chooses or (score and not wished)
        meant = Meant.CONCEPT if asked else Meant.SUGGESTION
    elif confidence >= max(SURE_NAME, score - margin) or (
        sure > SURE_FAQ and confidence >= _MAYBE_NAME
    ):
        meant = Meant.SUBJECT
    elif score and not strange:
        meant = Meant.CONCEPT
    elif confidence >= SURE_NAME:
        meant = Meant.SUBJECT
    else:
        meant = Meant.NOTHING
    return meant


def _is_beside_the_point(
    question: Question, hit: Hit, subject: Subject, names: AbstractSet[int]
) -> bool:
    """Tell whether a name, next to a likely concept question, is hardly what the text is about.

    It is a word of the trade ("docker"), one of everyday talk, a typo's guess, or one of which
    the concept question speaks itself. Where a port is asked for, or something to be done with
    one, a name mostly is what it looks like.
    """
    if is_before_port(question, subject):
        return False
    explained = explains(question, hit, names)
    generic = is_generic(question, subject)
    if question.concepts & (Concept.WHICH | Concept.DEFAULT) or question.intent is Intent.OPEN:
        return (explained or subject.name.everyday) and hit.score >= SURE_FAQ
    weak = subject.name.everyday or not subject.exact
    if subject.start and roles.says_no(question.words[subject.start - 1]):
        return True  # "no telnet installed"
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
    if acts and is_the_port_of(question, subject):
        return True
    if subject.name.everyday or is_generic(question, subject) or subject.score < _LIKELY_NAME:
        return False
    if acts:
        # Whether to move SSH is no question about the risk of its port.
        exposed = question.intent is not Intent.SAFETY or question.concepts & Concept.EXPOSE
        return bool(exposed) or not hits or not explains(question, hits[0], names)
    asks = bool(question.concepts & (Concept.WHICH | Concept.DEFAULT))
    return asks and bool(hits) and not explains(question, hits[0], names)


def _names_the_unknown(question: Question, hit: Hit) -> bool:
    """Tell whether the text asks for the port of something that is not known: "foobar port"."""
    known = hit.shared.union(hit.wording.split())
    strange = [
        not sense and wordings.stem(word) not in known
        for word, sense in zip(question.words, question.senses, strict=True)
    ]
    odd = strange + _everyday(question, hit)
    concepts, words = question.concepts, len(question.words)
    asks = (concepts & Concept.WHICH and (concepts & Concept.RUNS or words <= _SHORT)) or (
        concepts & _PORT and words <= _SHORTEST and not concepts & Concept.ABOUT
    )
    asks = asks or (asks_for_protocol(question) and words <= _SHORT)
    if asks and (any(odd) or _asks_but_for_one(question, hit)):
        return True  # "which port does foobar use"
    if concepts & _PORT and concepts & Concept.RUNS and words <= _FEW and any(odd):
        return True  # "does foobar use a port"
    if strange[-1:] == [True] and any(sense & _PORT for sense in question.senses[-3:]):
        return True  # "the port of foobar"
    unknown = False
    for each, sense in zip(strange, question.senses, strict=True):
        if unknown and sense & _PORT and not sense & _ASKING:
            return True  # "foobar server port"
        unknown = each or (unknown and bool(sense & (Concept.NETWORK | Concept.OWN)))
    return False


def _asks_but_for_one(question: Question, hit: Hit) -> bool:
    """Tell whether nothing but the port of one thing is asked for, and hardly by a wording.

    "Which port does the internet use" is no question about containers, which it resembles.
    """
    wording = hit.wording.split()
    # In other languages the entry may be found by a wording about a thing of the same kind.
    said = wording if question.language == DEFAULT_LANGUAGE else hit.shared
    told = [
        bool(sense) and wordings.stem(word) in said
        for word, sense in zip(question.words, question.senses, strict=True)
        if not sense or sense & ~_AROUND_A_THING
    ]
    if told and all(told) and len(wording) <= len(told) + _WORDS_AROUND_A_THING:
        return False  # the wording asks for the port of just that: of OSPF, which has none
    return len(told) <= _WORDS_OF_A_THING and hit.score < _ASKED_FOR_A_THING


def _everyday(question: Question, hit: Hit) -> list[bool]:
    """Return which everyday words an entry does not speak of: "which port does chess use"."""
    pairs = zip(question.senses, question.sentences, strict=True)
    asking = {sentence for sense, sentence in pairs if sense & (Concept.WHICH | Concept.PORT)}
    return [
        bool(sense & _OF_THINGS)
        and sentence in asking
        and not hit.shared.intersection(wordings.terms_of(word))
        for word, sense, sentence in zip(
            question.words, question.senses, question.sentences, strict=True
        )
    ]


def _wants_suggestion(question: Question, named: Sequence[Subject]) -> bool:
    concepts = question.concepts
    elsewhere = concepts & _ELSEWHERE and (not concepts & _PORT or _is_another_port(question))
    if elsewhere or are_of_another_kind(concepts):
        return False
    wished = concepts & Concept.SUGGEST and concepts & (_FREE | Concept.OWN)
    free = concepts & _FREE and concepts & _PORT and not named
    if question.intent is not Intent.SUGGEST and not wished and not free:
        return False
    if concepts & (Concept.CLOSE | Concept.WHY):
        return False  # "which ports should I close", "why a random high port"
    ours = concepts & _OF_WISHES or question.bounds
    if not ours and any(not sense or sense & _OF_OTHERS for sense in question.senses):
        return False  # "which port is best for a wedding toast"
    if named and named[0].exact and not concepts & (_FREE | Concept.OWN):
        return False  # "need the mysql port"
    return bool(concepts & (_PORT | _FREE)) or bool(question.bounds)


def _is_another_port(question: Question) -> bool:
    """Tell whether the word port stands right before a word of other things: "port wine"."""
    return any(
        before & _PORT and after & _ELSEWHERE
        for before, after in itertools.pairwise(question.senses)
    )
