"""Finds the concept question that a text asks, among all wordings of all FAQ entries."""

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge import spelling
from knowledge.model import Question
from knowledge.text import fold, fold_all, plain_words, squash
from knowledge.tokens import Kind, tokens_of_folded
from knowledge.vocabulary import Concept, Vocabulary

_TRUNCATION = 6  # letters; cutting words there stems most European languages well enough
_CANDIDATES = 24  # wordings that rapidfuzz ranks
_RETRIEVED_BY = 6  # the rarest words of a question that fetch wordings
_TOO_COMMON = 0.3  # of the rarest word's weight; commoner words fetch too much to help
_MOST_POSTINGS = 300
_MOST_WORDS = 60
_MOST_CORRECTED = 4
_QUESTION_SHARE = 0.32  # of the mass to cover; the rest is the wording's
_TOPIC_SHARE = 0.3  # of the score that comes from all wordings of an entry together
_FILLER_SHARE = 0.3
_TEXT_SHARE = 0.3  # of the score that comes from rapidfuzz, the rest from the words' weights
_WEIGHTS = (
    "SELECT term, weight FROM term WHERE language = ? AND term IN (SELECT value FROM json_each(?))"
)
_POSTINGS = "SELECT wordings FROM term WHERE language = ? AND term = ?"
_WORDINGS = "SELECT slug, terms, mass FROM wording WHERE id IN (SELECT value FROM json_each(?))"
_OF_SLUGS = (
    "SELECT slug, term FROM slug_term WHERE slug IN (SELECT value FROM json_each(?))"
    " AND term IN (SELECT value FROM json_each(?))"
)
_SENTENCE_END = re.compile(r"[.?!;…]+(?=\s|$)|[。？！；\n]+")
_MOST_SENTENCES = 6
_FEWEST_TERMS = 3
_ADDRESS = re.compile(r"[0-9a-z:.\[\]/]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A FAQ entry and how well the question fits it.

    Attributes:
        score: 0.0 to 1.0.
        wording: the terms of the wording that is most like it.
        shared: the terms of the question that any of the entry's wordings holds.
    """

    slug: str
    score: float
    wording: str
    shared: frozenset[str] = frozenset()


def stem(word: str) -> str:
    """Return what inflected forms of a word share."""
    if len(word) > 3 and word[-1] == "s":  # noqa: PLR2004 - "ports", not "ss"
        word = word[:-1]
    return word[:_TRUNCATION] if len(word) > _TRUNCATION else word[: _TRUNCATION - 1]


def terms_of(text: str) -> list[str]:
    """Return the stemmed words of a text; of a script without spaces its pairs of letters."""
    return _terms_of(fold(text))


def _terms_of(folded: str) -> list[str]:
    words = plain_words(folded.rstrip("?"))
    if words is not None:
        return [stem(word) for word in words[:_MOST_WORDS]]
    found: list[str] = []
    for token in tokens_of_folded(folded):
        if token.kind is Kind.RUN:
            run = token.text
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        elif token.kind is Kind.WORD:
            found.append(stem(token.text.replace(".", "")))
        elif token.kind is not Kind.MARK and _ADDRESS.fullmatch(token.text):
            found.append(token.text)
        if len(found) >= _MOST_WORDS:
            break
    return found


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of three tables of the knowledge base, each in its order.

    Attributes:
        wordings: (id, slug, language, terms, mass); the mass is what its terms weigh together.
        terms: (language, term, weight, ids of the first wordings that hold it as JSON).
        topics: (slug, term) of all terms of an entry.
    """

    wordings: Sequence[tuple[int, str, str, str, float]]
    terms: Sequence[tuple[str, str, float, str]]
    topics: Sequence[tuple[str, str]]


def rows_of(wordings: Sequence[tuple[str, str, str]], fillers: Container[tuple[str, str]]) -> Rows:
    """Return the rows of the three tables.

    Args:
        wordings: (slug, language, text).
        fillers: (language, term) of words that carry little meaning.

    A term weighs the more the fewer entries of its language it occurs in (inverse frequency).
    """
    asked = [
        (slug, language, _terms_of(folded))
        for (slug, language, _), folded in zip(
            wordings, fold_all([text for _, _, text in wordings]), strict=True
        )
    ]
    holding: dict[str, dict[str, list[int]]] = {}  # places in `asked`, by language and term
    topics: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for place, (slug, language, terms) in enumerate(asked):
        known.setdefault(language, set()).add(slug)
        topics.setdefault(slug, set()).update(terms)
        places = holding.setdefault(language, {})
        for term in dict.fromkeys(terms):
            places.setdefault(term, []).append(place)
    weights = {
        language: {
            term: math.log(1.0 + len(known[language]) / len({asked[p][0] for p in places}))
            * (_FILLER_SHARE if (language, term) in fillers else 1.0)
            for term, places in held.items()
        }
        for language, held in holding.items()
    }
    masses = [
        sum(weights[language][term] for term in dict.fromkeys(terms))
        for _, language, terms in asked
    ]
    return Rows(
        wordings=[
            (
                number,
                slug,
                language,
                " ".join(terms),
                masses[number - 1],
            )
            for number, (slug, language, terms) in enumerate(asked, start=1)
        ],
        terms=[
            (
                language,
                term,
                weights[language][term],
                json.dumps(
                    [
                        place + 1
                        for place in sorted(holding[language][term], key=masses.__getitem__)[
                            :_MOST_POSTINGS
                        ]
                    ]
                ),
            )
            for language in sorted(holding)
            for term in sorted(holding[language])
        ],
        topics=[(slug, term) for slug in sorted(topics) for term in sorted(topics[slug])],
    )


def closest(question: Question, vocabulary: Vocabulary, limit: int = 3) -> tuple[Hit, ...]:
    """Return the FAQ entries whose wordings are most like the question, best first.

    The wordings are those in the question's language, and the English ones. A story is asked as
    a whole and sentence by sentence: one of them may say it all.
    """
    connection = vocabulary.connection
    languages = tuple(dict.fromkeys((question.language, "en")))
    terms = list(dict.fromkeys(terms_of(question.text)))
    weights = _weights(terms, languages, connection)
    if not weights:
        return ()
    heaviest = max(weights.values())
    missing = _missing(question, weights, heaviest, vocabulary)
    put_right = _corrected(terms, weights, missing, languages, connection)
    asked = _Asked(weights, missing, languages, connection)
    best: dict[str, Hit] = {}
    for part in _parts(question.text, terms):
        for hit in asked.hits([put_right.get(term, term) for term in part], 2 * limit):
            if hit.slug not in best or best[hit.slug].score < hit.score:
                best[hit.slug] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.slug))[:limit]
    held = _held([hit.slug for hit in ranked], [*terms, *put_right.values()], connection)
    return tuple(
        replace(hit, shared=frozenset(term for slug, term in held if slug == hit.slug))
        for hit in ranked
    )


