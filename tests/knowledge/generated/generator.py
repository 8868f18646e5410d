"""Makes questions about ports, and small talk that is none, from sentence templates.

Everything follows from the seed: the same seed and knowledge base give the same lines.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.base import KnowledgeBase
from knowledge.model import Intent, Protocol, System
from tests.knowledge.generated import spelling
from tests.knowledge.generated.fillings import Fillings, Product

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_PROTOCOL = re.compile(r"\b(tcp|udp)\b", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hello|hi|hey|yo|dear|good|morning|bro|bruh|so|ok|sorry)\b", re.IGNORECASE
)
_ASKS_FOR_A_SYSTEM = frozenset({"check", "open", "range"})
_SLIPS = 0.22  # some fall on questions that have no long word
_SPOKEN_PROTOCOLS = ("tcp", "udp", "TCP", "UDP")


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots, and what is expected of an answer to it.

    Attributes:
        expects: "port", "among", "service", "both", "span" or "nothing"; see templates.toml.
    """

    text: str
    person: str
    kind: str
    intents: tuple[Intent, ...]
    expects: str


@dataclass(frozen=True, slots=True)
class Generated:
    """A question and what a right answer to it holds.

    Attributes:
        intents: the acceptable ones.
        ports: of each thing asked about, the port numbers that are right for it.
        span: the range asked about, as (first, last).
        slipped: a word of it is misspelled.
        system: the one named, where it matters to the answer.
        protocol: the one named.
    """

    text: str
    intents: tuple[Intent, ...]
    ports: tuple[frozenset[int], ...]
    kind: str
    system: System | None
    protocol: Protocol | None
    span: tuple[int, int] | None
    slipped: bool
    template: Template


