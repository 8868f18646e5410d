"""An answer about one port becomes one about several: something is told of each."""

from collections.abc import Sequence
from dataclasses import replace
from gettext import NullTranslations

from knowledge import compose, wishes
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, Point, PointKind, PortFacts, Protocol
from knowledge.phrasebook import _, counted, joined

MOST_FACTS = 25
_MOST_EXPLAINED = 4  # ports of which more than a line is told
_MOST_JUDGED = 6  # ports of which the risks are told
_MOST_NAMED = 6  # ports in a title


def about_each(answer: Answer, base: KnowledgeBase, phrases: NullTranslations) -> Answer:
    """Return the answer with something on each of its ports, rather than all on the first.

    Args:
        answer: about the first of its ports.
        base: where the facts are.
        phrases: the catalogue of the language to tell it in.
    """
    protocol = answer.protocol
    facts = tuple(base.facts(number) for number in answer.ports[:MOST_FACTS])
    lead = answer.summary.removesuffix(compose.summary(facts[0], protocol, phrases))
    if len(facts) <= _MOST_EXPLAINED:
        lines = [compose.summary(each, protocol, phrases) for each in facts]
    else:
        lines = [f"{each.number}: {compose.short(each, protocol, phrases)}" for each in facts]
    told = [Point(PointKind.DETAIL, line) for line in lines]
    risks = [
        risk
        for each in facts[:_MOST_JUDGED]
        for risk in compose.numbered_risks(each, protocol, phrases)
    ]
    clouds = wishes.cloud_points(answer.question, answer.intent, answer.ports[0], None, phrases)
    safety = answer.intent is Intent.SAFETY
    return replace(
        answer,
        title=_title(answer.ports, phrases),
        summary=f"{lead}{_counted(facts, protocol, phrases)}",
        points=(*clouds, *risks, *told) if safety else (*clouds, *told, *risks),
        facts=facts,
        sources=compose.union(compose.sources(each, protocol) for each in facts),
    )


def _title(numbers: Sequence[int], phrases: NullTranslations) -> str:
    named = [str(number) for number in numbers[:_MOST_NAMED]]
    told = joined(named, phrases) if len(named) == len(numbers) else ", ".join((*named, "…"))
    # Translators: a title; {numbers} is a list or a range of ports.
    return phrases.gettext(_("Ports {numbers}")).format(numbers=told)


def _counted(
    facts: Sequence[PortFacts], protocol: Protocol | None, phrases: NullTranslations
) -> str:
    """Return "5 ports: 22 (ssh), 80 (http) and 3 more."."""
    named = [
        f"{each.number} ({name})"
        if (name := compose.service_of(each, protocol))
        else str(each.number)
        for each in facts[:_MOST_NAMED]
    ]
    more = len(facts) - len(named)
    if more:
        named.append(
            phrases.ngettext("{count} more", "{count} more", more).format(
                count=counted(more, phrases)
            )
        )
    return phrases.ngettext(
        "{count} port: {ports}.", "{count} ports: {ports}.", len(facts)
    ).format(count=counted(len(facts), phrases), ports=joined(named, phrases))
