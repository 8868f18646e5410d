"""What people type: questions, pastes, and values for the options of any command."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from bot.playground import Channel
from bot.playground.invoking import File, OptionValue
from bot.playground.state import User

ROOT = Path(__file__).parents[2]
_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _NUMBER, _ATTACHMENT = 3, 4, 5, 6, 7, 10, 11
_PORT_NAMES = ("port", "number", "near", "first", "second", "from", "to", "start", "end")
_MOST = 65_535
_DEFAULT_LENGTH = 6_000  # characters, Discord's own limit

SERVICES = ("https", "postgres", "minecraft", "ssh", "redis", "kafka", "plex", "dns", "rdp", "smb")
TYPED = ("h", "htt", "44", "post", "mincraft", "53/u", "redsi", "80", "elastik", "smb", "zz", "é")
ODD = (
    "\u202eport 443",
    "@everyone port 25",
    "``` ``` port 80 ```",
    "PORT\u00a0٨٠٨٠?",
    "[click](https://evil.example) 22",
    "|| 22 || **bold** __u__ ~~s~~",
    "😀" * 50,
    "port 99999999999999999999",
    "-1",
    "' OR 1=1 --",
    "a" * 900,
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
)
CHATTER = ("good morning", "lunch at 12?", "deployed to prod on 443", "lol", "see #general")


def _questions() -> tuple[str, ...]:
    rows = (ROOT / "tests" / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [str(json.loads(row)["q"]) for row in rows if row.strip()]
    for path in sorted((ROOT / "tests" / "knowledge" / "languages").glob("*.jsonl")):
        rows = path.read_text(encoding="utf-8").splitlines()
        asked += [str(json.loads(row)["q"]) for row in rows[:8] if row.strip()]
    return tuple(asked)


def _pastes() -> tuple[str, ...]:
    texts = [
        part.partition("\n")[2].partition("\n---")[0]
        for path in sorted((ROOT / "tests" / "knowledge" / "pastes").glob("*.txt"))
        for part in path.read_text(encoding="utf-8").split("\n=== ")[:12]
    ]
    return tuple(text for text in texts if text.strip())


QUESTIONS = _questions()
PASTES = _pastes()


def question(chance: Random) -> str:
    """Return what somebody may ask: mostly a question, at times nonsense or a paste."""
    roll = chance.random()
    if roll < 0.75:
        return chance.choice(QUESTIONS)
    if roll < 0.9:
        return f"port {chance.randint(0, _MOST)}"
    return chance.choice(ODD) if roll < 0.95 else chance.choice(PASTES)[:1_500]


def port(chance: Random) -> str:
    """Return a port as people type it."""
    number = str(chance.choice((chance.randint(0, _MOST), chance.randint(1, 1024), 443)))
    return chance.choice((number, number, f"{number}/udp", chance.choice(SERVICES)))


def file(chance: Random) -> File:
    """Return a file as people drop it."""
    return "output.txt", chance.choice(PASTES).encode()


def value(option: dict[str, Any], chance: Random, user: User, channel: Channel) -> OptionValue:
    """Return a sensible value for a command's option, by its type and name.

    Raises:
        KeyError: of a type that nobody has taught us.
    """
    if choices := option.get("choices"):
        chosen: OptionValue = chance.choice(choices)["value"]
        return chosen
    least, most = int(option.get("min_value", 0)), int(option.get("max_value", _MOST))
    ways: dict[int, Callable[[], OptionValue]] = {
        _STRING: lambda: _text(option, chance),
        _INTEGER: lambda: chance.randint(least, most),
        _BOOLEAN: lambda: chance.random() < 0.5,
        _USER: lambda: user,
        _CHANNEL: lambda: channel,
        _NUMBER: lambda: chance.randint(least, most),
        _ATTACHMENT: lambda: file(chance),
    }
    return ways[option["type"]]()


def _text(option: dict[str, Any], chance: Random) -> str:
    name = str(option["name"])
    text = port(chance) if any(word in name for word in _PORT_NAMES) else question(chance)
    if name in {"text", "paste", "output"}:
        text = chance.choice(PASTES)
    text = " ".join(text.split())[: option.get("max_length", _DEFAULT_LENGTH)]
    return text.ljust(option.get("min_length", 1), "1")
