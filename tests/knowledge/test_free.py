"""Free ports: which are chosen, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import commands, compose, free, free_answer
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.free import Wanted, free_ports
from knowledge.model import MAX_PORT, Answer, Intent, PointKind, Protocol, System, Unassigned

COMMON = {"Linux", "macOS", "Windows", "FreeBSD"}
KINDS = (
    "",
    "web api",
    "postgres for tests",
    "minecraft",
    "reverse proxy",
    "мой сервис",
    "grafana",
)


def is_free(number: int, base: KnowledgeBase) -> bool:
    """Tell whether nothing at all speaks against a port."""
    facts = base.facts(number)
    handed_out = {e.system for e in facts.ephemeral if e.current} & COMMON
    return (
        all(isinstance(state, Unassigned) for state in facts.states.values())
        and not facts.risks
        and not facts.browser_blocked
        and not handed_out
        and all(use.last - use.first >= 1000 for use in facts.uses)
    )


@pytest.mark.parametrize("near", [None, 0, 22, 80, 443, 3000, 5432, 8080, 8505, 9999, 10000,
                                  20000, 32768, 49152, 50000, 65535])  # fmt: skip
@pytest.mark.parametrize("count", [1, 3, 10])
def test_nothing_speaks_against_a_chosen_port(
    near: int | None, count: int, base: KnowledgeBase
) -> None:
    ports = free_ports(base, Wanted(near, count=count)).ports
    assert len(set(ports)) == count
    assert list(ports) == sorted(ports)
    assert all(is_free(number, base) for number in ports)
    assert all(1024 <= number < 10000 for number in ports)


@pytest.mark.parametrize("purpose", KINDS)
def test_the_same_question_gives_the_same_ports(purpose: str, base: KnowledgeBase) -> None:
    once = free_ports(base, Wanted(purpose=purpose))
    assert free_ports(base, Wanted(purpose=purpose)) == once
    assert free_ports(base, Wanted(purpose=f"  {purpose.upper()}! ")).ports == once.ports
    assert all(is_free(number, base) for number in once.ports)


def test_different_purposes_get_different_ports(base: KnowledgeBase) -> None:
    chosen = [free_ports(base, Wanted(purpose=f"service {n}")).ports for n in range(20)]
    assert len(set(chosen)) > 15
    near = {free_ports(base, Wanted(8080, f"service {n}")).ports for n in range(20)}
    assert len(near) > 1


@pytest.mark.parametrize(
    ("purpose", "first", "last"),
    [
        ("web api", 8400, 8999),
        ("my own HTTP dashboard", 8400, 8999),
        ("a game server", 7700, 7999),
        ("Minecraft for friends", 7700, 7999),
        ("database", 5500, 5999),
        ("PostgreSQL for tests", 5500, 5999),
        ("Datenbank", 5500, 5999),
        ("metrics exporter", 9200, 9799),
        ("forward proxy", 8500, 8999),
    ],
)
def test_a_purpose_starts_where_people_expect_it(
    purpose: str, first: int, last: int, base: KnowledgeBase
) -> None:
    choice = free_ports(base, Wanted(purpose=purpose, count=10))
    assert choice.band == (first, last)
    assert all(first <= number <= last for number in choice.ports)


def test_a_free_number_that_is_wanted_is_chosen(base: KnowledgeBase) -> None:
    assert free_ports(base, Wanted(8505, count=1)).ports == (8505,)


def test_ports_that_are_taken_are_not_chosen(base: KnowledgeBase) -> None:
    first = free_ports(base, Wanted(8505)).ports
    others = free_ports(base, Wanted(8505, taken=frozenset(first))).ports
    assert not set(first) & set(others)


def test_ports_beside_one_in_heavy_use_are_left_to_it(base: KnowledgeBase) -> None:
    busy = set(base.busy_ports)
    for near in (8500, 5500, 9200, 6379):
        for number in free_ports(base, Wanted(near)).ports:
            assert not busy & {number - 2, number - 1, number + 1, number + 2}


def test_of_ports_as_near_the_one_that_is_easy_to_remember_is_chosen(base: KnowledgeBase) -> None:
    assert free_ports(base, Wanted(5530, count=1)).ports == (5530,)
    assert free_ports(base, Wanted(5547, count=1, taken=frozenset({5547}))).ports[0] % 11 == 0


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        (50000, "so I looked below 10000, where none of them does"),
        (20000, "(FreeBSD), so I looked below 10000"),
        (80, "so I looked around 8080 instead"),
        (8080, "None of the ports from 7960 to 8496 is free of every objection"),
    ],
)
def test_where_the_search_was_widened_it_is_told_and_why(
    near: int, expected: str, base: KnowledgeBase
) -> None:
    assert expected in told(ask(f"/free near:{near}", base))


def test_nearer_ports_that_freebsd_alone_hands_out_are_named(base: KnowledgeBase) -> None:
    choice = free_ports(base, Wanted(20000))
    assert len(choice.nearer) == 3
    for number in choice.nearer:
        facts = base.facts(number)
        assert abs(number - 20000) < 100
        assert {e.system for e in facts.ephemeral if e.current} & COMMON == {"FreeBSD"}


def told(answer: Answer) -> str:
    return "\n".join((answer.summary, *(point.text for point in answer.points)))


def test_an_answer_promises_nothing_and_says_how_to_check(base: KnowledgeBase) -> None:
    answer = ask("/free near:8505", base)
    assert "No list can promise" in told(answer)
    assert len(answer.summary) <= 600
    for system in System:
        assert str(answer.ports[0]) in answer.commands[system][0].line
    expected = commands.for_question(Intent.CHECK, answer.ports[0])
    assert answer.commands[System.LINUX] == expected[System.LINUX]


def test_each_port_has_its_reasons(base: KnowledgeBase) -> None:
    answer = ask("/free count:10 purpose:web api", base)
    official = [p.text for p in answer.points if p.kind is PointKind.OFFICIAL]
    beside = [p.text for p in answer.points if p.kind is PointKind.PRACTICE]
    for facts in answer.facts:
        state = facts.states[Protocol.TCP]
        assert isinstance(state, Unassigned)
        assert sum(f" {state.first}-{state.last} " in text for text in official) <= 1
        assert any(f" {state.first}-{state.last} " in text for text in official) or any(
            f"Port {facts.number} is unassigned." in text for text in official
        )
        assert sum(f" {facts.number}" in text.partition(":")[0] for text in beside) == 1


def test_ports_in_common_use_beside_are_in_common_use(base: KnowledgeBase) -> None:
    below, above = free.busy_beside(8505, base)
    assert below is not None
    assert above is not None
    assert below < 8505 < above
    for number in (below, above):
        assert compose.leading_use(base.facts(number), None) is not None


def test_words_and_the_command_give_equally_good_ports(base: KnowledgeBase) -> None:
    for text in ("need a port for my game server", "port 5432 is taken, suggest another"):
        answer = ask(text, base)
        assert answer.intent is Intent.SUGGEST
        assert all(is_free(number, base) for number in answer.ports)
    assert all(7700 <= n <= 7999 for n in ask("need a port for my game server", base).ports)
    assert 5432 not in ask("port 5432 is taken, suggest another", base).ports


def test_bounds_in_words_are_kept(base: KnowledgeBase) -> None:
    answer = ask("suggest a free port between 20000 and 30000", base)
    assert all(20000 <= number <= 30000 for number in answer.ports)
    assert "keep the port out of that range" in answer.summary
    nothing = ask("suggest a free port between 1024 and 1100", base)
    assert nothing.ports == ()
    assert "No port between 1024 and 1100" in nothing.summary


def test_a_wish_is_told_in_the_readers_language(base: KnowledgeBase) -> None:
    assert ask("/free near:80", base, Context("de")).question.language == "de"
    assert ask("/free", base).question.language == "en"


wishes = st.builds(
    Wanted,
    st.none() | st.integers(0, MAX_PORT),
    st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,3}", fullmatch=True) | st.just(""),
    st.integers(1, free.MOST),
    st.none() | st.sampled_from(Protocol),
)


@given(wishes)
def test_a_wish_is_read_as_it_is_written(wanted: Wanted) -> None:
    assert free.read(free.written(wanted)) == wanted


@given(st.text())
def test_any_text_is_a_wish_or_none(text: str) -> None:
    free.read(text)
    free.read(f"/free {text}")
    free.read(f"/free purpose:{text}")


@pytest.mark.parametrize("text", ["/free near:99999", "/free count:11", "/free count:0", "/freeze",
                                  "free near:80", "/free near:x"])  # fmt: skip
def test_what_is_no_wish_is_left_to_others(text: str) -> None:
    assert free.read(text) is None


def test_a_wish_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="port number out of range"):
        Wanted(near=65536)
    with pytest.raises(ValueError, match="count out of range"):
        Wanted(count=11)


def test_a_question_in_words_wants_at_most_ten(base: KnowledgeBase) -> None:
    question = ask("suggest 500 free ports", base).question
    assert free_answer.wanted_of(question).count <= free.MOST
