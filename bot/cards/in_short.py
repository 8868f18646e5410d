"""What was asked, said again in a few words that get the same answer: for buttons to remember."""

from knowledge import reach
from knowledge.commands import Wish
from knowledge.model import Answer, Intent, Port
from knowledge.vocabulary import Concept
from knowledge.wishes import wish_of

_ASKED = {
    Intent.CHECK: "check {ports}",
    Intent.OPEN: "open {ports}",
    Intent.SAFETY: "safety of {ports}",
    Intent.NEIGHBORS: "neighbors of {ports}",
}


def in_short(answer: Answer) -> str | None:
    """Return a short question whose answer this is, as far as it is about ports or a FAQ.

    It is in English, whatever the question's language is. What was pasted is not in it.

    >>> from knowledge.model import Question
    >>> asked = Question("and close it", closing=True)
    >>> in_short(Answer(asked, Intent.OPEN, 0.9, "Port 22", "", ports=(22,)))
    'close port 22'
    """
    if answer.entry is not None:
        return answer.entry.question
    if answer.span is None and (not answer.ports or answer.intent is Intent.SUGGEST):
        return None
    if answer.intent is Intent.COMPARE and len(answer.ports) > 1:
        return f"compare ports {' and '.join(map(str, answer.ports))}"
    if answer.question.host is not None and answer.intent is Intent.CHECK and not answer.span:
        return reach.written(Port(answer.ports[0], answer.protocol), answer.question.host)
    wish = wish_of(answer.question, answer.intent)
    return " ".join(part for part in (_asked(answer, wish), *_where(answer, wish)) if part)


def _asked(answer: Answer, wish: Wish) -> str:
    """Return the question without what it is limited to."""
    asked = _ASKED.get(answer.intent, "{ports}")
    match answer.intent:
        case Intent.CHECK if wish.stopping:
            asked = "stop what listens on {ports}"
        case Intent.CHECK if wish.in_use:
            asked = "{ports} already in use"
        case Intent.OPEN if wish.closing:
            asked = "close {ports}"
    return asked.format(ports=_ports(answer, wish))


def _ports(answer: Answer, wish: Wish) -> str:
    """Return the port or the range by its number, such as "outgoing port 25/tcp"."""
    if answer.span is None:
        named = f"port {Port(answer.ports[0], answer.protocol)}"
    else:
        first, last = answer.span
        named = f"ports {first}-{last}" + (f"/{answer.protocol}" if answer.protocol else "")
    return f"outgoing {named}" if wish.outbound else named


def _where(answer: Answer, wish: Wish) -> tuple[str, ...]:
    """Return whom and what the question is limited to, as far as that changes its answer."""
    opens = answer.intent is Intent.OPEN
    in_cloud = bool(answer.question.concepts & Concept.CLOUD)
    return (
        f"from {wish.source}" if opens and wish.source else "",
        "in docker" if wish.containers else "",
        "in kubernetes" if wish.cluster else "",
        "in the security group" if in_cloud and (opens or answer.intent is Intent.SAFETY) else "",
    )
