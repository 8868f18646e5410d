"""Which rooms of the bot know of which."""

import subprocess
import sys

import pytest

ALL_OF = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
print(*sys.modules)
"""


def loaded_with(room: str) -> set[str]:
    """Return the modules that come with all modules of a room, in a fresh interpreter."""
    done = subprocess.run(
        (sys.executable, "-c", ALL_OF, room), capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("room", "unknown"),
    [
        ("bot.pictures", {"discord", "bot.cards", "bot.cogs", "bot.client"}),
        ("bot.cards", {"bot.cogs", "bot.client", "bot.settings", "bot.cli"}),
        ("bot.cogs", {"bot.client", "bot.settings", "bot.cli", "bot.playground"}),
    ],
)
def test_a_room_does_not_load_what_it_should_not_know(room: str, unknown: set[str]) -> None:
    assert loaded_with(room) & unknown == set()
