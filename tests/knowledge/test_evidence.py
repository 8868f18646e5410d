"""Which numbers of a text are ports: by their own kind, and by what stands around them."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.evidence import ENOUGH
from knowledge.understand import understand


def evidence(text: str, base: KnowledgeBase) -> float:
    return understand(text, base.vocabulary).evidence


@pytest.mark.parametrize(
    "text",
    [
        "chapter 3306 is long",
        "see line 8080",
        "page 443 please",
        "error code: 5432",
        "seite 443 im handbuch",
        "voir la page 8080",
        "страница 443",
        "a 3080 and a 5090",
    ],
)
def test_what_has_numbers_of_its_own_keeps_them(base: KnowledgeBase, text: str) -> None:
    assert understand(text, base.vocabulary).ports == ()


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("line 80 of the config says port 8443, whats that", (8443,)),
        ("page 12 names 5671, is it safe?", (5671,)),
    ],
)
def test_beside_them_a_port_is_still_found(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    assert understand(text, base.vocabulary).ports == ports


@pytest.mark.parametrize("text", ["3000 books", "my code is 8080", "we read 5000 pages"])
def test_an_everyday_word_right_beside_a_number_claims_it(base: KnowledgeBase, text: str) -> None:
    assert understand(text, base.vocabulary).ports == ()


def test_where_a_port_is_asked_about_it_leaves_a_doubt(base: KnowledgeBase) -> None:
    plain = evidence("what is the 8443", base)
    assert plain > evidence("what is the 8443 jacket", base) >= ENOUGH


def test_an_everyday_word_further_away_claims_nothing(base: KnowledgeBase) -> None:
    assert understand("my book says 514 is what?", base.vocabulary).ports == (514,)


@pytest.mark.parametrize(
    ("text", "port"),
    [("plex 32400", 32400), ("27036, steam?", 27036), ("steam 27036 please", 27036)],
)
def test_a_port_of_what_is_named_is_that_things_port(
    base: KnowledgeBase, text: str, port: int
) -> None:
    assert understand(text, base.vocabulary).ports == (port,)


def test_a_number_is_surer_beside_the_thing_whose_port_it_is(base: KnowledgeBase) -> None:
    assert evidence("the grafana thing on 3000 again", base) > evidence(
        "the grafana thing on 3100 again", base
    )


@pytest.mark.parametrize(("text", "ports"), [("postgres 16", ()), ("postgres 5432", (5432,))])
def test_a_small_number_behind_a_name_is_its_version(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    assert understand(text, base.vocabulary).ports == ports


def test_another_trade_in_another_sentence_counts_for_less(base: KnowledgeBase) -> None:
    same = evidence("what does the invoice say of port 8443?", base)
    other = evidence("The invoice came. What is port 8443?", base)
    none = evidence("The cable came. What is port 8443?", base)
    assert none > other > same > 0.0


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("5432yi kim kullanıyor", 5432),
        ("8080'i hangi program kullanıyor", 8080),
        ("22den bağlanamıyorum", 22),
        ("a 8080-at mi használja", 8080),
        ("a 3306ot mi használja", 3306),
        ("was läuft auf dem 1433er", 1433),
        ("wofür ist der 8443er", 8443),
    ],
)
def test_a_number_is_found_with_its_ending(base: KnowledgeBase, text: str, port: int) -> None:
    assert understand(text, base.vocabulary).ports == (port,)


@pytest.mark.parametrize("text", ["what is a 1080p stream", "5000mah", "20th floor", "8080abc"])
def test_letters_that_are_no_ending_make_no_port_of_a_number(
    base: KnowledgeBase, text: str
) -> None:
    assert understand(text, base.vocabulary).ports == ()


def test_a_number_that_merely_might_be_a_port_gives_way_to_one_that_is(
    base: KnowledgeBase,
) -> None:
    assert understand("how 2 check port 80", base.vocabulary).ports == (80,)
    assert understand("ports 7 and 80", base.vocabulary).ports == (7, 80)


@pytest.mark.parametrize("text", ["404 not found", "the page gives 502", "got a 503 again"])
def test_answers_of_web_servers_are_no_ports(base: KnowledgeBase, text: str) -> None:
    assert understand(text, base.vocabulary).ports == ()


def test_but_they_are_beside_the_word_port(base: KnowledgeBase) -> None:
    assert understand("port 502 is open, why", base.vocabulary).ports == (502,)
