"""Whether a text asks the concept question that it resembles most, or merely shares words with it.

What counts are the anchors: words that the two share and that mean something to our trade, or
that nobody else uses. "What does docker prune delete" shares one with the questions about Docker,
"Docker publishes ports right past ufw" shares four.
"""

from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet

from knowledge import wordings
from knowledge.likeness import Hit
from knowledge.model import Question
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
    OURS
    | SYSTEMS
    | int(Concept.CONTAINER | Concept.CLUSTER | Concept.CLOUD)
    | int(Concept.RANGE | Concept.IN_USE)
)
_SHORT = 3  # letters; such words say something only by themselves: "ip", but not "expose to the"
_COMMON = int(Concept.FUNCTION | Concept.UNIT | Concept.NUMBERED)
_PORT = int(Concept.PORT)
_ENGLISH_PORT = "port"
_PLAIN = int(Concept.PLAIN)
_NUMBER = "number"
_RUNS = int(Concept.RUNS)
_NUMBERED = int(Concept.NUMBERED)
_SELDOM = int(Concept.SCTP | Concept.DCCP)
# How much a word says for a concept question: the word port, one that has another meaning to us,
# and one that means nothing else at all, such as "cgnat".
_PORT_STRENGTH = 1.0
_TRADE_STRENGTH = 0.8
_STRANGE_STRENGTH = 1.4
# (strength of all anchors, the least score that is then enough), the weakest first.
_ENOUGH: tuple[tuple[float, float], ...] = (
    (0.0, 0.9), (0.7, 0.7), (0.95, 0.58), (1.3, 0.57), (1.8, 0.45), (2.8, 0.39), (4.0, 0.36),
)  # fmt: skip
# The same, where the text speaks of other trades: nothing is enough (2.0) without an anchor.
_ENOUGH_ELSEWHERE: tuple[tuple[float, float], ...] = (
    (0.0, 2.0), (1.3, 0.7), (1.8, 0.66), (2.8, 0.46), (4.0, 0.42),
)  # fmt: skip
# The same, where the ports are those of ships and plugs.
_ENOUGH_OF_ANOTHER_KIND: tuple[tuple[float, float], ...] = ((0.0, 2.0), (0.7, 0.92))
# The same, where no more than the word port is shared and a word is not known at all.
_ENOUGH_OF_THE_UNKNOWN: tuple[tuple[float, float], ...] = ((0.0, 0.9), (0.7, 0.75))
# The same, where the words that are shared are of everyday talk as well.
_ENOUGH_OF_NO_TRADE: tuple[tuple[float, float], ...] = ((0.0, 0.9), (0.7, 0.86))
_FEW_ANCHORS = 2.0  # strength
_PLAINLY = 2.8  # strength
_WELL_EXPLAINED = 0.6  # score


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


def is_asked(question: Question, hit: Hit, names: Container[int] = ()) -> bool:
    """Tell whether the text asks the concept question, rather than something of other trades.

    Args:
        question: what is asked.
        hit: the concept question that is most like it.
        names: indexes of the words that name services and products; those say less.
    """
    held = anchors(question, hit)
    strength = _strength_of(question, hit, held, names)
    if are_of_another_kind(question.concepts):
        enough = _ENOUGH_OF_ANOTHER_KIND
    elif _speaks_of_other_things(question):
        enough = _ENOUGH_ELSEWHERE
    elif strength <= _PORT_STRENGTH and _holds_strange_words(question, held):
        enough = _ENOUGH_OF_THE_UNKNOWN
    elif not _is_of_our_trade(question, hit, held) or (
        strength < _FEW_ANCHORS and _speaks_of_everyday_things(question, held)
    ):
        enough = _ENOUGH_OF_NO_TRADE
    else:
        enough = _ENOUGH
    return hit.score >= next(score for least, score in reversed(enough) if strength >= least)


def may_be_asked(question: Question, hit: Hit) -> bool:
    """Tell whether the two share more than the word port."""
    return any(not question.senses[index] & _PORT for index in anchors(question, hit))


def is_plainly_asked(question: Question, hit: Hit) -> bool:
    """Tell whether so much anchors the text to the entry that nothing else can be meant."""
    strength = _strength_of(question, hit, anchors(question, hit))
    return strength >= _PLAINLY and not _speaks_of_other_things(question)


def _strength_of(
    question: Question, hit: Hit, held: Iterable[int], names: Container[int] = ()
) -> float:
    """Return how much all anchors say together; of the word port, one is enough."""
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
    return strength + _STRANGE_STRENGTH * sum(map(_is_address, hit.shared))


def _is_address(term: str) -> bool:
    """Tell whether a term is an address, such as 127.0.0.1; those are not among the words."""
    return term[0].isdigit() and "." in term


def _speaks_of_everyday_things(question: Question, held: Container[int]) -> bool:
    """Tell whether everyday words stand beside what is shared, and no word of our trade.

    "How long does registering a car take".
    """
    return not question.concepts & _TRADE and any(
        sense & _PLAIN and index not in held for index, sense in enumerate(question.senses)
    )


def _is_of_our_trade(question: Question, hit: Hit, held: Iterable[int]) -> bool:
    """Tell whether a word that is shared is of our trade, or one that nobody else uses.

    "Is it safe to leave the window open" shares three with concept questions, and none is.
    """
    return any(
        not question.senses[index] or question.senses[index] & (_TRADE | _RUNS) for index in held
    ) or any(map(_is_address, hit.shared))


def _speaks_of_other_things(question: Question) -> bool:
    if any(sense & _ELSEWHERE and not sense & _COMMON for sense in question.senses):
        return True
    return not question.concepts & _PORT and any(
        sense & _NUMBERED and following.startswith(_NUMBER)
        for sense, following in zip(question.senses, question.words[1:], strict=False)
    )  # "who assigns seat numbers"


def _holds_strange_words(question: Question, held: Container[int]) -> bool:
    """Tell whether a word is not known at all: "Port Douglas"."""
    return any(not sense and index not in held for index, sense in enumerate(question.senses))


def _strength(sense: int, *, named: bool) -> float:
    return _STRANGE_STRENGTH if not named and (not sense or sense & _SELDOM) else _TRADE_STRENGTH


def explains(question: Question, hit: Hit, names: AbstractSet[int]) -> bool:
    """Tell whether a concept question speaks of the things that the text names, and of more.

    "How do I test a port without telnet" asks nothing about Telnet.
    """
    held = anchors(question, hit).keys()
    more = any(not question.senses[index] & _PORT for index in held - names)
    return 2 * len(names & held) >= len(names) and (more or hit.score >= _WELL_EXPLAINED)
