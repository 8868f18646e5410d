import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Intent, Protocol, System
from knowledge.understand import understand


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("576?", (576,)),
        ("what is port 747", (747,)),
        ("the 8443 port", (8443,)),
        ("ports 80, 443 and 8080", (80, 443, 8080)),
        ("port eighty", (80,)),
        ("port eighty eighty", (8080,)),
        ("port number thirty three zero six", (3306,)),
        ("port eight thousand and eighty", (8080,)),
        ("we saw port 22 three times at 10:30 on 2026-01-05", (22,)),
        ("windows server 2019 listens on 445", (445,)),
        ("since 2011 the firewall has a rule for 1494", (1494,)),
        ("there were 12 connections to 5671", (5671,)),
        ("ticket 4711: what is port 3260", (3260,)),
        ("is redis on 6379 safe", (6379,)),
        ("sshd pid=842 listens on 22", (22,)),
        ('127.0.0.1:5432 users:(("postgres",pid=1201,fd=5))', (5432,)),
        ("what does pid 4242 do with port 8080", (8080,)),
        ("explain 5060 please, i am tired of reading standards", (5060,)),
        ("my book says 514 is what?", (514,)),
        ("i read a report on 445, is it risky", (445,)),
        ("my grumpy flatmate whines about 3074, whats that for", (3074,)),
    ],
)
def test_the_ports_of_a_text_are_found(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    assert understand(text, base.vocabulary).ports == ports


@pytest.mark.parametrize(
    "text",
    [
        "room 12 is free",
        "we sold 443 tickets",
        "the invoice 3306 is unpaid",
        "my flight AB 8080 is late",
        "5 minutes, 80 percent, 20 euros",
        "24 ports on this switch",
        "2 + 2",
        "usb port 3 is broken",
        "kill pid 842",
        "my ping is 139",
        "vlan 80 is for guests",
        "upgraded to 443",
        "12 volts and 5 amps",
        "we have 8080 open issues",
        "502 bad gateway",
    ],
)
def test_numbers_of_other_things_are_left_alone(base: KnowledgeBase, text: str) -> None:
    assert understand(text, base.vocabulary).ports == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("6881-6889", (6881, 6889)),
        ("ports 33434 to 33534", (33434, 33534)),
        ("what are ports 5900 through 5910", (5900, 5910)),
    ],
)
def test_ranges_are_found(base: KnowledgeBase, text: str, span: tuple[int, int]) -> None:
    question = understand(text, base.vocabulary)
    assert question.spans == (span,)
    assert question.ports == ()


@pytest.mark.parametrize("text", ["65536", "port 70000", "port -1", "what is port 99999"])
def test_a_number_that_is_no_port_is_told_apart(base: KnowledgeBase, text: str) -> None:
    question = understand(text, base.vocabulary)
    assert question.invalid
    assert question.ports == ()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what is listening on port 8080", Intent.CHECK),
        ("kill the process on port 3000", Intent.CHECK),
        ("is port 25565 open", Intent.CHECK),
        ("open port 8080", Intent.OPEN),
        ("how do i open udp 514", Intent.OPEN),
        ("block port 25", Intent.OPEN),
        ("is port 445 dangerous", Intent.SAFETY),
        ("can i leave 3389 open to the world", Intent.SAFETY),
        ("25 vs 587", Intent.COMPARE),
        ("difference between 80 and 443", Intent.COMPARE),
        ("what is next to 576", Intent.NEIGHBORS),
        ("ports around 747", Intent.NEIGHBORS),
        ("suggest a free port", Intent.SUGGEST),
        ("who nabbed 7000 on my box", Intent.CHECK),
        ("find the culprit that has 9000 locked", Intent.CHECK),
        ("is anything alive on 8443", Intent.CHECK),
        ("which of my containers sits on 9443", Intent.CHECK),
        ("let my buddies in on 19132", Intent.OPEN),
        ("keep everyone out of 2375", Intent.OPEN),
        ("get 32400 through my router", Intent.OPEN),
        ("add an exception for 5985", Intent.OPEN),
        ("is 5900 a no go", Intent.SAFETY),
        ("any harm in keeping 2049 open", Intent.SAFETY),
        ("whats the worst that can happen with 9200", Intent.SAFETY),
        ("what happens if i open 23", Intent.SAFETY),
        ("993 against 143", Intent.COMPARE),
        ("who does what, 20 and 21", Intent.COMPARE),
        ("first unassigned port after 8000", Intent.NEIGHBORS),
        ("which ports are close to 5432", Intent.NEIGHBORS),
        ("hit me with a port for a toy project", Intent.SUGGEST),
        ("come up with a port that nobody uses", Intent.SUGGEST),
    ],
)
def test_the_intent_is_read_from_the_words(base: KnowledgeBase, text: str, intent: Intent) -> None:
    assert understand(text, base.vocabulary).intent is intent


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("port 80 on ubuntu", System.LINUX),
        ("port 80 on my macbook", System.MACOS),
        ("port 80 windows 11", System.WINDOWS),
        ("port 80 freebsd", System.FREEBSD),
        ("ufw allow 80", None),
        ("port 80", None),
    ],
)
def test_the_system_is_the_one_that_is_named(
    base: KnowledgeBase, text: str, system: System | None
) -> None:
    assert understand(text, base.vocabulary).system is system


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        ("53/udp", Protocol.UDP),
        ("TCP PORT 135", Protocol.TCP),
        ("udp 514", Protocol.UDP),
        ("is 53 tcp or udp", None),
        ("port 53", None),
    ],
)
def test_the_protocol_is_the_one_that_is_named_alone(
    base: KnowledgeBase, text: str, protocol: Protocol | None
) -> None:
    assert understand(text, base.vocabulary).protocol is protocol


