"""The answer to who asks for a range of ports: what is assigned there, and what is met there."""

from collections.abc import Callable, Iterable
from gettext import NullTranslations

from knowledge import commands, compose, wishes
from knowledge.base import KnowledgeBase
from knowledge.model import (
    Answer,
    Intent,
    Point,
    PointKind,
    PortRange,
    Question,
    System,
)
from knowledge.phrasebook import _, counted, joined
from knowledge.sentences import beginning

_LISTED = 12  # services or products that are told
_READ = 200  # rows of which these are the first
_SYSTEMS = tuple(System)


def answer(
    question: Question,
    intent: Intent,
    confidence: float,
    base: KnowledgeBase,
    phrases: NullTranslations,
) -> Answer:
    """Return what lies in the first range that a question names."""
    first, last = question.spans[0]
    wish = wishes.wish_of(question, intent)
    tell = phrases.gettext
    ends = (base.facts(first), base.facts(last))
    summary = [
        wishes.lead(intent, wish, f"{first}-{last}", phrases, several=True),
        _where(first, last, phrases),
    ]
    told: list[Point] = []
    services = base.services_between(first, last, _READ)
    products = base.products_between(first, last, _READ)
    if services:
        # Translators: service names with their ports, in the range that was asked for.
        template = tell(_("Assigned there: {names}."))
        text = _listed(template, services, lambda: base.count_services(first, last), phrases)
        told.append(Point(PointKind.OFFICIAL, text))
    else:
        summary.append(tell(_("None of them is assigned to a service.")))
    if products:
        template = tell(compose.IN_PRACTICE)
        text = _listed(template, products, lambda: base.count_products(first, last), phrases)
        told.append(Point(PointKind.PRACTICE, text))
    if told:
        summary.append(told[-1].text)
    for facts in ends:
        told += compose.numbered_risks(facts, question.protocol, phrases)
    return Answer(
        question=question,
        intent=intent,
        confidence=confidence,
        # Translators: a title: a range of ports.
        title=tell(_("Ports {first}-{last}")).format(first=first, last=last),
        summary=beginning(" ".join(part for part in summary if part)),
        ports=(first, last),
        span=(first, last),
        protocol=question.protocol,
        system=question.system,
        points=(*wishes.cloud_points(question, intent, first, last, phrases), *told),
        commands=commands.for_question(intent, first, question.protocol, _SYSTEMS, wish, last),
        facts=ends,
        sources=compose.union(compose.sources(facts, question.protocol) for facts in ends),
    )


def _where(first: int, last: int, phrases: NullTranslations) -> str:
    """Return how many ports these are, and in which of RFC 6335's ranges."""
    count = last - first + 1
    ranges = [
        compose.range_name(each, phrases)
        for each in PortRange
        if each.bounds[0] <= last and first <= each.bounds[1]
    ]
    return phrases.ngettext(
        "Ports {first}-{last} are {count} port, in the {range}.",
        "Ports {first}-{last} are {count} ports, in the {range}.",
        count,
    ).format(first=first, last=last, count=counted(count, phrases), range=joined(ranges, phrases))


def _listed(
    template: str,
    found: Iterable[tuple[int, str]],
    count: Callable[[], int],
    phrases: NullTranslations,
) -> str:
    """Return the first names with their ports, and how many more there are.

    Args:
        template: of the sentence that names them.
        found: ports and names, at most as many as are read.
        count: counts all names, where not all were read.
        phrases: the reader's.
    """
    ports: dict[str, int] = {}
    rows = 0
    for number, name in found:
        ports.setdefault(name, number)
        rows += 1
    listed = [f"{name} ({number})" for name, number in list(ports.items())[:_LISTED]]
    text = template.format(names=joined(listed, phrases))
    rest = (len(ports) if rows < _READ else count()) - len(listed)
    if rest > 0:
        # Translators: more names of services or products.
        more = phrases.ngettext("And {count} more.", "And {count} more.", rest)
        text += f" {more.format(count=counted(rest, phrases))}"
    return text
