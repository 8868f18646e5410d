import pytest

from knowledge import match, spelling
from knowledge.base import KnowledgeBase
from knowledge.understand import understand
from knowledge.vocabulary import Concept


def first_port(base: KnowledgeBase, text: str) -> int | None:
    subjects = match.subjects(understand(text, base.vocabulary), base.vocabulary)
    return subjects[0].places[0].number if subjects else None


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("postgresql port", 5432),
        ("postgres", 5432),
        ("home assistant port", 8123),
        ("homeassistant port", 8123),
        ("home-assistant port", 8123),
        ("rabbitmq management ui port", 15672),
        ("rabbitmq port", 5672),
        ("fujitsu-dev", 747),
        ("pcsync https", 8443),
        ("tacacs+ port", 49),
    ],
)
def test_a_name_is_found_however_it_is_spaced(base: KnowledgeBase, text: str, port: int) -> None:
    assert first_port(base, text) == port


@pytest.mark.parametrize(
    ("typo", "port"),
    [
        ("elasticsaerch port", 9200),
        ("wiregaurd port", 51820),
        ("postgress port", 5432),
        ("kuberntes api port", 6443),
        ("mongdb port", 27017),
    ],
)
def test_a_typo_away_is_near_enough(base: KnowledgeBase, typo: str, port: int) -> None:
    assert first_port(base, typo) == port


def test_near_words_are_sorted_by_edits(base: KnowledgeBase) -> None:
    found = spelling.near("wiregaurd", base.connection)
    assert ("wireguard", 1) in found
    assert [edits for _, edits in found] == sorted(edits for _, edits in found)


@pytest.mark.parametrize(
    "typo",
    ["wirguard", "wireguardd", "wireguqrd", "wierguard", "ireguard", "wirguadr", "wireguared"],
)
def test_a_word_is_near_whichever_edit_was_made(base: KnowledgeBase, typo: str) -> None:
    assert "wireguard" in {word for word, _ in spelling.near(typo, base.connection)}


def test_two_early_edits_make_another_word(base: KnowledgeBase) -> None:
    assert spelling.near("wyregoard", base.connection) == ()


@pytest.mark.parametrize(
    "word", ["", "a", "ssh", "x" * 500, "\U0001f9c2\U0001f9c2\U0001f9c2\U0001f9c2"]
)
def test_a_word_too_short_or_too_strange_has_no_near_words(base: KnowledgeBase, word: str) -> None:
    assert spelling.near(word, base.connection) == ()


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("plexin oletusportti", 32400),
        ("a redisnek melyik a portja", 6379),
        ("порт постгреса", 5432),
        ("port jenkinsa", 8080),
    ],
)
def test_a_name_is_found_with_its_ending(base: KnowledgeBase, text: str, port: int) -> None:
    assert first_port(base, text) == port


@pytest.mark.parametrize(
    ("text", "port"), [("postgrespoort", 5432), ("redisporten", 6379), ("plexport", 32400)]
)
def test_a_name_and_the_word_port_may_be_one_word(
    base: KnowledgeBase, text: str, port: int
) -> None:
    assert first_port(base, text) == port


@pytest.mark.parametrize("word", ["passport", "teleport", "newport", "support", "transport"])
def test_other_words_that_end_so_are_no_ports(base: KnowledgeBase, word: str) -> None:
    assert not understand(f"my {word} expired", base.vocabulary).concepts & Concept.PORT
