import pytest

from bot.cards.bodies import Bodies
from bot.cards.components import Reader, render
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import System

QUESTIONS = (
    "port 443",
    "kill what is on port 443",
    "port 443 is already in use",
    "which container uses port 443",
    "block outgoing port 443",
    "open port 443 in aws",
    "open port 443 in azure",
    "only 10.0.0.0/8 may reach 443",
    "only 10.1.0.0/16 may reach 443",
    "open ports 440-450",
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
    "/free near:50000",
    "/free near:60000",
    "/check 443 host:example.org",
    "/check 443 host:example.com",
    "tcp LISTEN 0 128 10.0.0.5:22 0.0.0.0:*\ntcp LISTEN 0 128 10.0.0.5:80 0.0.0.0:*",
    "tcp LISTEN 0 128 10.0.0.6:22 0.0.0.0:*\ntcp LISTEN 0 128 10.0.0.6:80 0.0.0.0:*",
    "port 65536",
    "sing me a song",
)


@pytest.mark.parametrize("most", [512, 2])
def test_remembered_texts_make_the_same_cards(most: int, base: KnowledgeBase) -> None:
    bodies = Bodies(most)
    readers = [
        Reader(1),
        Reader(2, "de", system=System.WINDOWS),
        Reader(3, system=System.MACOS),
    ]
    for question in QUESTIONS * 2:
        for reader in readers:
            answer = ask(question, base)
            assert bodies.render(answer, reader) == render(answer, reader), question


@pytest.mark.parametrize(
    "text",
    [
        "only 10.77.0.0/16 may reach 443",
        "/check 443 host:example.org",
        "/free purpose:our new billing service",
        "tcp LISTEN 0 128 10.77.0.5:22 0.0.0.0:*\ntcp LISTEN 0 128 10.77.0.5:80 0.0.0.0:*",
    ],
)
def test_what_the_asker_wrote_is_not_remembered(text: str, base: KnowledgeBase) -> None:
    bodies = Bodies()
    bodies.render(ask(text, base), Reader(1))
    assert len(bodies) == 0


def test_no_more_is_remembered_than_told(base: KnowledgeBase) -> None:
    bodies = Bodies(most=3)
    for number in range(10):
        bodies.render(ask(f"port {number}", base), Reader(1))
    assert len(bodies) == 3
