import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import PointKind


@pytest.mark.parametrize(
    ("asked", "ranges"),
    [
        ("ports 6881-6889", ["User Ports"]),
        ("ports 1000-1100", ["System Ports", "User Ports"]),
        ("ports 1-65535", ["System Ports", "User Ports", "Dynamic Ports"]),
    ],
)
def test_every_range_that_it_touches_is_named(
    asked: str, ranges: list[str], base: KnowledgeBase
) -> None:
    first, _ = ask(asked, base).summary.split(". ", 1)
    named = [each for each in ("System Ports", "User Ports", "Dynamic Ports") if each in first]
    assert named == ranges


@pytest.mark.parametrize(("first", "last"), [(8000, 8099), (1, 65535)])
def test_what_is_not_listed_is_counted(first: int, last: int, base: KnowledgeBase) -> None:
    told = {point.kind: point.text for point in ask(f"ports {first}-{last}", base).points}
    names = {name for _, name in base.services_between(first, last, 100_000)}
    products = {name for _, name in base.products_between(first, last, 100_000)}
    for kind, known in ((PointKind.OFFICIAL, names), (PointKind.PRACTICE, products)):
        assert len(known) > 12
        assert told[kind].endswith(f"And {len(known) - 12:,} more.")


def test_a_risk_is_told_of_its_port(base: KnowledgeBase) -> None:
    risks = [p.text for p in ask("ports 23-25", base).points if p.kind is PointKind.RISK]
    assert risks
    assert all(text.startswith(("23: ", "25: ")) for text in risks)