def test_closing_is_told_from_opening(base: KnowledgeBase) -> None:
    assert understand("close port 23", base.vocabulary).closing
    assert not understand("open port 23", base.vocabulary).closing


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("suggest a free port between 20000 and 30000", (20000, 30000)),
        ("pick a free port above 10000", (10000, 65535)),
        ("recommend an unused port below 5000", (1, 5000)),
    ],
)
def test_the_bounds_of_a_wanted_port_are_no_ports(
    base: KnowledgeBase, text: str, bounds: tuple[int, int]
) -> None:
    question = understand(text, base.vocabulary)
    assert question.bounds == bounds
    assert question.ports == ()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("is https://ravenhill.example/ledger on port 8443 safe", "ravenhill"),
        ("is //ravenhill/ledger on port 8443 safe", "ravenhill"),
        ("does [feed:beef:cafe] have port 8443 open", "beef"),
        ("is listeningravenhill on port 8443", "ravenhill"),
        ("what is prt 8443 at ravenhill", "ravenhill"),
        ("whatt runs on port 8443", "whatt"),
    ],
)
def test_no_reading_that_holds_a_word_of_the_asker_is_kept(
    base: KnowledgeBase, text: str, own: str
) -> None:
    assert understand(text, base.vocabulary).ports == (8443,)
    assert not [key for key in base.vocabulary.shapes if own in f"{key[0]} {key[1]}"]


def test_a_reading_of_words_that_are_known_serves_for_other_ports(base: KnowledgeBase) -> None:
    base.vocabulary.shapes.clear()  # full of other questions
    before = len(base.vocabulary.shapes)
    texts = ("may i leave port 8443 open to the world", "may i leave port 9443 open to the world")
    questions = [understand(text, base.vocabulary) for text in texts]
    assert [question.ports for question in questions] == [(8443,), (9443,)]
    assert len(base.vocabulary.shapes) == before + 1


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("They blocked 8443 and closed 9443 last week. What is 8443 used for?", Intent.ABOUT),
        ("What is 8443 used for? They blocked 8443 and closed 9443 last week.", Intent.ABOUT),
        ("It was safe for years. How do I open port 8443?", Intent.OPEN),
        ('what is 8443 used for, the ticket says "block it, close it"', Intent.ABOUT),
    ],
)
def test_what_is_asked_counts_more_than_what_is_told(
    base: KnowledgeBase, text: str, intent: Intent
) -> None:
    assert understand(text, base.vocabulary).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("My boss told me to block port 8443.", Intent.OPEN),
        ("I must open port 8443 on linux. Any ideas?", Intent.OPEN),
        ('is "port 8443" dangerous', Intent.SAFETY),
    ],
)
def test_where_no_sentence_asks_what_is_told_counts(
    base: KnowledgeBase, text: str, intent: Intent
) -> None:
    assert understand(text, base.vocabulary).intent is intent


def test_each_word_knows_its_sentence(base: KnowledgeBase) -> None:
    question = understand("Nothing works. Is port 8443 open? Help!", base.vocabulary)
    assert len(question.sentences) == len(question.words) == len(question.senses)
    told = dict(zip(question.words, question.sentences, strict=True))
    assert (told["nothing"], told["port"], told["help"]) == (0, 1, 2)
