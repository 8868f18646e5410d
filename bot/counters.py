"""What happens, counted: for the log at the end, and for metrics."""

from collections import Counter
from collections.abc import Iterator


class Counters:
    """Whole numbers by name and label; they only rise."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, label: str = "") -> None:
        """Count one more.

        Args:
            name: what happened: "answers", "unanswerable".
            label: of which kind, from a small set: "about", "10062". Never what a user wrote.
        """
        self._counts[name, label] += 1

    def of(self, name: str, label: str = "") -> int:
        """Return how often it happened."""
        return self._counts[name, label]

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Yield name, label and number, by name and label."""
        for (name, label), number in sorted(self._counts.items()):
            yield name, label, number

    def __str__(self) -> str:
        """Return all in one line, such as "answers{about}=3 shared=1"."""
        return " ".join(
            f"{name}{{{label}}}={number}" if label else f"{name}={number}"
            for name, label, number in self
        )
