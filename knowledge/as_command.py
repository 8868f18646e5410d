"""Questions written as slash commands: "/port 443/tcp", "/check postgres", "/compare 80 443".

They are what the faces ask for who filled in a command. Their words are ours, so they tell
nothing of the reader's language.
"""

import re

from knowledge.model import Protocol
from knowledge.text import clean

NAME_WORDS = 2  # longer texts say themselves what they ask
_NUMBER = re.compile(r"(?P<number>\d{1,5})(?:\s*/\s*[a-zA-Z]{1,4})?", re.ASCII)
_WRITTEN = re.compile(r"/(?P<command>port|check|compare) (?P<rest>.+)", re.IGNORECASE)
_PORTS = re.compile(r"(\d{1,5}) (\d{1,5})", re.ASCII)


def port(typed: str, protocol: Protocol | None = None) -> str:
    """Return what asks for a port by a number or a name; a longer text as it is."""
    return _asking("/port", typed, protocol)


def check(typed: str, protocol: Protocol | None = None) -> str:
    """Return what asks how to check a port; a longer text as it is."""
    return _asking("/check", typed, protocol)


def compare(first: int, second: int) -> str:
    """Return what asks for the difference of two ports."""
    return f"/compare {first} {second}"


def in_words(text: str) -> str | None:
    """Return what a command asks, in English; None for a text that is none."""
    found = _WRITTEN.fullmatch(" ".join(clean(text).split()))
    if found is None:
        return None
    rest = found["rest"]
    match found["command"].lower():
        case "compare":
            pair = _PORTS.fullmatch(rest)
            return f"compare ports {pair[1]} and {pair[2]}" if pair else f"compare {rest}"
        case "check":
            return f"check {_named(rest)}"
        case _:
            return _named(rest)


def _asking(command: str, typed: str, protocol: Protocol | None) -> str:
    text = " ".join(typed.split())
    number = _NUMBER.fullmatch(text)
    if number is not None:
        return f"{command} {number['number']}/{protocol}" if protocol else f"{command} {text}"
    if len(text.split()) > NAME_WORDS:
        return f"{text} {protocol}" if protocol else text
    return f"{command} {text} {protocol}" if protocol else f"{command} {text}"


def _named(text: str) -> str:
    """Return "port 443", "postgres port", "postgres port udp"."""
    if text[:1].isdigit():
        return f"port {text}"
    name, _, last = text.rpartition(" ")
    if name and last in frozenset(Protocol):
        return f"{name} port {last}"
    return f"{text} port"
