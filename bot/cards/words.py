"""The fixed words of every card, in English: headings, statuses, labels."""

from collections.abc import Iterable, Sequence

from knowledge.model import PointKind, PortFacts, Protocol, Status, System, status_word

HEADINGS = {
    PointKind.OFFICIAL: "Official (IANA)",
    PointKind.PRACTICE: "In practice",
    PointKind.DISPUTED: "Often said, but not so",
    PointKind.RISK: "Worth knowing",
    PointKind.NEIGHBORS: "Neighbours",
    PointKind.SYSTEM: "Systems and browsers",
    PointKind.DETAIL: "",  # what is asked for itself needs no heading
}
SYSTEMS = {
    System.LINUX: "Linux",
    System.MACOS: "macOS",
    System.WINDOWS: "Windows",
    System.FREEBSD: "FreeBSD",
}
COMMANDS_ON = "Commands on {system}"
CHOOSE_SYSTEM = "Choose your operating system"
DID_YOU_MEAN = "Did you mean"
SEE_ALSO = "See also"
RELATED_PORTS = "Related ports"
OTHER_SYSTEMS = "Also for {systems}: add “on …” to the question, or --system."
SOURCES = "Sources"
MORE_SOURCES = " · and {count} more"
PREVIOUS_PORT = "◀ Port {number}"
NEXT_PORT = "Port {number} ▶"
PORT = "Port {number}"
CAREFUL = "Careful:"
CUT = "… cut here: the rest is longer than one message may be."
NO_ANSWER = (
    "I do not know that one. I know network ports: try “what is port 443?” "
    "or “which port does PostgreSQL use?”"
)
EMPTY_QUESTION = "Ask me about a port, such as “what is port 576?”"
RETIRED = "This button comes from an older version and has retired. Please ask again."
GONE = "What this button led to is no longer in my knowledge base. Please ask again."


def enumerate_words(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 (one word needs no "and")
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def status_phrase(states: Iterable[tuple[Protocol, Status]]) -> str:
    """Say the statuses of one port, such as "assigned for TCP and UDP" or "unassigned".

    A protocol for which the port is merely unassigned goes without saying, unless all are.
    """
    by_word: dict[str, list[str]] = {}
    for protocol, status in states:
        by_word.setdefault(status_word(status), []).append(protocol.upper())
    if len(by_word) == 1:
        return next(iter(by_word))
    by_word.pop("unassigned", None)
    return ", ".join(f"{word} for {enumerate_words(names)}" for word, names in by_word.items())


def facts_phrase(facts: PortFacts) -> str:
    """Say a port's status and range, such as "assigned for TCP and UDP · System Ports"."""
    return f"{status_phrase(facts.states.items())} · {facts.range}"
