"""Text -> Question: what the words alone tell, in any of the languages there are."""

import re

from knowledge import acts, addressees, story
from knowledge.evidence import Numbers, judge
from knowledge.hosts import named_host
from knowledge.model import MAX_PORT, Intent, Protocol, Question, System
from knowledge.other_numbers import STATUSES, YEARS
from knowledge.reading import Reading, read
from knowledge.text import clean
from knowledge.tokens import Kind
from knowledge.vocabulary import PROTOCOLS, SYSTEMS, Concept, Vocabulary

MOST_SHAPES = 1000  # readings kept
_SHAPE_LENGTH = 80  # characters
_COUNTED = 64  # numbers up to here may be counts, which other words decide
_DIGIT = re.compile(r"\d")
_LONE_NUMBER = re.compile(r"(?<![\w.:/+*#-])(\d{1,5})(?![\w.:/+*%-])")

_REPEATED = 0.2  # what each further word for an intent adds

_SYSTEMS = (
    (int(Concept.LINUX), System.LINUX),
    (int(Concept.MACOS), System.MACOS),
    (int(Concept.WINDOWS), System.WINDOWS),
    (int(Concept.FREEBSD), System.FREEBSD),
)
_PROTOCOLS = tuple((int(Concept[protocol.name]), protocol) for protocol in Protocol)
# How strongly a concept speaks for an intent. The strongest intent wins; a tie goes to the first.
_WEIGHTS = tuple(
    (int(concept), intent, weight)
    for concept, intent, weight in (
        (Concept.SAFETY, Intent.SAFETY, 2.5),
        (Concept.EXPOSE, Intent.SAFETY, 1.4),
        (Concept.NEIGHBORS, Intent.NEIGHBORS, 2.6),
        (Concept.CHECK, Intent.CHECK, 2.0),
        (Concept.ENQUIRE, Intent.CHECK, 2.45),
        (Concept.IDENTIFY, Intent.ABOUT, 2.3),
        (Concept.STOP, Intent.CHECK, 2.1),
        (Concept.IN_USE, Intent.CHECK, 2.2),
        (Concept.OPEN, Intent.OPEN, 2.1),
        (Concept.CLOSE, Intent.OPEN, 2.1),
        (Concept.FIREWALL, Intent.OPEN, 0.95),
        (Concept.STATE, Intent.CHECK, 0.6),
        (Concept.SUGGEST, Intent.SUGGEST, 2.3),
        (Concept.ABOUT, Intent.ABOUT, 1.0),
        (Concept.REGISTRY, Intent.ABOUT, 1.0),
        (Concept.DEFAULT, Intent.ABOUT, 1.0),
    )
)
_OPEN, _CLOSE, _STATE = int(Concept.OPEN), int(Concept.CLOSE), int(Concept.STATE)
_WANT, _UNDO = int(Concept.WANT), int(Concept.UNDO)
_ADVICE, _AND = int(Concept.ADVICE), int(Concept.AND)
_ADVISED = 2.4  # "should 23 be open": more than a wish or an act, less than "check if"
_WISHED = 1.9  # "need port 80 open": more than a state, less than "check if"
_COMPARE, _OR = int(Concept.COMPARE), int(Concept.OR)
_TELLING = sum(concept for concept, _, _ in _WEIGHTS) | _COMPARE | _OR
_VOTING = _TELLING & ~int(Concept.DEFAULT | Concept.REGISTRY)
_MERE_STATE = 0.8  # the votes of words such as "open", which may be but told
_TOLD_SHARE = 0.45  # what words for an intent weigh in what is told, not asked
_RUNS = int(Concept.RUNS)
_FREE, _PORT = int(Concept.FREE), int(Concept.PORT)
_IN_GENERAL = int(Concept.DEFAULT | Concept.REGISTRY | Concept.WHICH | Concept.IDENTIFY)
_HERE = int(Concept.STOP | Concept.IN_USE)  # what is to be stopped, or in the way, is here
_KEPT = frozenset({Kind.NUMBER, Kind.MARK})  # and words
# "is 10.0.0.5:22 up", without a mark
_WHETHER = re.compile(
    r"\s*(?:is|are|does|ist|läuft|geht|est-ce|est|está|è|é|czy|чи|er|är)\s", re.IGNORECASE
)


