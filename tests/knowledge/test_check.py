"""The fact check of the shipped facts: planted errors are found, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from knowledge.check import check
from knowledge.checks.spelling import count_words, find_slips
from knowledge.claims.findings import Finding, Verdict

ARTICLE = """---
ports: [8883]
service: secure-mqtt
status: {tcp: assigned, udp: assigned}
summary: >-
  Port 8883 is assigned to secure-mqtt, MQTT over TLS, for TCP and UDP. Brokers offer it beside the
  plaintext port, and clients verify their certificate.
uses:
  - {product: "Eclipse Mosquitto", protocol: tcp, official: true, source: 2}
risks:
  - {kind: exposure, text: "A broker without passwords lets anyone publish.", source: 2}
disputed:
  - {text: "Port 8883 is said to be reserved; the registry assigns it to secure-mqtt.", source: 1}
related: [1883, 8884]
sources:
  - {title: "IANA Registry", url: "https://www.iana.org/assignments/service-names-port-numbers/"}
  - {title: "Mosquitto: mosquitto.conf", url: "https://mosquitto.org/man/mosquitto-conf-5.html"}
---

## What it is

The registry gives 8883/tcp and 8883/udp to secure-mqtt. It is one of the User Ports (1024-49151).

## In practice

Brokers such as Mosquitto listen here once a certificate is configured; `ss -tln` shows them. The
unencrypted sibling is port 1883, which is assigned to mqtt.

## Security

TLS protects what is sent, and a certificate proves who the broker is. No client may be anonymous.

## FAQ

### Is port 8883 TCP?

Yes. Nearly all of the 65,536 port numbers exist for each protocol, and MQTT uses TCP.

### Why does my client refuse the certificate?

Its name is another one than that of the host.
"""
OTHER = """---
ports: [1883]
service: mqtt
status: {tcp: assigned, udp: assigned}
summary: >-
  Port 1883 is assigned to mqtt for TCP and UDP. Sensors and home automation send small messages
  through a broker there, without any encryption.
uses:
  - {product: "Eclipse Mosquitto", protocol: tcp, official: true, source: 2}
risks: []
related: [8883]
sources:
  - {title: "IANA Registry", url: "https://www.iana.org/assignments/service-names-port-numbers/"}
  - {title: "OASIS: MQTT 5.0", url: "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html"}
---

## What it is

MQTT carries small messages between publishers and subscribers through a broker in their middle.

## In practice

A broker on this port is met in nearly every household that automates lamps and heating by itself.

## Security

Nothing is encrypted, so passwords can be read by whoever sees the packets pass by on their way.

## FAQ

### Is it TCP?

Yes, only TCP.

### May it face the internet?

No, use TLS.
"""
FAQ = """---
question: What is a broker?
wordings:
  - what does a broker do
  - broker meaning
  - message broker explained
  - why do i need a broker
  - is a broker a server
  - broker in simple words
answer: >-
  A broker takes messages from some programs and hands them to others that asked for their topic.
  Ports 0-1023 are the well-known ports, 1,024 in all; brokers live above them.
related: [topics]
sources:
  - {title: "OASIS: MQTT 5.0", url: "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html"}
---

A broker decouples those who send from those who receive, in time as well as in place.

The dynamic range is a quarter, 25 % of all port numbers, and never holds a broker by design.
"""
TOPICS = """---
question: What is a topic?
wordings: [what are topics, topic meaning, mqtt topic, topic tree, name of a topic, topic levels]
answer: A topic is the name under which a message is sent.
related: [broker]
sources:
  - {title: "OASIS: MQTT 5.0", url: "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html"}
---

Topics are levels of names with slashes between them, as in a path.
"""
USES = """\
port,protocol,product,role,official,weight,category,tls,exposure,source_title,source_url
1883,tcp,Eclipse Mosquitto,,yes,60,iot,plaintext,lan,Mosquitto,https://mosquitto.org/
8883,tcp,Eclipse Mosquitto,TLS,yes,50,iot,tls,public,Mosquitto,https://mosquitto.org/
"""
ALIASES = """\
alias,target
mosquitto,Eclipse Mosquitto
mqtts,secure-mqtt
mosquitto tls,Eclipse Mosquitto:8883
"""
RISKS = """\
port,protocol,kind,name,text,era,source_title,source_url
1883,tcp,exposure,open broker,Anyone may listen.,,Mosquitto,https://mosquitto.org/
"""

Edit = Callable[[Path], None]


def swap(name: str, old: str, new: str) -> Edit:
    """Return an edit that replaces words of a file, which must be there."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def move(name: str, other: str) -> Edit:
    """Return an edit that gives a file another name."""

    def edit(folder: Path) -> None:
        (folder / name).rename(folder / other)

    return edit


