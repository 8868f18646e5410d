"""Which thing is asked for: one that is known, one that is not, one that has no port."""

import pytest

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent


def answer(text: str, base: KnowledgeBase, *before: str) -> Answer:
    """Return the answer to a text that goes on from others."""
    previous = None
    for said in before:
        previous = ask(said, base, Context(previous=previous))
    return ask(text, base, Context(previous=previous))


@pytest.mark.parametrize(
    "text",
    [
        "which port does grammarly use",
        "what port does kindle use",
        "what port is used by sudoku?",
        "which tcp port does the universe use",
        "what port does go use",
        "what port number does java use",
        "which port does my homework use",
        "what port does trello use",
        "which udp port does bicycle repair use",
        "qué puerto usa netflix",
        "welchen port benutzt trello",
        "quel port utilise kindle ?",
    ],
)
def test_the_port_of_something_unknown_is_not_guessed(text: str, base: KnowledgeBase) -> None:
    assert answer(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("which port does ping use", "raw-sockets-icmp-no-ports"),
        ("which ports do trojans use", "malware-ports"),
        ("what range of ports does linux use for outgoing connections", None),
    ],
)
def test_what_a_concept_question_speaks_of_is_known(
    text: str, slug: str | None, base: KnowledgeBase
) -> None:
    found = answer(text, base)
    assert found.intent is Intent.FAQ
    assert slug in {None, found.faq}


@pytest.mark.parametrize(
    "text",
    [
        "what port does alexa use",
        "miro port",
        "which port does rusk use",
        "chmod 755",
        "what port does mario use",
        "what port does freshdesk use",
        "what port does the maya use",
        "port for etsy?",
        "which port does pong use",
        "perplexity port",
    ],
)
def test_a_word_of_its_own_is_no_typo_of_a_name(text: str, base: KnowledgeBase) -> None:
    assert answer(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("pkex port", 32400),
        ("which port does redsi use", 6379),
        ("myslq port?", 3306),
        ("kakfa port", 9092),
        ("consl port", 8500),
        ("orcale port", 1521),
        ("what port does minecarft use", 25565),
        ("port for imps", 993),
        ("standard notse port", 3000),
    ],
)
def test_a_typo_is_still_a_typo(text: str, port: int, base: KnowledgeBase) -> None:
    assert port in answer(text, base).ports[:1]


@pytest.mark.parametrize(
    "text",
    [
        "what port does ospf use",
        "vrrp port",
        "is arp tcp or udp",
        "which port number is lldp on?",
        "eigrp port number",
        "what port do i open for igmp",
        "welchen port nutzt vrrp",
        "какой порт использует ospf",
        "ospf 端口是多少",
        "qué puerto usa arp",
        "zigbee port",
        "pppoe port?",
    ],
)
def test_a_protocol_without_ports_is_told_to_have_none(text: str, base: KnowledgeBase) -> None:
    found = answer(text, base)
    assert found.entry is not None
    assert found.entry.slug == "protocols-without-ports"


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("bgp port", 179),
        ("rip port", 520),
        ("hsrp port", 1985),
        ("bfd port", 3784),
        ("modbus tcp port", 502),
        ("ospf-lite port", 8899),
        ("which port does profinet use", 34964),
        ("zigbee2mqtt port", 8080),
    ],
)
def test_its_cousin_over_tcp_or_udp_has_one(text: str, port: int, base: KnowledgeBase) -> None:
    assert answer(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("ark", "ARK Survival Evolved"),
        ("what is Matter", "Matter"),
        ("Transmission", "Transmission"),
        ("frigate", "Frigate"),
        ("what is rancher", "Rancher"),
        ("steam?", "Steam"),
    ],
)
def test_a_name_that_is_an_everyday_word_is_offered_alone(
    text: str, offer: str, base: KnowledgeBase
) -> None:
    found = answer(text, base)
    assert found.intent is Intent.NONE
    assert offer in {each.title for each in found.alternatives}


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("consul", 8500),
        ("oracle", 1521),
        ("Elastic", 9200),
        ("what is squid", 3128),
        ("what is flask", 5000),
        ("is frigate tcp or udp", 8971),
        ("dns server", 53),
        ("telnet server", 23),
        ("jira port", 8080),
        ("is memos tcp or udp?", 5230),
    ],
)
def test_a_famous_name_alone_and_one_with_a_protocol_are_answered(
    text: str, port: int, base: KnowledgeBase
) -> None:
    assert answer(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "what is a squid",
        "consul general",
        "best plex alternative",
        "tor browser download",
        "the mail server is slow today",
        "send me an email please",
        "flask of whiskey",
    ],
)
def test_a_famous_name_among_everyday_words_is_not(text: str, base: KnowledgeBase) -> None:
    assert answer(text, base).intent is Intent.NONE


