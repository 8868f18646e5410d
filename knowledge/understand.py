"""Text -> Question: what the words alone tell, in any of the languages there are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from knowledge import addressees, named, numerals, spelling, told
from knowledge.evidence import YEARS, judge
from knowledge.model import MAX_PORT, Intent, Protocol, Question, System
from knowledge.text import clean, latin
from knowledge.tokens import Kind, Token, tokens
from knowledge.vocabulary import BESIDE, Concept, Sense, Vocabulary

MOST_TOKENS = 200  # a question says what it wants long before; a paste is read elsewhere
DEFAULT_LANGUAGE = "en"
LONGEST_RUN = 300  # letters without a space; a question is shorter
MOST_SPELLED = 6  # words put right; a text with more is in no language of ours
MOST_SHAPES = 1000  # readings kept
_SHAPE_LENGTH = 80  # characters
_COUNTED = 64  # numbers up to here may be counts, which other words decide
_DIGIT = re.compile(r"\d")
_LONE_NUMBER = re.compile(r"(?<![\w.:/+*#-])(\d{1,5})(?![\w.:/+*%-])")

_SPOKEN = (
    "en",
    "es",
    "pt-BR",
    "fr",
    "de",
    "ru",
    "zh-CN",
    "ja",
    "ko",
    "pl",
    "it",
    "tr",
    "uk",
    "nl",
    "zh-TW",
)
_REPEATED = 0.2  # what each further word for an intent adds

_SYSTEMS = (
    (int(Concept.LINUX), System.LINUX),
    (int(Concept.MACOS), System.MACOS),
    (int(Concept.WINDOWS), System.WINDOWS),
    (int(Concept.FREEBSD), System.FREEBSD),
)
_ANY_SYSTEM = sum(concept for concept, _ in _SYSTEMS)
_PROTOCOLS = tuple((int(Concept[protocol.name]), protocol) for protocol in Protocol)
_ANY_PROTOCOL = sum(concept for concept, _ in _PROTOCOLS)
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
_PORT, _FUNCTION = int(Concept.PORT), int(Concept.FUNCTION)
_OPEN, _CLOSE, _STATE = int(Concept.OPEN), int(Concept.CLOSE), int(Concept.STATE)
_WANT = int(Concept.WANT)
_WISHED = 1.9  # "need port 80 open": more than a state, less than "check if"
_COMPARE, _OR = int(Concept.COMPARE), int(Concept.OR)
_TELLING = sum(concept for concept, _, _ in _WEIGHTS) | _COMPARE | _OR
_OBJECTS = _PORT | _ANY_PROTOCOL
_TRADE = _OBJECTS | int(Concept.NETWORK)
_NUMERIC = frozenset({Kind.NUMBER, Kind.PORT, Kind.SPAN})


@dataclass(slots=True)
class Reading:
    """The tokens of a text, each with what it means in the text's language.

    Attributes:
        senses: of each token, its concepts as flags; 0 for a word that is not known.
        heads: of each token, whether a word or phrase begins there.
        language: the tag of the language that most words belong to.
        told: the tag of the language in which to answer.
        concepts: of the whole text.
        named: of each token, whether it is the name of a service or product.
        values: of each token that is a number word, its value.
    """

    tokens: list[Token]
    senses: list[int]
    heads: list[bool]
    language: str
    told: str
    named: list[bool]
    values: list[int | None]
    concepts: int = 0

    def has(self, index: int, concepts: int) -> bool:
        """Tell whether the token at `index`, if there is one, has one of the concepts."""
        return 0 <= index < len(self.senses) and bool(self.senses[index] & concepts)


# What begins at a token: how many tokens it spans, and its senses.
Senses = tuple[Sense, ...]
Candidate = tuple[int, Senses]


def read(text: str, vocabulary: Vocabulary, language: str | None = None) -> Reading:
    """Return the tokens of a cleaned text and what they mean.

    `language` is the tag to prefer where the words themselves leave it open.
    """
    preferred = vocabulary.tag_of(language)
    strange = vocabulary.without(latin(text)) - {DEFAULT_LANGUAGE}
    pieces = _pieces(text, vocabulary)
    candidates = _candidates(pieces, vocabulary)
    joined = named.with_names(pieces, candidates, vocabulary)
    if joined is not None:
        pieces, candidates = joined, _candidates(joined, vocabulary)
    spoken = _spoken(pieces, _without(candidates, strange), preferred, vocabulary)
    languages = (spoken, DEFAULT_LANGUAGE)
    counted = numerals.with_digits(pieces, vocabulary, languages)
    if counted is not pieces:
        pieces, candidates = counted, _candidates(counted, vocabulary)
    spelled = _spelled(pieces, candidates, vocabulary, spoken)
    if spelled is not None:
        candidates = _candidates(spelled, vocabulary)
        spoken = _spoken(pieces, _without(candidates, strange), preferred, vocabulary)
    reading = Reading(
        pieces,
        [0] * len(pieces),
        [True] * len(pieces),
        spoken,
        _told(pieces, _without(candidates, strange), spoken, preferred),
        [
            piece.kind is Kind.WORD and not found and vocabulary.is_name(piece.text)
            for piece, found in zip(pieces, candidates, strict=True)
        ],
        [vocabulary.value(piece.text, languages) for piece in pieces],
    )
    senses, heads, known = reading.senses, reading.heads, 0
    index = 0
    for start, found in enumerate(candidates):
        if start < index or not found:
            continue
        length, concepts = _choose(found, spoken)
        known |= concepts
        if not concepts and _may_be_port(found):
            concepts = _PORT
            known |= _PORT
        if length > 1 and not concepts & Concept.ELSEWHERE:
            # "need a port for" suggests, and speaks of a port; "usb port" speaks of none of ours
            for inside in range(start, start + length):
                kept = vocabulary.concepts(pieces[inside].text) & (_OBJECTS | BESIDE)
                concepts |= kept & _OBJECTS
                known |= kept
        senses[start] = concepts
        for inside in range(start + 1, start + length):
            senses[inside] = concepts
            heads[inside] = False
        index = start + length
    reading.concepts = known
    return reading


def _may_be_port(found: tuple[Candidate, ...]) -> bool:
    """Tell whether a word may be the word port in any language: "porta 80"."""
    return any(
        sense.concepts & _PORT for length, senses in found if length == 1 for sense in senses
    )


def _pieces(text: str, vocabulary: Vocabulary) -> list[Token]:
    pieces: list[Token] = []
    for token in tokens(text):
        if token.kind is Kind.RUN:
            run = token.text[:LONGEST_RUN]
            pieces += [Token(word, Kind.WORD) for word in vocabulary.segments(run)]
        else:
            pieces.append(token)
        if len(pieces) >= MOST_TOKENS:
            break
    return pieces


def _candidates(pieces: Sequence[Token], vocabulary: Vocabulary) -> list[tuple[Candidate, ...]]:
    """Return for each token every phrase and word that begins there, the longest first."""
    found: list[tuple[Candidate, ...]] = []
    before: Token | None = None
    for index, token in enumerate(pieces):
        if token.kind is not Kind.WORD:
            found.append(())
            before = None
            continue
        senses = vocabulary.senses(token.text)
        found.append(((1, senses),) if senses else ())
        if before is not None:
            begun = tuple(vocabulary.phrases(before.text, token.text))
            if begun:
                found[index - 1] = (*_begun(pieces, index - 1, begun), *found[index - 1])
        before = token
    return found


def _spelled(
    pieces: Sequence[Token],
    candidates: Sequence[tuple[Candidate, ...]],
    vocabulary: Vocabulary,
    spoken: str,
) -> list[Token] | None:
    """Return the tokens with mistyped words put right; None where none is."""
    languages = (spoken, DEFAULT_LANGUAGE)
    known = {
        index + i
        for index, found in enumerate(candidates)
        for n, senses in found
        if any(each.language in languages or each.concepts & _PORT for each in senses)
        for i in range(n)
    }
    unknown = [
        index
        for index, piece in enumerate(pieces)
        if piece.kind is Kind.WORD
        and index not in known
        and len(piece.text) >= spelling.SHORTEST
        and not vocabulary.is_written_as_a_name(piece.text)
    ]
    found: dict[int, str] = {}
    for index in unknown[:MOST_SPELLED]:
        numbered = index + 1 < len(pieces) and pieces[index + 1].kind in _NUMERIC
        word = vocabulary.spelled(pieces[index].text, languages, before_number=numbered)
        # "Sports" is a word of other languages, and no typo of "ports".
        foreign = not numbered and any(
            each.concepts & Concept.ELSEWHERE for _, senses in candidates[index] for each in senses
        )
        if word != pieces[index].text and not foreign:
            found[index] = word
    if not found:
        return None
    return [
        piece._replace(text=found.get(index, piece.text)) for index, piece in enumerate(pieces)
    ]


def _begun(
    pieces: Sequence[Token], index: int, phrases: Iterable[tuple[tuple[str, ...], Senses]]
) -> Iterator[Candidate]:
    """Yield the phrases, of those with the same first two words, that stand at `index`."""
    for parts, senses in phrases:
        if len(parts) <= len(pieces) - index and all(
            pieces[index + offset].text == part for offset, part in enumerate(parts)
        ):
            yield len(parts), senses


def _spoken(
    pieces: Sequence[Token],
    candidates: Sequence[tuple[Candidate, ...]],
    preferred: str,
    vocabulary: Vocabulary,
) -> str:
    """Return the language that explains the words best, but for names that are words elsewhere.

    "Vite" is quick in French, and "SIP port" not Indonesian.
    """
    best = _language(candidates, preferred)
    if best in (preferred, DEFAULT_LANGUAGE):
        return best
    rest = [
        ()
        if piece.kind is Kind.WORD
        and found
        and not any(sense.language == DEFAULT_LANGUAGE for _, senses in found for sense in senses)
        and vocabulary.is_written_as_a_name(piece.text)
        else found
        for piece, found in zip(pieces, candidates, strict=True)
    ]
    return _language(rest, preferred) if any(rest) else best


def _without(
    candidates: Sequence[tuple[Candidate, ...]], languages: AbstractSet[str]
) -> Sequence[tuple[Candidate, ...]]:
    """Return the words and phrases without what they mean in some languages."""
    if not languages:
        return candidates
    return [
        tuple(
            (length, kept)
            for length, senses in found
            if (kept := tuple(sense for sense in senses if sense.language not in languages))
        )
        for found in candidates
    ]


def _language(candidates: Sequence[tuple[Candidate, ...]], preferred: str) -> str:
    """Return the language that explains the words best; a word of few languages counts more."""
    if all(
        any(sense.language == preferred or _is_of_the_trade(sense) for sense in senses)
        for found in candidates
        for _, senses in found
    ):
        return preferred
    votes: dict[str, float] = {}
    knows: dict[str, set[int]] = {}
    for index, found in enumerate(candidates):
        for length, senses in found:
            for sense in senses:
                votes[sense.language] = votes.get(sense.language, 0.0) + length / len(senses)
                knows.setdefault(sense.language, set()).add(index)
    best = max(votes, key=lambda tag: (votes[tag], -_rank(tag)))
    for favourite in (preferred, DEFAULT_LANGUAGE):
        known = knows.get(favourite, set())
        if known >= knows[best] or len(known) > len(knows[best]):
            return favourite  # "is port 80 safe" is Hindi in Latin letters as well
    return best


def _is_of_the_trade(sense: Sense) -> bool:
    """Tell whether a word is said in English everywhere: "port", "tcp"."""
    return sense.language == DEFAULT_LANGUAGE and not sense.concepts & ~_TRADE


def _told(
    pieces: Sequence[Token],
    candidates: Sequence[tuple[Candidate, ...]],
    spoken: str,
    preferred: str,
) -> str:
    """Return the language to answer in: `spoken`, or the reader's or English if it is doubtful."""
    senses = [[sense for _, each in found for sense in each] for found in candidates]
    languages = (preferred, DEFAULT_LANGUAGE)
    if spoken in languages or told.is_spoken(spoken, pieces, senses):
        return spoken
    sure = [
        tuple(
            (length, kept)
            for length, each in found
            if (kept := tuple(sense for sense in each if sense.language in languages))
        )
        for found in candidates
    ]
    return _language(sure, preferred)


