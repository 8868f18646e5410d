"""Prints weights for `knowledge/concept_questions.py`: `python -m tests.knowledge.concepts`."""

import math
import tempfile
from collections.abc import Sequence
from operator import mul
from pathlib import Path

from knowledge.concept_questions import AT_FIRST, WEIGHTS, Evidence
from tests.knowledge.concepts.evidence import Observed, observed
from tests.knowledge.concepts.fit import fit


def main() -> None:
    """Print the weights that fit best, and what those of the program and they accept."""
    with tempfile.TemporaryDirectory() as folder:
        texts = list(observed(Path(folder)))
    fitted = fit(
        [each.evidence for each in texts],
        [each.asked for each in texts],
        [each.counts for each in texts],
    )
    lines = [f"{'':<18}{'now':>8}{'fitted':>8}"]
    for name, now, best in zip(Evidence._fields, WEIGHTS, fitted[:-1], strict=True):
        lines.append(f"{name:<18}{now:8.2f}{best:8.2f}")
    lines.append(f"{'at first':<18}{AT_FIRST:8.2f}{fitted[-1]:8.2f}\n")
    lines.append(f"{'accepted of':<32}{'texts':>8}{'now':>8}{'fitted':>8}")
    for kind in dict.fromkeys(each.kind for each in texts):
        for asked in (True, False):
            some = [each for each in texts if each.kind == kind and each.asked == asked]
            if some:
                now = _accepted(some, WEIGHTS, AT_FIRST)
                best = _accepted(some, fitted[:-1], fitted[-1])
                name = f"{kind}, {'asked' if asked else 'not asked'}"
                lines.append(f"{name:<32}{len(some):8,}{now:8.1%}{best:8.1%}")
    print("\n".join(lines))  # noqa: T201 (this is what the command is for)


def _accepted(texts: Sequence[Observed], weights: Sequence[float], constant: float) -> float:
    odds = (constant + math.fsum(map(mul, weights, each.evidence)) for each in texts)
    return sum(each >= 0.0 for each in odds) / len(texts)


main()
