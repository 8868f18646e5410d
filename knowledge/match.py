"""Words -> the services and products they name, ranked; exact first, then one typo away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from knowledge import roles, spelling
from knowledge.endings import without_ending
from knowledge.model import Intent, Question
from knowledge.names import Name, Origin, Place
from knowledge.spoken import DEFAULT_LANGUAGE
from knowledge.text import squash, tokens_of
from knowledge.vocabulary import BESIDE, SMALL, Concept, Vocabulary

LONGEST_NAME = 5  # words
_TOO_SHORT = 2  # letters that several words make: "é a" is no "ea"
MOST_WORDS = 60  # of a text that are looked at for names
_MOST_CORRECTED = 6
_TRANSPARENT = int(Concept.NETWORK | Concept.OWN | Concept.FIREWALL | Concept.PLAIN | BESIDE)
# "Proxmox" is a Linux, and a product.
_OF_NAMES = _TRANSPARENT | int(Concept.LINUX | Concept.MACOS | Concept.WINDOWS | Concept.FREEBSD)
_PLAIN = int(Concept.PLAIN)
_PORT = int(Concept.PORT)
_FUNCTION = int(Concept.FUNCTION)
_OF_PHRASES = _FUNCTION | int(Concept.CHECK)  # "who is on 80" asks for no Whois
_SMALL_WORD = 3  # letters
_ELSEWHERE = int(Concept.ELSEWHERE)
_NUMBERED = int(Concept.NUMBERED)  # an issue of Jira's has a number, and Jira a port
_OF_OTHERS = _FUNCTION | _ELSEWHERE | _NUMBERED
_RUNS = int(Concept.RUNS)
_ASKING = _RUNS | int(Concept.WHICH | Concept.DEFAULT)
_ASKED = (
    _PORT
    | _ASKING
    | SMALL
    | int(
        Concept.ABOUT | Concept.RUNS | Concept.WANT | Concept.SINCE | Concept.TO | Concept.NETWORK
    )
)
_SHORTEST_ASKED = 3  # words: "port de vite"
_WELL_KNOWN = 40  # weight of a product that many know
_LONG_ENOUGH = 8  # letters of a service name that nobody speaks of, but a typo is taken for
_DESPITE_ITS_SENSE = 0.75
EVERYWHERE = frozenset(
    {"server", "box", "machine", "host", "app", "service", "pc", "game", "instance"}
)
_WITH_ENDING = 0.95
_APART = int(Concept.AND | Concept.OR | Concept.COMPARE)
_BETWEEN = _ASKED | _FUNCTION  # words that may stand between a name and what is said of it
_WIDEST_GAP = 4  # words
_MOST_EDITIONS = 3  # names of a text whose editions are looked for


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a text names.

    Attributes:
        start: index of its first word in `Question.words`.
        end: index after its last.
        score: 0.0 to 1.0; 1.0 where the name is written as it is known, and is but a name.
        exact: it is written as it is known.
        told: indexes of other words of the text that say which of its places is meant.
    """

    name: Name
    start: int
    end: int
    score: float
    places: tuple[Place, ...]
    exact: bool = True
    told: frozenset[int] = frozenset()


def words_of(subjects: Iterable[Subject]) -> set[int]:
    """Return the indexes of the words that name some subjects."""
    return {index for subject in subjects for index in range(subject.start, subject.end)}


