"""Words -> the services and products they name, ranked; exact first, then one typo away."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge import spelling
from knowledge.model import Question
from knowledge.names import Name, Origin, Place
from knowledge.text import squash
from knowledge.vocabulary import BESIDE, Concept, Vocabulary

LONGEST_NAME = 5  # words
MOST_WORDS = 60  # of a text that are looked at for names
_MOST_CORRECTED = 6
_SHORTEST_ALONE = 3  # letters; shorter names count only where the text speaks of ports
_TRANSPARENT = int(Concept.NETWORK | Concept.OWN | Concept.FIREWALL | Concept.PLAIN | BESIDE)
_PORT = int(Concept.PORT)
_FUNCTION = int(Concept.FUNCTION)
_ELSEWHERE = int(Concept.ELSEWHERE)
_ASKING = int(Concept.WHICH | Concept.DEFAULT | Concept.RUNS)
_ASKED = (
    _PORT
    | _ASKING
    | int(
        Concept.ABOUT | Concept.RUNS | Concept.WANT | Concept.SINCE | Concept.TO | Concept.NETWORK
    )
)
_SHORTEST_ASKED = 3  # words: "port de vite"
_WELL_KNOWN = 40  # weight of a product that many know
_DESPITE_ITS_SENSE = 0.75
_EVERYWHERE = frozenset({"server", "box", "machine", "host", "app", "service", "pc", "game"})
_ENCRYPTED = frozenset({"tls", "ssl", "secure", "encrypted", "https", "dtls", "starttls"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a text names.

    Attributes:
        start: index of its first word in `Question.words`.
        end: index after its last.
        score: 0.0 to 1.0; 1.0 where the name is written as it is known, and is but a name.
        exact: it is written as it is known.
    """

    name: Name
    start: int
    end: int
    score: float
    places: tuple[Place, ...]
    exact: bool = True


