import sqlite3
from bisect import bisect_left
from pathlib import Path
from typing import assert_never

import pytest

from knowledge.base import KnowledgeBase, KnowledgeBaseError
from knowledge.model import (
    Assigned,
    Dynamic,
    PortFacts,
    PortRange,
    Protocol,
    Reserved,
    Risk,
    Status,
    System,
    Unassigned,
    Use,
    status_word,
)
from knowledge.sources import registry
from knowledge.sources.registry import Standing

TCP, UDP, SCTP, DCCP = Protocol
LATER = {(5543, TCP)}  # renamed after IANA's file that we compare with; see test_packages.py


@pytest.fixture(scope="module")
def every(base: KnowledgeBase) -> tuple[PortFacts, ...]:
    """The facts of all 65,536 ports."""
    return tuple(base.facts(number) for number in range(65536))


def test_every_port_has_a_state_for_every_protocol(every: tuple[PortFacts, ...]) -> None:
    for number, facts in enumerate(every):
        assert facts.number == number
        assert tuple(facts.states) == tuple(Protocol)
        assert (facts.range is PortRange.DYNAMIC) == (Dynamic() in facts.states.values())


def test_every_unassigned_port_lies_in_its_unbroken_block(every: tuple[PortFacts, ...]) -> None:
    free = [
        all(isinstance(state, Unassigned) for state in facts.states.values()) for facts in every
    ]
    for number, facts in enumerate(every):
        for state in facts.states.values():
            if isinstance(state, Unassigned):
                first, last = state.first, state.last
                assert first <= number <= last
                if free[number]:
                    assert all(free[first : last + 1])
                    assert not free[first - 1]
                    assert not free[last + 1]
                else:
                    assert first == last


def test_every_port_knows_its_nearest_assigned_neighbours(every: tuple[PortFacts, ...]) -> None:
    assigned = [
        number
        for number, facts in enumerate(every)
        if any(isinstance(state, Assigned) for state in facts.states.values())
    ]
    for number, facts in enumerate(every):
        place = bisect_left(assigned, number)
        before = assigned[place - 1] if place else None
        after = place + (place < len(assigned) and assigned[place] == number)
        assert facts.previous == before
        assert facts.next == (assigned[after] if after < len(assigned) else None)


def test_every_assignment_covers_its_port(every: tuple[PortFacts, ...]) -> None:
    for facts in every:
        for protocol, state in facts.states.items():
            if isinstance(state, Assigned):
                assert state.assignments
                for assignment in state.assignments:
                    assert assignment.protocol is protocol
                    assert assignment.first <= facts.number <= assignment.last


def test_every_state_is_that_of_iana(every: tuple[PortFacts, ...], shared: Path) -> None:
    rows = registry.read(shared / "data" / "iana-service-names-port-numbers.csv")
    listed: dict[tuple[int, Protocol], list[registry.Row]] = {}
    for row in rows:
        for number in row.numbers:
            for protocol in row.protocols:
                listed.setdefault((number, protocol), []).append(row)
    different = {
        (facts.number, protocol)
        for facts in every
        for protocol, state in facts.states.items()
        if not agrees(facts.number, state, listed.get((facts.number, protocol), []))
    }
    assert different == LATER


def agrees(number: int, state: Status, rows: list[registry.Row]) -> bool:
    names = {row.name for row in rows if row.name}
    reserved = {row.reason for row in rows if row.standing is Standing.RESERVED}
    match state:
        case Assigned(assignments):
            return {assignment.name for assignment in assignments} == names
        case Reserved(reason):
            return not names and reason in reserved
        case Unassigned():
            return not names and not reserved and number < 49152
        case Dynamic():
            return not rows and number >= 49152
        case _:
            assert_never(state)


@pytest.mark.parametrize(
    ("number", "block", "previous", "following"),
    [
        (756, (755, 757), 754, 758),
        (940, (916, 952), 915, 953),
        (4, (4, 4), 1, 5),
        (29500, (29170, 29998), 29169, 29999),
    ],
)
def test_an_unassigned_port_tells_its_block_and_neighbours(
    base: KnowledgeBase,
    number: int,
    block: tuple[int, int],
    previous: int,
    following: int,
) -> None:
    facts = base.facts(number)
    assert facts.states[TCP] == Unassigned(*block)
    assert (facts.previous, facts.next) == (previous, following)


def test_a_protocol_that_is_not_listed_is_unassigned_by_itself(base: KnowledgeBase) -> None:
    facts = base.facts(576)
    assert status_word(facts.states[TCP]) == "assigned"
    assert facts.states[SCTP] == Unassigned(576, 576)