TLS, PLAIN = "articles/08883-secure-mqtt.md", "articles/01883-mqtt.md"
BROKER, TOPIC = "faqs/broker.md", "faqs/topics.md"
# (what is planted, the file and the line it must be found on, words of the fact)
PLANTED = [
    # front matter against the registry
    (swap(TLS, "service: secure-mqtt", "service: mqtt"), TLS, 3, "is assigned to secure-mqtt"),
    (swap(TLS, "service: secure-mqtt", "service: null"), TLS, 3, "is assigned to secure-mqtt"),
    (swap(TLS, "tcp: assigned", "tcp: unassigned"), TLS, 4, "8883 is assigned to secure-mqtt"),
    (swap(TLS, "udp: assigned", "udp: reserved"), TLS, 4, "8883 is assigned to secure-mqtt"),
    (swap(TLS, "udp: assigned", "udp: assigned, sctp: assigned"), TLS, 4, "8883 is assigned"),
    (swap(PLAIN, "protocol: tcp", "protocol: sctp"), PLAIN, 9, "1883 is assigned to mqtt (tcp"),
    (swap(TLS, "official: true", "official: false"), TLS, 9, "official: yes"),
    (
        swap(TLS, 'product: "Eclipse Mosquitto", protocol: tcp, official: true',
             'product: "secure-mqtt", protocol: tcp, official: false'),
        TLS, 9, "gives it that very name",
    ),
    # form of the front matter
    (swap(TLS, "ports: [8883]", "ports: [8884]"), TLS, 2, "must begin with 8883"),
    (swap(TLS, "ports: [8883]", "ports: [88833]"), TLS, 2, "no range of ports"),
    (swap(TLS, "official: true", "official: maybe"), TLS, 9, "must be true or false"),
    (swap(TLS, "kind: exposure", "kind: danger"), TLS, 11, "must be one of"),
    (swap(TLS, "related: [1883, 8884]", "related: [1883, 70000]"), TLS, 14, "port numbers"),
    (swap(TLS, "related: [1883, 8884]", "related: [1883, 8883]"), TLS, 14, "related to itself"),
    (swap(TLS, "related: [1883, 8884]", "related: [1883, 1883]"), TLS, 14, "named twice"),
    (swap(TLS, "ports: [8883]", "ports: [8883"), TLS, 3, "not YAML"),
    (swap(TLS, "risks:", "dangers:"), TLS, 1, "risks is missing"),
    # sources
    (swap(TLS, "https://mosquitto.org/man", "http://mosquitto.org/man"), TLS, 17, "https://"),
    (swap(TLS, "https://mosquitto.org/man", "https://mosquitto/man"), TLS, 17, "https://"),
    (swap(TLS, 'title: "Mosquitto: mosquitto.conf"', 'title: "https://x"'), TLS, 17, "no title"),
    (
        swap(TLS, "https://mosquitto.org/man/mosquitto-conf-5.html",
             "https://www.iana.org/assignments/service-names-port-numbers"),
        TLS, 17, "cited on line 16 already",
    ),
    (
        swap(PLAIN, '\n  - {title: "OASIS: MQTT 5.0", url: "https://docs.oasis-open.org/mqtt/mqtt'
             '/v5.0/mqtt-v5.0.html"}', ""),
        PLAIN, 12, "at least 2",
    ),
    (swap(TLS, "official: true, source: 2", "official: true, source: 3"), TLS, 9, "from 1 to 2"),
    # the summary, headings and questions
    (swap(TLS, "Port 8883 is assigned to", "It is assigned to"), TLS, 5, "begin with the port"),
    (swap(TLS, "Brokers offer it", "Brokers offer it" + " and again" * 20), TLS, 5, "300"),
    (swap(TLS, "## Security", "## Safety"), TLS, 1, "is missing"),
    (swap(TLS, "## Security", "## Safety"), TLS, 29, "is none of"),
    (swap(TLS, "## In practice", "## Security") , TLS, 1, "is missing"),
    (swap(PLAIN, "### Is it TCP?", "### TCP."), PLAIN, 31, "no question"),
    (swap(PLAIN, "### May it face the internet?", "### Is it TCP?"), PLAIN, 31, "asked twice"),
    (swap(PLAIN, "### Is it TCP?\n\nYes, only TCP.\n\n", ""), PLAIN, 29, "1 questions"),
    # the file's name
    (move(TLS, "articles/08883-reserved.md"), "articles/08883-reserved.md", 1, "names a state"),
    (move(TLS, "articles/08883-telnet.md"), "articles/08883-telnet.md", 1, "registered on 23"),
    (move(TLS, "articles/8883-mqtt.md"), "articles/8883-mqtt.md", 1, "name must be like"),
    # prose of articles
    (swap(TLS, "Port 8883 is assigned to secure-mqtt", "Port 8883 is assigned to mqtt"), TLS, 5,
     "mqtt is registered on 1883"),
    (swap(TLS, "the registry assigns it to", "port 8883 is unassigned, not"), TLS, 13, "secure"),
    (swap(TLS, "8883/udp to secure-mqtt", "8883/udp to mqtt"), TLS, 22, "registered on 1883"),
    (swap(TLS, "(1024-49151)", "(1024-49150)"), TLS, 22, "User Ports 1024-49151"),
    (swap(TLS, "It is one of the User", "It is one of the System"), TLS, 22, "User Ports"),
    (swap(TLS, "which is assigned to mqtt", "which is reserved for UDP"), TLS, 26, "is assigned"),
    (swap(TLS, "65,536 port numbers", "65,535 port numbers"), TLS, 37, "65,536"),
    (swap(PLAIN, "Yes, only TCP.", "Yes. Port 8888 is unassigned."), PLAIN, 33, "8888"),
    (swap(PLAIN, "No, use TLS.", "MongoDB listens on port 1883 by default."), PLAIN, 37, "27017"),
    (swap(TLS, "A broker without", "On port 1883, which is unassigned, one without"), TLS, 11,
     "1883 is assigned to mqtt"),
    # words
    (swap(TLS, "a certificate proves", "a certficate proves the the"), TLS, 31, "'the'"),
    (swap(TLS, "protects what is sent", "seperates what is sent"), TLS, 31, "'separates'"),
    (swap(PLAIN, "Nothing is encrypted, so", "TLS protects what is sent, and a certificate proves"
          " who the broker is. So"), TLS, 31, "stands in"),
    # FAQs
    (swap(BROKER, "related: [topics]", "related: [topic]"), BROKER, 13, "no such FAQ"),
    (swap(BROKER, "related: [topics]", "related: [broker]"), BROKER, 13, "this FAQ itself"),
    (swap(BROKER, "  - broker meaning", "  - Topic  meaning?"), TOPIC, 3, "stands in"),
    (swap(BROKER, "  - broker meaning", "  - message broker explained"), BROKER, 6, "stands in"),
    (swap(BROKER, "  - broker meaning\n", ""), BROKER, 3, "at least 6"),
    (swap(BROKER, "A broker takes", "A broker takes" + " and takes" * 60), BROKER, 10, "600"),
    (swap(BROKER, "What is a broker?", "Brokers"), BROKER, 2, "no question"),
    (swap(BROKER, "Ports 0-1023 are", "Ports 1-1023 are"), BROKER, 10, "System Ports 0-1023"),
    (swap(BROKER, "25 % of all", "20 % of all"), BROKER, 20, "25.00 %"),
    (swap(BROKER, "https://docs.oasis", "ftp://docs.oasis"), BROKER, 15, "https"),
    (swap(BROKER, "as well as in", "as well as in in"), BROKER, 18, "'in'"),
    # tables
    (swap("uses.csv", "8883,tcp,Eclipse Mosquitto,TLS,yes", "8885,tcp,Eclipse Mosquitto,TLS,yes"),
     "uses.csv", 3, "8885 is unassigned"),
    (swap("uses.csv", "1883,tcp,Eclipse Mosquitto,,yes", "1883,tcp,mqtt,,no"), "uses.csv", 2,
     "gives it that very name"),
    (swap("uses.csv", "1883,tcp,", "9883,tcp,"), "uses.csv", 3, "below a higher port"),
    (swap("uses.csv", "1883,tcp,", "1883,icmp,"), "uses.csv", 2, "protocol must be"),
    (swap("uses.csv", "yes,60", "yes,600"), "uses.csv", 2, "weight"),
    (swap("uses.csv", "lan,Mosquitto,https://mosquitto.org/", "lan,Mosquitto,mosquitto"),
     "uses.csv", 2, "no address"),
    (swap("aliases.csv", "mqtts,secure-mqtt", "mqtts,securemqtt"), "aliases.csv", 3, "no product"),
    (swap("aliases.csv", "Mosquitto:8883", "Mosquitto:8884"), "aliases.csv", 4, "not on 8884"),
    (swap("aliases.csv", "mqtts,", "Mosquitto,"), "aliases.csv", 3, "line 2 already"),
    (swap("risks.csv", "tcp,exposure", "tcp,danger"), "risks.csv", 2, "kind must be"),
    (swap("risks.csv", "1883,tcp", "1883-1800,tcp"), "risks.csv", 2, "no range of ports"),
]  # fmt: skip


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A small folder of facts in which everything is right."""
    for name, text in {
        TLS: ARTICLE,
        PLAIN: OTHER,
        BROKER: FAQ,
        TOPIC: TOPICS,
        "uses.csv": USES,
        "aliases.csv": ALIASES,
        "risks.csv": RISKS,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def wrong(folder: Path, base: KnowledgeBase) -> tuple[Finding, ...]:
    return check(folder, base).wrong


def test_facts_that_are_right_raise_no_alarm(facts: Path, base: KnowledgeBase) -> None:
    checked = check(facts, base)

    assert checked.wrong == ()
    assert (checked.articles, checked.faqs) == (2, 2)
    supported = [one for one in checked.findings if one.verdict is Verdict.SUPPORTED]
    assert len(supported) >= 10


@pytest.mark.parametrize(("plant", "name", "line", "fact"), PLANTED)
def test_a_planted_error_is_found_on_its_line_with_the_fact(
    facts: Path, base: KnowledgeBase, plant: Edit, name: str, line: int, fact: str
) -> None:
    plant(facts)

    found = [
        (Path(finding.file).relative_to(facts).as_posix(), finding.line)
        for finding in wrong(facts, base)
        if fact in finding.fact
    ]

    assert (name, line) in found, wrong(facts, base)


def test_there_are_enough_planted_errors() -> None:
    assert len(PLANTED) >= 30


def test_two_articles_about_one_port_are_told(facts: Path, base: KnowledgeBase) -> None:
    (facts / "articles" / "08883-zz.md").write_text(ARTICLE, encoding="utf-8")

    assert "08883-secure-mqtt.md is about that port already" in {
        finding.fact for finding in wrong(facts, base)
    }


def test_the_shipped_facts_are_clean(base: KnowledgeBase) -> None:
    checked = check(SHIPPED, base)

    assert checked.wrong == ()
    assert checked.articles > 100
    assert checked.faqs > 80


def test_the_shipped_facts_hold_against_ianas_whole_registry(shared: Path, tmp_path: Path) -> None:
    registry = shared / "data" / "iana-service-names-port-numbers.csv"
    target = tmp_path / "knowledge.sqlite"
    build(target, Sources(SHIPPED, registry=registry), now=datetime(2026, 11, 21, tzinfo=UTC))
    known = KnowledgeBase.open(target)

    assert check(SHIPPED, known).wrong == ()
    known.close()


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        ("It is on the the wire.", "the the", "the"),
        ("We recieve it.", "recieve", "receive"),
        ("The prot is open, the port, a port, any port, that port.", None, None),
        ("This sevrer is a server, any server, that server, one server.", "sevrer", "server"),
        ("A conection is a connection, any connection, that connection, one connection.",
         "conection", "connection"),
    ],
)  # fmt: skip
def test_what_is_surely_misspelled_is_found(
    text: str, word: str | None, right: str | None
) -> None:
    slips = [(slip.word, slip.right) for slip in find_slips(text, count_words([text]))]

    assert slips == ([] if word is None else [(word, right)])


@pytest.mark.parametrize(
    "text",
    [
        "labelled, labeled, focused, focussed, grey, gray, license, licence",
        '`recieve` and https://recieve.example and "recieve" are quoted.',
        "It had had that that that is right.",
        "form from, trial trail, untied united, casual causal",
        "TLS TLS is a name; 10 10 are numbers.",
        "systemd-resolved, etcd, kubelet, nginx, sshd, tls-alpn, foo.recieve",
    ],
)  # fmt: skip
def test_words_that_may_be_right_raise_no_alarm(text: str) -> None:
    assert list(find_slips(text, count_words([text] * 1))) == []
