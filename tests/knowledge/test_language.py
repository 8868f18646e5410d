"""In which language a question is: the answer is told in it."""

import json
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.understand import understand
from tests.knowledge.generated import generator

TABLES = sorted((Path(__file__).parent / "languages").glob("*.jsonl"))
ALIKE = frozenset({"no", "sv", "tr"})  # Danish and Norwegian share most words of a short question


def test_english_with_all_its_typos_is_english(base: KnowledgeBase) -> None:
    asked = [question.text for question in generator.questions(11, 2000, base)]
    told = [text for text in asked if understand(text, base.vocabulary).language != "en"]
    assert len(told) <= 0.01 * len(asked), told


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_question_is_in_the_language_of_its_words(table: Path, base: KnowledgeBase) -> None:
    asked = [json.loads(line)["q"] for line in table.read_text(encoding="utf-8").splitlines()]
    found = [understand(text, base.vocabulary).language for text in asked]
    least = 0.7 if table.stem in ALIKE else 0.9
    assert found.count(table.stem) >= least * len(asked), set(found)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_the_readers_language_decides_where_words_leave_it_open(
    table: Path, base: KnowledgeBase
) -> None:
    assert understand("tcp 8080?", base.vocabulary, table.stem).language == table.stem
    assert understand("443", base.vocabulary, table.stem).language == table.stem


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-US", "en"), ("es-419", "es"), ("sv-SE", "sv"), ("pt-PT", "pt-BR"), ("nb", "no")],
)
def test_a_locale_is_read_as_the_language_it_is_a_kind_of(
    locale: str, language: str, base: KnowledgeBase
) -> None:
    assert understand("443", base.vocabulary, locale).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vad är port 443?", "sv"),
        ("vad är port 22 i windows", "sv"),
        ("hva er en efemer port?", "no"),
        ("hvad er port 22", "da"),
        ("¿qué es el puerto 22?", "es"),
        ("o que é a porta 22?", "pt-BR"),
    ],
)
def test_letters_and_small_words_tell_sister_languages_apart(
    text: str, language: str, base: KnowledgeBase
) -> None:
    assert understand(text, base.vocabulary).language == language
