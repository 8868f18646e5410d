"""Text -> Reading: its tokens, and what they mean in its language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge import named, numerals, other_numbers, porting, spelling
from knowledge.endings import without_ending
from knowledge.spoken import DEFAULT_LANGUAGE, Candidate, Senses, spoken_in, told_in
from knowledge.text import latin
from knowledge.tokens import NUMERIC, Kind, Token, tokens
from knowledge.vocabulary import BESIDE, PROTOCOLS, SYSTEMS, Concept, Vocabulary

MOST_TOKENS = 200  # a question says what it wants long before; a paste is read elsewhere
LONGEST_RUN = 300  # letters without a space; a question is shorter
MOST_SPELLED = 6  # words put right; a text with more is in no language of ours
_PORT = int(Concept.PORT)
_OBJECTS = _PORT | PROTOCOLS
_OF_ANOTHER_KIND = int(Concept.OTHER_PORTS | Concept.ELSEWHERE)
_OF_SYSTEMS = int(Concept.FIREWALL | Concept.OPEN | Concept.CLOSE)
_OF_NAMES = int(Concept.NETWORK | Concept.PLAIN | Concept.FIREWALL | Concept.CHECK)
_STOP, _WAYS = int(Concept.STOP), int(Concept.OUTBOUND | Concept.INBOUND)
_WISHED = int(Concept.FREE | Concept.OWN)
_HEXADECIMAL = "0x"
_ABBREVIATED = frozenset({"nr", "no", "num"})  # a full stop behind these ends no sentence
_ENDS = frozenset(".?!;\n\r…。？！；")


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
        sentences: of each token, the number of the sentence that it stands in.
        familiar: of each token, whether it is the number of a port that many people know.
        owned: the numbers that are ports of something that the text names.
    """

    tokens: list[Token]
    senses: list[int]
    heads: list[bool]
    language: str
    told: str
    named: list[bool]
    values: list[int | None]
    sentences: list[int]
    familiar: list[bool]
    concepts: int = 0
    owned: frozenset[int] = frozenset()

    def has(self, index: int, concepts: int) -> bool:
        """Tell whether the token at `index`, if there is one, has one of the concepts."""
        return 0 <= index < len(self.senses) and bool(self.senses[index] & concepts)


def read(text: str, vocabulary: Vocabulary, language: str | None = None) -> Reading:
    """Return the tokens of a cleaned text and what they mean.

    `language` is the tag to prefer where the words themselves leave it open.
    """
    preferred = vocabulary.tag_of(language)
    strange = vocabulary.without(latin(text))
    pieces = _pieces(text, vocabulary)
    candidates = _candidates(pieces, vocabulary)
    joined = named.with_names(pieces, candidates, vocabulary)
    if joined is not None:
        pieces, candidates = joined, _candidates(joined, vocabulary)
    spoken = spoken_in(pieces, candidates, preferred, vocabulary, strange)
    languages = (spoken, DEFAULT_LANGUAGE)
    counted = numerals.with_digits(pieces, vocabulary, languages)
    if counted is not pieces:
        pieces, candidates = counted, _candidates(counted, vocabulary)
    spelled = _spelled(pieces, candidates, vocabulary, spoken)
    if spelled is not None:
        candidates = _candidates(spelled, vocabulary)
        spoken = spoken_in(pieces, candidates, preferred, vocabulary, strange)
    reading = Reading(
        pieces,
        [0] * len(pieces),
        [True] * len(pieces),
        spoken,
        told_in(pieces, candidates, spoken, preferred, strange),
        [
            piece.kind is Kind.WORD and not found and vocabulary.is_name(piece.text)
            for piece, found in zip(pieces, candidates, strict=True)
        ],
        [vocabulary.value(piece.text, languages) for piece in pieces],
        _sentences(pieces),
        [piece.kind is Kind.NUMBER and vocabulary.is_familiar(piece.first) for piece in pieces],
    )
    reading.concepts = _fill(reading, candidates, vocabulary)
    _tell_other_ports(reading)
    _tell_statuses(reading)
    _tell_stopped_traffic(reading)
    reading.owned = _owned(reading, vocabulary)
    return reading


def _tell_stopped_traffic(reading: Reading) -> None:
    """Take who stops traffic as one who closes a port: "stop outgoing 25" ends no process."""
    if not reading.concepts & _STOP or not reading.concepts & _WAYS:
        return
    for index, sense in enumerate(reading.senses):
        near = (index + 1, index + 2)
        if sense & _STOP and any(reading.has(i, _WAYS) for i in near):
            reading.senses[index] = sense & ~_STOP | int(Concept.CLOSE)
            reading.concepts |= Concept.CLOSE
    if not any(sense & _STOP for sense in reading.senses):
        reading.concepts &= ~_STOP


