"""In which language an answer is told."""

import pytest

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase


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
