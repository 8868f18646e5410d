"""What is meant -> the Answer: one maker for each intent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from itertools import zip_longest

from knowledge import commands, compose, free_answer, wishes
from knowledge.base import KnowledgeBase
from knowledge.commands import Wish
from knowledge.free import free_ports
from knowledge.model import (
    MAX_PORT,
    Alternative,
    Answer,
    Command,
    Faq,
    Intent,
    Lazy,
    Point,
    PointKind,
    PortFacts,
    Protocol,
    Question,
    System,
)
from knowledge.names import Place
from knowledge.phrasebook import ENGLISH, _, joined
from knowledge.several import MOST_FACTS, about_each
from knowledge.verdicts import SENTENCES, verdict_on, worst_first
from knowledge.vocabulary import Concept

_NEARBY = 4  # ports told on either side
_SYSTEMS = tuple(System)
_MOST_JUDGED = 6  # ports of which is told whether they are to be worried about
_MOST_OPENED = 4  # ports for which the commands are told
_EACH = frozenset({Intent.CHECK, Intent.OPEN})  # is done to each of several ports
_MOST_COMPARED = 5  # ports
_OTHER_PLACES = 4  # further ports of a named thing


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question is taken to mean.

    Attributes:
        numbers: the ports, never empty; the first is the main one.
        lead: what is said first: what the asker named, and where it is found.
        named: the product that the asker named; "" where none was.
    """

    numbers: tuple[int, ...]
    intent: Intent
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    lead: str = ""
    named: str = ""