def _tell_statuses(reading: Reading) -> None:
    """Take "http" in "http 404" for what it is, which is no protocol whose port is asked for."""
    for index, token in enumerate(reading.tokens):
        web = other_numbers.web_before(reading, index) if token.kind is Kind.NUMBER else None
        if web is not None:
            reading.senses[web] = int(Concept.ELSEWHERE)
            reading.named[web] = False
            reading.concepts |= Concept.ELSEWHERE


def _tell_other_ports(reading: Reading) -> None:
    """Take the verb port for what it is, and a computer's port 0x60."""
    if reading.language != DEFAULT_LANGUAGE or not reading.concepts & _PORT:
        return
    tokens, senses = reading.tokens, reading.senses
    verbs = [
        index
        for index, sense in enumerate(senses)
        if sense & _PORT
        and (
            porting.is_verb(tokens, senses, reading.named, index)
            or (index + 1 < len(tokens) and tokens[index + 1].text.startswith(_HEXADECIMAL))
        )
    ]
    for index in verbs:
        senses[index] = _OF_ANOTHER_KIND
        reading.concepts |= _OF_ANOTHER_KIND
    if verbs and not any(sense & _PORT for sense in senses):
        reading.concepts &= ~_PORT


def _owned(reading: Reading, vocabulary: Vocabulary) -> frozenset[int]:
    """Return the numbers of the text that are ports of something it names: "27036, steam?"."""
    pairs = zip(reading.tokens, reading.familiar, strict=True)
    numbers = {token.first for token, familiar in pairs if familiar}
    if not numbers:
        return frozenset()
    words = [
        token.text
        for token, sense in zip(reading.tokens, reading.senses, strict=True)
        if token.kind is Kind.WORD and not sense & ~_OF_NAMES
    ]
    if reading.language != DEFAULT_LANGUAGE:
        words += [stem for word in words for stem in without_ending(word)]
    names = vocabulary.names_under(words)
    return frozenset(
        place.number
        for found in names.values()
        for name in found
        for place in name.places
        if place.number in numbers
    )


def _fill(
    reading: Reading, candidates: Sequence[tuple[Candidate, ...]], vocabulary: Vocabulary
) -> int:
    """Set what each token means in the language of the text; return all concepts met."""
    senses, heads, known = reading.senses, reading.heads, 0
    index = 0
    for start, found in enumerate(candidates):
        if start < index or not found:
            continue
        length, concepts = _choose(found, reading.language)
        if concepts & Concept.OTHER_PORTS and _is_on_a_system(reading, start + length, vocabulary):
            words = tuple(candidate for candidate in found if candidate[0] == 1)
            length, concepts = _choose(words, reading.language)
        known |= concepts
        if not concepts and _may_be_port(found, reading.tokens[start].text, vocabulary):
            concepts = _PORT
            known |= _PORT
        if length > 1 and not concepts & Concept.ELSEWHERE:
            # "need a port for" suggests, and speaks of a port; "usb port" speaks of none of ours
            for piece in reading.tokens[start : start + length]:
                inside = vocabulary.concepts(piece.text)
                concepts |= inside & _OBJECTS
                known |= inside & (_OBJECTS | BESIDE | _WISHED)
                if concepts & _OF_SYSTEMS:
                    known |= inside & SYSTEMS  # "windows firewall"
        senses[start] = concepts
        for inside in range(start + 1, start + length):
            senses[inside] = concepts
            heads[inside] = False
        index = start + length
    return known


def _is_on_a_system(reading: Reading, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase speaks of the port of a system by its number: "mac port 5000"."""
    tokens = reading.tokens
    return (
        1 < end < len(tokens)
        and tokens[end].kind in NUMERIC
        and bool(vocabulary.concepts(tokens[end - 1].text) & _PORT)
        and bool(vocabulary.concepts(tokens[end - 2].text) & SYSTEMS)
    )


def _sentences(pieces: Iterable[Token]) -> list[int]:
    """Return the number of the sentence that each token stands in."""
    found = []
    number = 0
    before = ""
    for piece in pieces:
        found.append(number)
        ends = piece.kind is Kind.MARK and piece.text in _ENDS
        number += ends and not (piece.text == "." and before in _ABBREVIATED)
        before = piece.text
    return found


def _may_be_port(found: tuple[Candidate, ...], word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is the word port as any language writes it: "porta 80"."""
    return vocabulary.is_listed(word) and any(
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


def _begun(
    pieces: Sequence[Token], index: int, phrases: Iterable[tuple[tuple[str, ...], Senses]]
) -> Iterator[Candidate]:
    """Yield the phrases, of those with the same first two words, that stand at `index`."""
    for parts, senses in phrases:
        if len(parts) <= len(pieces) - index and all(
            pieces[index + offset].text == part for offset, part in enumerate(parts)
        ):
            yield len(parts), senses


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
        numbered = index + 1 < len(pieces) and pieces[index + 1].kind in NUMERIC
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
