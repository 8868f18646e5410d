"""The answer to who looks for a free port: which ones, why these, where they were sought."""

from collections.abc import Iterator, Sequence
from gettext import NullTranslations

from knowledge import commands, compose, free
from knowledge.base import KnowledgeBase
from knowledge.free import Choice, Wanted
from knowledge.model import (
    MAX_PORT,
    Answer,
    Intent,
    Point,
    PointKind,
    PortFacts,
    Protocol,
    Question,
    Status,
    System,
)
from knowledge.phrasebook import ENGLISH, _, joined

CONFIDENCE = 1.0  # of a wish that was made as a command
SENTENCE_END = ".。। "  # what may stand behind a sentence; in Thai nothing does but the space
_COMMON = frozenset({"Linux", "Windows", "macOS", "FreeBSD"})  # whose ranges are kept clear of


def question_of(wanted: Wanted, language: str, system: System | None = None) -> Question:
    """Return the question that a wish for a free port is."""
    return Question(
        text=free.written(wanted),
        intent=Intent.SUGGEST,
        count=wanted.count,
        protocol=wanted.protocol,
        system=system,
        language=language,
        evidence=CONFIDENCE,
    )


def wanted_of(question: Question) -> Wanted:
    """Return what kind of port a question in words asks for.

    A port that it names is taken; near it is where the asker wanted to be.
    """
    near = question.ports[0] if question.ports and not question.bounds else None
    return Wanted(
        near,
        question.text,
        max(1, min(question.count or free.USUAL, free.MOST)),
        question.protocol,
        question.bounds,
        frozenset(question.ports),
    )


def answer(
    question: Question,
    wanted: Wanted,
    base: KnowledgeBase,
    confidence: float = CONFIDENCE,
    phrases: NullTranslations = ENGLISH,
) -> Answer:
    """Return ports to take for a service of one's own, and why these."""
    choice = free.free_ports(base, wanted)
    facts = tuple(base.facts(number) for number in choice.ports)
    return Answer(
        question=question,
        intent=Intent.SUGGEST,
        confidence=confidence,
        title=taking(choice, phrases).rstrip(SENTENCE_END)
        if choice.ports
        else phrases.gettext(_("A port for a service of your own")),
        summary=_summary(wanted, choice, phrases),
        ports=choice.ports,
        protocol=question.protocol,
        system=question.system,
        points=tuple(_points(wanted, choice, facts, base, phrases)),
        commands=commands.for_question(
            Intent.CHECK, choice.ports[0], question.protocol, tuple(System)
        )
        if choice.ports
        else {},
        facts=facts,
        sources=(compose.REGISTRY, compose.RFC_6335),
    )


def taking(choice: Choice, phrases: NullTranslations) -> str:
    """Return the sentence that names the ports to take."""
    return phrases.gettext(_("Free to take: {ports}.")).format(
        ports=joined([str(number) for number in choice.ports], phrases)
    )


def _summary(wanted: Wanted, choice: Choice, phrases: NullTranslations) -> str:
    if not choice.ports:
        first, last = wanted.bounds or (1, MAX_PORT)
        return phrases.gettext(
            _("No port between {first} and {last} is free of every objection.")
        ).format(first=first, last=last)
    told = taking(choice, phrases)
    if choice.quiet:
        reasons = _(
            "Not assigned by IANA, not known to be used by software, not blocked by browsers,"
            " and outside the ranges that Linux, Windows, macOS and FreeBSD hand out to"
            " outgoing connections."
        )
    else:
        reasons = _(
            "Not assigned by IANA and not known to be used by software; but some"
            " systems hand such high numbers out to outgoing connections, so keep"
            " the port out of that range there."
        )
    return f"{told} {phrases.gettext(reasons)}"


