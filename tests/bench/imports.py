"""How long 20,000 pages take to import, and what they then cost a question; one run."""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from knowledge.ask import ask
from knowledge.base import FILE_NAME, KnowledgeBase
from knowledge.build import SHIPPED, Sources, build

PAGES = 20_000
LONGEST = 300.0  # seconds that an import may take
ROUNDS = 5
_SENTENCES = (
    "Port {n} is assigned to {name} for TCP.",
    "Administrators meet it on {name} servers, behind a firewall.",
    "The range {n}-{m} is used by the {name} cluster.",
    "Check it with netstat -an | grep {n} or ask the team that runs it.",
    "It is a registered port and clients connect to {n}/tcp by default.",
    "Nothing else should listen there; {name} {n}/udp carries the discovery.",
)
_QUESTIONS = ("wich port does postgress use", "grafna", "what is TIME_WAIT", "free port please")


def write_pages(folder: Path, count: int) -> None:
    """Write pages about random ports, as a team's wiki would export them."""
    chance = random.Random(576)
    for number in range(count):
        port = chance.randrange(1, 65000)
        name = f"service{number}"
        body = " ".join(
            chance.choice(_SENTENCES).format(n=port, m=port + 5, name=name) for _ in range(20)
        )
        text = f"# Port {port}: {name}\n\n{body}\n\n## Security\n\nKeep {port} inside.\n"
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")


def cost(base: KnowledgeBase) -> float:
    """Return the microseconds of a question, the median over questions of every kind."""
    numbers = random.Random(747).sample(range(1, 65000), 400)
    asked = [*(f"what is port {number}?" for number in numbers), *_QUESTIONS * 25]
    taken = []
    for _ in range(ROUNDS):
        for text in asked:
            start = time.perf_counter_ns()
            ask(text, base)
            taken.append((time.perf_counter_ns() - start) / 1000)
    return statistics.median(taken)


def report() -> None:
    """Print what an import of many pages takes, and how much slower a question is then."""
    with tempfile.TemporaryDirectory() as scratch:
        home, pages = Path(scratch) / "home", Path(scratch) / "pages"
        home.mkdir()
        pages.mkdir()
        write_pages(pages, PAGES)
        file = home / FILE_NAME
        build(file, Sources(SHIPPED), now=datetime.now(UTC))
        plain = KnowledgeBase.open(file)
        before = cost(plain)
        plain.close()
        start = time.perf_counter()
        subprocess.run(
            (sys.executable, "-m", "bot", "import", str(pages)),
            env={**os.environ, "PORTOLAN_DATA": str(home)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        seconds = time.perf_counter() - start
        full = KnowledgeBase.open(file)
        held = full.connection.execute("SELECT count(*) FROM article WHERE origin <> ''")
        count, after = held.fetchone()[0], cost(full)
        full.close()
    print(f"{count:,} pages imported in {seconds:.0f} s (at most {LONGEST:.0f})")
    print(f"A question costs {before:.1f} us before, {after:.1f} us after: {after / before:.2f} x")