def _parts(text: str, terms: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the terms of the whole text, and those of each sentence that holds a few."""
    yield terms
    sentences = [each for each in _SENTENCE_END.split(text) if each.strip()]
    if len(sentences) > 1:
        for sentence in sentences[:_MOST_SENTENCES]:
            part = list(dict.fromkeys(terms_of(sentence)))
            if len(part) >= _FEWEST_TERMS:
                yield part


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the words of a question weigh, and where wordings are looked for."""

    weights: Mapping[str, float]
    missing: Mapping[str, float]
    languages: Sequence[str]
    connection: sqlite3.Connection

    def hits(self, terms: Sequence[str], most: int) -> list[Hit]:
        """Return the entries whose wordings are most like some terms of the question."""
        weights = self.weights
        if not any(term in weights for term in terms):
            return []
        heaviest = max(weights.values())
        mass = sum(weights.get(t, self.missing.get(t, 0.5 * heaviest)) for t in terms)
        best: dict[str, Hit] = {}
        joined = " ".join(terms)
        for slug, words, whole in _candidates(terms, weights, self.languages, self.connection):
            distinct = set(words.split())
            shared = sum(weights.get(term, 0.0) for term in terms if term in distinct)
            reach = _QUESTION_SHARE * mass + (1 - _QUESTION_SHARE) * max(whole, shared)
            ratio = fuzz.token_sort_ratio(joined, words) / 100.0
            score = (1 - _TEXT_SHARE) * min(shared / reach, 1.0) + _TEXT_SHARE * ratio
            if slug not in best or best[slug].score < score:
                best[slug] = Hit(slug, score, words)
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.slug))[:most]
        held = _held([hit.slug for hit in ranked], terms, self.connection)
        found = []
        for hit in ranked:
            shared = sum(weights.get(term, 0.0) for term in terms if (hit.slug, term) in held)
            score = (1 - _TOPIC_SHARE) * hit.score + _TOPIC_SHARE * min(1.0, shared / mass)
            found.append(replace(hit, score=score))
        return found


