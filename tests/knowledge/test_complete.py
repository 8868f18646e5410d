import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.complete import complete


def texts(typed: str, base: KnowledgeBase) -> list[str]:
    return [suggestion.text for suggestion in complete(typed, base)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("576", "576"),
        ("53/udp", "53/udp"),
        ("53/", "53"),
        ("postgresql", "5432"),
        ("postg", "5432"),
        ("ssh", "22"),
        ("SSH", "22"),
        ("which port does redis use", "6379"),
        ("", "443"),
    ],
)
def test_the_likeliest_port_stands_first(typed: str, first: str, base: KnowledgeBase) -> None:
    assert texts(typed, base)[0] == first


def test_several_ports_of_a_product_are_told_apart(base: KnowledgeBase) -> None:
    labels = {each.text: each.label for each in complete("minecraft java", base)}
    assert labels["25575"] == "Minecraft Java: 25575 (RCON)"
    assert len(set(labels.values())) == len(labels)


def test_a_number_is_continued_with_ports_in_use(base: KnowledgeBase) -> None:
    assert {"80", "8080", "88"} <= set(texts("8", base))


def test_a_number_that_is_no_port_has_no_suggestions(base: KnowledgeBase) -> None:
    assert texts("99999", base) == []


def test_a_label_tells_which_port_it_is(base: KnowledgeBase) -> None:
    (suggestion,) = complete("53/udp", base)
    assert suggestion.label.startswith("53/udp: domain")


def test_a_product_is_named_as_people_write_it(base: KnowledgeBase) -> None:
    assert complete("postgresql", base)[0].label == "PostgreSQL: 5432 (server)"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("postgers", "PostgreSQL: 5432 (server)"),
        ("htttp", "HTTP: 80 (web)"),
        ("htps", "HTTPS: 443 (web over TLS)"),
        ("grafna", "Grafana: 3000 (web UI)"),
        ("rabitmq", "RabbitMQ: 5672 (AMQP 0-9-1 and 1.0)"),
        ("minecarft", "Minecraft Java: 25565 (game server)"),
    ],
)
def test_a_mistyped_name_is_completed(typed: str, label: str, base: KnowledgeBase) -> None:
    assert complete(typed, base)[0].label == label


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_typed_gets_at_most_25_different_suggestions(
    base: KnowledgeBase, typed: str
) -> None:
    found = texts(typed, base)
    assert len(found) == len(set(found)) <= 25
