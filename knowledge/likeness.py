"""Finds the concept questions that a text is most like, among all wordings of all FAQ entries."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from knowledge import spelling
from knowledge.model import Intent, Question
from knowledge.text import RUN, squash
from knowledge.vocabulary import Concept, Vocabulary
from knowledge.wordings import MOST_WORDS, sentences_of, stem

_UNSPACED = re.compile(RUN)
_CANDIDATES = 20  # wordings that rapidfuzz ranks
_RETRIEVED_BY = 6  # the rarest words of a question that fetch wordings
_TOO_COMMON = 0.3  # of the rarest word's weight; commoner words fetch too much to help
_MOST_CORRECTED = 4
_PLAIN_ENOUGH = 0.75  # score from which on the other sentences are not looked at
_QUESTION_SHARE = 0.32  # of the mass to cover; the rest is the wording's
_TOPIC_SHARE = 0.3  # of the score that comes from all wordings of an entry together
_TEXT_SHARE = 0.3  # of the score that comes from rapidfuzz, the rest from the words' weights
# The entries that tell how to do what a text without a port wants, and what that adds to their
# score: "which ports are open" is like "how to open a port", and wants to see them.
_OF_INTENTS = {Intent.CHECK: "check-listening", Intent.OPEN: "firewall-basics"}
_OF_ITS_INTENT = 0.08
_MOST_MET = 1024  # terms and wordings that are remembered
_TERMS = (
    "SELECT term, weight, slugs FROM term"
    " WHERE language = ? AND term IN (SELECT value FROM json_each(?))"
)
_POSTINGS = "SELECT wordings FROM term WHERE language = ? AND term = ?"
_WORDINGS = (
    "SELECT id, slug, terms, mass FROM wording WHERE id IN (SELECT value FROM json_each(?))"
)
_CASES = (
    "SELECT slug, json_extract(content, '$.part_of') FROM faq"
    " WHERE json_extract(content, '$.part_of') IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A FAQ entry and how well the question fits it.

    Attributes:
        score: 0.0 to 1.0.
        wording: the terms of the wording that is most like it.
        shared: the terms of the question that any of the entry's wordings holds.
        weight: what those weigh together; a term that one entry alone holds weighs about 4.7.
        lead: by how much its score is above that of the next entry, cases of its own aside.
    """

    slug: str
    score: float
    wording: str
    shared: frozenset[str] = frozenset()
    weight: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording: its terms with a space between, and before and behind them in `padded`."""

    slug: str
    text: str
    padded: str
    mass: float


_Term = tuple[float, frozenset[str]]  # what it weighs, and the entries that hold it


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the terms of a question weigh.

    Attributes:
        weights: of those that a wording holds.
        slugs: of these, the entries whose wordings hold them.
        missing: what the others weigh.
    """

    weights: dict[str, float]
    slugs: dict[str, frozenset[str]]
    missing: Mapping[str, float]

    def mass(self, terms: Iterable[str]) -> float:
        """Return what terms weigh together."""
        unknown = 0.5 * max(self.weights.values())
        return sum(self.weights.get(t, self.missing.get(t, unknown)) for t in terms)

    def held(self, slug: str, terms: Iterable[str]) -> frozenset[str]:
        """Return which terms stand in any of the wordings of an entry."""
        return frozenset(term for term in terms if slug in self.slugs.get(term, ()))


