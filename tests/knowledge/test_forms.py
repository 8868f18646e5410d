"""The forms of ports are found wherever they may begin, whatever is written before them."""

import pytest

from knowledge import paste
from knowledge.pasted import forms
from knowledge.pasted.model import Line


def ports(text: str, *, certain: bool = False) -> list[int]:
    line = Line(text, text.split(), 1, paste.no_names)
    return [port.number for port in forms.mentioned(line, certain=certain)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://db.example.org:8443/x", [8443]),  # a letter
        ("cluster_port: 7000", [7000]),  # behind a mark within a word
        ("MAPPED10.0.0.5:9000", [9000]),  # a digit right behind a letter
        ("*:2049", [2049]),
        ("on [::1]:5432", [5432]),
        ('("0.0.0.0", 5000)', [5000]),
        ("nginx --port=8081", [8081]),
        ("user@db:3306", [3306]),
        ("tcp 80->8080", [80, 8080]),
        ("tcp 80 → 8080", [80, 8080]),
        ("Cổng:8080", [8080]),
        ("Zcổng:8080", [8080]),  # the one word that may follow a letter
        ("端口：8080", [8080]),
        ("printer.local _ipp._tcp 631", [631]),
        ("_sip._tcp.example.com. 3600 IN SRV 10 5 5060 sip.example.com.", [5060]),
        ("_http._tcp.example.com. 3600 IN TXT", []),
        ("can be reached at office.local.:631 (interface 4)", [631]),
        ("ポート番号 8080", [8080]),
    ],
)
def test_a_form_is_found_where_it_begins(text: str, expected: list[int]) -> None:
    assert ports(text) == expected


def test_within_a_word_nothing_begins() -> None:
    assert ports("airport 80 and viaports: yes") == []


@pytest.mark.parametrize(
    "text", ["10.0.0.1:80", "[::1]:80", "*:80", "80/tcp", "http://a:80/", '("127.0.0.1", 80)']
)
def test_what_stands_behind_an_address_is_certain(text: str) -> None:
    assert ports(text, certain=True) == [80]


def test_the_word_port_alone_is_not_certain() -> None:
    assert ports("port 80 and port 443", certain=True) == []


def test_many_arrows_in_a_line_are_told_by_one_look_at_it() -> None:
    assert len(ports("tcp " + "80->" * 900)) > 1
