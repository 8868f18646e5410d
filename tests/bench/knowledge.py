"""How long knowledge takes to answer, beside the ways it replaces; ratios in one run."""

import csv
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions.jsonl"
ROUNDS = 7
_FUZZY = (
    "elasticsaerch port", "wich port does postgress use", "wiregaurd?", "port for rabitmq",
    "kubernets api port", "whats the redsi port", "mongdb default port", "grafna", "jelyfin port",
    "prometeus web ui port",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """What one way took, in microseconds a call."""

    name: str
    median: float
    p99: float
    worst: float


@contextmanager
def shipped() -> Iterator[tuple[KnowledgeBase, float]]:
    """Yield the shipped knowledge base and how many seconds it took to build."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.sqlite"
        start = time.perf_counter()
        build(path, Sources(SHIPPED), now=datetime.now(UTC))
        seconds = time.perf_counter() - start
        base = KnowledgeBase.open(path)
        try:
            yield base, seconds
        finally:
            base.close()


def measure(calls: dict[str, Sequence[Callable[[], object]]]) -> list[Figure]:
    """Return what each way took; the ways take turns, so that a slow moment meets them all."""
    samples: dict[str, list[float]] = {name: [] for name in calls}
    for ways in calls.values():
        for call in ways:
            call()
    for _ in range(ROUNDS):
        for name, ways in calls.items():
            taken = samples[name]
            for call in ways:
                start = time.perf_counter_ns()
                call()
                taken.append((time.perf_counter_ns() - start) / 1000)
    return [
        Figure(
            name,
            statistics.median(taken),
            sorted(taken)[int(0.99 * (len(taken) - 1))],
            max(taken),
        )
        for name, taken in samples.items()
    ]


def entries(base: KnowledgeBase) -> list[str]:
    """Return the names that a fuzzy question is compared with."""
    rows = base.connection.execute(
        "SELECT label FROM name UNION SELECT alias FROM alias UNION SELECT wording FROM faq_wording"
    )
    return [utils.default_process(name) for (name,) in rows]


def bare_table(base: KnowledgeBase) -> sqlite3.Connection:
    """Return a table of all ports and their names, by number: the least that can be looked up."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE port (number INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany(
        "INSERT INTO port VALUES (?, ?)",
        (
            (n, label)
            for n, label in base.connection.execute("SELECT number, label FROM completion")
        ),
    )
    return connection


def full_text(base: KnowledgeBase) -> sqlite3.Connection:
    """Return the same names in FTS5, with its trigram tokenizer."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE name USING fts5(text, tokenize='trigram')")
    connection.executemany("INSERT INTO name VALUES (?)", ((name,) for name in entries(base)))
    return connection


def flat_rows() -> list[dict[str, str]]:
    """Return the registry as whatportis and the npm package hold it: a list in a JSON file."""
    with (SHIPPED / "registry.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {"name": row["service"], "port": row["first"], "protocol": row["protocol"]}
            for row in csv.DictReader(file)
            if row["service"]
        ]
    loaded: list[dict[str, str]] = json.loads(json.dumps(rows))
    return loaded


def scan(rows: Sequence[dict[str, str]], port: str) -> list[dict[str, str]]:
    """Return the rows of a port, looking at every one."""
    return [row for row in rows if row["port"] == port]


def trigrams(word: str) -> str:
    """Return an FTS5 query for names that share a piece of three letters with the word."""
    pieces = {word[i : i + 3] for i in range(len(word) - 2)}
    return " OR ".join(f'"{piece}"' for piece in sorted(pieces) if piece.isalnum())


def figures(base: KnowledgeBase) -> list[Figure]:
    """Return the figures of all ways, side by side."""
    numbers = random.Random(576).sample(range(65536), 400)  # noqa: S311 - a fixed sample
    bare, indexed, rows, names = bare_table(base), full_text(base), flat_rows(), entries(base)
    lookup = "SELECT name FROM port WHERE number = ?"
    search = "SELECT text FROM name WHERE name MATCH ? ORDER BY rank LIMIT 5"
    questions = [
        json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").split("\n") if line
    ]

    def port_question(number: int) -> Callable[[], object]:
        return lambda: ask(f"what is port {number}?", base)

    def cold_question(number: int) -> Callable[[], object]:
        def call() -> object:
            base.forget()
            return ask(f"what is port {number}?", base)

        return call

    return measure({
        "bare SQLite primary-key look-up": [
            lambda n=n: bare.execute(lookup, (n,)).fetchone() for n in numbers
        ],
        "port question (facts in the cache)": [port_question(n) for n in numbers],
        "port question (facts from the file)": [cold_question(n) for n in numbers[:100]],
        "fuzzy question": [lambda q=q: ask(q, base) for q in _FUZZY],
        "the whole question set": [lambda q=q: ask(q, base) for q in questions],
        "rapidfuzz extractOne(WRatio)": [
            lambda q=q: process.extractOne(q, names, scorer=fuzz.WRatio) for q in _FUZZY
        ],
        "SQLite FTS5 alone (trigram)": [
            lambda q=q: indexed.execute(search, (trigrams(q),)).fetchall() for q in _FUZZY
        ],
        "linear scan of JSON": [lambda n=n: scan(rows, str(n)) for n in numbers[:100]],
    })  # fmt: skip


def report() -> None:
    """Print the figures and what DESIGN's budgets say of them."""
    with shipped() as (base, seconds):
        found = figures(base)
        size = len(entries(base))
    bare = found[0].median
    print(f"Knowledge base built in {seconds:.2f} s; {size:,} names and wordings\n")
    print(f"{'way':<40}{'median us':>11}{'p99 us':>11}{'worst us':>11}{'x bare':>9}")
    for figure in found:
        print(
            f"{figure.name:<40}{figure.median:>11.1f}{figure.p99:>11.1f}{figure.worst:>11.1f}"
            f"{figure.median / bare:>9.1f}"
        )
    by_name = {figure.name: figure for figure in found}
    wratio = by_name["rapidfuzz extractOne(WRatio)"].median
    fuzzy = by_name["fuzzy question"].median
    print(f"\nA fuzzy question is {wratio / fuzzy:.1f} times faster than extractOne(WRatio).")
