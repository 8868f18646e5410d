"""Prints all benchmarks: `make bench`; `make bench ARGS=knowledge` for one part."""

import sys

from tests.bench import hostile, knowledge

PARTS = {"knowledge": knowledge.report, "hostile": hostile.report}


def main(names: list[str]) -> None:
    """Print the named parts, all where none is named."""
    for name in names or PARTS:
        PARTS[name]()


main(sys.argv[1:])
