"""What is no question of ours, though its words or numbers look like one; and what still is."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent


@pytest.mark.parametrize(
    "text",
    [
        "our ferry sails from port 12",
        "the yacht is moored at port 80",
        "which port has the cheapest tawny",
        "what is the best port for a cruise with kids?",
        "how do you serve port with stilton",
        "is port or starboard the left side",
        "the link light of port 7 stays dark on the patch panel",
        "port 9 on the juniper blinks",
        "welcher hafen hat den port 22",
        "le port de la cravate est exigé le 25",
        "la porta 80 dello stadio è chiusa",
        "a porta 25 do avião está aberta",
        "22番出口で待っています",
        "3号出口在哪",
    ],
)
def test_ships_plugs_and_doors_have_ports_of_their_own(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("our router on the yacht blocks tcp port 25, why", 25),
        ("what listens on port 8080 of the server at the harbour office", 8080),
        ("which port does plex use on our boat", 32400),
        ("is port 23 open on the juniper switch", 23),
        ("is 22/tcp on the boat's raspberry pi safe", 22),
    ],
)
def test_beside_a_word_of_our_trade_they_are_ports_of_ours(
    base: KnowledgeBase, text: str, port: int
) -> None:
    assert ask(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "how would i port a flask app to go",
        "we should port the installer to arm64",
        "could you port that patch to the old branch",
        "port our tests from nose to pytest",
        "they want to port 9000 lines of fortran",
        "which commit ports the workaround to 3.x?",
    ],
)
def test_port_may_be_a_verb(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("how do i port forward 25565", 25565),
        ("we should port scan 8443", 8443),
        ("help me open port 443", 443),
        ("connect to port 5432 to see it", 5432),
        ("what does my server offer to port 25", 25),
    ],
)
def test_and_mostly_is_a_noun(base: KnowledgeBase, text: str, port: int) -> None:
    assert ask(text, base).ports == (port,)