def understand(text: str, vocabulary: Vocabulary, language: str | None = None) -> Question:
    """Return what `text` asks.

    Never raises: any text of any script is a Question, if only one that asks nothing.
    """
    cleaned = clean(text)
    shape = _shape(cleaned, language)
    if shape is None:
        return _asked(cleaned, read(cleaned, vocabulary, language))
    key, number = shape
    known = vocabulary.shapes.get(key)
    if known is not None:
        return _filled(known, cleaned, number)
    reading = read(cleaned, vocabulary, language)
    question = _asked(cleaned, reading)
    if question.ports == (number,) and _may_be_kept(question, reading, vocabulary):
        vocabulary.shapes[key] = question
        while len(vocabulary.shapes) > MOST_SHAPES:
            vocabulary.shapes.pop(next(iter(vocabulary.shapes)))
    return question


def _shape(
    text: str, language: str | None
) -> tuple[tuple[str, str, bool, str | None], int] | None:
    """Return what a short text with one number in it is but for the number, and the number.

    Most questions differ in nothing else ("what is port 80?"). Numbers that may be counts or
    years are read anew each time, and so are those that are no ports.
    """
    if len(text) > _SHAPE_LENGTH:
        return None
    parts = _LONE_NUMBER.split(text)
    if len(parts) != 3:  # noqa: PLR2004 - before, the number, after
        return None
    before, digits, after = parts
    if _DIGIT.search(before) or _DIGIT.search(after):
        return None  # an address or the like, which is the asker's own
    number = int(digits)
    if not _COUNTED < number <= MAX_PORT or number in YEARS or number in STATUSES:
        return None
    return (before, after, number < YEARS.stop, language), number


