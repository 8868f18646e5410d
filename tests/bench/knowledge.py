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
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from knowledge.complete import complete

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions.jsonl"
ROUNDS = 7
FUZZY = (
    "elasticsaerch port", "wich port does postgress use", "wiregaurd?", "port for rabitmq",
    "kubernets api port", "whats the redsi port", "mongdb default port", "grafna", "jelyfin port",
    "prometeus web ui port",
)  # fmt: skip

TYPED = (
    "", "5", "54", "543", "25565", "h", "htt", "https", "htps", "grafna", "postgers", "wirega",
    "docker sw", "8443/t", "zzzqq",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """What one way took, in microseconds a call."""

    name: str
    median: float
    p99: float
    worst: float


@contextmanager
def shipped() -> Iterator[tuple[KnowledgeBase, Path, float]]:
    """Yield the shipped knowledge base, its file, and how many seconds it took to build."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.sqlite"
        start = time.perf_counter()
        build(path, Sources(SHIPPED), now=datetime.now(UTC))
        seconds = time.perf_counter() - start
        base = KnowledgeBase.open(path)
        try:
            yield base, path, seconds
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
        "SELECT label FROM name UNION SELECT alias FROM alias"
        " UNION SELECT wording FROM faq_wording"
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
            for n, label in base.connection.execute(
                "SELECT first, name FROM assignment GROUP BY first"
            )
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


def questions() -> list[dict[str, Any]]:
    """Return the question set."""
    lines = QUESTIONS.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def read_anew(number: int, fresh: KnowledgeBase) -> object:
    """Ask about a port with nothing of the file remembered."""
    fresh.forget()
    return ask(f"what is port {number}?", fresh)


def figures(base: KnowledgeBase, path: Path) -> list[Figure]:
    """Return the figures of all ways, side by side."""
    numbers = random.Random(576).sample(range(65536), 400)
    bare, indexed, rows, names = bare_table(base), full_text(base), flat_rows(), entries(base)
    lookup = "SELECT name FROM port WHERE number = ?"
    fresh = KnowledgeBase.open(path)
    search = "SELECT text FROM name WHERE name MATCH ? ORDER BY rank LIMIT 5"
    return measure({
        "bare SQLite primary-key look-up": [
            partial(lambda n: bare.execute(lookup, (n,)).fetchone(), n) for n in numbers
        ],
        "port question": [partial(ask, f"what is port {n}?", base) for n in numbers],
        "port question, caches emptied": [partial(read_anew, n, fresh) for n in numbers[:100]],
        "fuzzy question": [partial(ask, q, base) for q in FUZZY],
        "suggestions while one types": [partial(complete, typed, base) for typed in TYPED],
        "the whole question set": [partial(ask, row["q"], base) for row in questions()],
        "rapidfuzz extractOne(WRatio)": [
            partial(process.extractOne, q, names, scorer=fuzz.WRatio) for q in FUZZY
        ],
        "SQLite FTS5 alone (trigram)": [
            partial(lambda q: indexed.execute(search, (trigrams(q),)).fetchall(), q)
            for q in FUZZY
        ],
        "linear scan of JSON": [partial(scan, rows, str(n)) for n in numbers[:100]],
    })  # fmt: skip


def extracted(base: KnowledgeBase) -> float:
    """Return how many service and concept questions WRatio alone gets right, 0.0 to 1.0.

    The best of all names and wordings is taken at its word: its first port, or its entry.
    """
    meant: dict[str, int | str] = {}
    for name, places in base.connection.execute(
        "SELECT coalesce(alias, label), places FROM name LEFT JOIN alias"
        " ON alias.target = name.label AND origin = 0 ORDER BY origin DESC"
    ):
        meant[utils.default_process(name)] = json.loads(places)[0][0]
    for slug, wording in base.connection.execute("SELECT faq, wording FROM faq_wording"):
        meant[utils.default_process(wording)] = slug
    return _share(lambda text: meant[process.extractOne(
        utils.default_process(text), meant.keys(), scorer=fuzz.WRatio)[0]])  # fmt: skip


def answered(base: KnowledgeBase) -> float:
    """Return how many of the same questions Portolan gets right."""

    def answer(text: str) -> int | str | None:
        found = ask(text, base)
        return found.faq or (found.ports[0] if found.ports else None)

    return _share(answer)


def _share(answer: Callable[[str], int | str | None]) -> float:
    rows = [row for row in questions() if row["category"] in {"service", "faq"}]
    right = 0
    for row in rows:
        faq = row["expect"]["faq"]
        slugs = faq if isinstance(faq, list) else [faq] if faq else []
        right += answer(row["q"]) in [*row["expect"]["ports"], *slugs]
    return right / len(rows)


def report() -> None:
    """Print the figures and what DESIGN's budgets say of them."""
    with shipped() as (base, path, seconds):
        found = figures(base, path)
        size = len(entries(base))
        scores = answered(base), extracted(base)
    by_name = {figure.name: figure for figure in found}
    bare = found[0].median
    print(f"Knowledge base built in {seconds:.2f} s; {size:,} names and wordings\n")
    print(f"{'way':<36}{'median us':>11}{'p99 us':>11}{'worst us':>11}{'x bare':>9}")
    for figure in found:
        print(
            f"{figure.name:<36}{figure.median:>11.1f}{figure.p99:>11.1f}{figure.worst:>11.1f}"
            f"{figure.median / bare:>9.1f}"
        )
    ratio = by_name["rapidfuzz extractOne(WRatio)"].median / by_name["fuzzy question"].median
    print(f"\nA fuzzy question is {ratio:.1f} times faster than extractOne(WRatio);")
    print(f"of the service and concept questions it gets {scores[0]:.1%} right,")
    print(f"extractOne(WRatio) over the same names and wordings {scores[1]:.1%}.")
