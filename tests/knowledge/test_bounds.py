"""Numbers that bound what is wanted, or count it, and name no port."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.understand import understand


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("suggest three free ports", 3),
        ("give me 2 unused ports", 2),
        ("i need 1 free port", None),
        ("suggest a free port", None),
        ("three ports are open, why", None),
    ],
)
def test_how_many_ports_are_wanted(base: KnowledgeBase, text: str, count: int | None) -> None:
    question = understand(text, base.vocabulary)
    assert question.count == count
    assert question.ports == ()


def test_a_small_number_behind_the_word_port_counts_nothing(base: KnowledgeBase) -> None:
    assert understand("is port 7 free", base.vocabulary).ports == (7,)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("pick a free port above 40000", (40000, 65535)),
        ("a free port under 9000 please", (1, 9000)),
        ("suggest a port above port 9000", (9000, 65535)),
        ("suggest a free port from 8000-8100", (8000, 8100)),
        ("suggest a free port in the range 22000 to 21000", (21000, 22000)),
        ("20000以上の空きポート", (20000, 65535)),
        ("推荐一个30000以上的空闲端口", (30000, 65535)),
        ("suggest a free port above 70000", None),
    ],
)
def test_bounds_of_a_wish(base: KnowledgeBase, text: str, bounds: tuple[int, int] | None) -> None:
    question = understand(text, base.vocabulary)
    assert (question.bounds, question.ports, question.spans) == (bounds, (), ())


def test_who_wishes_nothing_sets_no_bounds(base: KnowledgeBase) -> None:
    question = understand("what listens above 4444", base.vocabulary)
    assert question.bounds is None


@pytest.mark.parametrize(
    ("text", "spans", "ports"),
    [
        ("ports 33434 to 33600", ((33434, 33600),), ()),
        ("ports between 6000 and 6063", ((6000, 6063),), ()),
        ("ports 6063 to 6000", (), (6063, 6000)),
        ("ports 6000 and 6063", (), (6000, 6063)),
        ("compare port 6000 to 6063", (), (6000, 6063)),
    ],
)
def test_two_ports_with_to_between_them_are_a_range(
    base: KnowledgeBase, text: str, spans: tuple[tuple[int, int], ...], ports: tuple[int, ...]
) -> None:
    question = understand(text, base.vocabulary)
    assert (question.spans, question.ports) == (spans, ports)
