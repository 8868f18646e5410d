"""What 100,000 imported entries cost a question, beside the shipped knowledge alone; one run."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.build import IMPORTS_NAME, SHIPPED, Sources, build
from knowledge.model import Article, QuestionAndAnswer, Section, Source
from knowledge.sources import imports
from knowledge.sources.imports import ImportedPage
from tests.bench.knowledge import FUZZY, Figure, measure, questions, read_anew

ENTRIES = 100_000
RATIO = 1.5  # DESIGN.md's budget, of medians
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def pages(count: int) -> Iterator[ImportedPage]:
    """Yield pages about random ports, such as a team's wiki holds."""
    chance = random.Random(576)
    for number in range(count):
        port, name = chance.randrange(1, 65536), f"service{number}"
        article = Article(
            ports=(port,),
            title=f"Port {port}: {name}",
            summary=f"Port {port} carries the traffic between {name} and its clients.",
            sections=(
                Section("What it is", f"The {name} team runs it on the application servers."),
                Section(
                    "In practice", f"Clients connect to {port}/tcp; a proxy stands before it."
                ),
                Section("Security", f"Keep {port} inside the network, and its traffic encrypted."),
            ),
            faqs=(QuestionAndAnswer(f"Who runs {name}?", "The team of the same name."),),
            commands=(f"ss -tlnp 'sport = :{port}'",),
            disputed=(),
            related=(port - 1,),
            sources=(Source("The wiki", f"https://wiki.example/{number}"),),
            origin=f"/wiki/{number}.md",
        )
        yield ImportedPage(article.origin, "", "", NOW, article)


def kinds(base: KnowledgeBase, fresh: KnowledgeBase) -> dict[str, Sequence[Callable[[], object]]]:
    """Return what is asked of a knowledge base; `fresh` is the same, to be read anew."""
    numbers = random.Random(747).sample(range(1, 65536), 400)
    rows = questions()
    services = [row["q"] for row in rows if row["category"] == "service"]
    return {
        "port question": [partial(ask, f"what is port {n}?", base) for n in numbers],
        "port question, caches emptied": [partial(read_anew, n, fresh) for n in numbers],
        "service question": [partial(ask, text, base) for text in services],
        "fuzzy question": [partial(ask, text, base) for text in FUZZY],
        "the whole question set": [partial(ask, row["q"], base) for row in rows],
    }


def compare(shipped: Path, full: Path) -> dict[str, tuple[Figure, Figure]]:
    """Return the figures of both files for each kind of question, measured in turns."""
    asked = {
        file: kinds(KnowledgeBase.open(file), KnowledgeBase.open(file)) for file in (shipped, full)
    }
    found = {
        figure.name: figure
        for figure in measure(
            {
                f"{file}: {kind}": calls
                for file, ways in asked.items()
                for kind, calls in ways.items()
            }
        )
    }
    return {kind: (found[f"{shipped}: {kind}"], found[f"{full}: {kind}"]) for kind in asked[full]}


def report() -> None:
    """Print both side by side, and whether DESIGN's budget holds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        imports.write(folder / IMPORTS_NAME, pages(ENTRIES))
        begun = time.perf_counter()
        shipped = build(folder / "shipped.sqlite", Sources(SHIPPED), now=NOW)
        between = time.perf_counter()
        sources = Sources(SHIPPED, imports=folder / IMPORTS_NAME)
        full = build(folder / "full.sqlite", sources, now=NOW)
        ended = time.perf_counter()
        figures = compare(shipped.path, full.path)
    for name, report_, seconds in (
        ("shipped knowledge", shipped, between - begun),
        (f"with {ENTRIES:,} imported entries", full, ended - between),
    ):
        print(f"{name:<36}{report_.size_bytes / 2**20:8.1f} MiB, built in {seconds:.1f} s")
    print(f"\n{'median us (p99)':<36}{'shipped':>18}{'with entries':>18}{'ratio':>9}")
    for kind, (before, after) in figures.items():
        print(
            f"{kind:<36}{before.median:>9.1f} ({before.p99:6.0f}){after.median:>9.1f}"
            f" ({after.p99:6.0f}){after.median / before.median:>9.2f}"
        )
    worst = max(after.median / before.median for before, after in figures.values())
    holds = "holds" if worst <= RATIO else "DOES NOT HOLD"
    print(f"\n{holds:<14} at most {RATIO:g} times the time of any kind: {worst:.2f}")
