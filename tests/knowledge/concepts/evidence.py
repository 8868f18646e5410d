"""Texts of which it is known whether they ask the concept question that they resemble most."""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from knowledge import index, match
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from knowledge.concept_questions import Evidence, evidence
from knowledge.gather import gather
from knowledge.model import Faq
from knowledge.understand import understand
from knowledge.vocabulary import Concept
from tests.knowledge.generated.generator import small_talk
from tests.knowledge.test_questions import EVAL, TABLES

# The misses of these have been read; the weights are fitted to no others.
FILES = ("questions.jsonl", "fresh/first.jsonl", "fresh/second.jsonl", "fresh/fourth.jsonl")
_SMALL_TALK = 1500  # lines
_LEFT_OUT = 5  # of the wordings, one in so many
_HIGHEST = 2  # entries that a text is compared with
_TABLES = ("word", "known", "name", "spelling", "wording", "term")
# What a concept question is about; the same sentence about other things asks nothing of ours.
_SUBJECTS = int(
    Concept.PORT | Concept.NETWORK | Concept.TCP | Concept.UDP | Concept.SCTP | Concept.DCCP
    | Concept.FIREWALL | Concept.CONTAINER | Concept.CLUSTER | Concept.CLOUD | Concept.RANGE
    | Concept.REGISTRY | Concept.LINUX | Concept.WINDOWS | Concept.MACOS | Concept.FREEBSD
    | Concept.NUMBER_SIGN | Concept.BOUND | Concept.OUTBOUND | Concept.INBOUND
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the concept questions that it asks; none where it is about other things."""

    text: str
    slugs: frozenset[str]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What spoke for the concept question that a text is most like, and whether it was asked.

    Attributes:
        counts: how much it counts when weights are fitted; what people wrote counts most.
    """

    kind: str
    text: str
    evidence: Evidence
    asked: bool
    counts: float


def observed(folder: Path) -> Iterator[Observed]:
    """Yield all that is known; the folder is for the two knowledge bases that are asked."""
    path = folder / "knowledge.sqlite"
    build(path, Sources(SHIPPED), now=datetime.now(UTC))
    with closing(KnowledgeBase.open(path)) as base:
        yield from _seen("people", _by_people(), base, 3.0)
        yield from _seen("small talk", map(_idle, small_talk(_LEFT_OUT, _SMALL_TALK)), base, 0.5)
        yield from _seen("other things", _about_other_things(base), base, 0.25)
    left_out = _leave_out(path)
    with closing(KnowledgeBase(sqlite3.connect(path))) as base:
        yield from _seen("wordings", left_out, base, 0.2)


def _seen(
    kind: str, texts: Iterable[Text], base: KnowledgeBase, counts: float
) -> Iterator[Observed]:
    wider = {entry.slug: entry.part_of or entry.slug for entry in base.faqs()}
    for each in texts:
        question = understand(each.text, base.vocabulary, each.language)
        hits = base.concept_questions.closest(question)
        if hits:
            named = match.words_of(match.subjects(question, base.vocabulary))
            asked = wider[hits[0].slug] in each.slugs or hits[0].slug in each.slugs
            found = evidence(question, hits[0], named)
            yield Observed(kind, each.text, found, asked, counts)


def _by_people() -> Iterator[Text]:
    """Yield the concept questions and the off-topic texts of question sets and of languages."""
    rows = [row for name in FILES for row in _rows(EVAL / name)]
    for row in rows:
        if row["category"] in {"faq", "none"}:
            asked = row["expect"]["faq"] or ()
            yield Text(row["q"], frozenset((asked,) if isinstance(asked, str) else asked))
    for path in TABLES:
        for row in _rows(path):
            if row.get("intent") == "none":
                yield Text(row["q"], frozenset(), path.stem)


def _idle(text: str) -> Text:
    return Text(text, frozenset())


def _about_other_things(base: KnowledgeBase) -> Iterator[Text]:
    """Yield wordings whose subject gave way to everyday words: "is it safe to open a toad"."""
    chance = random.Random(_LEFT_OUT)
    gathered = gather(Sources(SHIPPED))
    english = next(each for each in gathered.languages if each.tag == "en")
    everyday = [word for word in english.words[Concept.PLAIN] if word.isalpha() and len(word) > 3]
    for text in (text for faq in gathered.faqs for text in faq.wordings):
        question = understand(text, base.vocabulary, "en")
        words = [
            chance.choice(everyday) if not sense or sense & _SUBJECTS else word
            for word, sense in zip(question.words, question.senses, strict=True)
        ]
        if words != list(question.words) and not question.ports:
            yield Text(" ".join(words), frozenset(), "en")


def _leave_out(path: Path) -> list[Text]:
    """Write the index of a knowledge base anew, without some wordings, and return those."""
    gathered = gather(Sources(SHIPPED))
    left_out: list[Text] = []

    def kept(slug: str, language: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        left_out.extend(Text(text, frozenset({slug}), language) for text in texts[::_LEFT_OUT])
        return tuple(text for place, text in enumerate(texts) if place % _LEFT_OUT)

    def fewer(faq: Faq) -> Faq:
        return replace(faq, wordings=kept(faq.slug, "en", faq.wordings))

    languages = tuple(
        replace(
            language,
            wordings={s: kept(s, language.tag, texts) for s, texts in language.wordings.items()},
        )
        for language in gathered.languages
    )
    gathered = replace(gathered, faqs=tuple(map(fewer, gathered.faqs)), languages=languages)
    with closing(sqlite3.connect(path)) as connection:
        database = sqlite_utils.Database(connection)
        for name in _TABLES:
            database[name].drop()
        index.write(database, index.contents_of(gathered))
        connection.commit()
    return left_out


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]