def _points(
    wanted: Wanted,
    choice: Choice,
    facts: tuple[PortFacts, ...],
    base: KnowledgeBase,
    phrases: NullTranslations,
) -> Iterator[Point]:
    for text in _where(wanted, choice, base, phrases):
        yield Point(PointKind.DETAIL, text)
    blocks: dict[Status, PortFacts] = {}  # of several ports in one block the first tells of it
    for fact in facts:
        blocks.setdefault(fact.states[Protocol.TCP], fact)
    for fact in blocks.values():
        yield Point(PointKind.OFFICIAL, compose.official(fact, wanted.protocol, phrases))
    yield from _beside(facts, base, phrases)
    if facts and (others := _others(facts[0])) and choice.quiet:
        yield Point(
            PointKind.SYSTEM,
            phrases.gettext(
                _("{systems} may still hand it out to an outgoing connection: exclude it there.")
            ).format(systems=joined(others, phrases)),
        )
    if facts:
        yield Point(
            PointKind.RISK,
            phrases.gettext(
                _("No list can promise that a port is free on your machine: check it there first.")
            ),
        )


def _where(
    wanted: Wanted, choice: Choice, base: KnowledgeBase, phrases: NullTranslations
) -> Iterator[str]:
    """Yield where the ports were looked for, if that is not where they were wanted, and why."""
    if not choice.ports:
        return
    near, centre = wanted.near, choice.centre
    if near is not None and near < free.FIRST:
        yield phrases.gettext(
            _(
                "Ports below {first} need administrator rights on most systems, so I looked"
                " around {centre} instead."
            )
        ).format(first=free.FIRST, centre=centre)
    if near is not None and near >= free.EPHEMERAL_FROM and choice.quiet:
        yield phrases.gettext(
            _(
                "Port {port} is in a range that systems hand out to outgoing connections"
                " ({systems}), so I looked below {first}, where none of them does."
            )
        ).format(
            port=near,
            systems=joined(_handing_out(base.facts(near)), phrases),
            first=free.EPHEMERAL_FROM,
        )
    elif choice.gap is not None:
        yield phrases.gettext(
            _(
                "None of the ports from {first} to {last} is free of every objection, so these are"
                " further away."
            )
        ).format(first=choice.gap[0], last=choice.gap[1])
    if choice.nearer:
        yield phrases.gettext(_("Nearer, where no FreeBSD system is involved: {ports}.")).format(
            ports=joined([str(number) for number in choice.nearer], phrases)
        )
    if choice.band is not None:
        yield phrases.gettext(
            _("I looked from {first} to {last}, near where services of this kind are common.")
        ).format(first=choice.band[0], last=choice.band[1])


def _beside(
    facts: Sequence[PortFacts], base: KnowledgeBase, phrases: NullTranslations
) -> Iterator[Point]:
    """Yield which ports in common use are the nearest, once for those that have the same."""
    beside: dict[tuple[str, ...], list[str]] = {}
    for fact in facts:
        beside.setdefault(tuple(_in_use_beside(fact.number, base)), []).append(str(fact.number))
    # Translators: {port} is a port or a list of ports, {ports} such as "8000 (Django)".
    text = phrases.gettext(_("Nearest to {port}, these are in common use: {ports}."))
    for named, numbers in beside.items():
        if named:
            told = text.format(port=joined(numbers, phrases), ports=joined(named, phrases))
            yield Point(PointKind.PRACTICE, told)


def _in_use_beside(number: int, base: KnowledgeBase) -> Iterator[str]:
    for busy in free.busy_beside(number, base):
        leader = compose.leading_use(base.facts(busy), None) if busy is not None else None
        if leader is not None:
            yield f"{busy} ({leader.product})"


def _handing_out(facts: PortFacts) -> list[str]:
    """Return the common systems that hand the port out by default."""
    return list(
        dict.fromkeys(e.system for e in facts.ephemeral if e.current and e.system in _COMMON)
    )


def _others(facts: PortFacts) -> list[str]:
    """Return the other systems that hand the port out by default."""
    return list(
        dict.fromkeys(e.system for e in facts.ephemeral if e.current and e.system not in _COMMON)
    )