@pytest.mark.parametrize("text", ["hello", "time", "cache", "signal me later", "consul elections"])
def test_everyday_words_alone_are_offered_nothing(text: str, base: KnowledgeBase) -> None:
    found = answer(text, base)
    assert (found.intent, found.alternatives) == (Intent.NONE, ())


@pytest.mark.parametrize("text", ["ntp", "sip", "nats", "tailscale", "docker registry", "ms sql"])
def test_a_name_alone_is_no_word_of_another_language(text: str, base: KnowledgeBase) -> None:
    found = answer(text, base)
    assert found.intent is Intent.ABOUT
    assert found.question.language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("port 4 on the panel", "en"),
        ("synology dsm", "en"),
        ("ram 8443", "en"),
        ("wats 8080 4", "en"),
        ("was ist 443", "de"),
        ("porta 443", "pt-BR"),
        ("vrrp 端口是多少", "zh-CN"),
        ("порт redis?", "ru"),
        ("nginx ポート", "ja"),
        ("what is порт 443", "en"),
        ("puerto 8443", "es"),
    ],
)
def test_chance_words_do_not_make_a_language(
    text: str, language: str, base: KnowledgeBase
) -> None:
    assert answer(text, base).question.language == language


@pytest.mark.parametrize(
    ("before", "text", "language"),
    [
        ("443はなに", "安全？", "ja"),
        ("443端口是什么", "安全？", "zh-CN"),
        ("o que é a porta 443", "e no mac?", "pt-BR"),
        ("what is port 443", "and on mac?", "en"),
        ("was ist port 443", "and on windows?", "en"),
    ],
)
def test_what_goes_on_is_in_the_language_of_the_talk(
    before: str, text: str, language: str, base: KnowledgeBase
) -> None:
    assert answer(text, base, before).question.language == language


@pytest.mark.parametrize(
    ("text", "slug", "port"),
    [
        ("why is port 80 privileged", "privileged-ports", 80),
        ("can i bind to port 80 as non-root", "privileged-ports", 80),
        ("why can't i listen on port 443 without sudo", "privileged-ports", 443),
        ("为什么80端口需要root", "privileged-ports", 80),
        ("why does chrome block port 6000", "browser-blocked-ports", 6000),
        ("err_unsafe_port on 6667", "browser-blocked-ports", 6667),
        ("move ssh to port 2222", "change-service-port", 2222),
        ("why is port 25 blocked", "port-25-blocked", 25),
        ("can tcp and udp both use port 53", "same-port-tcp-and-udp", 53),
        ("why is port 8080 in time_wait", "time-wait", 8080),
        ("why do i get connection refused on 5432", "open-closed-filtered", 5432),
        ("can I run two websites on port 443", "sni-many-sites-one-port", 443),
    ],
)
def test_a_concept_is_asked_of_a_port(
    text: str, slug: str, port: int, base: KnowledgeBase
) -> None:
    found = answer(text, base)
    assert (found.faq, found.ports) == (slug, (port,))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why does traceroute use 33434", Intent.ABOUT),
        ("why is 3306 open", Intent.CHECK),
        ("why does my router have 7547 open", Intent.CHECK),
        ("why is port 443 dangerous", Intent.SAFETY),
        ("how do i publish port 8080 in docker", Intent.OPEN),
        ("is 5222 registered or well known", Intent.ABOUT),
        ("tcp port 445 explain please", Intent.ABOUT),
        ("who registered port 1666 with iana", Intent.ABOUT),
        ("mac port 5000 already in use", Intent.CHECK),
    ],
)
def test_what_a_port_s_own_answer_tells_is_no_concept(
    text: str, intent: Intent, base: KnowledgeBase
) -> None:
    found = answer(text, base)
    assert (found.intent, found.faq) == (intent, None)


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("which smtp port 25 465 or 587", (25, 465, 587)),
        ("80 vs 443 vs 8080", (80, 443, 8080)),
        ("difference between ftp, sftp and ftps", (21, 22, 990)),
        ("137 138 139 difference", (137, 138, 139)),
        ("are 3306 and 33060 the same", (3306, 33060)),
        ("80 vs 443", (80, 443)),
    ],
)
def test_all_ports_named_are_compared(
    text: str, ports: tuple[int, ...], base: KnowledgeBase
) -> None:
    found = answer(text, base)
    assert (found.intent, found.ports) == (Intent.COMPARE, ports)
    assert all(str(port) in found.title for port in ports)


@pytest.mark.parametrize(
    "text",
    ["is the mac port any good", "mac port of skyrim", "does claude code use a port"],
)
def test_other_ports_and_unknown_programs_are_left_alone(text: str, base: KnowledgeBase) -> None:
    assert answer(text, base).intent is Intent.NONE