def subjects(question: Question, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """Return the services and products that the question names, in its order, without overlap."""
    words = question.words[:MOST_WORDS]
    senses = question.senses[:MOST_WORDS]
    spans = _spans(words, senses)
    found = vocabulary.names_under(spans.values()) if spans else {}
    hits = [
        Subject(found[key][0], start, end, _exactness(found[key][0], end - start), ())
        for (start, end), key in spans.items()
        if key in found
        and _fits(found[key][0], senses, start, end)
        and not _says_nothing(words[start:end], vocabulary)
    ]
    chosen = _without_overlap(hits, senses)
    chosen += _inflected(question, chosen, vocabulary)
    chosen += _corrected(question, chosen, vocabulary)
    chosen = chosen or _despite_its_sense(question, words, senses, vocabulary)
    chosen.sort(key=lambda subject: subject.start)
    chosen = _of_edition(chosen, question, vocabulary)
    chosen, taken = _without_roles(chosen, question)
    named = words_of(chosen)
    return tuple(
        _placed(subject, question, named, taken.get(subject.start, frozenset()))
        for subject in chosen
    )


def _spans(words: Sequence[str], senses: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return the (first, after the last) words that may be a name, and the key of each."""
    keys = [squash(word) for word in words]
    telling = [
        not sense & (_FUNCTION if len(word) > _SMALL_WORD else _OF_PHRASES)
        or len(word) > LONGEST_NAME
        for word, sense in zip(words, senses, strict=True)
    ]
    # A name neither begins nor ends with the word port, and holds a word that is not filler;
    # "CoAP's" is no CoAPS.
    ends = [not s & _PORT and word != "s" for word, s in zip(words, senses, strict=True)]
    spans: dict[tuple[int, int], str] = {}
    for start, key in enumerate(keys):
        if not senses[start] & ~_OF_NAMES:
            spans[start, start + 1] = key
        if senses[start] & _PORT:
            continue
        together, tells = key, telling[start]
        for index in range(start + 1, min(start + LONGEST_NAME, len(words))):
            together += keys[index]
            tells = tells or telling[index]
            if tells and ends[index] and len(together) > _TOO_SHORT:
                spans[start, index + 1] = together
    return spans


def _exactness(name: Name, length: int) -> float:
    if name.origin is Origin.SERVICE and name.everyday:
        return 0.6
    return 0.8 if name.everyday and length == 1 else 1.0


def _fits(name: Name, senses: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a word of the trade is meant as the name: "https", but not "server"."""
    if end - start > 1:
        known = name.origin is not Origin.SERVICE or name.weight >= _WELL_KNOWN
        return known or not all(senses[start:end])  # "is is" is no IS-IS
    if not senses[start]:
        return True
    return name.origin in {Origin.ALIAS, Origin.PRODUCT} or not name.everyday


def _says_nothing(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell whether several words are all small words of English: "who is" is no Whois."""
    return len(words) > 1 and all(
        any(
            sense.language == DEFAULT_LANGUAGE and sense.concepts & _FUNCTION
            for sense in vocabulary.senses(word)
        )
        for word in words
    )


def _without_overlap(hits: Sequence[Subject], senses: Sequence[int]) -> list[Subject]:
    """Return the longest of the names that share a word, and the rest.

    Of equally long ones that with fewer words of the language: "Pal World", no "world server".
    """
    chosen: list[Subject] = []
    ranked = sorted(
        hits,
        key=lambda hit: (
            -(hit.end - hit.start),
            sum(map(bool, senses[hit.start : hit.end])),
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
        if (index or not asks) and not sense & (_ASKED if asks else ~_OF_OTHERS)
    ]
    found = vocabulary.names_under(words[index] for index in odd) if odd else {}
    for index in odd:
        rest = [sense for at, sense in enumerate(senses) if at != index]
        if senses[index] & _ELSEWHERE and not (asks or senses[index] & _NUMBERED):
            continue
        if all(sense and not sense & ~(_ASKED | _FUNCTION) for sense in rest):
            for name in found.get(words[index], ())[:1]:
                if name.origin is not Origin.SERVICE and name.weight >= _WELL_KNOWN:
                    return [Subject(name, index, index + 1, _DESPITE_ITS_SENSE, ())]
    return []


def _inflected(
    question: Question, chosen: Sequence[Subject], vocabulary: Vocabulary
) -> list[Subject]:
    """Return the well-known names that unknown words are with an ending: "redisnek", "Plexin"."""
    if question.language == DEFAULT_LANGUAGE or not question.concepts & _PORT:
        return []
    taken = words_of(chosen)
    stems = {
        (index, squash(stem))
        for index, word in enumerate(question.words[:MOST_WORDS])
        if index not in taken and not question.senses[index]
        for stem in without_ending(word)
    }
    known = vocabulary.names_under(stem for _, stem in stems) if stems else {}
    best: dict[int, Subject] = {}
    for index, stem in sorted(stems, key=lambda entry: len(entry[1])):
        for name in known.get(stem, ())[:1]:
            if name.weight >= _WELL_KNOWN and not name.everyday:
                best[index] = Subject(name, index, index + 1, _WITH_ENDING, ())
    return list(best.values())


def _corrected(
    question: Question, chosen: Sequence[Subject], vocabulary: Vocabulary
) -> list[Subject]:
    """Return the names that unknown words are a typo away from, alone or with a neighbour."""
    words, senses = question.words[:MOST_WORDS], question.senses[:MOST_WORDS]
    speaks = bool(question.concepts & _PORT)
    taken = words_of(chosen)
    found: list[Subject] = []
    corrected = 0
    for index, word in enumerate(words):
        shortest = spelling.SHORTEST if speaks else spelling.SHORTEST + 1
        if index in taken or senses[index] or len(word) < shortest or roles.says(word):
            continue
        if corrected == _MOST_CORRECTED:
            break
        corrected += 1
        best: Subject | None = None
        for start, end in ((index, index + 1), (index, index + 2), (index - 1, index + 1)):
            if start < 0 or end > len(words) or any(i in taken for i in range(start, end)):
                continue
            if any(senses[i] & (_PORT | _RUNS) for i in range(start, end)):
                continue  # "next use" is no "net use"
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
        if not spelling.is_likely(key, word):
            continue
        for name in known.get(word, ())[:1]:
            if name.origin is Origin.SERVICE and not _is_spoken_of(name, vocabulary):
                continue  # "chmod" is not chmd
            if name.everyday and not (everyday and name.weight >= _WELL_KNOWN):
                continue
            score = fuzz.ratio(key, word) / 100.0 - 0.02 * edits + 0.0004 * name.weight
            score -= 0.04 * (name.origin is Origin.SERVICE) + 0.1 * name.everyday
            if best is None or score > best[0]:
                best = score, name
    if best is None:
        return None
    return Subject(best[1], start, end, min(best[0], 0.97), (), exact=False)


def _is_spoken_of(name: Name, vocabulary: Vocabulary) -> bool:
    """Tell whether a service name of the registry is one that people may mistype at all."""
    return len(name.key) >= _LONG_ENOUGH or vocabulary.is_familiar(name.places[0].number)


def _of_edition(
    chosen: Sequence[Subject], question: Question, vocabulary: Vocabulary
) -> list[Subject]:
    """Return the subjects, each as the product of its own that a word beside its name makes it.

    "Minecraft Bedrock" is another product than "Minecraft", so that is what "mc server bedrock"
    means; "Minecraft or Bedrock" are two.
    """
    words, senses = question.words[:MOST_WORDS], question.senses[:MOST_WORDS]
    compared = question.intent is Intent.COMPARE
    named = words_of(chosen)
    editions = tuple(roles.editions(words))
    keys: dict[str, tuple[Subject, int]] = {}
    for subject in chosen[:_MOST_EDITIONS]:
        span = range(subject.start, subject.end)
        told = not compared and any(at in span for at, _ in editions)
        if subject.name.origin is Origin.SERVICE or told:
            continue
        first = squash(subject.name.label.split()[0])
        beside = [(at, words[at]) for at in _beside(subject, senses) if at not in named]
        for at, word in (*beside, *editions):
            for head in {first, squash(subject.name.label)}:
                keys.setdefault(squash(head + word), (subject, at))
        keys.setdefault(first, (subject, subject.start))
    found = vocabulary.names_under(keys) if len(keys) > len(chosen) else {}
    made: dict[int, Subject] = {}
    for key, (subject, at) in keys.items():
        if key not in found or at == subject.start or not _is_first_of_its_name(found, subject):
            continue
        name = found[key][0]
        if name.origin <= Origin.PRODUCT and name.label != subject.name.label:
            made[subject.start] = replace(subject, name=name, told=frozenset({at}))
    by = {index for subject in made.values() for index in subject.told}
    if compared:
        more = [
            replace(subject, start=at, end=at + 1, told=frozenset())
            for subject in made.values()
            for at in subject.told - named
        ]
        return sorted([*chosen, *more], key=lambda subject: subject.start)
    return [
        made.get(subject.start, subject)
        for subject in chosen
        if by.isdisjoint(range(subject.start, subject.end)) or subject.start in made
    ]


def _is_first_of_its_name(found: Mapping[str, Sequence[Name]], subject: Subject) -> bool:
    """Tell whether the first word of a product's label alone means that product: "Minecraft"."""
    names = found.get(squash(subject.name.label.split()[0]), ())
    return any(name.label == subject.name.label for name in names)


def _beside(subject: Subject, senses: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the words next to a name, words like "server" between passed over."""
    for step, start in ((1, subject.end), (-1, subject.start - 1)):
        index = start
        while 0 <= index < len(senses) and abs(index - start) < _WIDEST_GAP:
            if not senses[index] & ~_PLAIN:
                yield index
                break
            if senses[index] & ~_TRANSPARENT and not senses[index] & _FUNCTION:
                break
            index += step


def _without_roles(
    chosen: Sequence[Subject], question: Question
) -> tuple[list[Subject], Mapping[int, frozenset[int]]]:
    """Return the subjects without those that name a role of another: "the SSH port of Gitea".

    Beside them, of the other's start, the indexes of the words that name its role.
    """
    if len(chosen) < 2 or question.intent is Intent.COMPARE:  # noqa: PLR2004 - one and another
        return list(chosen), {}
    taken: dict[int, frozenset[int]] = {}
    gone: set[int] = set()
    for one, two in pairwise(chosen):
        for whole, part in ((one, two), (two, one)):
            if part.name.label == whole.name.label and part.name.places != whole.name.places:
                if part.name.key == squash(part.name.label):
                    gone.add(part.start)  # "Ethereum devp2p": the other name says more
            elif _says_how(part, question) and not _says_how(whole, question):
                taken[whole.start] = frozenset(range(part.start, part.end))
                gone.add(part.start)
        between = question.senses[one.end : two.start]
        if len(between) > _WIDEST_GAP or any(s & _APART or not s & _BETWEEN for s in between):
            continue
        for whole, part in ((one, two), (two, one)):
            words = frozenset(question.words[part.start : part.end])
            names_role = part.exact and any(
                words <= set(place.role_words) and 2 * len(words) >= len(place.role_words)
                for place in whole.name.places
            )
            if names_role and whole.start not in gone and part.start not in gone:
                taken[whole.start] = frozenset(range(part.start, part.end))
                gone.add(part.start)
    return [subject for subject in chosen if subject.start not in gone], taken


def _says_how(subject: Subject, question: Question) -> bool:
    """Tell whether a name but says whether a connection is encrypted: "over plain HTTP"."""
    words = question.words[subject.start : subject.end]
    return all(roles.says_encryption(word) for word in words)


def _placed(
    subject: Subject, question: Question, named: AbstractSet[int], role: frozenset[int]
) -> Subject:
    """Return the subject with its places, that of the role which the text names first."""
    places = subject.name.places
    words, senses = question.words[:MOST_WORDS], question.senses[:MOST_WORDS]
    apart = EVERYWHERE.union(tokens_of(subject.name.label))
    rest = {
        index
        for index, word in enumerate(words)
        if index in role
        or (index not in named and not senses[index] & ~_TRANSPARENT and word not in apart)
    }
    spoken = roles.Spoken(words, question.text, question.language)
    said = roles.wish(spoken, named, rest)
    if subject.end - subject.start > 1 and (said.denied or roles.tells(places, said)):
        # "RADIUS accounting" is a name of a role: what else is said is said of that.
        own = {at for at in range(subject.start, subject.end) if words[at] not in apart}
        said = roles.wish(spoken, named - own, rest | own, own)
    awkward = {
        place
        for place in places
        if question.protocol is not None and place.protocol is not question.protocol
    }
    return replace(
        subject,
        places=roles.ordered(places, said, awkward),
        told=subject.told | said.told | role,
    )
