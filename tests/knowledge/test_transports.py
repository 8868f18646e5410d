"""Over what a thing works, and where it is met, told first where that is asked."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("does ntp use tcp", "NTP is not known to use TCP on port 123, only UDP."),
        ("does dns use tcp", "DNS uses TCP and UDP on port 53."),
        ("can dns work over tcp", "DNS uses TCP and UDP on port 53."),
        ("is rdp tcp or udp", "Remote Desktop (RDP) uses TCP and UDP on port 3389."),
        ("does redis run over udp?", "Redis is not known to use UDP on port 6379, only TCP."),
        ("does mysql support udp", "MySQL is not known to use UDP on port 3306, only TCP."),
        ("is wireguard udp only", "WireGuard uses UDP on port 51820."),
        ("is quic tcp", "HTTP/3 (QUIC) is not known to use TCP on port 443, only UDP."),
        ("snmp tcp or udp?", "SNMP uses UDP on port 161."),
        ("usa redis udp?", "Redis is not known to use UDP on port 6379, only TCP."),
    ],
)
def test_the_protocols_that_are_asked_about_come_first(
    text: str, told: str, base: KnowledgeBase
) -> None:
    assert ask(text, base).summary.startswith(told)


@pytest.mark.parametrize("text", ["redis tcp port", "which udp port does dns use", "what is ntp"])
def test_who_asks_for_the_port_is_told_the_port(text: str, base: KnowledgeBase) -> None:
    assert " is met on port " in ask(text, base).summary.split(". ")[0]


@pytest.mark.parametrize(
    ("text", "told", "title"),
    [
        ("is port 70 gopher", "Gopher is met on port 70 ", "gopher"),
        ("is port 666 really doom", "Doom is met on port 666 ", "doom"),
        ("is 5000 flask", "Flask is met on port 5000 ", "Flask"),
        ("postgres 5433?", "PostgreSQL is met on port 5433 ", "PostgreSQL"),
        ("is 8080 redis", "Redis is met on port 6379 ", "http-alt"),
        ("grafana 3001", "Grafana is met on port 3000 ", "Uptime Kuma"),
    ],
)
def test_a_thing_beside_a_port_is_told_where_it_is_met(
    text: str, told: str, title: str, base: KnowledgeBase
) -> None:
    found = ask(text, base)
    assert found.summary.startswith(told)
    assert title in found.title


@pytest.mark.parametrize(
    "text",
    [
        "what is port 443",
        "docker port 8080",
        "tcp port 445 explain please",
        "our redis answers slowly since somebody put another thing on port 8080",
    ],
)
def test_words_of_the_trade_and_stories_name_no_thing(text: str, base: KnowledgeBase) -> None:
    assert " is met on port " not in ask(text, base).summary
