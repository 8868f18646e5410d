from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from bot.cards.guard import fit
from bot.cards.parts import Card, seen_as
from bot.cards.parts import components as components_of
from knowledge.model import (
    Answer,
    Assigned,
    Assignment,
    Command,
    Intent,
    PortFacts,
    Protocol,
    Question,
    Source,
    System,
    Unassigned,
)

Payload = Mapping[str, Any]


def walk(components: list[Payload]) -> Iterator[Payload]:
    """Yield every component of a message, counted as Discord counts them."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield from walk([component["accessory"]])


def payload_of(card: Card) -> list[Payload]:
    """Return every component of a card as it is sent for all to read."""
    return list(walk(list(components_of(fit(seen_as(card, private=False))))))


def faults(card: Card) -> list[str]:
    """Say which of Discord's limits a message breaks; written apart from the guard."""
    everything = payload_of(card)
    texts = [c["content"] for c in everything if c["type"] == 10]
    ids = [c["custom_id"] for c in everything if "custom_id" in c]
    checks = {
        f"{len(everything)} components": 0 < len(everything) <= 40,
        f"{sum(map(len, texts))} characters": sum(map(len, texts)) <= 4000,
        "an open code block": all(text.count("```") % 2 == 0 for text in texts),
        "an empty text": all(text.strip() for text in texts),
        "half a character": all(text.isascii() or _is_sayable(text) for text in texts),
        "a repeated id": len(set(ids)) == len(ids),
        "a long id": all(0 < len(i.encode("utf-16-le")) // 2 <= 100 for i in ids),
    }
    found = [fault for fault, holds in checks.items() if not holds]
    return found + [fault for component in everything for fault in component_faults(component)]


def _is_sayable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def component_faults(component: Payload) -> list[str]:
    match component["type"]:
        case 1:
            kinds = {child["type"] for child in component["components"]}
            count = len(component["components"])
            checks = {f"a row of {count}": 0 < count <= 5 and (kinds == {2} or count == 1)}
        case 2:
            label, url = component.get("label") or "", component.get("url") or ""
            checks = {f"the label {label!r}": 0 < len(label) <= 80, "a url": len(url) <= 512}
        case 3:
            options = component["options"]
            words = [option[key] for option in options for key in ("label", "value")]
            checks = {
                f"{len(options)} options": 0 < len(options) <= 25,
                "an option's value": len({o["value"] for o in options}) == len(options),
                "an option's length": all(0 < len(word) <= 100 for word in words),
                "a placeholder": len(component.get("placeholder") or "") <= 150,
            }
        case 12:
            items = component["items"]
            alts = [item["description"] for item in items]
            checks = {
                f"{len(items)} pictures": 0 < len(items) <= 10,
                "an alt text": all(len(alt) <= 1024 for alt in alts),
            }
        case 17:
            checks = {"an empty container": bool(component["components"])}
        case _:
            checks = {}
    return [fault for fault, holds in checks.items() if not holds]


@pytest.fixture(scope="session")
def broken_limits() -> Callable[[Card], list[str]]:
    return faults


@pytest.fixture(scope="session")
def components() -> Callable[[Card], list[Payload]]:
    return payload_of


def answer_about(number: int = 576, **changes: Any) -> Answer:
    """Return an answer about an assigned port, with commands for all systems."""
    assigned = Assigned(
        (
            Assignment("ipcd", number, number, Protocol.TCP),
            Assignment("ipcd-2", number, number, Protocol.TCP),
        )
    )
    free = Unassigned(number, number)
    facts = PortFacts(
        number=number,
        states={
            Protocol.TCP: assigned,
            Protocol.UDP: assigned,
            Protocol.SCTP: free,
            Protocol.DCCP: free,
        },
        previous=number - 1,
        next=number + 1,
    )
    values: dict[str, Any] = {
        "question": Question(f"what is port {number}?"),
        "intent": Intent.ABOUT,
        "confidence": 0.95,
        "title": f"Port {number}: ipcd (assigned)",
        "summary": f"Port {number} is assigned to ipcd.",
        "ports": (number,),
        "commands": {
            system: (Command(f"show {number} on {system}", "What listens"),) for system in System
        },
        "facts": (facts,),
        "sources": (Source("IANA", "https://www.iana.org/assignments"),),
    }
    return Answer(**(values | changes))


@pytest.fixture(scope="session")
def about() -> Callable[..., Answer]:
    return answer_about
