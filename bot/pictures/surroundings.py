"""The 64 ports around a port: what of them a picture shows, and its alt text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import NullTranslations
from itertools import groupby

from bot.pictures import words
from bot.pictures.marks import Mark, mark_of, tally
from knowledge.model import MAX_PORT, Assigned, PortFacts, Source
from knowledge.phrasebook import joined

COLUMNS = 8
PORTS = 64
ALT = 1024  # characters, Discord's limit of a description
_ABOVE = 3  # rows above that of the port; four are below
_NARROW = 64  # ports; a wider use is not about any of them
_NAMED = 12  # at most that many names in an alt text


@dataclass(frozen=True, slots=True)
class Cell:
    """A port on the map.

    Attributes:
        name: its service name, else the product that uses it most; "" where there is none.
        source: of a product.
    """

    number: int
    mark: Mark
    name: str = ""
    source: Source | None = None

    @property
    def in_practice(self) -> bool:
        """Whether it is used, though not assigned."""
        return bool(self.name) and self.mark is not Mark.ASSIGNED


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A port and those around it, in rows of eight that begin at multiples of eight."""

    asked: int
    cells: tuple[Cell, ...]

    @property
    def framed(self) -> Cell:
        """The port that was asked for."""
        return self.cells[self.asked - self.cells[0].number]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the products come from, each once."""
        return tuple(dict.fromkeys(cell.source for cell in self.cells if cell.source is not None))

    @property
    def tally(self) -> dict[Mark, int]:
        """How many ports have each status."""
        return tally("".join(cell.mark for cell in self.cells).encode())


def around(number: int, facts: Callable[[int], PortFacts]) -> Surroundings:
    """Return the 64 ports around a port, which stands in their fourth row where that exists.

    Args:
        number: 0 to 65535.
        facts: of a port, such as KnowledgeBase.facts.
    """
    row = number // COLUMNS - _ABOVE
    first = max(0, min(row * COLUMNS, MAX_PORT + 1 - PORTS))
    return Surroundings(number, tuple(_cell(facts(each)) for each in range(first, first + PORTS)))


def describe(view: Surroundings, phrases: NullTranslations) -> str:
    """Return in words what the picture shows, with the nearest names; at most `ALT` characters."""
    tell = phrases.gettext
    asked = view.framed
    status = tell(words.STATUSES[asked.mark])
    framed = words.FRAMED_NAMED if asked.name else words.FRAMED
    told = [
        tell(words.AROUND_ALT).format(first=view.cells[0].number, last=view.cells[-1].number),
        tell(framed).format(number=asked.number, status=status, name=asked.name),
        words.counts_sentence(view.tally, phrases),
    ]
    near = [cell for cell in view.cells if cell.name and cell is not asked]
    official = [cell for cell in near if cell.mark is Mark.ASSIGNED]
    used = [cell for cell in near if cell.in_practice]
    for sentence, cells in ((words.NAMED, official), (words.USED, used)):
        if cells:
            told.append(tell(sentence).format(ports=_list(_nearest(cells, view.asked), phrases)))
    while len(" ".join(told)) > ALT:
        told.pop()
    return " ".join(told)


def _nearest(cells: Iterable[Cell], number: int) -> list[Cell]:
    found = sorted(cells, key=lambda cell: (abs(cell.number - number), cell.number))[:_NAMED]
    return sorted(found, key=lambda cell: cell.number)


def _list(cells: Iterable[Cell], phrases: NullTranslations) -> str:
    """Return the ports with their names; those side by side that share one as a range."""
    named: list[str] = []
    for name, run in groupby(cells, key=lambda cell: cell.name):
        numbers = [cell.number for cell in run]
        for first, last in _runs(numbers):
            named.append(f"{first} {name}" if first == last else f"{first}-{last} {name}")
    return joined(named, phrases)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each unbroken run of ascending numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _cell(facts: PortFacts) -> Cell:
    mark = mark_of(facts)
    if mark is Mark.ASSIGNED:
        states = facts.states.values()
        named = next(status for status in states if isinstance(status, Assigned))
        return Cell(facts.number, mark, named.assignments[0].name)
    use = next((use for use in facts.uses if use.last - use.first < _NARROW), None)
    return Cell(facts.number, mark, use.product, use.source) if use else Cell(facts.number, mark)
