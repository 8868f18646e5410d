"""Text -> Question: what the words alone tell, in any of the languages there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge import numerals
from knowledge.evidence import judge
from knowledge.model import Intent, Protocol, Question, System
from knowledge.text import clean
from knowledge.tokens import Kind, Token, tokens
from knowledge.vocabulary import Concept, Meaning, Vocabulary

MOST_TOKENS = 400  # a question says what it wants long before; a paste is read elsewhere
DEFAULT_LANGUAGE = "en"

_CONTENT = frozenset(Concept) - {Concept.FUNCTION, Concept.UNIT, Concept.TO}
_SYSTEMS = {
    Concept.LINUX: System.LINUX,
    Concept.MACOS: System.MACOS,
    Concept.WINDOWS: System.WINDOWS,
    Concept.FREEBSD: System.FREEBSD,
}
_PROTOCOLS = {Concept(protocol.value): protocol for protocol in Protocol}
# How strongly a concept speaks for an intent. The strongest intent wins; a tie goes to the first.
_WEIGHTS: dict[Concept, tuple[Intent, float]] = {
    Concept.SAFETY: (Intent.SAFETY, 2.5),
    Concept.EXPOSE: (Intent.SAFETY, 1.4),
    Concept.NEIGHBORS: (Intent.NEIGHBORS, 2.6),
    Concept.CHECK: (Intent.CHECK, 2.0),
    Concept.STOP: (Intent.CHECK, 2.1),
    Concept.IN_USE: (Intent.CHECK, 2.2),
    Concept.OPEN: (Intent.OPEN, 2.1),
    Concept.CLOSE: (Intent.OPEN, 2.1),
    Concept.FIREWALL: (Intent.OPEN, 1.2),
    Concept.STATE: (Intent.CHECK, 0.6),
    Concept.SUGGEST: (Intent.SUGGEST, 1.6),
    Concept.ABOUT: (Intent.ABOUT, 1.0),
    Concept.REGISTRY: (Intent.ABOUT, 1.0),
    Concept.DEFAULT: (Intent.ABOUT, 1.0),
}


@dataclass(slots=True)
class Reading:
    """The tokens of a text, each with what it means in the text's language.

    Attributes:
        senses: of each token, its concepts; empty for a word that is not known.
        heads: of each token, whether a word or phrase begins there.
        language: the tag of the language that most words belong to.
    """

    tokens: list[Token]
    senses: list[tuple[Concept, ...]]
    heads: list[bool]
    language: str
    concepts: frozenset[Concept] = field(init=False)

    def __post_init__(self) -> None:
        self.concepts = frozenset(concept for sense in self.senses for concept in sense)

    def has(self, index: int, *concepts: Concept) -> bool:
        """Tell whether the token at `index`, if there is one, has one of the concepts."""
        return 0 <= index < len(self.senses) and any(c in concepts for c in self.senses[index])


def read(text: str, vocabulary: Vocabulary, language: str | None = None) -> Reading:
    """Return the tokens of a cleaned text and what they mean.

    `language` is the tag to prefer where the words themselves leave it open.
    """
    pieces = _pieces(text, vocabulary)
    candidates = [_meanings(pieces, index, vocabulary) for index in range(len(pieces))]
    spoken = _language(candidates, language)
    senses: list[tuple[Concept, ...]] = [()] * len(pieces)
    heads = [True] * len(pieces)
    index = 0
    while index < len(pieces):
        length, concepts = _choose(candidates[index], spoken)
        for offset in range(length):
            senses[index + offset] = concepts
            heads[index + offset] = offset == 0
        index += length
    return Reading(pieces, senses, heads, spoken)


def _pieces(text: str, vocabulary: Vocabulary) -> list[Token]:
    pieces: list[Token] = []
    for token in tokens(text):
        if token.kind is Kind.RUN:
            pieces += [Token(word, Kind.WORD) for word in vocabulary.segments(token.text)]
        else:
            pieces.append(token)
        if len(pieces) >= MOST_TOKENS:
            break
    return numerals.with_digits(pieces, vocabulary)


Candidate = tuple[int, Meaning]  # how many tokens it spans, and its meaning


def _meanings(
    pieces: Sequence[Token], index: int, vocabulary: Vocabulary
) -> tuple[Candidate, ...]:
    """Return every phrase and word of the vocabulary that begins at `index`, longest first."""
    token = pieces[index]
    if token.kind is Kind.MARK and token.text != "#":
        return ()
    found: list[Candidate] = []
    for parts, meaning in vocabulary.phrases.get(token.text, ()):
        if len(parts) <= len(pieces) - index and all(
            pieces[index + offset].text == part for offset, part in enumerate(parts)
        ):
            found.append((len(parts), meaning))
    if token.kind is Kind.WORD:
        found += [(1, meaning) for meaning in vocabulary.meanings(token.text)]
    return tuple(found)


def _language(candidates: Sequence[tuple[Candidate, ...]], preferred: str | None) -> str:
    """Return the language that explains the words best; a word of few languages counts more."""
    votes: dict[str, float] = {}
    for found in candidates:
        languages = {meaning.language for _, meaning in found}
        for language in languages:
            votes[language] = votes.get(language, 0.0) + 1.0 / len(languages)
    if not votes:
        return preferred or DEFAULT_LANGUAGE
    best = max(votes.values())
    for favourite in (preferred, DEFAULT_LANGUAGE):
        if favourite in votes and votes[favourite] >= best - 0.34:  # within a shared word
            return favourite
    return max(votes, key=lambda language: (votes[language], language))


def _choose(found: tuple[Candidate, ...], language: str) -> tuple[int, tuple[Concept, ...]]:
    """Return the length and the concepts of what begins here: in `language`, else in any."""
    if not found:
        return 1, ()
    for tag in (language, DEFAULT_LANGUAGE, None):
        ours = [entry for entry in found if tag is None or entry[1].language == tag]
        if ours:
            length = max(length for length, _ in ours)
            concepts = dict.fromkeys(meaning.concept for span, meaning in ours if span == length)
            return length, tuple(concepts)
    return 1, ()


def understand(text: str, vocabulary: Vocabulary, language: str | None = None) -> Question:
    """Return what `text` asks.

    Never raises: any text of any script is a Question, if only one that asks nothing.
    """
    cleaned = clean(text)
    reading = read(cleaned, vocabulary, language)
    numbers = judge(reading)
    concepts = reading.concepts
    words, senses = [], []
    for token, sense in zip(reading.tokens, reading.senses, strict=True):
        if token.kind is Kind.WORD:
            words.append(token.text)
            senses.append(" ".join(sense))
    return Question(
        text=cleaned,
        intent=_intent(reading, len(numbers.ports) + len(numbers.spans)),
        ports=numbers.ports,
        spans=numbers.spans,
        invalid=numbers.invalid,
        bounds=numbers.bounds,
        closing=Concept.CLOSE in concepts and not _opens(reading),
        protocol=_protocol(reading),
        system=next((_SYSTEMS[c] for c in _SYSTEMS if c in concepts), None),
        words=tuple(words),
        senses=tuple(senses),
        concepts=frozenset(concept.value for concept in concepts),
        language=reading.language,
        evidence=numbers.evidence,
    )


def _protocol(reading: Reading) -> Protocol | None:
    """Return the one transport protocol that the text names; None where it names two."""
    named = {token.protocol for token in reading.tokens if token.protocol is not None}
    named |= {_PROTOCOLS[concept] for concept in _PROTOCOLS if concept in reading.concepts}
    return named.pop() if len(named) == 1 else None


def _is_state(reading: Reading, index: int) -> bool:
    """Tell whether an "open" that may be a verb or an adjective is the adjective.

    The verb comes first or right before its object: "open port 8080", "how do I open udp 514".
    """
    after = index + 1
    while reading.has(after, Concept.FUNCTION) and reading.tokens[after].kind is Kind.WORD:
        after += 1
    objects = (Concept.PORT, Concept.TCP, Concept.UDP, Concept.SCTP, Concept.DCCP)
    verb = after < len(reading.tokens) and (
        reading.has(after, *objects)
        or reading.tokens[after].kind in {Kind.NUMBER, Kind.PORT, Kind.SPAN}
    )
    before = index - 1
    while before >= 0 and reading.tokens[before].kind is Kind.MARK:
        before -= 1
    follows_number = before >= 0 and reading.tokens[before].kind in {Kind.NUMBER, Kind.PORT}
    return not verb and (follows_number or reading.has(before, Concept.PORT, Concept.FUNCTION))


def _opens(reading: Reading) -> bool:
    return any(
        Concept.OPEN in sense
        and head
        and not (Concept.STATE in sense and _is_state(reading, index))
        for index, (sense, head) in enumerate(zip(reading.senses, reading.heads, strict=True))
    )


def _intent(reading: Reading, subjects: int) -> Intent:
    """Return the intent that the concepts speak for most; NONE where they speak for none."""
    scores: dict[Intent, float] = {}
    for index, (sense, head) in enumerate(zip(reading.senses, reading.heads, strict=True)):
        if not head:
            continue
        verb = not (Concept.STATE in sense and _is_state(reading, index))
        for concept in sense:
            if concept in {Concept.OPEN, Concept.CLOSE} and not verb:
                continue
            if concept is Concept.STATE and verb and len(sense) > 1:
                continue
            weighted = _WEIGHTS.get(concept)
            if weighted is not None:
                intent, weight = weighted
                scores[intent] = max(scores.get(intent, 0.0), weight) + (
                    0.2 if intent in scores else 0.0
                )
    if subjects > 1 and (Concept.COMPARE in reading.concepts or Concept.OR in reading.concepts):
        scores[Intent.COMPARE] = 3.0
    elif Concept.COMPARE in reading.concepts:
        scores[Intent.COMPARE] = 1.5
    return max(scores, key=lambda intent: scores[intent]) if scores else Intent.NONE
