import json
import re
from pathlib import Path

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED
from knowledge.model import Faq, System
from knowledge.sources import faqs
from knowledge.sources.faults import SourceError
from knowledge.understand import understand

FAQ = """\
---
question: What is TIME_WAIT?
wordings:
  - why so many TIME_WAIT sockets
  - time wait state
  - what does time_wait mean
  - clear time_wait
  - too many time_wait
  - is time_wait bad
answer: >-
  TIME_WAIT is the state of
  the side that closed first.
commands:
  linux: ["ss -tan state time-wait | wc -l"]
related: [port-exhaustion]
sources:
  - {title: "RFC 9293", url: "https://www.rfc-editor.org/rfc/rfc9293"}
---

The longer answer.

## With a heading

It is Markdown.
"""

UNLISTED = (  # questions that are no wording, in other words than those
    ("what-is-a-port", "i don't get what a port number is, isn't the ip enough?"),
    ("how-many-ports", "who decided that 65535 is the maximum"),
    ("port-zero", "what happens when a socket is bound to port number zero"),
    ("well-known-ports", "are the first 1023 ports somehow special"),
    ("registered-ports", "what does the registered range of ports mean in practice"),
    ("ephemeral-ports", "client side temporary ports, what is the term and how do they work"),
    ("unassigned-vs-reserved", "does reserved mean i must not use it while unassigned is okay"),
    ("what-is-iana", "is iana some kind of government body"),
    ("how-to-register-a-port", "where do i send an application for an official port"),
    ("service-names", "can a service name contain an underscore or a dot"),
    ("tcp-vs-udp", "my teacher wants three differences between udp and tcp"),
    ("sctp-and-dccp", "which transport protocols exist apart from tcp and udp"),
    ("same-port-tcp-and-udp", "will tcp and udp fight over the same number"),
    ("privileged-ports", "my app only gets the low port when started with sudo"),
    ("check-listening", "ubuntu: show all services that are waiting for connections"),
    (
        "check-remote",
        "how do i know a server across the internet accepts connections on a certain port",
    ),
    ("open-closed-filtered", "is filtered better than closed from a security view"),
    ("port-scanning", "could nmap get me into legal trouble"),
    ("firewall-basics", "what is the windows way to allow an inbound port"),
    ("port-forwarding", "set up my router so that outsiders get to my raspberry pi"),
    ("nat-and-ports", "what's the job of port address translation"),
    ("address-already-in-use", "spring boot tells me the port is already being used"),
    ("kill-process-on-port", "easiest way on a mac to kill what sits on a port"),
    ("time-wait", "netstat full of TIME_WAIT lines, is that harmful"),
    ("port-exhaustion", "we open so many outbound connections that no local port is left"),
    ("bind-address", "should a dev server listen on all addresses or loopback only"),
    ("so-reuseport", "how does nginx let several workers listen on one port with reuseport"),
    ("choosing-a-port", "guidelines for picking the default port of a new product"),
    ("browser-blocked-ports", "list of ports that chromium refuses"),
    (
        "docker-published-ports",
        "container is up but localhost doesn't show it, did i publish the port wrong",
    ),
    ("kubernetes-nodeport", "how is nodeport different from loadbalancer in kubernetes"),
    ("change-service-port", "too much brute force noise on ssh, change its port?"),
    ("malware-ports", "typical ports of remote access trojans"),
    ("source-vs-destination-port", "sport vs dport in iptables"),
    (
        "sockets-vs-ports",
        "what uniquely identifies a tcp connection if many share the server port",
    ),
    ("ipv6-and-ports", "curl with an ipv6 literal and a port, how to type it"),
    ("tls-ports", "implicit tls versus upgrading with starttls"),
    ("port-knocking", "hiding ssh by a sequence of connection attempts"),
    ("dynamic-port-range-per-os", "default outgoing port range on debian versus windows"),
    ("upnp", "any danger in having upnp enabled"),
    ("what-is-a-port", "compare ports to something in real life please"),
    ("privileged-ports", "setcap or authbind for node on low ports"),
    ("bind-address", "api answers on my laptop but colleagues on the same network get nothing"),
    ("check-remote", "test-netconnection says false, what now to test the remote port"),
    ("port-exhaustion", "symptoms of ephemeral ports being used up"),
    ("kill-process-on-port", "find pid and taskkill whatever blocks my port in windows"),
    ("docker-published-ports", "what does the arrow in docker ps ports column mean"),
    ("firewall-basics", "do i need an outbound rule or an inbound rule"),
    ("nat-and-ports", "ten devices at home one public ip how does that even work"),
    ("address-already-in-use", "bind: address already in use, but i already stopped the server"),
)


