"""Whether a text asks the concept question that it resembles most, or merely shares words with it.

Several things speak for it, and each adds to its log-odds: how well the text fits, by how much
better than the next concept question, and the words that the two share, most of all the anchors:
those that mean something to our trade, or that nobody else uses. "What does docker prune delete"
shares one with the questions about Docker, "Docker publishes ports right past ufw" shares four.
"""

import itertools
from collections.abc import Collection, Container, Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from knowledge import wordings
from knowledge.likeness import Hit
from knowledge.model import Intent, Question
from knowledge.spoken import DEFAULT_LANGUAGE
from knowledge.vocabulary import OURS, SMALL, SYSTEMS, Concept, are_of_another_kind

_ASIDE = SMALL | int(
    Concept.FUNCTION
    | Concept.PLAIN
    | Concept.ELSEWHERE
    | Concept.UNIT
    | Concept.ABOUT
    | Concept.FOLLOWUP
    | Concept.NUMBERED
    | Concept.NUMBER_SIGN
    | Concept.TO
    | Concept.AND
    | Concept.OR
    | Concept.SINCE
    | Concept.BOUND
)
_ELSEWHERE = int(Concept.ELSEWHERE)
_TRADE = (
    (OURS & ~int(Concept.REGISTRY))
    | SYSTEMS
    | int(Concept.CONTAINER | Concept.CLUSTER | Concept.CLOUD | Concept.RANGE)
)
# What is said of ports, and of seats and sponsors, too: taken, reserved, official.
_SAID_OF_PORTS = int(Concept.REGISTRY | Concept.IN_USE)
_EVERYDAY = int(Concept.PLAIN | Concept.NUMBERED)
_SHORT = 3  # letters; such words say something only by themselves: "ip", but not "expose to the"
_COMMON = int(Concept.FUNCTION | Concept.UNIT | Concept.NUMBERED)
_PORT = int(Concept.PORT)
_LISTENS = int(Concept.RUNS | Concept.CHECK)  # what nothing but a program does
_ENGLISH_PORT = "port"
_NUMBER = "number"
_NUMBERED = int(Concept.NUMBERED)
# Where the word port is the word for a door; who means one of ours says how, or on which system.
_DOORS = {"it": ("la", "porta"), "pt-BR": ("a", "porta"), "nl": ("de", "poort")}
_HOW = frozenset({"come", "cosa", "como", "hoe", "wat", "que", "quale", "qual", "perche"})
_FUNCTION = int(Concept.FUNCTION)
_SELDOM = int(Concept.SCTP | Concept.DCCP)
BOUNDARIES = frozenset({0, 1023, 1024, 49151, 49152, 65535})
"""The ends of RFC 6335's ranges: ports that are concepts as well."""

# How much a word says for a concept question: the word port, one that has another meaning to us,
# and one that means nothing else at all, such as "cgnat".
_PORT_STRENGTH = 1.0
_TRADE_STRENGTH = 0.8
_STRANGE_STRENGTH = 1.4
_MOST_STRENGTH = 4.0  # more anchors make it no surer
_MOST_WEIGHT = 15.0
_PLAINLY = 2.8  # strength
_JUST_SO = 0.98  # score of a wording that was asked as it stands in the list
# Scores of a text that names a port: it asks why it is so, why something is done with it, whether
# one can do something with it, or anything else.
_REASON, _REASON_TO_ACT, _ABLE, _OF_A_PORT = 0.65, 0.68, 0.7, 0.8
_FEW = 7  # words; a story is told in more
_LIKE_ENOUGH = 0.66  # score, where a single word of our trade is shared
_WELL_EXPLAINED = 0.6  # score


class Evidence(NamedTuple):
    """What speaks for it that a text asks a concept question, and what against it.

    Attributes:
        score: how well the text fits, 0.0 to 1.0.
        lead: by how much it fits better than the next one.
        strength: how much all anchors say, at most 4.0.
        weight: what all shared words weigh, at most 15.0.
        elsewhere: 1.0 where the text speaks of other trades.
        another_kind: 1.0 where its ports are those of ships or plugs.
        nothing_of_ours: 1.0 where none of its words is of our trade, or no anchor is shared.
    """

    score: float
    lead: float
    strength: float
    weight: float
    elsewhere: float
    another_kind: float
    nothing_of_ours: float


# How much each adds to the log-odds: fitted by `python -m tests.knowledge.concepts`.
WEIGHTS = Evidence(
    score=4.9,
    lead=2.7,
    strength=1.05,
    weight=0.09,
    elsewhere=-1.7,
    another_kind=-1.5,
    nothing_of_ours=-4.2,
)
AT_FIRST = -4.84  # the log-odds without any evidence


def anchors(question: Question, hit: Hit) -> dict[int, str]:
    """Return which words of the question anchor it to an entry: index in `words`, and term."""
    found: dict[str, int] = {}
    for index, (word, sense) in enumerate(zip(question.words, question.senses, strict=True)):
        if not sense & OURS and (sense & _ASIDE or (sense and len(word) <= _SHORT)):
            continue
        for term in wordings.terms_of(word):
            if term in hit.shared:
                found.setdefault(term, index)
                break
    return {index: term for term, index in found.items()}


def evidence(question: Question, hit: Hit, names: Container[int] = ()) -> Evidence:
    """Return what speaks for a concept question, and against it.

    Args:
        question: what is asked.
        hit: the concept question that is most like it.
        names: indexes of the words that name services and products; those say less.
    """
    held = anchors(question, hit)
    strength = _strength_of(question, hit, held, names)
    return Evidence(
        score=hit.score,
        lead=hit.lead,
        strength=min(strength, _MOST_STRENGTH),
        weight=min(hit.weight, _MOST_WEIGHT),
        elsewhere=float(_speaks_of_other_things(question)),
        another_kind=float(are_of_another_kind(question.concepts)),
        nothing_of_ours=float(not strength or not _speaks_of_our_trade(question, held)),
    )