def subjects(question: Question, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """Return the services and products that the question names, in its order, without overlap."""
    words = question.words[:MOST_WORDS]
    senses = question.senses[:MOST_WORDS]
    spans: dict[tuple[int, int], str] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            if _may_be_name(words, senses, start, end):
                spans[start, end] = squash("".join(words[start:end]))
    found = vocabulary.names_under(spans.values()) if spans else {}
    hits = [
        Subject(found[key][0], start, end, _exactness(found[key][0], end - start), ())
        for (start, end), key in spans.items()
        if key in found and _fits(found[key][0], senses, start, end)
    ]
    chosen = _without_overlap(hits)
    chosen += _corrected(question, chosen, vocabulary)
    chosen = chosen or _despite_its_sense(question, words, senses, vocabulary)
    chosen.sort(key=lambda subject: subject.start)
    named = {index for subject in chosen for index in range(subject.start, subject.end)}
    return tuple(_placed(subject, question, words, named) for subject in chosen)


def _may_be_name(words: Sequence[str], senses: Sequence[int], start: int, end: int) -> bool:
    """Tell whether the words from `start` to `end` are worth a look-up."""
    if end - start == 1:
        return not senses[start] & ~_TRANSPARENT
    # A name neither begins nor ends with the word port, and holds a word that is not filler.
    if (senses[start] | senses[end - 1]) & _PORT:
        return False
    return any(
        not senses[i] & _FUNCTION or len(words[i]) > LONGEST_NAME for i in range(start, end)
    )


def _exactness(name: Name, length: int) -> float:
    if name.origin is Origin.SERVICE and name.everyday:
        return 0.6
    return 0.8 if name.everyday and length == 1 else 1.0


def _fits(name: Name, senses: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a word of the trade is meant as the name: "https", but not "server"."""
    if end - start > 1 or not senses[start]:
        return True
    return name.origin in {Origin.ALIAS, Origin.PRODUCT} or not name.everyday


def _without_overlap(hits: Sequence[Subject]) -> list[Subject]:
    """Return the longest of the names that share a word, and the rest."""
    chosen: list[Subject] = []
    ranked = sorted(
        hits,
        key=lambda hit: (
            -(hit.end - hit.start),
            -len(hit.name.key),
            hit.name.origin,
            -hit.name.weight,
        ),
    )
    for hit in ranked:
        if all(hit.end <= other.start or hit.start >= other.end for other in chosen):
            chosen.append(hit)
    return chosen


def _despite_its_sense(
    question: Question,
    words: Sequence[str],
    senses: Sequence[int],
    vocabulary: Vocabulary,
) -> list[Subject]:
    """Return the product whose name is a word of the language as well: "which port does Vite use".

    That is meant only where the rest of the text does nothing but ask for a port.
    """
    asks = question.concepts & _ASKING
    if not question.concepts & _PORT or not (asks or len(words) <= _SHORTEST_ASKED):
        return []
    odd = [
        index
        for index, sense in enumerate(senses)
        if (index or not asks) and not sense & ~(_FUNCTION | _ELSEWHERE)
    ]
    found = vocabulary.names_under(words[index] for index in odd) if odd else {}
    for index in odd:
        rest = [sense for at, sense in enumerate(senses) if at != index]
        if senses[index] & _ELSEWHERE and not asks:
            continue
        if all(sense and not sense & ~(_ASKED | _FUNCTION) for sense in rest):
            for name in found.get(words[index], ())[:1]:
                if name.origin is not Origin.SERVICE and name.weight >= _WELL_KNOWN:
                    return [Subject(name, index, index + 1, _DESPITE_ITS_SENSE, ())]
    return []


def _corrected(
    question: Question, chosen: Sequence[Subject], vocabulary: Vocabulary
) -> list[Subject]:
    """Return the names that unknown words are a typo away from, alone or with a neighbour."""
    words, senses = question.words[:MOST_WORDS], question.senses[:MOST_WORDS]
    speaks = bool(question.concepts & _PORT)
    taken = {index for subject in chosen for index in range(subject.start, subject.end)}
    found: list[Subject] = []
    corrected = 0
    for index, word in enumerate(words):
        if index in taken or senses[index] or len(word) < spelling.SHORTEST:
            continue
        if corrected == _MOST_CORRECTED:
            break
        corrected += 1
        best: Subject | None = None
        for start, end in ((index, index + 1), (index, index + 2), (index - 1, index + 1)):
            if start < 0 or end > len(words) or any(i in taken for i in range(start, end)):
                continue
            key = squash("".join(words[start:end]))
            candidate = _nearest(key, start, end, vocabulary, everyday=speaks)
            if candidate is not None and (best is None or candidate.score > best.score):
                best = candidate
        if best is not None:
            found.append(best)
            taken |= set(range(best.start, best.end))
    return found


def _nearest(
    key: str, start: int, end: int, vocabulary: Vocabulary, *, everyday: bool
) -> Subject | None:
    near = spelling.near(key, vocabulary.connection)
    if not near:
        return None
    known = vocabulary.names_under(word for word, _ in near)
    best: tuple[float, Name] | None = None
    for word, edits in near:
        for name in known.get(word, ())[:1]:
            if name.everyday and not (everyday and name.weight >= _WELL_KNOWN):
                continue
            score = fuzz.ratio(key, word) / 100.0 - 0.02 * edits + 0.0004 * name.weight
            score -= 0.04 * (name.origin is Origin.SERVICE) + 0.1 * name.everyday
            if best is None or score > best[0]:
                best = score, name
    if best is None:
        return None
    return Subject(best[1], start, end, min(best[0], 0.97), (), exact=False)


def _placed(
    subject: Subject, question: Question, words: Sequence[str], named: Container[int]
) -> Subject:
    """Return the subject with its places, that of the role which the text names first."""
    rest = {
        word
        for index, word in enumerate(words)
        if index not in named
        and not question.senses[index] & ~_TRANSPARENT
        and word not in _EVERYWHERE
    }
    places = subject.name.places

    def rank(place: Place) -> tuple[float, int]:
        role = set(place.role_words)
        shared = len(role & rest) / (len(role) ** 0.5) if role else 0.0
        if rest & _ENCRYPTED and role & _ENCRYPTED:
            shared += 0.5
        wrong = question.protocol is not None and place.protocol is not question.protocol
        return -(shared - (1.5 if wrong else 0.0)), places.index(place)

    ordered = tuple(sorted(places, key=rank)) if len(places) > 1 else places
    return replace(subject, places=ordered)