def written(folder: Path, text: str = FAQ, name: str = "time-wait.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_faq_is_taken_apart(tmp_path: Path) -> None:
    faq = faqs.read(written(tmp_path))
    assert faq.slug == "time-wait"
    assert faq.question == "What is TIME_WAIT?"
    assert len(faq.wordings) == 6
    assert faq.answer == "TIME_WAIT is the state of the side that closed first."
    assert faq.details.startswith("The longer answer.\n\n## With a heading")
    assert faq.commands == {System.LINUX: ("ss -tan state time-wait | wc -l",)}
    assert faq.related == ("port-exhaustion",)
    assert faq.sources[0].title == "RFC 9293"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  - is time_wait bad\n", "", "wordings must hold at least 6, not 5"),
        ("- time wait state", "- 42", "put 42 in quotes"),
        ("  linux:", "  plan9:", "commands.plan9 is not a field"),
        ("answer: >-", "answers: >-", "answer is missing"),
        ("  TIME_WAIT is the", "  " + "x" * 600, "600 are allowed"),
        ('url: "https://www.rfc-editor.org/rfc/rfc9293"', 'url: ""', "sources.0.url is missing"),
    ],
)
def test_a_mistake_is_named_with_the_file(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in FAQ
    path = written(tmp_path, FAQ.replace(old, new, 1))
    with pytest.raises(SourceError) as caught:
        faqs.read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in caught.value.reason


def test_a_name_that_is_no_slug_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="lower-case words"):
        faqs.read(written(tmp_path, name="Time_Wait.md"))


def test_shared_wordings_and_dead_relations_are_told() -> None:
    first = Faq("a", "A?", ("What is it",), "", related=("c",))
    second = Faq("b", "B?", ("what IS it",), "", related=("a",))
    assert list(faqs.disagreements((first, second))) == [
        "a: related names 'c', and there is no such FAQ",
        "b: the wording 'what IS it' is one of 'a' too",
    ]


def test_a_case_names_the_wider_question_it_is_a_part_of(tmp_path: Path) -> None:
    assert faqs.read(written(tmp_path)).part_of is None
    text = FAQ.replace("related:", "part_of: tcp-states\nrelated:", 1)
    assert text != FAQ
    assert faqs.read(written(tmp_path, text)).part_of == "tcp-states"


def test_a_case_of_nothing_and_a_case_of_a_case_are_told() -> None:
    wide = Faq("wide", "Wide?", (), "")
    case = Faq("case", "Case?", (), "", part_of="wide")
    lost = Faq("lost", "Lost?", (), "", part_of="none")
    deep = Faq("deep", "Deep?", (), "", part_of="case")
    assert list(faqs.disagreements((wide, case))) == []
    assert list(faqs.disagreements((wide, case, lost, deep))) == [
        "lost: part_of names 'none', which is no FAQ or a part itself",
        "deep: part_of names 'case', which is no FAQ or a part itself",
    ]


def test_answers_name_the_wider_question_and_the_case(base: KnowledgeBase) -> None:
    cases = [faq for faq in faqs.read_all(SHIPPED / "faqs") if faq.part_of]
    assert cases
    for faq in cases:
        stored = base.faq(faq.slug)
        assert stored is not None
        assert stored.part_of == faq.part_of
    case = ask("what is the /etc/services file", base)
    assert (case.faq, case.entry and case.entry.slug) == ("service-names", "etc-services-file")
    wider = ask("what are service names", base)
    assert (wider.faq, wider.entry and wider.entry.slug) == ("service-names", "service-names")


def test_the_shipped_faqs_agree_with_each_other() -> None:
    assert list(faqs.disagreements(faqs.read_all(SHIPPED / "faqs"))) == []


def test_every_concept_that_is_asked_for_has_its_faq(shared: Path) -> None:
    wanted = json.loads((shared / "eval" / "faq-slugs.json").read_text(encoding="utf-8"))
    slugs = {entry["slug"] for entry in wanted}
    assert slugs <= {faq.slug for faq in faqs.read_all(SHIPPED / "faqs")}


def test_what_is_asked_for_can_be_asked_in_many_ways(shared: Path) -> None:
    wanted = json.loads((shared / "eval" / "faq-slugs.json").read_text(encoding="utf-8"))
    slugs = {entry["slug"] for entry in wanted}
    for faq in faqs.read_all(SHIPPED / "faqs"):
        assert len(faq.wordings) >= (36 if faq.slug in slugs else 12), faq.slug


def test_no_wording_is_but_the_beginning_of_another_word() -> None:
    # "network.security.x" is one word, of which only "netwo" would be compared
    found = [
        (faq.slug, text)
        for faq in faqs.read_all(SHIPPED / "faqs")
        for text in faq.wordings
        if re.fullmatch(r"[a-z]+(?:\.[a-z0-9_]+){2,}", text) and text != "host.docker.internal"
    ]
    assert found == []


def test_questions_nobody_listed_find_their_entry(base: KnowledgeBase) -> None:
    missed = []
    for slug, asked in UNLISTED:
        hits = base.concept_questions.closest(understand(asked, base.vocabulary, None))
        if slug not in [hit.slug for hit in hits[:1]]:
            missed.append((slug, asked, [hit.slug for hit in hits]))
    assert len(missed) <= len(UNLISTED) // 10, missed
