"""The words of the concept questions as people put them: terms, what each weighs, and tables."""

import math
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from knowledge.text import fold, fold_all, plain_words
from knowledge.tokens import Kind, tokens_of_folded

MOST_WORDS = 60
_TRUNCATION = 6  # letters; cutting words there stems most European languages well enough
_MOST_POSTINGS = 300
_FILLER_SHARE = 0.3
_SENTENCE_END = re.compile(r"[.:?!;…]+(?=\s|$)|[。？！；\n]+")
_MOST_SENTENCES = 6
_FEWEST_TERMS = 3
_ADDRESS = re.compile(r"[0-9a-z:.\[\]/]+")


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
        return [stem(word) for word in words[:MOST_WORDS]]
    found: list[str] = []
    for token in tokens_of_folded(folded):
        if token.kind is Kind.RUN:
            run = token.text
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        elif token.kind is Kind.WORD:
            found.append(stem(token.text.replace(".", "")))
        elif token.kind is not Kind.MARK and _ADDRESS.fullmatch(token.text):
            found.append(token.text)
        if len(found) >= MOST_WORDS:
            break
    return found


def sentences_of(text: str) -> Iterator[list[str]]:
    """Yield the terms of each sentence of a text, without repeats; those of few words joined."""
    before: list[str] = []
    sentences = [each for each in _SENTENCE_END.split(text) if each.strip()]
    for number, sentence in enumerate(sentences, start=1):
        terms = list(dict.fromkeys([*before, *terms_of(sentence)]))
        if number < len(sentences) and (len(terms) < _FEWEST_TERMS or number >= _MOST_SENTENCES):
            before = terms
        else:
            yield terms
            before = []


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of two tables of the knowledge base, each in its order.

    Attributes:
        wordings: (id, slug, language, terms, mass); the mass is what its terms weigh together.
        terms: (language, term, weight, ids of the lightest wordings that hold it as JSON, slugs of
            the entries that do, in any language, with spaces between).
    """

    wordings: Sequence[tuple[int, str, str, str, float]]
    terms: Sequence[tuple[str, str, float, str, str]]


def rows_of(wordings: Sequence[tuple[str, str, str]], fillers: Container[tuple[str, str]]) -> Rows:
    """Return the rows of the two tables.

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
    known: dict[str, set[str]] = {}
    for place, (slug, language, terms) in enumerate(asked):
        known.setdefault(language, set()).add(slug)
        held = holding.setdefault(language, {})
        for term in dict.fromkeys(terms):
            held.setdefault(term, []).append(place)
    weights: dict[str, dict[str, float]] = {}
    entries: dict[str, set[str]] = {}  # that hold a term in any language
    for language, held in holding.items():
        weighed = weights[language] = {}
        for term, places in held.items():
            slugs = {asked[place][0] for place in places}
            entries[term] = entries[term] | slugs if term in entries else slugs
            share = _FILLER_SHARE if (language, term) in fillers else 1.0
            weighed[term] = math.log(1.0 + len(known[language]) / len(slugs)) * share
    masses = [
        sum(weights[language][term] for term in dict.fromkeys(terms))
        for _, language, terms in asked
    ]
    return Rows(
        wordings=[
            (number, slug, language, " ".join(terms), masses[number - 1])
            for number, (slug, language, terms) in enumerate(asked, start=1)
        ],
        terms=[
            (
                language,
                term,
                weights[language][term],
                # The lightest first: a short wording is the likelier to be asked as a whole.
                str([p + 1 for p in sorted(places, key=masses.__getitem__)[:_MOST_POSTINGS]]),
                " ".join(sorted(entries[term])),
            )
            for language in sorted(holding)
            for term, places in sorted(holding[language].items())
        ],
    )