def _held(
    slugs: Sequence[str], terms: Sequence[str], connection: sqlite3.Connection
) -> frozenset[tuple[str, str]]:
    """Return (slug, term) of the terms that stand in any of the wordings of each entry."""
    return frozenset(connection.execute(_OF_SLUGS, (json.dumps(slugs), json.dumps(terms))))


def _missing(
    question: Question,
    weights: Mapping[str, float],
    heaviest: float,
    vocabulary: Vocabulary,
) -> dict[str, float]:
    """Return what words weigh that no wording holds: a name more than a word of small talk."""
    found: dict[str, float] = {}
    unknown = []
    for word, sense in zip(question.words, question.senses, strict=True):
        term = stem(word)
        if term in weights:
            continue
        if sense:
            found[term] = _share_of(sense) * heaviest
        else:
            unknown.append(word)
    known = vocabulary.names_under(squash(word) for word in unknown[:_MOST_WORDS])
    for word in unknown:
        found[stem(word)] = (1.0 if squash(word) in known else 0.4) * heaviest
    return found


def _share_of(sense: int) -> float:
    """Return what a word that no wording holds weighs, as a share of the heaviest."""
    if sense & Concept.FUNCTION:
        return 0.1
    return 0.2 if sense & Concept.PLAIN else 0.5


def _weights(
    terms: Sequence[str], languages: Sequence[str], connection: sqlite3.Connection
) -> dict[str, float]:
    """Return what terms weigh in the first of the languages that has them."""
    found: dict[str, float] = {}
    wanted = json.dumps(terms)
    for language in languages:
        for term, weight in connection.execute(_WEIGHTS, (language, wanted)):
            found.setdefault(term, weight)
    return found


def _corrected(
    terms: Sequence[str],
    weights: dict[str, float],
    missing: Mapping[str, float],
    languages: Sequence[str],
    connection: sqlite3.Connection,
) -> dict[str, str]:
    """Return for unknown terms a known one that is an edit away; its weight is added."""
    heaviest = max(weights.values())
    found: dict[str, str] = {}
    for term in terms:
        mistyped = term not in weights and 0.2 < missing.get(term, 0.0) / heaviest < 0.5  # noqa: PLR2004 - neither filler nor name
        if mistyped and len(found) < _MOST_CORRECTED and term.isalpha():
            near = [word for word, edits in spelling.near(term, connection) if edits == 1]
            close = _weights(near[:20], languages, connection) if near else {}
            if close:
                word = max(close, key=lambda w: close[w])
                weights[word] = close[word] * 0.9
                found[term] = word
    return found


def _candidates(
    terms: Sequence[str],
    weights: Mapping[str, float],
    languages: Sequence[str],
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, str, float]]:
    """Yield (slug, terms, mass) of the wordings that share the rarest terms with the question."""
    rarest = sorted((t for t in terms if t in weights), key=lambda t: -weights[t])
    for language in languages:
        gathered: Counter[int] = Counter()
        for term in rarest[:_RETRIEVED_BY]:
            if gathered and weights[term] < _TOO_COMMON * weights[rarest[0]]:
                break
            weight = int(1000 * weights[term])
            for (numbers,) in connection.execute(_POSTINGS, (language, term)):
                for number in json.loads(numbers):
                    gathered[number] = gathered.get(number, 0) + weight
        best = [number for number, _ in gathered.most_common(_CANDIDATES)]
        yield from connection.execute(_WORDINGS, (json.dumps(best),))
