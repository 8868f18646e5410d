import json
from pathlib import Path

import pytest

from knowledge.build import SHIPPED
from knowledge.model import Faq, System
from knowledge.sources import faqs
from knowledge.sources.faults import SourceError

FAQ = """\
---
question: What is TIME_WAIT?
wordings:
  - why so many TIME_WAIT sockets
  - time wait state
  - what does time_wait mean
  - clear time_wait
  - too many time_wait
  - is time_wait bad
answer: >-
  TIME_WAIT is the state of
  the side that closed first.
commands:
  linux: ["ss -tan state time-wait | wc -l"]
related: [port-exhaustion]
sources:
  - {title: "RFC 9293", url: "https://www.rfc-editor.org/rfc/rfc9293"}
---

The longer answer.

## With a heading

It is Markdown.
"""


def written(folder: Path, text: str = FAQ, name: str = "time-wait.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_faq_is_taken_apart(tmp_path: Path) -> None:
    faq = faqs.read(written(tmp_path))
    assert faq.slug == "time-wait"
    assert faq.question == "What is TIME_WAIT?"
    assert len(faq.wordings) == 6
    assert faq.answer == "TIME_WAIT is the state of the side that closed first."
    assert faq.details.startswith("The longer answer.\n\n## With a heading")
    assert faq.commands == {System.LINUX: ("ss -tan state time-wait | wc -l",)}
    assert faq.related == ("port-exhaustion",)
    assert faq.sources[0].title == "RFC 9293"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  - is time_wait bad\n", "", "wordings must hold at least 6, not 5"),
        ("- time wait state", "- 42", "put 42 in quotes"),
        ("  linux:", "  plan9:", "commands.plan9 is not a field"),
        ("answer: >-", "answers: >-", "answer is missing"),
        ("  TIME_WAIT is the", "  " + "x" * 600, "600 are allowed"),
        ('url: "https://www.rfc-editor.org/rfc/rfc9293"', 'url: ""', "sources.0.url is missing"),
    ],
)
def test_a_mistake_is_named_with_the_file(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in FAQ
    path = written(tmp_path, FAQ.replace(old, new, 1))
    with pytest.raises(SourceError) as caught:
        faqs.read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in caught.value.reason


def test_a_name_that_is_no_slug_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="lower-case words"):
        faqs.read(written(tmp_path, name="Time_Wait.md"))


def test_shared_wordings_and_dead_relations_are_told() -> None:
    first = Faq("a", "A?", ("What is it",), "", related=("c",))
    second = Faq("b", "B?", ("what IS it",), "", related=("a",))
    assert list(faqs.disagreements((first, second))) == [
        "a: related names 'c', and there is no such FAQ",
        "b: the wording 'what IS it' is one of 'a' too",
    ]


def test_the_shipped_faqs_agree_with_each_other() -> None:
    assert list(faqs.disagreements(faqs.read_all(SHIPPED / "faqs"))) == []


def test_every_concept_that_is_asked_for_has_its_faq(shared: Path) -> None:
    wanted = json.loads((shared / "eval" / "faq-slugs.json").read_text(encoding="utf-8"))
    slugs = {entry["slug"] for entry in wanted}
    assert slugs <= {faq.slug for faq in faqs.read_all(SHIPPED / "faqs")}
