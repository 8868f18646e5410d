"""Whom a firewall shall let in or not: the one network that a question names."""

from ipaddress import ip_network
from typing import TYPE_CHECKING

from knowledge.model import Intent
from knowledge.tokens import Kind
from knowledge.vocabulary import Concept

if TYPE_CHECKING:
    from knowledge.reading import Reading

_FIREWALL = int(Concept.OPEN | Concept.CLOSE | Concept.FIREWALL | Concept.ONLY)
_BEFORE = frozenset({"from", "von", "vom", "desde", "depuis", "от", "від", "z", "od"})


def source(reading: "Reading", intent: Intent) -> str | None:
    """Return the one address or network that a rule of a firewall is about, as it was written.

    A network is always meant so, an address only after "from", or where something is opened to it
    "only": else it is the host asked about. None where the text wants no rule, or names two.

    Args:
        reading: the text's tokens and what they mean.
        intent: that the words speak for.
    """
    if not reading.concepts & _FIREWALL:
        return None
    if intent is not Intent.OPEN and not reading.concepts & Concept.ONLY:
        return None
    alone = intent is Intent.OPEN and bool(reading.concepts & Concept.ONLY)
    found: list[str] = []
    for index, token in enumerate(reading.tokens):
        if token.kind is not Kind.OTHER or not ("." in token.text or ":" in token.text):
            continue
        before = reading.tokens[index - 1].text if index else ""
        meant = alone or "/" in token.text or before in _BEFORE
        if (meant or reading.has(index - 1, Concept.ONLY)) and _is_network(token.text):
            found.append(token.text)
    return found[0] if len(found) == 1 else None


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