def test_the_ends_of_the_number_space_have_no_neighbour_beyond(base: KnowledgeBase) -> None:
    assert (base.facts(0).previous, base.facts(0).next) == (None, 1)
    assert base.facts(65535).next is None
    assert base.facts(65535).previous == base.facts(49152).previous == 49150


@pytest.mark.parametrize("number", [-1, 65536])
def test_what_is_no_port_number_is_refused(base: KnowledgeBase, number: int) -> None:
    with pytest.raises(ValueError, match=f"out of range: {number}"):
        base.facts(number)


def test_60156_is_handed_out_by_linux_and_windows_by_default(base: KnowledgeBase) -> None:
    ranges = base.facts(60156).ephemeral
    current = [(r.system, r.first, r.last) for r in ranges if r.current]
    assert ("Linux", 32768, 60999) in current
    assert ("Windows", 49152, 65535) in current
    assert [r.current for r in ranges] == sorted((r.current for r in ranges), reverse=True)
    named = [System(r.system.casefold()) for r in ranges[:4]]
    assert sorted(named) == sorted(System)


def test_browsers_block_6000_and_not_8080(base: KnowledgeBase) -> None:
    assert base.facts(6000).browser_blocked
    assert not base.facts(8080).browser_blocked


def test_the_article_of_a_port_comes_with_its_facts(base: KnowledgeBase) -> None:
    article = base.facts(576).article
    assert article is not None
    assert article.title == "Port 576: ipcd"
    assert article == base.article(576)
    assert article.origin == ""
    assert article.sections[0].heading == "What it is"
    assert base.facts(49000).article is None


def test_a_page_is_found_by_its_words(base: KnowledgeBase) -> None:
    found = base.articles_about(["bindresvport", "privileged"])
    assert 940 in {port for article in found for port in article.ports}
    assert base.articles_about(['"', "*", "NEAR("], limit=1) == base.articles_about(["near"], 1)
    assert base.articles_about(["?!"]) == ()


def test_a_service_is_found_by_its_name_in_any_case(base: KnowledgeBase) -> None:
    assert {(a.first, a.protocol) for a in base.assignments_of("HTTPS")} >= {
        (443, TCP),
        (443, UDP),
    }
    assert base.assignments_of("no-such-name") == ()


def test_the_uses_of_a_product_begin_with_its_main_port(base: KnowledgeBase) -> None:
    uses = base.uses_of("OPENSSH")
    assert uses[0].first == 22
    assert [use.weight for use in uses] == sorted((use.weight for use in uses), reverse=True)


def test_the_uses_and_risks_of_a_port_are_those_that_cover_it(
    base: KnowledgeBase, every: tuple[PortFacts, ...]
) -> None:
    seen = 0
    for facts in every:
        ranks = [(use.last - use.first >= 100, -use.weight) for use in facts.uses]
        assert ranks == sorted(ranks)
        known: tuple[Use | Risk, ...] = (*facts.uses, *facts.risks)
        for fact in known:
            assert fact.first <= facts.number <= fact.last
            assert fact.source.title
        seen += len(facts.uses)
    (total,) = base.connection.execute("SELECT sum(last - first + 1) FROM use").fetchone()
    assert seen == total


def test_unassigned_blocks_are_clipped_to_what_is_asked(base: KnowledgeBase) -> None:
    assert base.unassigned_blocks(900, 960) == ((904, 909), (916, 952), (954, 960))
    assert base.unassigned_blocks(756, 756) == ((756, 756),)
    assert base.unassigned_blocks(80, 80) == ()


def test_used_ports_are_those_with_a_use_a_risk_or_a_block(
    base: KnowledgeBase, every: tuple[PortFacts, ...]
) -> None:
    expected = {
        facts.number
        for facts in every[1000:9000]
        if facts.uses or facts.risks or facts.browser_blocked
    }
    assert base.used_ports(1000, 8999) == expected
    assert expected


def test_faqs_are_found_by_slug(base: KnowledgeBase) -> None:
    faq = base.faq("what-is-a-port")
    assert faq is not None
    assert faq.wordings
    assert faq in base.faqs()
    assert base.faq("no-such-slug") is None


def test_nothing_can_be_written(base: KnowledgeBase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base.connection.execute("DELETE FROM meta")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"there is no file .*none\.sqlite"):
        KnowledgeBase.open(tmp_path / "none.sqlite")


def test_a_path_with_odd_letters_opens(base_path: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a b?c#d%20é.sqlite"
    odd.write_bytes(base_path.read_bytes())
    opened = KnowledgeBase.open(odd)
    assert opened.facts(80).number == 80
    opened.close()
