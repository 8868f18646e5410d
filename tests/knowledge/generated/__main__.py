"""Prints how generated questions fare: `python -m tests.knowledge.generated [seed] [count]`."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from tests.knowledge.generated import score
from tests.knowledge.generated.test_generated import QUESTIONS, SEED, SMALL_TALK


def main(arguments: list[str]) -> None:
    """Print a table and the misses; the seed is the test's where none is given."""
    seed = int(arguments[0]) if arguments else SEED
    count = int(arguments[1]) if len(arguments) > 1 else QUESTIONS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.sqlite"
        build(path, Sources(SHIPPED), now=datetime.now(UTC))
        base = KnowledgeBase.open(path)
        result = score.of_questions(seed, count, base)
        answered = score.answered_small_talk(seed, SMALL_TALK, base)
        base.close()
    lines = (
        *score.table(result),
        f"{'small talk':<18} {SMALL_TALK:6} {1 - len(answered) / SMALL_TALK:8.2%}",
        "",
        *score.told(result.misses, most=len(result.misses)),
        "",
        *score.told_small_talk(answered, most=len(answered)),
    )
    print("\n".join(lines))  # noqa: T201 (this is what the command is for)


main(sys.argv[1:])