def _rank(language: str) -> int:
    """Return the place of a language among those that share a word: the more spoken one first."""
    return _SPOKEN.index(language) if language in _SPOKEN else len(_SPOKEN)


def _choose(found: tuple[Candidate, ...], language: str) -> tuple[int, int]:
    """Return the length and the concepts of what begins here: in `language`, else in English.

    A word that only a third language knows is no word of this text.
    """
    for tag in (language, DEFAULT_LANGUAGE):
        for length, senses in found:
            for sense in senses:
                if sense.language == tag:
                    return length, sense.concepts
    return 1, 0


def understand(text: str, vocabulary: Vocabulary, language: str | None = None) -> Question:
    """Return what `text` asks.

    Never raises: any text of any script is a Question, if only one that asks nothing.
    """
    cleaned = clean(text)
    shape = _shape(cleaned, language)
    if shape is None:
        return _understand(cleaned, vocabulary, language)
    key, number = shape
    known = vocabulary.shapes.get(key)
    if known is not None:
        return _filled(known, cleaned, number)
    question = _understand(cleaned, vocabulary, language)
    if question.ports == (number,) and _may_be_kept(question):
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
    if not _COUNTED < number <= MAX_PORT or number in YEARS:
        return None
    return (before, after, number < YEARS.stop, language), number


