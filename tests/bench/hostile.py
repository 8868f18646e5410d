"""Looks for the text that takes longest to understand: shapes that hurt, and mutations of them."""

import random
import time

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.text import MAX_QUESTION
from tests.bench.knowledge import shipped

ROUNDS = 300
SEED = 576
SHAPES = (
    *(
        "1",
        ":",
        ":80",
        "a.",
        "a-",
        "a_",
        "1-",
        "1/",
        "1.",
        "1,",
        "a'",
        "[",
        "[::",
        "$1",
        "1%",
        "=",
    ),
    *(
        ";",
        "\n",
        " ",
        "\t80",
        "http://a ",
        "https://",
        "jdbc:",
        "端口",
        "พอร์ต",
        "포트는 ",
        "पोर्ट ",
    ),
    *("e\u0301", "port ", "what is ", "80 vs 443 ", "80 and ", "80 to 90 ", "port 80, ", "80->"),
    *("tcp/80 ", "postgres redis nginx ", "postgers reddis ngnix ", "why so many TIME_WAIT "),
    *("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN\n", '- "80:80"\n', '{"port": 80},', "80:31380/TCP,"),
    *("SPT=80 DPT=90 ", "-A INPUT -p tcp --dport 80 -j ACCEPT\n", "\U0001f600", "\u200d"),
)


def seconds(text: str, base: KnowledgeBase) -> float:
    """Return the shorter of two runs, by the processor's count: others' work is not the text's."""
    taken = []
    for _ in range(2):
        start = time.thread_time()
        ask(text, base)
        taken.append(time.thread_time() - start)
    return min(taken)


def slowest(base: KnowledgeBase) -> list[tuple[float, str]]:
    """Return (seconds, text) of the slowest texts found, the slowest first."""
    chance = random.Random(SEED)
    found = []
    for shape in SHAPES:
        text = (shape * MAX_QUESTION)[:MAX_QUESTION]
        found.append((seconds(text, base), text))
    for _ in range(ROUNDS):
        found.sort(reverse=True)
        text = "".join(
            piece * chance.randrange(1, 40)
            for piece in chance.choices((*SHAPES, chance.choice(found[:8])[1][:90]), k=60)
        )[:MAX_QUESTION]
        found.append((seconds(text, base), text))
    return sorted(found, reverse=True)


def report() -> None:
    """Print the slowest texts."""
    with shipped() as (base, _path, _seconds):
        found = slowest(base)
    print(f"\nThe slowest of {len(found)} hostile texts of {MAX_QUESTION:,} characters:")
    for taken, text in found[:5]:
        print(f"{1000 * taken:8.1f} ms  {text[:60]!r}")