@cache
def _written(name: str) -> Mapping[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def templates() -> tuple[Template, ...]:
    """Return all templates of questions, in the order of the file."""
    return tuple(
        Template(
            text,
            group["person"],
            group["kind"],
            tuple(Intent(intent) for intent in group["intents"]),
            group["expects"],
        )
        for group in _written("templates.toml")["group"]
        for text in group["templates"]
    )


def small_talk_templates() -> tuple[str, ...]:
    """Return all templates of small talk, in the order of the file."""
    topics = _written("smalltalk.toml")["topics"]
    return tuple(line for lines in topics.values() for line in lines)


def questions(seed: int, count: int, base: KnowledgeBase) -> Iterator[Generated]:
    """Yield `count` questions."""
    chance = random.Random(seed)
    written = _written("templates.toml")
    fillings = Fillings(base, written["called"], frozenset(written["unclear"]))
    choices = templates()
    for _ in range(count):
        yield _question(chance.choice(choices), fillings, chance)


def small_talk(seed: int, count: int) -> Iterator[str]:
    """Yield `count` lines that ask nothing about network ports."""
    chance = random.Random(seed)
    lines = small_talk_templates()
    for _ in range(count):
        text = _SLOT.sub(lambda slot: str(_idle_number(slot[1], chance)), chance.choice(lines))
        text = spelling.recased(text, chance)
        if chance.random() < 0.15:
            text = f"{text} {chance.choice(written_list('emoji'))}"
        elif text[-1].isalnum() and chance.random() < 0.2:
            text += chance.choice((".", "!", "...", "!!"))
        yield text


def written_list(name: str) -> list[str]:
    """Return one of the lists of words at the head of templates.toml."""
    return list(_written("templates.toml")[name])


_PORTS_IN_SMALL_TALK = (22, 25, 53, 80, 110, 123, 143, 389, 443, 445, 500, 587, 631, 993, 1080)
_HIGHER_PORTS_IN_SMALL_TALK = (1433, 3000, 3306, 3389, 5000, 5432, 6379, 8000, 8080, 8443, 9000)


def _idle_number(slot: str, chance: random.Random) -> int:
    match slot:
        case "small":
            return chance.randint(2, 60)
        case "percent":
            return chance.randint(1, 100)
        case "year":
            return chance.randint(1950, 2026)
        case "n" if chance.random() < 0.5:
            return chance.choice(_PORTS_IN_SMALL_TALK + _HIGHER_PORTS_IN_SMALL_TALK)
        case "n":
            return min(int(10 ** chance.uniform(0, 4.82)), 65535)
        case _:
            raise ValueError(f"no such slot in small talk: {slot}")


class _Filled(NamedTuple):
    """The slots of one question, each with what stands in it."""

    words: Mapping[str, str]
    ports: tuple[frozenset[int], ...]
    span: tuple[int, int] | None
    system: System | None
    protocol: Protocol | None


def _question(template: Template, fillings: Fillings, chance: random.Random) -> Generated:
    filled = _fill(template, fillings, chance)
    right = pieces = _pieces(template.text, filled.words)
    if chance.random() < _SLIPS:
        pieces = spelling.mistyped(right, fillings.is_name, chance)
    text = spelling.recased("".join(piece.text for piece in pieces), chance)
    return Generated(
        text=_dressed(text, chance),
        intents=template.intents,
        ports=filled.ports,
        kind=template.kind,
        system=filled.system if template.kind in _ASKS_FOR_A_SYSTEM else None,
        protocol=filled.protocol,
        span=filled.span,
        slipped=pieces != right,
        template=template,
    )


def _fill(template: Template, fillings: Fillings, chance: random.Random) -> _Filled:
    slots = [(slot[0], slot[1], slot[2]) for slot in _SLOT.finditer(template.text)]
    names = {name for _, name, _ in slots}
    words: dict[str, str] = {}
    ports: list[frozenset[int]] = []
    span: tuple[int, int] | None = None
    system: System | None = None
    said = {word.lower() for word in _PROTOCOL.findall(_SLOT.sub("", template.text))}
    protocol = Protocol(said.pop()) if len(said) == 1 else None
    if {"low", "high"} <= names:
        span = fillings.span(chance)
        words["{low}"], words["{high}"] = map(str, span)
    taken: list[Product] = []
    for slot, name, kind in slots:
        match name:
            case "port" | "port2":
                number = fillings.port(kind, chance, other_than=ports)
                ports.append(frozenset({number}))
                words.setdefault(slot, str(number))
                if words[slot] != str(number):  # the same slot twice is the same port
                    ports.pop()
            case "service" | "service2":
                product = fillings.product(kind, protocol, chance, other_than=taken)
                taken.append(product)
                ports.append(product.ports)
                words[slot] = chance.choice(product.called)
            case "os":
                system = System(kind) if kind else chance.choice(tuple(fillings.SYSTEMS))
                words[slot] = chance.choice(_written("templates.toml")["systems"][system])
            case "proto":
                words[slot] = chance.choice(_SPOKEN_PROTOCOLS)
                protocol = Protocol(words[slot].lower())
            case "low" | "high":
                pass
            case _:
                raise ValueError(f"no such slot: {slot}")
    if template.expects == "nothing":
        protocol = None
        span = None
    return _Filled(words, tuple(ports), span, system, protocol)


def _pieces(text: str, words: Mapping[str, str]) -> tuple[spelling.Piece, ...]:
    """Return the sentence cut at its slots."""
    pieces = []
    end = 0
    for slot in _SLOT.finditer(text):
        pieces.append(spelling.Piece(text[end : slot.start()], fixed=False))
        pieces.append(spelling.Piece(words[slot[0]], fixed=not slot[1].startswith("service")))
        end = slot.end()
    return (*pieces, spelling.Piece(text[end:], fixed=False))


def _dressed(text: str, chance: random.Random) -> str:
    """Return the text with a mark at its end, a greeting, thanks or an emoji, or none of these."""
    if text[-1].isalnum():
        text += chance.choices(
            ("", "?", "??", "???", " ?", ".", "...", "!"), (45, 35, 5, 2, 5, 3, 3, 2)
        )[0]
    if chance.random() < 0.12 and not _GREETING.match(text):
        text = f"{chance.choice(written_list('openers'))} {text}"
    if chance.random() < 0.1:
        text = f"{text} {chance.choice(written_list('closers'))}"
    if chance.random() < 0.08:
        text = f"{text} {chance.choice(written_list('emoji'))}"
    return text