def _may_be_kept(question: Question) -> bool:
    """Tell whether a question holds nothing but the number and words of the vocabulary.

    What people write stays with them: nothing that only one of them would write is kept.
    """
    return all(question.senses) and not (
        question.spans or question.invalid or question.bounds or question.source
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
        concepts=known.concepts,
        language=known.language,
        evidence=known.evidence,
    )


def _understand(cleaned: str, vocabulary: Vocabulary, language: str | None) -> Question:
    reading = read(cleaned, vocabulary, language)
    numbers = judge(reading)
    concepts = reading.concepts
    words = [
        (token.text, sense)
        for token, sense in zip(reading.tokens, reading.senses, strict=True)
        if token.kind is Kind.WORD
    ]
    intent = _intent(reading, len(numbers.ports) + len(numbers.spans))
    source = addressees.source(reading, intent)
    if source is not None and concepts & Concept.ONLY:
        intent = Intent.OPEN  # "only 10.0.0.0/8 may reach it" is a rule of a firewall
    return Question(
        text=cleaned,
        intent=intent,
        ports=numbers.ports,
        spans=numbers.spans,
        invalid=numbers.invalid,
        bounds=numbers.bounds,
        count=numbers.count,
        closing=bool(concepts & Concept.CLOSE) and not _opens(reading),
        outbound=bool(concepts & Concept.OUTBOUND) and not concepts & Concept.INBOUND,
        source=source,
        protocol=_protocol(reading),
        system=_system(concepts),
        words=tuple(word for word, _ in words),
        senses=tuple(sense for _, sense in words),
        concepts=concepts,
        language=reading.told,
        evidence=numbers.evidence,
    )