def _may_be_kept(question: Question, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Tell whether a question holds nothing but the number and words of the vocabulary.

    What people write stays with them: nothing that only one of them would write is kept, be it
    an address, or a word that merely begins as one of ours does or is a typo away.
    """
    if question.spans or question.invalid or question.bounds or question.source or question.host:
        return False
    return all(
        vocabulary.holds(token.text) and sense if token.kind is Kind.WORD else token.kind in _KEPT
        for token, sense in zip(reading.tokens, reading.senses, strict=True)
    )


def _filled(known: Question, text: str, number: int) -> Question:
    return Question(
        text=text,
        intent=known.intent,
        ports=(number,),
        closing=known.closing,
        outbound=known.outbound,
        protocol=known.protocol,
        system=known.system,
        words=known.words,
        senses=known.senses,
        sentences=known.sentences,
        concepts=known.concepts,
        language=known.language,
        evidence=known.evidence,
    )


def _asked(cleaned: str, reading: Reading) -> Question:
    numbers = judge(reading)
    concepts = reading.concepts
    words = [
        (token.text, sense, sentence)
        for token, sense, sentence in zip(
            reading.tokens, reading.senses, reading.sentences, strict=True
        )
        if token.kind is Kind.WORD
    ]
    intent = _intent(reading, len(numbers.ports) + len(numbers.spans))
    wish = acts.wish_of(reading)
    ports = _asked_first(reading, numbers.ports)
    if wish.spared and intent is Intent.OPEN:
        ports = tuple(number for number in ports if number not in wish.spared) or ports
    if intent is Intent.SUGGEST and _frees(reading):
        intent, concepts = Intent.CHECK, concepts | Concept.IN_USE
    source = addressees.source(reading, intent)
    if source is not None and concepts & Concept.ONLY:
        intent = Intent.OPEN  # "only 10.0.0.0/8 may reach it" is a rule of a firewall
    host = _other_machine(reading, cleaned, intent, numbers)
    if host is not None:
        intent = Intent.CHECK
    return Question(
        text=cleaned,
        intent=intent,
        ports=ports,
        spans=numbers.spans,
        invalid=numbers.invalid,
        bounds=numbers.bounds,
        count=numbers.count,
        closing=wish.closing,
        outbound=bool(concepts & Concept.OUTBOUND) and not concepts & Concept.INBOUND,
        source=source,
        host=host,
        protocol=_protocol(reading),
        system=_system(concepts),
        words=tuple(word for word, _, _ in words),
        senses=tuple(sense for _, sense, _ in words),
        sentences=tuple(sentence for _, _, sentence in words),
        concepts=concepts,
        language=reading.told,
        evidence=numbers.evidence,
    )


def _frees(reading: Reading) -> bool:
    """Tell whether a port by its number shall be free, and not any that is: "free port 3000"."""
    for index, token in enumerate(reading.tokens):
        if token.kind is Kind.NUMBER and reading.has(index - 1, _FREE | _PORT):
            before = index - 1 if reading.has(index - 1, _FREE) else index - 2
            if reading.has(before, _FREE):
                return True
    return False


def _asked_first(reading: Reading, ports: tuple[int, ...]) -> tuple[int, ...]:
    """Return the ports, those first that the text asks of, and does not but tell."""
    if len(ports) <= 1 or reading.concepts & (_COMPARE | _OR):
        return ports
    told = story.told(reading, _VOTING)
    if not told:
        return ports
    return story.asked_first(ports, reading, set(range(len(reading.tokens))) - told)


def _other_machine(reading: Reading, text: str, intent: Intent, numbers: Numbers) -> str | None:
    """Return the machine of which is asked whether it answers on a port; None where it is not.

    That is so where a check is wanted, and where a host and a port are all that a question tells:
    "does example.org answer on port 443?".
    """
    asks = story.QUESTION_MARK.search(text) or _WHETHER.match(text)
    asked = intent is Intent.NONE and len(numbers.ports) == 1 and asks
    if not asked and (intent is not Intent.CHECK or reading.concepts & _HERE):
        return None
    host = named_host(text) if not numbers.spans and len(numbers.ports) <= 1 else None
    if host is None or any(
        token.text == host.lower() and named
        for token, named in zip(reading.tokens, reading.named, strict=True)
    ):
        return None  # "asp.net" is a product
    return host


def _system(concepts: int) -> System | None:
    if concepts & SYSTEMS:
        for concept, system in _SYSTEMS:
            if concepts & concept:
                return system
    return None


def _protocol(reading: Reading) -> Protocol | None:
    """Return the one transport protocol that the text names; None where it names two."""
    named = {token.protocol for token in reading.tokens if token.protocol is not None}
    if reading.concepts & PROTOCOLS:
        named |= {protocol for concept, protocol in _PROTOCOLS if reading.concepts & concept}
    return named.pop() if len(named) == 1 else None


def _intent(reading: Reading, subjects: int) -> Intent:
    """Return the intent that the concepts speak for most; NONE where they speak for none."""
    concepts = reading.concepts
    if not concepts & _TELLING:
        return Intent.NONE
    scores = _votes(reading)
    if concepts & _STATE and concepts & (_WANT | _UNDO) and Intent.CHECK in scores:
        scores[Intent.OPEN] = max(scores.get(Intent.OPEN, 0.0), _WISHED)
    if concepts & _STATE and concepts & _WANT and _asks_for_advice(reading):
        scores[Intent.SAFETY] = max(scores.get(Intent.SAFETY, 0.0), _ADVISED)
    # "Which of 21, 22 and 3306 is dangerous" compares no two; nor does "is 21 or 22 dangerous".
    judged = Intent.SAFETY in scores and (subjects > 2 or not concepts & _COMPARE)  # noqa: PLR2004
    if subjects > 1 and concepts & (_COMPARE | _OR) and not judged:
        scores[Intent.COMPARE] = 3.0
    elif concepts & _COMPARE and not judged:
        scores[Intent.COMPARE] = 1.5
    best = max(scores, key=lambda intent: scores[intent]) if scores else Intent.NONE
    if (
        best is Intent.CHECK
        and scores[best] <= _MERE_STATE
        and story.asks_what_a_number_is(reading, _VOTING)
    ):
        return Intent.ABOUT
    here = subjects == 1 and concepts & _RUNS and concepts & SYSTEMS
    if here and best in {Intent.ABOUT, Intent.NONE} and not concepts & _IN_GENERAL:
        return Intent.CHECK  # "what runs on 7000 on my mac"
    return best


def _asks_for_advice(reading: Reading) -> bool:
    """Tell whether a sentence begins as who asks whether something is well: "should 23 be ..."."""
    begins = True
    for index, token in enumerate(reading.tokens):
        if begins and reading.has(index, _ADVICE):
            return True
        begins = token.kind is Kind.MARK or (begins and reading.has(index, _AND))
    return False


def _votes(reading: Reading) -> dict[Intent, float]:
    """Return how strongly the words of a text speak for each intent."""
    scores: dict[Intent, float] = {}
    told = story.told(reading, _VOTING)
    for index, sense in enumerate(reading.senses):
        if not sense & _TELLING or not reading.heads[index]:
            continue
        share = _TOLD_SHARE if index in told else 1.0
        if sense & _STATE and sense & (_OPEN | _CLOSE):
            sense &= ~(_OPEN | _CLOSE) if acts.is_state(reading, index) else ~_STATE  # noqa: PLW2901 - the sense it has here
        for concept, intent, weight in _WEIGHTS:
            if sense & concept:
                before = scores.get(intent, 0.0)
                more = _REPEATED if before and index not in told else 0.0
                scores[intent] = max(before, weight * share) + more
    return scores
