import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.overhearing import Silence, is_talk, unclear
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from tests.knowledge.generated.generator import small_talk

ROOT = Path(__file__).parents[2]
SEED, LINES = 11, 3000


def silence(text: str, base: KnowledgeBase) -> Silence | None:
    return unclear(ask(text, base)) if is_talk(text) else Silence.NO_TALK


@pytest.mark.parametrize(
    "text",
    [
        "what is port 443?",
        "What's port 576",
        "port 22?",
        "which port does postgres use?",
        "which port does postgres use",
        "what is the default port of redis?",
        "postgres port?",
        "what is running on port 8080?",
        "how do I open port 443 on ubuntu?",
        "how to check if port 80 is open",
        "what is the difference between port 80 and 443?",
        "is it safe to expose port 3389?",
        "does anyone know which port mysql uses?",
        "can someone tell me what port 5432 is used for?",
        "anyone know if port 3389 is safe to expose?",
        "anybody here knows which port mysql uses?",
        "what is 53/udp, which port?",
        "welcher Port ist für RDP",
        "was ist Port 443?",
        "qué es el puerto 22?",
        "какой порт использует redis?",
        "wie öffne ich Port 443?",
        "port 22 とは何ですか？",
    ],
)
def test_clear_questions_are_answered(text: str, base: KnowledgeBase) -> None:
    assert silence(text, base) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # Ports are spoken of.
        ("nginx listens on port 8080 now", Silence.NO_QUESTION),
        ("I opened port 443 on the firewall yesterday", Silence.NO_QUESTION),
        ("port 5432 is blocked by the corporate proxy", Silence.NO_QUESTION),
        ("thanks, port 22 was it", Silence.NO_QUESTION),
        ("remember to forward port 25565 on the router", Silence.NO_QUESTION),
        ("port 443 is used for https", Silence.NO_QUESTION),
        # People are asked.
        ("did you open port 443 yesterday?", Silence.TO_OTHERS),
        ("can someone open port 443 on the firewall?", Silence.TO_OTHERS),
        ("do we need port 8080 open?", Silence.TO_OTHERS),
        ("is port 443 open?", Silence.TO_OTHERS),
        ("why did you choose port 4000?", Silence.TO_OTHERS),
        ("who changed the postgres port?", Silence.TO_OTHERS),
        ("is anyone on port 3000?", Silence.TO_OTHERS),
        ("what's new on port 8080?", Silence.TO_OTHERS),
        ("what about port 443?", Silence.TO_OTHERS),
        ("how come port 443 is closed?", Silence.TO_OTHERS),
        ("warum ist Port 443 zu?", Silence.TO_OTHERS),
        ("hast du Port 443 aufgemacht?", Silence.TO_OTHERS),
        ("wie gebruikt poort 8080?", Silence.TO_OTHERS),
        ("quelqu'un utilise le port 8080 ?", Silence.TO_OTHERS),
        ("кто занял порт 8080?", Silence.TO_OTHERS),
        ("ポート443開けた？", Silence.TO_OTHERS),
        # Not surely about a port.
        ("what is 443?", Silence.UNSURE),
        ("8080?", Silence.UNSURE),
        ("ssh?", Silence.UNSURE),
        ("is redis down?", Silence.UNSURE),
        ("what is the best port wine under 27 euros?", Silence.UNSURE),
        ("what is the airport code of Porto?", Silence.UNSURE),
        ("is port 70000 ok?", Silence.UNSURE),
        ("how do I kill this process?", Silence.UNSURE),
        # No sentence to the room.
        ("!port 443", Silence.NO_TALK),
        ("?port 443", Silence.NO_TALK),
        ("/port 443", Silence.NO_TALK),
        ("> what is port 443?", Silence.NO_TALK),
        ("<@123> what is port 443?", Silence.NO_TALK),
        ("@here what is port 443?", Silence.NO_TALK),
        ("```\nport 443?\n```", Silence.NO_TALK),
        ("https://example.com:8443/?port=443", Silence.NO_TALK),
        ("what is port 443? " + "It is a long story. " * 10, Silence.NO_TALK),
        ("", Silence.NO_TALK),
    ],
)
def test_all_else_is_left_alone(text: str, why: Silence, base: KnowledgeBase) -> None:
    assert silence(text, base) is why


PIECES = st.sampled_from([
    "port", "443", "443/tcp", "3000-4000", "70000", "tcp", "?", "？", ";", "!", "'", "<", "",
    "which", "how", "what", "is", "postgres", "端口", "порт", "port?", "you", "do you know",
    "thank you", "\n", "\u200b",
])  # fmt: skip


@settings(deadline=None)  # the first question fills the caches
@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_no_text_is_too_odd_to_be_judged(base: KnowledgeBase, text: str) -> None:
    why = silence(text, base)
    assert why is None or why in Silence


def test_no_small_talk_is_answered(base: KnowledgeBase) -> None:
    answered = [line for line in small_talk(SEED, LINES) if silence(line, base) is None]
    assert answered == []


def test_no_off_topic_question_of_the_set_is_answered(base: KnowledgeBase) -> None:
    lines = (ROOT / "tests" / "eval" / "questions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    off_topic = [row["q"] for row in rows if row["category"] == "none"]
    assert off_topic
    assert [text for text in off_topic if silence(text, base) is None] == []
