"""In which language a question is: the answer is told in it."""

import json
from pathlib import Path

import pytest

from knowledge.ask import Context, ask
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


@pytest.mark.parametrize(
    "text",
    [
        "is port 445 dangerous",
        "mail port",
        "rabbitmq management ui port",
        "open port 8080 in ufw",
        "block port 25 outgoing with iptables",
        "adb over wifi port",
        "can a tcp and a udp service share the same port number at the same time",
        "Error: listen EADDRINUSE: address already in use :::3001",
        "Netid State  Local Address:Port  Process\ntcp LISTEN 0.0.0.0:22 sshd",
    ],
)
@pytest.mark.parametrize("reader", [None, "en-US"])
def test_english_with_words_of_other_languages_is_answered_in_english(
    text: str, reader: str | None, base: KnowledgeBase
) -> None:
    assert ask(text, base, Context(reader)).question.language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("welcher port ist f\u00fcr rdp", "de"),
        ("qual a porta do sql server", "pt-BR"),
        ("port 8080 kya hai", "hi"),
        ("576 portu ne i\u015fe yarar", "tr"),
        ("quel port utilise postgresql ?", "fr"),
        ("\u30dd\u30fc\u30c8443\u306f\u5b89\u5168\u3067\u3059\u304b", "ja"),
    ],
)
@pytest.mark.parametrize("reader", [None, "en-US", "nl"])
def test_a_question_is_answered_in_its_own_language(
    text: str, language: str, reader: str | None, base: KnowledgeBase
) -> None:
    assert ask(text, base, Context(reader)).question.language == language


@pytest.mark.parametrize("text", ["443", "mail port", "kibana", "25 vs 587"])
def test_what_is_of_no_language_is_answered_in_the_readers(text: str, base: KnowledgeBase) -> None:
    assert ask(text, base, Context("nl")).question.language == "nl"


def test_plain_english_is_answered_in_english_to_everybody(base: KnowledgeBase) -> None:
    assert ask("is port 445 dangerous?", base, Context("de")).question.language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("åbn port 443 i AWS", "da"),
        ("åpne port 443 i AWS", "no"),
        ("puerto 5000 en windows firewall abrir", "es"),
    ],
)
def test_one_word_of_a_language_among_those_of_the_trade_tells_it(
    text: str, language: str, base: KnowledgeBase
) -> None:
    assert understand(text, base.vocabulary).language == language


def test_latin_letters_are_no_russian_where_words_are_shared(base: KnowledgeBase) -> None:
    assert understand("51000 portu", base.vocabulary).language not in {"ru", "uk", "bg", "el"}
