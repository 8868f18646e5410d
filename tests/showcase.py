"""Writes docs/answers.md, ten answers as they look on a terminal, and docs/cards.md.

`make docs` writes the pages anew; tests hold them against what is answered today.
"""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.cards.terminal import print_answer
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from knowledge.model import System
from tests.screens import page as cards

PAGE = Path(__file__).parents[1] / "docs" / "answers.md"
WIDTH = 88
INTRODUCTION = """\
What `portolan ask` prints on a terminal of 88 columns, without its colours. Written by `make
docs`; a test sees to it that it stays true.
"""
QUESTIONS = (
    "what is port 576?",
    "was 747 the port of NetInfo?",
    "756",
    "60156 ??",
    "wich port does postgress use",
    "what is listening on port 3000 on my mac",
    "is it safe to expose 3389 to the internet?",
    "25 vs 587",
    "what's next to 443",
    "my app dies with 'address already in use', why?",
)


def page(base: KnowledgeBase) -> str:
    """Return the page, in Markdown."""
    parts = [
        "# Ten answers\n",
        INTRODUCTION,
    ]
    for question in QUESTIONS:
        output = io.StringIO()
        console = Console(
            file=output, width=WIDTH, force_terminal=True, no_color=True, highlight=False,
            legacy_windows=False, color_system=None,
        )  # fmt: skip
        print_answer(ask(question, base), console, System.LINUX)
        text = "\n".join(line.rstrip() for line in output.getvalue().splitlines())
        parts.append(f"```console\n$ portolan ask {quoted(question)}\n{text}\n```\n")
    return "\n".join(parts)


def quoted(question: str) -> str:
    """Return a question as a shell wants it."""
    return f'"{question}"'


def main() -> None:
    """Write the page."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.sqlite"
        build(path, Sources(SHIPPED), now=cards.NOW)
        base = KnowledgeBase.open(path)
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(base), encoding="utf-8")
        cards.write(base)
        base.close()


if __name__ == "__main__":
    main()
