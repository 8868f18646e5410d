"""Pastes as people make them, in tests/knowledge/pastes/: every port of each, with its role.

A case is a line `=== name`, the paste, and a line `--- 22 listener, 6000-6010 rule` or `---`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import paste
from knowledge.base import KnowledgeBase
from knowledge.explain import names_of
from knowledge.pasted.model import PastedPort

FOLDER = Path(__file__).parent / "pastes"


def cases(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    name, lines = "", list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            name, lines = line[4:], []
        elif line.startswith("--- ") and name:
            yield name, "\n".join(lines), line[4:].split(", ")
            name = ""
        else:
            lines.append(line)


CASES = [
    pytest.param(text, expected, id=f"{path.stem}: {name}")
    for path in sorted(FOLDER.glob("*.txt"))
    for name, text, expected in cases(path)
]


def told(port: PastedPort) -> str:
    numbers = str(port.number) if port.last is None else f"{port.number}-{port.last}"
    return f"{numbers} {port.role.value}"


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_every_port_is_read_in_order_with_its_role(
    text: str, expected: list[str], base: KnowledgeBase
) -> None:
    found = paste.read(text, names_of(base))
    assert found is not None
    assert [told(port) for port in found.ports] == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_paste_is_seen_at_a_glance(text: str, expected: list[str]) -> None:
    assert expected
    assert paste.may_be_pasted(text)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_line_ends_and_tabs_of_other_systems_change_nothing(
    text: str, expected: list[str], base: KnowledgeBase
) -> None:
    names = names_of(base)
    changed = text.replace("\n", "\r\n")
    found = paste.read(changed, names)
    assert found is not None
    assert [told(port) for port in found.ports] == expected
