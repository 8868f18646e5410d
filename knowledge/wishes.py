"""What a question wants of a port beside its intent, and how that is told."""

from gettext import NullTranslations

from knowledge import commands
from knowledge.commands import Wish
from knowledge.model import Intent, Point, PointKind, Question
from knowledge.phrasebook import ENGLISH, _n
from knowledge.vocabulary import Concept

_CONTAINER, _CLUSTER = int(Concept.CONTAINER), int(Concept.CLUSTER)
_STOP, _IN_USE, _CLOUD = int(Concept.STOP), int(Concept.IN_USE), int(Concept.CLOUD)
_TOLD = _CONTAINER | _CLUSTER | _STOP | _IN_USE | int(Concept.CLOSE | Concept.OUTBOUND)
_CLOUDS = (  # what is said of each in the advice, in its order
    frozenset({"aws", "ec2", "amazon", "vpc", "lightsail"}),
    frozenset({"azure", "nsg", "microsoft"}),
    frozenset({"gcp", "google", "gce"}),
)


def wish_of(question: Question, intent: Intent) -> Wish:
    """Return the wish of a question; commands.PLAIN where it has none."""
    concepts = question.concepts
    if not (concepts & _TOLD or question.closing) and question.source is None:
        return commands.PLAIN
    # "docker" without a number may be the product asked for.
    named = bool(question.ports) or intent in {Intent.CHECK, Intent.OPEN}
    return Wish(
        closing=question.closing,
        stopping=bool(concepts & _STOP),
        in_use=bool(concepts & _IN_USE),
        containers=named and bool(concepts & _CONTAINER),
        cluster=named and bool(concepts & _CLUSTER),
        outbound=question.outbound,
        source=question.source,
    )


def lead(
    intent: Intent, wish: Wish, ports: str, phrases: NullTranslations, *, several: bool = False
) -> str:
    """Return the sentence that says what the commands do; "" where they are but beside it.

    Args:
        intent: of the answer.
        wish: what the question wants beside it.
        ports: as they are told: "443", "80 and 443", "8000-8010".
        phrases: the catalogue of the language to tell it in.
        several: whether they are more than one.
    """
    match intent:
        case Intent.CHECK:
            messages = _checking(wish, one=not several)
        case Intent.OPEN:
            messages = _opening(wish)
        case _:
            return ""
    # A range is told as two ports are: no language counts those as one or as many.
    text = phrases.ngettext(*messages, 2 if several else 1)
    return text.format(ports=ports, source=wish.source)


def _checking(wish: Wish, *, one: bool) -> tuple[str, str]:
    # Translators: in this and the next messages, {ports} is "443", several such as "80 and 443",
    # or a range such as "8000-8010": the first form is for one port, all others are for more.
    if not one:
        return _n(
            "What holds port {ports} the commands below show.",
            "What holds ports {ports} the commands below show.",
        )
    if wish.stopping:
        return _n(
            "The commands below show what holds port {ports}, and stop it.",
            "The commands below show what holds ports {ports}, and stop it.",
        )
    if wish.in_use:
        return _n(
            "What holds port {ports} the commands below show, and how to stop it.",
            "What holds ports {ports} the commands below show, and how to stop it.",
        )
    return _n(
        "What holds port {ports}, and whether it answers, the commands below show.",
        "What holds ports {ports}, and whether they answer, the commands below show.",
    )


def _opening(wish: Wish) -> tuple[str, str]:
    match wish:
        case Wish(closing=True, source=str()):
            # Translators: {source} is an address such as 10.0.0.0/8; {ports} as above.
            return _n(
                "The commands below close port {ports} to {source} on each system.",
                "The commands below close ports {ports} to {source} on each system.",
            )
        case Wish(source=str()):
            # Translators: {source} is an address such as 10.0.0.0/8; {ports} as above.
            return _n(
                "The commands below open port {ports} to {source} in the firewall of each system;"
                " they keep nobody out where a wider rule lets everyone in already.",
                "The commands below open ports {ports} to {source} in the firewall of each system;"
                " they keep nobody out where a wider rule lets everyone in already.",
            )
        case Wish(closing=True, outbound=True):
            # Translators: outgoing connections to this port of other machines.
            return _n(
                "The commands below stop this machine from reaching port {ports} of others, on"
                " each system.",
                "The commands below stop this machine from reaching ports {ports} of others, on"
                " each system.",
            )
        case Wish(outbound=True):
            # Translators: outgoing connections to this port of other machines.
            return _n(
                "The commands below let this machine reach port {ports} of others again.",
                "The commands below let this machine reach ports {ports} of others again.",
            )
        case Wish(closing=True):
            return _n(
                "The commands below close port {ports} in the firewall of each system.",
                "The commands below close ports {ports} in the firewall of each system.",
            )
        case _:
            return _n(
                "The commands below open port {ports} in the firewall of each system;"
                " open it only to those who need it.",
                "The commands below open ports {ports} in the firewall of each system;"
                " open them only to those who need them.",
            )


def cloud_points(
    question: Question,
    intent: Intent,
    number: int,
    last: int | None = None,
    phrases: NullTranslations = ENGLISH,
) -> tuple[Point, ...]:
    """Return how to open a port in the cloud that the question names, or in each; else nothing."""
    if not question.concepts & _CLOUD or intent not in {Intent.OPEN, Intent.SAFETY}:
        return ()
    if intent is Intent.OPEN and question.closing:
        return ()  # clouds let nothing in that no rule names: there is none to add
    advice = commands.cloud_advice(number, question.protocol, question.source, last, phrases)
    *each, both = advice or ("",)
    words = set(question.words)
    named = [text for text, names in zip(each, _CLOUDS, strict=False) if names & words]
    return tuple(Point(PointKind.DETAIL, text) for text in (*(named or each), both) if text)
