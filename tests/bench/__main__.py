"""Prints all benchmarks: `make bench`; `make bench ARGS=knowledge` for one part."""

import sys

from tests.bench import bot, entries, guilds, hostile, imports, knowledge, pictures, soak

PARTS = {
    "knowledge": knowledge.report,
    "entries": entries.report,
    "imports": imports.report,
    "hostile": hostile.report,
    "bot": bot.report,
    "guilds": guilds.report,
    "soak": soak.report,
    "pictures": pictures.report,
}


def main(names: list[str]) -> None:
    """Print the named parts, all where none is named."""
    for name in names or PARTS:
        print(f"== {name}\n")
        PARTS[name]()
        print()


main(sys.argv[1:])
