"""Which numbers of a text are ports, and how surely.

A number is a port by its form (443/tcp), by the word port beside it, or because nothing else in
the text claims it: "room 443" and "443 tickets" are somebody else's numbers.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge import story
from knowledge.bounds import bound_values, bounds, is_wanted_count, join_ranges, wanted
from knowledge.model import MAX_PORT
from knowledge.other_numbers import (
    LARGEST_COUNT,
    YEARS,
    counts,
    counts_ports,
    identifies,
    is_claimed,
    is_version,
)
from knowledge.tokens import NUMERIC, Kind
from knowledge.vocabulary import PROTOCOLS, SMALL, SYSTEMS, TRADE, Concept

if TYPE_CHECKING:
    from knowledge.reading import Reading

ENOUGH = 0.5

_LABEL_WINDOW = 4  # tokens between the word port and its number: "port is no. 25"
_LONGEST_WRONG = 6  # characters; longer numbers are telephone numbers and the like
_DIGIT = 9
_FOUR_DIGITS = 1000
_SMALL = 20  # bare numbers below are mostly counts
# Of HTTP's statuses those that are mostly just that; "port 502" is still Modbus.
_OFTEN_STATUSES = frozenset({200, 301, 302, 400, 401, 403, 404, 405, 418, 429, 502, 503, 504})
_DOTS_OF_ADDRESS = 3
_DOUBTFUL = 0.16  # how much less sure than the surest a port may be
_DOUBT = 0.4  # for each word of another trade
_SUREST_BARE = 0.9
_LABELLED = 0.93
_STATUS_DOUBT = 0.45
_PLAIN_CLAIM = 0.25  # of an everyday word beside a number
_COUNTED_CLAIM = 0.6
_YEAR_DOUBT = 0.25
_SMALL_DOUBT = 0.25
_DIGIT_DOUBT = 0.55
_UNIT_DOUBT = 0.3
_OWN_NUMBER = 0.35  # of a port of something that the text names as well
_FAMILIARITY = 0.15  # of a port that many people know
_ROUND = 100  # multiples are counts and prices more than they are ports
_PORT = int(Concept.PORT)
_FUNCTION = int(Concept.FUNCTION)
_SINCE = int(Concept.SINCE)
_UNIT = int(Concept.UNIT)
_ELSEWHERE = int(Concept.ELSEWHERE)
_OTHER_PORTS = int(Concept.OTHER_PORTS)
_ABOUT = int(Concept.ABOUT)
_NUMBER_SIGN = int(Concept.NUMBER_SIGN)
_COMMON = int(Concept.FUNCTION | Concept.NETWORK | Concept.PLAIN)
_PLAIN = int(Concept.PLAIN)
_NUMBERED = int(Concept.NUMBERED)
_TRADE = int(Concept.NETWORK) | SYSTEMS
_INTENT = int(
    Concept.CHECK
    | Concept.ENQUIRE
    | Concept.IDENTIFY
    | Concept.STOP
    | Concept.IN_USE
    | Concept.OPEN
    | Concept.CLOSE
    | Concept.FIREWALL
    | Concept.SAFETY
    | Concept.EXPOSE
    | Concept.NEIGHBORS
    | Concept.COMPARE
    | Concept.REGISTRY
    | Concept.RANGE
)
_JOINS = int(Concept.AND | Concept.OR | Concept.TO | Concept.COMPARE | Concept.PORT)
_PASSED = frozenset({":", "=", "(", '"', "#", ".", "“", "is"})  # between "port" and its number
_EITHER = int(Concept.OR | Concept.COMPARE)
_LISTS = frozenset({",", "/", "&", "、", "和", "(", ")"})


@dataclass(slots=True)
class Numbers:
    """The ports that a text names.

    Attributes:
        evidence: of the surest of them, 0.0 to 1.0.
        bounds: the lowest and the highest port wanted, from "between 20000 and 30000".
        count: how many ports are wanted, from "three free ports"; None where none is told.
    """

    ports: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    invalid: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    evidence: float = 0.0
    count: int | None = None


@dataclass(slots=True)
class _Context:
    """What the text as a whole says of its numbers, and each sentence of its own.

    Attributes:
        elsewhere: words of other trades, by sentence.
        unknown: words that mean nothing to us, by sentence.
        plain: everyday words, by sentence.
        other_ports: the sentences that speak of ports of another kind.
        trade: a word of our trade, beside the word port, or a name is met.
    """

    network: int = 0
    intents: int = 0
    elsewhere: Counter[int] = field(default_factory=Counter)
    unknown: Counter[int] = field(default_factory=Counter)
    plain: Counter[int] = field(default_factory=Counter)
    other_ports: set[int] = field(default_factory=set)
    trade: bool = False
    units: int = 0
    numbers: list[int] = field(default_factory=list)
    asks: bool = False
    begins: bool = False

    def around(self, counted: Counter[int], sentence: int) -> float:
        """Return how many there are in a sentence; those of other sentences count for half."""
        return counted[sentence] + (counted.total() - counted[sentence]) / 2


def judge(reading: "Reading") -> Numbers:
    """Return the ports, ranges and wrong numbers that the text names."""
    context = _context(reading)
    if not context.numbers:
        return Numbers(count=wanted(reading))
    bounding = bounds(reading, context.numbers)
    surely: dict[int, float] = {}
    ports: dict[int, float] = {}
    spans: dict[tuple[int, int], float] = {}
    invalid: dict[str, float] = {}
    for index in context.numbers:
        token = reading.tokens[index]
        evidence = _evidence(reading, index, context)
        joined = _joined_to(reading, index, surely)
        evidence = max(evidence, joined)
        surely[index] = evidence
        if evidence < ENOUGH or index in bounding:
            continue
        if token.kind is Kind.SPAN:
            spans[token.first, token.last] = evidence
        elif not 0 <= token.first <= MAX_PORT:
            digits = str(token.first)  # of "70000/tcp"
            if len(digits) <= _LONGEST_WRONG or _label(reading, index):
                invalid[digits] = evidence
        else:
            ports[token.first] = max(evidence, ports.get(token.first, 0.0))
    join_ranges(reading, context.numbers, ports, spans)
    best = max((*ports.values(), *spans.values(), *invalid.values()), default=0.0)
    # Beside a number that is surely a port, one that merely might be is something else.
    if best >= _LABELLED:
        for number in [n for n in ports if n < _SMALL and ports[n] <= _SUREST_BARE]:
            del ports[number]  # "how 2 check port 80"
    kept = tuple(number for number, evidence in ports.items() if evidence >= best - _DOUBTFUL)
    return Numbers(
        ports=kept,
        spans=tuple(spans),
        invalid=tuple(invalid) if not kept and not spans else (),
        bounds=bound_values(reading, bounding),
        evidence=best,
        count=wanted(reading),
    )


def _context(reading: "Reading") -> _Context:
    context = _Context()
    for index, token in enumerate(reading.tokens):
        kind = token.kind
        if kind in NUMERIC:
            context.numbers.append(index)
        elif kind is Kind.WORD:
            if reading.heads[index]:
                _count(reading, index, context)
        elif kind is Kind.OTHER:
            context.network += token.text.count(".") == _DOTS_OF_ADDRESS
        elif story.QUESTION_MARK.match(token.text):
            context.asks = True
    context.begins = bool(story.asking(reading))
    return context


def _count(reading: "Reading", index: int, context: _Context) -> None:
    """Count the word or phrase that begins at `index` for what it says of numbers."""
    sense, sentence = reading.senses[index], reading.sentences[index]
    if sense & _OTHER_PORTS:
        context.other_ports.add(sentence)
    context.trade = context.trade or reading.named[index] or bool(sense & TRADE)
    if reading.named[index]:
        context.network += 1
    elif not sense:
        context.unknown[sentence] += 1
    elif sense & _ELSEWHERE:
        context.elsewhere[sentence] += 1
    elif sense & ~SMALL == _PLAIN:
        context.plain[sentence] += 1
    context.units += bool(sense & _UNIT and not sense & _COMMON)
    context.network += bool(sense & _TRADE)
    context.intents += bool(sense & _INTENT)
    context.asks = context.asks or bool(sense & _ABOUT)


def _label(reading: "Reading", index: int) -> bool:
    """Tell whether the word port belongs to the number at `index`."""
    position = index - 1
    for _ in range(_LABEL_WINDOW):
        if position < 0:
            break
        if reading.has(position, _PORT):
            return True
        if reading.tokens[position].text not in _PASSED and not reading.has(
            position, _NUMBER_SIGN | PROTOCOLS
        ):
            break
        position -= 1
    position = index + 1
    while reading.has(position, _NUMBER_SIGN | PROTOCOLS) or (
        position < len(reading.tokens) and reading.tokens[position].text in {'"', ")", "."}
    ):
        position += 1
    if not reading.has(position, _PORT):
        return False
    # "24 ports", "the postgres 16 port"
    return not counts_ports(reading, index, position) and not is_version(reading, index)


def _evidence(reading: "Reading", index: int, context: _Context) -> float:
    """Return how surely the number at `index` is a port, 0.0 to 1.0."""
    doubt = _DOUBT * min(context.around(context.elsewhere, reading.sentences[index]), 2)
    if (
        is_wanted_count(reading, index)
        or identifies(reading, index)
        or _is_of_another_kind(reading, index, context)
    ):
        return 0.0
    form = _by_form(reading, index, doubt)
    if form is not None:
        return max(0.0, form)
    if is_claimed(reading, index):
        return 0.0
    return min(_SUREST_BARE, max(0.0, _by_company(reading, index, context) - doubt))


def _is_of_another_kind(reading: "Reading", index: int, context: _Context) -> bool:
    """Tell whether the number is that of a berth, a plug or the like: "we sail from port 22".

    A switch is of our trade, too, and so a small number beside a cable is not 22 or 80.
    """
    token = reading.tokens[index]
    if token.kind is Kind.PORT or reading.sentences[index] not in context.other_ports:
        return False
    plug = token.first <= LARGEST_COUNT and not reading.familiar[index]
    return plug or not context.trade


def _by_form(reading: "Reading", index: int, doubt: float) -> float | None:
    """Return the evidence of a number written as a port, None for a bare one."""
    if reading.tokens[index].kind is Kind.PORT:
        return 0.97 - doubt / 2
    if _label(reading, index):
        return 0.95 - doubt
    if reading.has(index - 1, PROTOCOLS) or reading.has(index + 1, PROTOCOLS):
        return 0.93 - doubt
    return None


def _by_company(reading: "Reading", index: int, context: _Context) -> float:
    """Return the evidence of a bare number, from the words around it."""
    sentence = reading.sentences[index]
    unknown = context.around(context.unknown, sentence)
    evidence = 0.45 + 0.15 * min(context.network, 3) + 0.15 * min(context.intents, 2)
    if reading.concepts & _PORT:
        evidence += 0.25
    # "Who is 22" is rather somebody's age.
    asks = context.asks or (context.begins and reading.tokens[index].first >= _FOUR_DIGITS)
    if asks:
        evidence += 0.1
    if not context.unknown[sentence] and not context.elsewhere[sentence]:
        # Nothing else in the sentence could own the number, but for what everybody talks about.
        likely = context.network or context.intents or asks or not context.plain[sentence]
        evidence += 0.3 if likely else 0.0
    evidence -= 0.12 * min(unknown, 3)
    ours = reading.tokens[index].first in reading.owned
    claim = 0.0 if ours else _claim_beside(reading, index)
    if context.intents and not claim:
        evidence += 0.1
    return evidence - claim + _by_itself(reading, index, context)


def _by_itself(reading: "Reading", index: int, context: _Context) -> float:
    """Return what a bare number itself says for or against its being a port."""
    token = reading.tokens[index]
    ports = reading.concepts & _PORT
    evidence = 0.0
    if token.kind is Kind.NUMBER and 0 <= token.first < _SMALL:
        evidence -= _SMALL_DOUBT if token.first > _DIGIT else _DIGIT_DOUBT
    if context.units and not (context.network or ports):
        evidence -= _UNIT_DOUBT  # "fps drops from 240 to 80"
    known = reading.familiar[index] and token.first > _SMALL and token.first % _ROUND
    if known and (context.network or context.intents or ports):
        evidence += _FAMILIARITY
    if known and _is_put_beside(reading, index):
        evidence += _FAMILIARITY
    if token.first in reading.owned:
        evidence += _OWN_NUMBER
    if token.first in _OFTEN_STATUSES:
        evidence -= _STATUS_DOUBT
    if token.first in YEARS:
        evidence -= _YEAR_DOUBT
    return evidence


def _is_put_beside(reading: "Reading", index: int) -> bool:
    """Tell whether another port that many people know is offered instead: "143 or 993"."""
    for step in (-1, 1):
        other = index + 2 * step
        if (
            reading.has(index + step, _EITHER)
            and 0 <= other < len(reading.tokens)
            and reading.familiar[other]
            and max(reading.tokens[index].first, reading.tokens[other].first) > _ROUND
        ):
            return True
    return False


def _claim_beside(reading: "Reading", index: int) -> float:
    """Return how strongly the words right beside the number claim it for something else."""
    claim = 0.0
    for position, weight in ((index - 1, 0.3), (index + 1, 0.35)):
        if not 0 <= position < len(reading.tokens):
            continue
        token = reading.tokens[position]
        if token.kind is Kind.WORD and "." not in token.text:
            sense = reading.senses[position]
            if (not sense or sense & _ELSEWHERE) and not reading.named[position]:
                claim += weight
            elif sense & ~SMALL == _PLAIN:
                several = position > index and token.text.endswith("s")
                claim += _COUNTED_CLAIM if several else _PLAIN_CLAIM  # "3000 books", "code 8080"
    return claim


def _joined_to(reading: "Reading", index: int, surely: dict[int, float]) -> float:
    """Return the evidence of the number before, where "and", "or", a comma joins the two."""
    position = index - 1
    joined = False
    while position >= 0:
        joins = reading.has(position, _JOINS) or reading.tokens[position].text in _LISTS
        if not joins and not reading.has(position, _FUNCTION):
            break
        joined = joined or joins
        position -= 1
    if not joined or position not in surely:
        return 0.0
    return surely[position] - 0.02 if not counts(reading, index) else 0.0