def odds(question: Question, hit: Hit, names: Container[int] = ()) -> float:
    """Return the log-odds that the text asks a concept question (arguments as of `evidence`).

    Above 0.0 it more likely does than not, as far as texts can tell that were seen.
    """
    return _odds_of(evidence(question, hit, names))


def _odds_of(found: Evidence) -> float:
    return AT_FIRST + sum(each * value for each, value in zip(WEIGHTS, found, strict=True))


def is_asked(question: Question, hit: Hit, names: Container[int] = ()) -> bool:
    """Tell whether the text asks the concept question, rather than something of other trades."""
    if _speaks_of_a_door(question):
        return False
    found = evidence(question, hit, names)
    few = len(question.words) <= _FEW
    if few and found.strength <= _TRADE_STRENGTH and found.score < _LIKE_ENOUGH:
        return False  # "server restarts in 19 minutes"
    return hit.score >= _JUST_SO or _odds_of(found) >= 0.0


def may_be_asked(question: Question, hit: Hit) -> bool:
    """Tell whether the two share more than the word port."""
    return any(not question.senses[index] & _PORT for index in anchors(question, hit))


def is_plainly_asked(question: Question, hit: Hit) -> bool:
    """Tell whether so much anchors the text to the entry that nothing else can be meant."""
    found = evidence(question, hit)
    return found.strength >= _PLAINLY and not found.elsewhere


def is_asked_of_a_port(question: Question, hit: Hit) -> bool:
    """Tell whether a text asks a concept question of the port it names: "why is 80 privileged".

    All that it says beside the port is then said of the entry as well.
    """
    if _speaks_of_other_things(question):
        return False
    said = [
        index
        for index, sense in enumerate(question.senses)
        if not sense or sense & ~(_ASIDE | _PORT)
    ]
    if not said or any(
        hit.shared.isdisjoint(wordings.terms_of(question.words[index])) for index in said
    ):
        return False
    if question.concepts & Concept.WHY:
        tells = question.intent in {Intent.ABOUT, Intent.NONE}
        return hit.score >= (_REASON if tells else _REASON_TO_ACT)
    able = question.concepts & Concept.ABLE and is_plainly_asked(question, hit)
    return hit.score >= (_ABLE if able else _OF_A_PORT)


def _strength_of(
    question: Question, hit: Hit, held: Iterable[int], names: Container[int] = ()
) -> float:
    """Return how much all anchors say together; of the word port, one is enough.

    The end of a range or an address of which the entry speaks says as much as a word of its own.
    """
    senses = {index: question.senses[index] for index in held}
    strength = sum(
        _strength(sense, named=index in names)
        for index, sense in senses.items()
        if not sense & _PORT
    )
    # The word port is shared in whichever language it is said.
    speaks = any(sense & _PORT for sense in senses.values()) or (
        question.concepts & _PORT and _ENGLISH_PORT in hit.wording.split()
    )
    strength += _PORT_STRENGTH * bool(speaks)
    numbers = {str(port) for port in BOUNDARIES.intersection(question.ports)}
    said = sum(term in numbers or _is_address(term) for term in hit.shared)
    return strength + _STRANGE_STRENGTH * said


def _is_address(term: str) -> bool:
    """Tell whether a term is an address, such as 127.0.0.1; those are not among the words."""
    return term[0].isdigit() and "." in term


def _speaks_of_a_door(question: Question) -> bool:
    """Tell whether the port may as well be a door, of which no more is said: "chiudi la porta"."""
    door = _DOORS.get(question.language)
    if door is None or question.concepts & _TRADE & ~_PORT or not _HOW.isdisjoint(question.words):
        return False
    return door in itertools.pairwise(question.words)


def _speaks_of_our_trade(question: Question, held: Collection[int]) -> bool:
    """Tell whether a word is of our trade; "taken" is, but beside a "seat"."""
    if any(question.senses[index] & _LISTENS == _LISTENS for index in held):
        return True
    if question.concepts & _TRADE or len(question.words) > _FEW:
        return bool(question.concepts & (_TRADE | _SAID_OF_PORTS))
    strange = question.language == DEFAULT_LANGUAGE  # in others, more words are
    return bool(question.concepts & _SAID_OF_PORTS) and not any(
        ((sense & _EVERYDAY and not sense & _FUNCTION) or (strange and not sense))
        and index not in held
        for index, sense in enumerate(question.senses)
    )


def _speaks_of_other_things(question: Question) -> bool:
    if any(sense & _ELSEWHERE and not sense & _COMMON for sense in question.senses):
        return True
    return not question.concepts & _PORT and any(
        sense & _NUMBERED and following.startswith(_NUMBER)
        for sense, following in zip(question.senses, question.words[1:], strict=False)
    )  # "who assigns seat numbers"


def _strength(sense: int, *, named: bool) -> float:
    return _STRANGE_STRENGTH if not named and (not sense or sense & _SELDOM) else _TRADE_STRENGTH


def explains(question: Question, hit: Hit, names: AbstractSet[int]) -> bool:
    """Tell whether a concept question speaks of the things that the text names, and of more.

    "How do I test a port without telnet" asks nothing about Telnet.
    """
    held = anchors(question, hit).keys()
    more = any(not question.senses[index] & _PORT for index in held - names)
    return 2 * len(names & held) >= len(names) and (more or hit.score >= _WELL_EXPLAINED)
