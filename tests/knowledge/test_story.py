"""What a story around a question tells, and what the question asks."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent


@pytest.mark.parametrize(
    ("text", "intent", "port"),
    [
        ("the guy before me opened 9090 on the fw. what is 9090", Intent.ABOUT, 9090),
        (
            "the network people only say 'we allowed 3479 already'. whats the deal with 3479",
            Intent.ABOUT,
            3479,
        ),
        ("my soundbar has 8009 open, ehm??? who is 8009", Intent.ABOUT, 8009),
        (
            "we forwarded 25565 yesterday, they say its dangerous. how do i close 25565 again",
            Intent.OPEN,
            25565,
        ),
        ("boss wants 3389 blocked. is 3389 really that dangerous", Intent.SAFETY, 3389),
        ("never expose 6379, i know. how do i check if 6379 is listening", Intent.CHECK, 6379),
        ("our admin opened 8080 and 8443 and closed 21. what is 8443", Intent.ABOUT, 8443),
        ("the scan report only said 'tcp/5985 reachable'. what lives there", Intent.ABOUT, 5985),
        ("Der Kollege hat 9090 geöffnet. Was ist 9090", Intent.ABOUT, 9090),
        ("На сканере открыт 8009. Что за порт 8009", Intent.ABOUT, 8009),
    ],
)
def test_the_sentence_that_asks_decides(
    base: KnowledgeBase, text: str, intent: Intent, port: int
) -> None:
    answer = ask(text, base)
    assert answer.intent is intent
    assert answer.ports[:1] == (port,)


@pytest.mark.parametrize(
    ("text", "intent", "port"),
    [
        ("who is parked on 3000 on this mac", Intent.CHECK, 3000),
        ("task manager shows nothing on 5000, which app uses 5000", Intent.CHECK, 5000),
        ("ss filter for just 5432", Intent.CHECK, 5432),
        ("how do i nmap only 8291", Intent.CHECK, 8291),
        ("only my office should reach 3389, the rest should bounce off", Intent.OPEN, 3389),
        ("stop the server from answering on 23", Intent.OPEN, 23),
        ("prevent the printer from phoning home on 8883", Intent.OPEN, 8883),
        ("security list in oci for 8123", Intent.OPEN, 8123),
        ("what is rabbitmq and where does it run", Intent.ABOUT, 5672),
        ("which ones do kafka clients connect to", Intent.ABOUT, 9092),
        ("what on earth talks 1883 in a bakery", Intent.ABOUT, 1883),
        ("9091 rings a bell but i cant place it", Intent.ABOUT, 9091),
        ("ok to leave 8006 facing the net with 2fa?", Intent.SAFETY, 8006),
        ("161 should only be reachable from the nms", Intent.OPEN, 161),
        ("my proxmox 8006 must not be visible from the guest vlan", Intent.OPEN, 8006),
        ("named or dnsmasq, which of them has 53", Intent.CHECK, 53),
        ("on which tcp port do BGP peers meet", Intent.ABOUT, 179),
    ],
)
def test_the_intent_is_that_of_the_whole_phrase(
    base: KnowledgeBase, text: str, intent: Intent, port: int
) -> None:
    answer = ask(text, base)
    assert answer.intent is intent
    assert answer.ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "what can 8443 do that 443 cant",
        "what do i gain with 8443 that 443 doesnt offer",
        "443 and 8443, do we need both",
    ],
)
def test_what_one_port_has_that_another_lacks_compares(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.COMPARE
    assert set(answer.ports[:2]) == {443, 8443}


@pytest.mark.parametrize(
    "text",
    [
        "random unused one pls",
        "an unregistered one please",
        "a contiguous block of 5 nobody claimed",
        "recommend a port for our webhook listener, 8080 is occupied",
        "sane number for a chat daemon i wrote, the usual one is taken",
        "find me a port for my twitch bot",
        "one unassigned system port below 1024 please",
        "give me a block of 8 in a row nobody uses",
        "find me a port around 8100 for my dev server",
        "which port wouldnt clash with 3000 and 5173",
    ],
)
def test_a_wish_for_any_port_is_met(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.SUGGEST


@pytest.mark.parametrize(
    "text",
    [
        "who is on call for incident 6?",
        "who is right about the bet on the 23rd",
        "whats up with the coffee machine",
        "what do you get from 3 hours of meetings that a mail doesnt give",
        "sane number of guests for a wedding?",
        "someone is sitting on my chair",
        "a random one will do, thanks",
        "how does he do that with 4 kids",
        "what do i put in the sandwich",
        "give me a block of cheese",
        "decent number of pushups for a beginner?",
    ],
)
def test_the_same_words_in_other_talk_are_left_alone(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize("text", ["what is 70000/tcp used by?", "is 99999/udp a thing"])
def test_a_number_too_large_is_no_port_in_any_form(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.ABOUT
    assert answer.ports == ()
    assert answer.question.invalid
