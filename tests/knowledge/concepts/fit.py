"""Logistic regression, small enough to be written down: a few features, some thousand rows."""

import math
from collections.abc import Sequence
from operator import mul

_ROUNDS = 30  # Newton's method is done long before
_DONE = 1e-6
_RIDGE = 1.0  # keeps weights small where the rows say little


def fit(
    rows: Sequence[Sequence[float]], asked: Sequence[bool], counts: Sequence[float]
) -> list[float]:
    """Return a weight for each column, and the constant behind them.

    Args:
        rows: of each text, what speaks for it.
        asked: whether it is true of it.
        counts: how much it counts.
    """
    full = [(*row, 1.0) for row in rows]
    width = len(full[0])
    weights = [0.0] * width
    for _ in range(_ROUNDS):
        gradient = [_RIDGE * weight for weight in weights]
        gradient[-1] = 0.0
        curve = [[_RIDGE * (a == b) for b in range(width)] for a in range(width)]
        curve[-1][-1] = 0.0
        for row, right, count in zip(full, asked, counts, strict=True):
            likely = 1.0 / (1.0 + math.exp(-sum(map(mul, weights, row))))
            off = count * (likely - right)
            bent = count * likely * (1.0 - likely)
            for a, value in enumerate(row):
                if value:
                    gradient[a] += off * value
                    for b in range(a + 1):
                        curve[a][b] += bent * value * row[b]
        for a in range(width):
            for b in range(a):
                curve[b][a] = curve[a][b]
        step = _solved(curve, gradient)
        weights = [weight - each for weight, each in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _DONE:
            break
    return weights


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with matrix * x = right, by elimination; the matrix is positive definite."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for place in range(size):
        pivot = rows[place]
        for row in rows[place + 1 :]:
            share = row[place] / pivot[place]
            for column in range(place, size + 1):
                row[column] -= share * pivot[column]
    found = [0.0] * size
    for place in reversed(range(size)):
        row = rows[place]
        known = sum(row[column] * found[column] for column in range(place + 1, size))
        found[place] = (row[size] - known) / row[place]
    return found