class Maker:
    """Makes answers from one knowledge base, in one language.

    Args:
        base: where the facts are.
        phrases: the catalogue of the language in which composed sentences are told.
    """

    def __init__(self, base: KnowledgeBase, phrases: NullTranslations = ENGLISH) -> None:
        self.base = base
        self.phrases = phrases
        self._t = phrases.gettext

    # ------------------------------------------------------------------ one port

    def port(self, question: Question, meaning: Meaning) -> Answer:
        """Return the answer about one port (the first), or about several that were asked of."""
        intent, numbers, lead = meaning.intent, meaning.numbers, meaning.lead
        protocol = question.protocol
        if intent is Intent.SAFETY and len(numbers) > 1:
            worst = worst_first([self.base.facts(n) for n in numbers[:MOST_FACTS]], protocol)
            numbers = (*(facts.number for facts in worst), *numbers[MOST_FACTS:])
        facts = self.base.facts(numbers[0])
        wish = wishes.wish_of(question, intent)
        about = self._summary(numbers, question, intent, wish)
        answer = Answer(
            question=question,
            intent=intent,
            confidence=meaning.confidence,
            title=compose.title(facts, protocol, self.phrases, meaning.named),
            summary=f"{lead} {about}" if lead else about,
            ports=numbers,
            protocol=protocol,
            system=question.system,
            points=Lazy(
                lambda: (
                    *wishes.cloud_points(question, intent, facts.number, None, self.phrases),
                    *self._points(facts, protocol, intent),
                )
            ),
            commands=self._commands(numbers, question, intent, wish),
            facts=(facts,),
            sources=Lazy(lambda: compose.sources(facts, protocol)),
            alternatives=meaning.alternatives,
        )
        return about_each(answer, self.base, self.phrases) if len(numbers) > 1 else answer

    def _line(self, facts: PortFacts, protocol: Protocol | None) -> str:
        return f"{facts.number}: {compose.short(facts, protocol, self.phrases)}"

    def _points(
        self, facts: PortFacts, protocol: Protocol | None, intent: Intent
    ) -> tuple[Point, ...]:
        found = tuple(compose.points(facts, protocol, self.phrases))
        if intent is Intent.SAFETY:
            return tuple(sorted(found, key=lambda point: point.kind is not PointKind.RISK))
        return found

    def _summary(
        self, numbers: Sequence[int], question: Question, intent: Intent, wish: Wish
    ) -> str:
        facts = self.base.facts(numbers[0])
        about = compose.summary(facts, question.protocol, self.phrases)
        if intent is Intent.ABOUT:
            return about
        if intent is Intent.SAFETY:
            judged = map(self.base.facts, numbers[:_MOST_JUDGED])
            return f"{self._verdicts(judged, question.protocol)} {about}"
        several = intent in _EACH and len(numbers) > 1
        ports = joined(list(map(str, numbers[:_MOST_OPENED])), self.phrases)
        told = ports if several else str(facts.number)
        clouds = wishes.cloud_points(question, intent, facts.number, None, self.phrases)
        if clouds:  # its firewall comes first; that of the system is mostly open
            return f"{clouds[0].text} {about}"
        lead = wishes.lead(intent, wish, told, self.phrases, several=several)
        return f"{lead} {about}" if lead else about

    @staticmethod
    def _commands(
        numbers: Sequence[int], question: Question, intent: Intent, wish: Wish
    ) -> Mapping[System, tuple[Command, ...]]:
        """Return the commands for the first port; what checks, opens or closes, for each."""
        if intent not in _EACH or len(numbers) == 1:
            return commands.for_question(intent, numbers[0], question.protocol, _SYSTEMS, wish)
        each = [
            commands.for_question(intent, number, question.protocol, _SYSTEMS, wish)
            for number in numbers[:_MOST_OPENED]
        ]
        # Tool by tool: what all ports share, such as a reload, comes behind each of them.
        return {
            system: tuple(
                dict.fromkeys(
                    command
                    for alike in zip_longest(*(found.get(system, ()) for found in each))
                    for command in alike
                    if command is not None
                )
            )
            for system in each[0]
        }

    def _verdicts(self, all_facts: Iterable[PortFacts], protocol: Protocol | None) -> str:
        """Return a calm first sentence on each port, whether it is to be worried about."""
        return " ".join(
            self._t(SENTENCES[verdict_on(facts, protocol)]).format(number=facts.number)
            for facts in all_facts
        )

    def found(self, label: str, places: Sequence[Place], *, service: bool) -> str:
        """Return the sentence that says on which ports a named thing is found."""
        numbers: dict[int, str] = {}
        for place in places:
            numbers.setdefault(place.number, place.role)
        (first, role), *others = numbers.items()
        if service:
            # Translators: {name} is a name such as https; {port} may be "8080 (alternative)".
            text = _("The service name {name} stands for port {port}.")
        else:
            # Translators: {name} is a product; {port} may be "8080 (web UI)".
            text = _("{name} is met on port {port} by default.")
        told = self._t(text).format(name=label, port=f"{first} ({role})" if role else first)
        if others:
            rest = [f"{number} ({role})" if role else str(number) for number, role in others]
            listed = joined(rest[:_OTHER_PLACES], self.phrases)
            # Translators: further ports of the same service or product.
            told += " " + self._t(_("Also: {ports}.")).format(ports=listed)
        return told

    # ------------------------------------------------------------------ two, many, none

    def compare(self, question: Question, numbers: Sequence[int], confidence: float) -> Answer:
        """Return what tells two ports, or a few, apart."""
        compared = [self.base.facts(number) for number in numbers[:_MOST_COMPARED]]
        protocol = question.protocol
        lines = [self._line(facts, protocol) for facts in compared]
        if len(compared) > 2:  # noqa: PLR2004 - two have a title of their own
            listed = joined([str(facts.number) for facts in compared], self.phrases)
            # Translators: a title. {numbers} is a list of ports.
            title = self._t(_("Ports {numbers}")).format(numbers=listed)
        else:
            # Translators: a title.
            title = self._t(_("Port {first} and port {second}")).format(
                first=compared[0].number, second=compared[1].number
            )
        told = []
        for facts in compared:
            told.append(Point(PointKind.DETAIL, compose.summary(facts, protocol, self.phrases)))
            told += compose.numbered_risks(facts, protocol, self.phrases)
        return Answer(
            question=question,
            intent=Intent.COMPARE,
            confidence=confidence,
            title=title,
            summary=". ".join(lines) + ".",
            ports=tuple(facts.number for facts in compared),
            protocol=protocol,
            system=question.system,
            points=tuple(told),
            commands=commands.for_question(Intent.CHECK, compared[0].number, protocol, _SYSTEMS),
            facts=tuple(compared),
            sources=compose.union(compose.sources(facts, protocol) for facts in compared),
        )

    def neighbors(self, question: Question, number: int, confidence: float) -> Answer:
        """Return what lies around a port, and the nearest unassigned ones."""
        facts = self.base.facts(number)
        around = [
            self.base.facts(n)
            for n in range(max(0, number - _NEARBY), min(MAX_PORT, number + _NEARBY) + 1)
        ]
        below, above = self._unassigned_beside(number)
        parts = []
        if facts.previous is not None:
            parts.append(
                # Translators: {port} is a number and a name, such as "443: https".
                self._t(_("Below {number} the nearest assigned port is {port}.")).format(
                    number=number, port=self._line(self.base.facts(facts.previous), None)
                )
            )
        if facts.next is not None:
            parts.append(
                # Translators: after "Below 444 the nearest assigned port is 443: https."
                self._t(_("Above it, {port}.")).format(
                    port=self._line(self.base.facts(facts.next), None)
                )
            )
        free = [str(n) for n in (below, above) if n is not None]
        if free:
            parts.append(
                self.phrases.ngettext(
                    "The nearest unassigned port is {ports}.",
                    "The nearest unassigned ports are {ports}.",
                    len(free),
                ).format(ports=joined(free, self.phrases))
            )
        if question.concepts & Concept.FREE:
            choice = free_ports(self.base, free_answer.wanted_of(question))
            if choice.ports:
                parts.append(free_answer.taking(choice, self.phrases))
        return Answer(
            question=question,
            intent=Intent.NEIGHBORS,
            confidence=confidence,
            # Translators: a title.
            title=self._t(_("Around port {number}")).format(number=number),
            summary=" ".join(parts),
            ports=(number,),
            protocol=question.protocol,
            system=question.system,
            points=tuple(
                Point(PointKind.NEIGHBORS, self._line(near, question.protocol)) for near in around
            ),
            facts=(facts,),
            sources=(compose.REGISTRY,),
        )

    def _unassigned_beside(self, number: int) -> tuple[int | None, int | None]:
        """Return the nearest unassigned port below and above."""
        blocks = self.base.unassigned_blocks()
        below = max(
            (min(last, number - 1) for first, last in blocks if first < number), default=None
        )
        above = min(
            (max(first, number + 1) for first, last in blocks if last > number), default=None
        )
        return below, above

    def faq(
        self,
        question: Question,
        entry: Faq,
        confidence: float,
        alternatives: tuple[Alternative, ...] = (),
    ) -> Answer:
        """Return the answer to a concept question."""
        # Translators: stands before a command to type.
        caption = self._t(_("Command"))
        lines: dict[System, tuple[Command, ...]] = {
            system: tuple(Command(line, caption) for line in texts)
            for system, texts in entry.commands.items()
        }
        return Answer(
            question=question,
            intent=Intent.FAQ,
            confidence=confidence,
            title=entry.question,
            summary=entry.answer,
            ports=question.ports,
            faq=entry.part_of or entry.slug,
            protocol=question.protocol,
            system=question.system,
            commands=lines,
            facts=tuple(self.base.facts(number) for number in question.ports[:MOST_FACTS]),
            entry=entry,
            sources=entry.sources,
            alternatives=alternatives,
        )

    def invalid(self, question: Question) -> Answer:
        """Return that a number is no port."""
        return Answer(
            question=question,
            intent=Intent.ABOUT,
            confidence=question.evidence,
            title=self._t(_("{number} is not a port")).format(number=question.invalid[0]),
            summary=self._t(
                _(
                    "{number} is not a port: a port number has 16 bits, so there are"
                    " 65,536 of them, from 0 to 65535."
                )
            ).format(number=question.invalid[0]),
            protocol=question.protocol,
            system=question.system,
            sources=(compose.RFC_6335,),
        )

    def nothing(self, question: Question, alternatives: tuple[Alternative, ...] = ()) -> Answer:
        """Return that nothing was understood, with what may have been meant."""
        return Answer(
            question=question,
            intent=Intent.NONE,
            confidence=0.0,
            title=self._t(_("No answer")),
            summary=self._t(
                _(
                    "I answer questions about network ports, such as “what is port 443?” or"
                    " “which port does PostgreSQL use?”."
                )
            ),
            protocol=None,
            system=None,
            alternatives=alternatives,
        )