class ConceptQuestions:
    """The wordings of all concept questions, ready to be compared with a text.

    What was looked at lately is remembered: wordings, and lists of wordings by term.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._connection = vocabulary.connection
        self._postings = lru_cache(_MOST_MET)(self._read_postings)
        self._met: dict[int, _Wording] = {}
        self._met_terms: dict[tuple[str, str], _Term | None] = {}  # None: no wording holds it

    def speak_of(self, numbers: Iterable[int], language: str) -> bool:
        """Tell whether each of some ports stands in a wording of the language, or in English."""
        return all(
            self._postings(language, str(number)) or self._postings("en", str(number))
            for number in numbers
        )

    def closest(self, question: Question, limit: int = 3) -> tuple[Hit, ...]:
        """Return the FAQ entries whose wordings are most like the question, best first.

        The wordings are those in the question's language, and the English ones. A story is asked
        as a whole and sentence by sentence: one of them may say it all.
        """
        languages = tuple(dict.fromkeys((question.language, "en")))
        sentences = list(sentences_of(question.text))
        whole = list(dict.fromkeys(term for terms in sentences for term in terms))[:MOST_WORDS]
        weights, slugs = self._weights(whole, languages)
        if not weights:
            return ()
        known = _Terms(weights, slugs, self._missing(question, weights))
        put_right = self._corrected(whole, known, languages)
        parts = [whole, *sentences] if len(sentences) > 1 else [whole]
        best: dict[str, Hit] = {}
        for part in parts:
            if any(hit.score >= _PLAIN_ENOUGH for hit in best.values()):
                break
            terms = [put_right.get(term, term) for term in part]
            for hit in self._hits(terms, known, languages, 2 * limit):
                if hit.slug not in best or best[hit.slug].score < hit.score:
                    best[hit.slug] = hit
        everything = [*whole, *put_right.values()]
        wished = _OF_INTENTS.get(question.intent) if not question.ports else None
        if wished in best:
            hit = best[wished]
            best[wished] = replace(hit, score=min(hit.score + _OF_ITS_INTENT, 1.0))
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.slug))
        return tuple(
            self._completed(hit, ranked[place + 1 :], known.held(hit.slug, everything), weights)
            for place, hit in enumerate(ranked[:limit])
        )

    def _completed(
        self,
        hit: Hit,
        following: Sequence[Hit],
        shared: frozenset[str],
        weights: Mapping[str, float],
    ) -> Hit:
        """Return a hit with what the whole question shares with its entry, and its lead."""
        wider = self._wider.get(hit.slug, hit.slug)
        others = (each for each in following if self._wider.get(each.slug, each.slug) != wider)
        rival = next(others, None)
        return replace(
            hit,
            shared=shared,
            weight=math.fsum(weights[term] for term in shared),
            lead=hit.score - (0.0 if rival is None else rival.score),
        )

    @cached_property
    def _wider(self) -> dict[str, str]:
        """The entries that are but a case of another one, which is told."""
        return dict(self._connection.execute(_CASES))

    def _hits(
        self, terms: Sequence[str], known: _Terms, languages: Sequence[str], most: int
    ) -> Iterator[Hit]:
        """Yield the entries whose wordings are most like some terms of the question."""
        weights = known.weights
        if not any(term in weights for term in terms):
            return
        mass = known.mass(terms)
        weighed = [(term, weights[term]) for term in terms if term in weights]
        padded = [(f" {term} ", weight) for term, weight in weighed]
        covered = []
        for wording in self._candidates(weighed, languages):
            shared = sum([weight for term, weight in padded if term in wording.padded])
            reach = _QUESTION_SHARE * mass + (1 - _QUESTION_SHARE) * max(wording.mass, shared)
            covered.append((min(shared / reach, 1.0), wording))
        covered.sort(key=lambda each: (-each[0], each[1].text))
        best: dict[str, tuple[float, str]] = {}
        joined = " ".join(terms)
        least = 0.0
        for share, wording in covered:
            score = (1 - _TEXT_SHARE) * share
            if score + _TEXT_SHARE < least:
                break  # even the same words would not make it one of the best
            score += _TEXT_SHARE * fuzz.token_sort_ratio(joined, wording.text) / 100.0
            if wording.slug not in best or best[wording.slug][0] < score:
                best[wording.slug] = score, wording.text
                if len(best) >= most:
                    least = sorted((each for each, _ in best.values()), reverse=True)[most - 1]
        ranked = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:most]
        for slug, (score, text) in ranked:
            held = known.held(slug, terms)
            # In the text's order: the last digit of a sum depends on it, and a tie on that.
            shared = sum(weights.get(term, 0.0) for term in dict.fromkeys(terms) if term in held)
            topic = min(1.0, shared / mass)
            yield Hit(slug, (1 - _TOPIC_SHARE) * score + _TOPIC_SHARE * topic, text)

    def _candidates(
        self, weighed: Sequence[tuple[str, float]], languages: Sequence[str]
    ) -> list[_Wording]:
        """Return the wordings that share the rarest terms with the question."""
        rarest = sorted(weighed, key=lambda each: -each[1])
        best: list[int] = []
        for language in languages:
            gathered: dict[int, float] = {}
            for term, weight in rarest[:_RETRIEVED_BY]:
                if gathered and weight < _TOO_COMMON * rarest[0][1]:
                    break
                numbers = self._postings(language, term)
                if not gathered:
                    gathered = dict.fromkeys(numbers, weight)
                    continue
                for number in numbers:
                    gathered[number] = gathered.get(number, 0.0) + weight
            best += sorted(gathered, key=gathered.__getitem__, reverse=True)[:_CANDIDATES]
        return self._wordings(best)

    def _read_postings(self, language: str, term: str) -> tuple[int, ...]:
        row = self._connection.execute(_POSTINGS, (language, term)).fetchone()
        return () if row is None else tuple(json.loads(row[0]))

    def _wordings(self, numbers: Sequence[int]) -> list[_Wording]:
        """Return wordings, those that are not remembered with one look into the file."""
        found = {number: met for number in numbers if (met := self._met.get(number)) is not None}
        if len(found) < len(numbers):
            wanted = json.dumps([number for number in numbers if number not in found])
            for number, slug, text, mass in self._connection.execute(_WORDINGS, (wanted,)):
                found[number] = _Wording(slug, text, f" {text} ", mass)
            if len(self._met) > _MOST_MET:
                self._met.clear()
            self._met.update(found)
        return [found[number] for number in numbers]

    def _weights(
        self, terms: Sequence[str], languages: Sequence[str]
    ) -> tuple[dict[str, float], dict[str, frozenset[str]]]:
        """Return what terms weigh in the first of the languages that has them, and their slugs."""
        weights: dict[str, float] = {}
        slugs: dict[str, frozenset[str]] = {}
        for language in languages:
            for term, (weight, held) in self._known(language, terms):
                weights.setdefault(term, weight)
                slugs[term] = slugs[term] | held if term in slugs else held
        return weights, slugs

    def _known(self, language: str, terms: Iterable[str]) -> list[tuple[str, _Term]]:
        """Return what terms of a language weigh, and the entries that hold them, in their order.

        Those that are not remembered are fetched with one look into the file.
        """
        wanted = sorted(set(terms))
        unmet = [term for term in wanted if (language, term) not in self._met_terms]
        found = {term: self._met_terms.get((language, term)) for term in wanted}
        if unmet:
            rows = self._connection.execute(_TERMS, (language, json.dumps(unmet)))
            found |= {term: (weight, frozenset(slugs.split())) for term, weight, slugs in rows}
            if len(self._met_terms) > _MOST_MET:
                self._met_terms.clear()
            self._met_terms.update({(language, term): found[term] for term in unmet})
        return [(term, met) for term, met in found.items() if met is not None]

    def _missing(self, question: Question, weights: Mapping[str, float]) -> dict[str, float]:
        """Return what words weigh that no wording holds: a name more than one of small talk."""
        heaviest = max(weights.values())
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
        found.update(_missing_pairs(question, weights, heaviest))
        keys = {word: squash(word) for word in unknown[:MOST_WORDS]}
        names = self._vocabulary.names_under(keys.values())
        for word in unknown:
            found[stem(word)] = (1.0 if keys.get(word) in names else 0.4) * heaviest
        return found

    def _corrected(
        self, terms: Sequence[str], known: _Terms, languages: Sequence[str]
    ) -> dict[str, str]:
        """Return for unknown terms a known one that is an edit away; its weight is added."""
        heaviest = max(known.weights.values())
        found: dict[str, str] = {}
        for term in terms:
            # What is not missing was put right when it was read; else neither filler nor name.
            share = known.missing.get(term, 0.4 * heaviest) / heaviest
            mistyped = term not in known.weights and 0.2 < share < 0.5  # noqa: PLR2004
            if mistyped and len(found) < _MOST_CORRECTED and len(term) > spelling.SHORTEST:
                near = [w for w, edits in spelling.near(term, self._connection) if edits == 1]
                weights, slugs = self._weights(near[:20], languages) if near else ({}, {})
                if weights:
                    word = max(weights, key=lambda w: weights[w])
                    known.weights[word] = weights[word] * 0.9
                    known.slugs[word] = slugs[word]
                    found[term] = word
        return found


def _missing_pairs(
    question: Question, weights: Mapping[str, float], heaviest: float
) -> dict[str, float]:
    """Return what the pairs of letters weigh that no wording holds, of words without spaces.

    A pair weighs what the lighter of its letters does, which weighs what its word does.
    """
    found: dict[str, float] = {}
    letter, share = "", 0.0
    for word, sense in zip(question.words, question.senses, strict=True):
        if not _UNSPACED.match(word):
            letter = ""
            continue
        each = _share_of(sense) if sense else 0.5
        for following in word:
            pair = letter + following
            if letter and pair not in weights:
                found[pair] = min(share, each) * heaviest
            letter, share = following, each
    return found


def _share_of(sense: int) -> float:
    """Return what a word that no wording holds weighs, as a share of the heaviest."""
    if sense & Concept.FUNCTION:
        return 0.1
    return 0.2 if sense & Concept.PLAIN else 0.5