def _system(concepts: int) -> System | None:
    if concepts & _ANY_SYSTEM:
        for concept, system in _SYSTEMS:
            if concepts & concept:
                return system
    return None


def _protocol(reading: Reading) -> Protocol | None:
    """Return the one transport protocol that the text names; None where it names two."""
    named = {token.protocol for token in reading.tokens if token.protocol is not None}
    if reading.concepts & _ANY_PROTOCOL:
        named |= {protocol for concept, protocol in _PROTOCOLS if reading.concepts & concept}
    return named.pop() if len(named) == 1 else None


def _is_state(reading: Reading, index: int) -> bool:
    """Tell whether an "open" that may be a verb or an adjective is the adjective.

    The verb comes first or right before its object: "open port 8080", "how do I open udp 514".
    """
    after = index + 1
    while reading.has(after, _FUNCTION) and reading.tokens[after].kind is Kind.WORD:
        after += 1
    verb = after < len(reading.tokens) and (
        reading.has(after, _OBJECTS) or reading.tokens[after].kind in _NUMERIC
    )
    before = index - 1
    while before >= 0 and reading.tokens[before].kind is Kind.MARK:
        before -= 1
    follows_number = before >= 0 and reading.tokens[before].kind in _NUMERIC
    return not verb and (follows_number or reading.has(before, _OBJECTS | _FUNCTION))


def _opens(reading: Reading) -> bool:
    return any(
        sense & _OPEN and head and not (sense & _STATE and _is_state(reading, index))
        for index, (sense, head) in enumerate(zip(reading.senses, reading.heads, strict=True))
    )


def _intent(reading: Reading, subjects: int) -> Intent:
    """Return the intent that the concepts speak for most; NONE where they speak for none."""
    if not reading.concepts & _TELLING:
        return Intent.NONE
    scores: dict[Intent, float] = {}
    for index, sense in enumerate(reading.senses):
        if not sense & _TELLING or not reading.heads[index]:
            continue
        if sense & _STATE and sense & (_OPEN | _CLOSE):
            sense &= ~(_OPEN | _CLOSE) if _is_state(reading, index) else ~_STATE  # noqa: PLW2901 - the sense it has here
        for concept, intent, weight in _WEIGHTS:
            if sense & concept:
                before = scores.get(intent, 0.0)
                scores[intent] = max(before, weight) + (_REPEATED if before else 0.0)
    if reading.concepts & _STATE and reading.concepts & _WANT and Intent.CHECK in scores:
        scores[Intent.OPEN] = max(scores.get(Intent.OPEN, 0.0), _WISHED)
    if subjects > 1 and reading.concepts & (_COMPARE | _OR):
        scores[Intent.COMPARE] = 3.0
    elif reading.concepts & _COMPARE:
        scores[Intent.COMPARE] = 1.5
    return max(scores, key=lambda intent: scores[intent]) if scores else Intent.NONE
