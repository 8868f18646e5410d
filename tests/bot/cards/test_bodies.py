import pytest

from bot.cards.bodies import Bodies
from bot.cards.components import Reader, render
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import System

QUESTIONS = (
    "port 443",
    "what is port 443?",
    "check port 443",
    "check udp port 443",
    "open port 443",
    "close port 443",
    "is port 443 safe?",
    "around 443",
    "443 or 80",
    "ports 440-450",
    "which port does https use",
    "which port does nginx use",
    "what is TIME_WAIT",
    "a free port please",
    "port 65536",
    "sing me a song",
)


@pytest.mark.parametrize("most", [512, 2])
def test_remembered_texts_make_the_same_cards(most: int, base: KnowledgeBase) -> None:
    bodies = Bodies(most)
    readers = [
        Reader(1),
        Reader(2, "de", System.WINDOWS),
        Reader(3, system=System.MACOS, alone=False),
    ]
    for question in QUESTIONS * 2:
        for reader in readers:
            answer = ask(question, base)
            assert bodies.render(answer, reader) == render(answer, reader), question


def test_no_more_is_remembered_than_told(base: KnowledgeBase) -> None:
    bodies = Bodies(most=3)
    for number in range(10):
        bodies.render(ask(f"port {number}", base), Reader(1))
    assert len(bodies) == 3
