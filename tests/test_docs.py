"""What the papers say is so."""

import re
import tomllib
from pathlib import Path

import pytest
from click import Context
from discord import AppCommandType

from bot.__main__ import COMMANDS, main
from bot.client import Portolan
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from tests import showcase
from tests.screens import page as cards

SLASH = AppCommandType.chat_input
ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_of_answers_is_what_is_answered_today(base: KnowledgeBase) -> None:
    assert showcase.PAGE.read_text(encoding="utf-8") == showcase.page(base), "run make docs"


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Not sure what was meant", "Did you mean"),
        ("Nothing found", "I do not know that one"),
        ("Several ports", "Port 25 and port 587"),
        ("/free", "Free to take: "),
        ("Share", "Shared by @Ada"),
        ("Asked too much", "Slow down a little"),
        ("Something is broken", "Something went wrong on our side"),
    ],
)
def test_a_card_shows_what_its_heading_says(heading: str, shown: str) -> None:
    page = cards.PAGE.read_text(encoding="utf-8")
    _, _, below = page.partition(f"\n### {heading}\n")
    assert shown in below.partition("\n### ")[0]


async def test_the_page_of_cards_is_what_is_seen_today(base: KnowledgeBase) -> None:
    assert cards.PAGE.read_text(encoding="utf-8") == await cards.page(base), "run make docs"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"portolan {command}" in README


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"^ {4}portolan ([a-z]+)", README, re.MULTILINE))
    assert named <= set(main.list_commands(Context(main)))


def test_the_readme_names_every_setting_and_no_other() -> None:
    fields = {name.upper() for name in Settings.model_fields}
    table = set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))
    aliases = {
        str(field.validation_alias) for field in Settings.model_fields.values()
        if field.validation_alias
    }  # fmt: skip
    assert table == (aliases or fields)


async def test_the_readme_names_every_command_on_discord_and_no_other(
    base: KnowledgeBase,
) -> None:
    client = Portolan(base)
    await client.add_features()
    there = {f"/{command.name}" for command in client.tree.get_commands(type=SLASH)}
    rows = re.findall(r"^\| (`/[a-z`, /]+) \|", README, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"/[a-z]+", row)} == there


def test_every_target_that_the_readme_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z]+)`", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_the_papers_link_to_exists() -> None:
    for paper in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"


def test_the_wheel_holds_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [
        "bot",
        "knowledge",
    ]
