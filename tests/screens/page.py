"""Writes docs/cards.md; `make docs` does so, and a test holds the page against today's bot."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.base import KnowledgeBase
from tests.screens.scenes import KINDS
from tests.screens.stage import raised

PAGE = Path(__file__).parents[2] / "docs" / "cards.md"
NOW = datetime(2026, 11, 21, tzinfo=UTC)  # of the knowledge base from which the page is made
INTRODUCTION = """\
# Cards

Every kind of answer as people see it on Discord, as text: `[buttons]`, `<menu: choices>` with a
star at what is chosen, pictures by their description. Made by `make docs` from the real bot's
answers, so it cannot go stale.
"""


async def page(base: KnowledgeBase) -> str:
    """Return the page, in Markdown."""
    parts = [INTRODUCTION]
    with TemporaryDirectory() as folder:
        async with raised(base, Path(folder)) as stage:
            for group, kinds in KINDS.items():
                parts.append(f"## {group}\n")
                for kind in kinds:
                    text = "\n".join(await kind.screen(stage))
                    note = f"{kind.note}\n\n" if kind.note else ""
                    parts.append(f"### {kind.heading}\n\n{note}```text\n{text}\n```\n")
    return "\n".join(parts)


def write(base: KnowledgeBase) -> None:
    """Write the page anew."""
    PAGE.write_text(asyncio.run(page(base)), encoding="utf-8")
