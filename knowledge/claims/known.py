"""What the fact check asks of the knowledge base, and how it tells what that answered."""

from dataclasses import dataclass
from typing import Protocol as Interface

from knowledge.claims.findings import Verdict
from knowledge.model import (
    Article,
    Assigned,
    Assignment,
    PortFacts,
    Protocol,
    Source,
    Unassigned,
    Use,
    status_word,
)

REGISTRY = Source(
    "IANA Service Name and Transport Protocol Port Number Registry",
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml",
)
RFC_6335 = Source("RFC 6335, section 6", "https://www.rfc-editor.org/rfc/rfc6335#section-6")


class Knowledge(Interface):
    """The part of the knowledge base that the fact check asks."""

    def facts(self, number: int) -> PortFacts:
        """Return all that is known about a port."""
        ...

    def articles(self, number: int) -> tuple[Article, ...]:
        """Return all pages about a port, shipped ones first."""
        ...

    def assignments_of(self, name: str) -> tuple[Assignment, ...]:
        """Return what the registry assigns to a service name, whatever its case."""
        ...

    def uses_of(self, product: str) -> tuple[Use, ...]:
        """Return where a product is met, whatever the case of its name."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known about a claim, in words, and where from."""

    verdict: Verdict
    fact: str
    source: Source = REGISTRY


def state_of(facts: PortFacts, protocol: Protocol | None) -> str:
    """Return a port's state: for one protocol, or assigned before reserved before unassigned."""
    if protocol is not None:
        return status_word(facts.states[protocol])
    words = {status_word(status) for status in facts.states.values()}
    return next(
        word for word in ("assigned", "reserved", "unassigned", "dynamic") if word in words
    )


def names_at(facts: PortFacts, protocol: Protocol | None = None) -> tuple[str, ...]:
    """Return the registry's service names of a port, for one protocol or all."""
    return tuple(
        dict.fromkeys(
            assignment.name
            for of, status in facts.states.items()
            if isinstance(status, Assigned) and protocol in (None, of)
            for assignment in status.assignments
        )
    )


def describe(facts: PortFacts) -> str:
    """Return what the registry says of a port: "Port 752 is assigned to qrh (tcp, udp)."."""
    parts = []
    by_state: dict[str, list[str]] = {}
    for protocol, status in facts.states.items():
        if isinstance(status, Assigned):
            names = ", ".join(dict.fromkeys(one.name for one in status.assignments))
            by_state.setdefault(f"assigned to {names}", []).append(protocol)
        elif status_word(status) == "reserved":
            by_state.setdefault("reserved", []).append(protocol)
    if not by_state:
        status = facts.states[Protocol.TCP]
        if isinstance(status, Unassigned):
            if status.first == status.last:
                return f"Port {facts.number} is unassigned."
            return f"Port {facts.number} is unassigned (block {status.first}-{status.last})."
        return f"Port {facts.number} is a Dynamic Port (49152-65535), never assigned."
    for words, protocols in by_state.items():
        parts.append(f"{words} ({', '.join(protocols)})")
    return f"Port {facts.number} is {' and '.join(parts)}."
