"""The development set of questions, and the test tables of the languages."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer

EVAL = Path(__file__).parents[1] / "eval"

TABLES = sorted((Path(__file__).parent / "languages").glob("*.jsonl"))


def as_row(identity: str, answer: Answer) -> str:
    return json.dumps({
        "id": identity,
        "intent": answer.intent.value,
        "ports": list(answer.ports),
        "range": list(answer.span) if answer.span else None,
        "faq": answer.faq,
        "os": answer.system.value if answer.system else None,
        "protocol": answer.protocol.value if answer.protocol else None,
    })  # fmt: skip


@pytest.fixture(scope="module")
def answers(base: KnowledgeBase) -> dict[str, Answer]:
    """The answers to the question set, by the questions' ids and in their order."""
    lines = (EVAL / "questions.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return {row["id"]: ask(row["q"], base) for row in rows}


@pytest.fixture(scope="module")
def scored(answers: dict[str, Answer], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the scorer says of them."""
    path = tmp_path_factory.mktemp("answers") / "answers.jsonl"
    rows = [as_row(identity, answer) for identity, answer in answers.items()]
    path.write_text("\n".join(rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, EVAL / "score.py", EVAL / "questions.jsonl", path, "--json", "--misses"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_the_question_set_scores_as_promised(scored: dict[str, Any]) -> None:
    assert scored["total"]["accuracy"] >= 0.97
    assert min(cell["accuracy"] for cell in scored["category"].values()) >= 0.93
    assert min(cell["accuracy"] for cell in scored["language"].values()) >= 0.90
    assert scored["false_answers"]["count"] <= 1


def test_who_is_sure_is_right(answers: dict[str, Answer], scored: dict[str, Any]) -> None:
    missed = {miss["id"] for miss in scored["misses"]}
    sure = [identity for identity, answer in answers.items() if answer.confidence >= 0.9]
    assert len(sure) > 300
    assert sum(identity not in missed for identity in sure) >= 0.98 * len(sure)


def fits(answer: Answer, row: dict[str, Any]) -> bool:
    intents = row["intent"] if isinstance(row["intent"], list) else [row["intent"]]
    ports = row.get("ports") or []
    if answer.intent.value not in intents:
        return False
    if answer.intent.value == "compare":
        return set(ports) <= set(answer.ports[:2])
    if answer.intent.value == "faq":
        return row.get("faq") in (None, answer.faq)
    if answer.span is not None:
        return list(answer.span) == ports
    for key, value in (("os", answer.system), ("protocol", answer.protocol)):
        if row.get(key) and (value is None or value.value != row[key]):
            return False
    return not ports or (bool(answer.ports) and answer.ports[0] in ports)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_language_understands_its_own_table(base: KnowledgeBase, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    missed = [row["q"] for row in rows if not fits(ask(row["q"], base), row)]
    assert len(missed) <= 0.05 * len(rows), missed
