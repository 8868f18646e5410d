"""What stands on a card, and in which order, whatever the face that shows it."""

import re
from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from itertools import groupby

from bot.cards import words
from knowledge.commands.reach import PLACE
from knowledge.compose import IN_PRACTICE, MET_WITH
from knowledge.free_answer import SENTENCE_END
from knowledge.model import Answer, Command, Intent, Point, PointKind, PortFacts, System
from knowledge.phrasebook import ENGLISH

SURE = 0.8  # from here on an answer's alternatives are further reading, not what was meant
_SYSTEMS = tuple(System)
_SENTENCE_END = re.compile(r"(?<=[.!?।])\s+|(?<=[。！？])\s*")


def status_lines(answer: Answer, phrases: NullTranslations = ENGLISH) -> tuple[str, ...]:
    """Return a line on the status and range of the one port, or of those compared."""
    if answer.faq is not None or answer.span is not None:
        return ()
    if len(answer.facts) == 1:
        return (words.facts_phrase(answer.facts[0], phrases),)
    if answer.intent is Intent.COMPARE:
        return tuple(
            f"{phrases.gettext(words.PORT).format(number=facts.number)}: "
            f"{words.facts_phrase(facts, phrases)}"
            for facts in answer.facts
        )
    return ()


def told(answer: Answer) -> tuple[str, tuple[Point, ...]]:
    """Return the summary and the points, without saying anything twice.

    The summary gives way where both say a sentence, because the points stand under headings that
    tell official and actual use apart; and where the title says it.
    """
    points = tuple(answer.points)
    summary = answer.summary
    if answer.intent is Intent.SUGGEST:  # the title names the ports
        summary = summary.removeprefix(answer.title).lstrip(SENTENCE_END)
    for point in points:  # whole, for in Thai nothing marks where a sentence ends
        if point.kind is not PointKind.NEIGHBORS:  # which are no sentences, but stand in some
            summary = summary.replace(point.text, "").strip()
    said = {each for point in points for each in _SENTENCE_END.split(point.text)}
    sentences = _SENTENCE_END.split(summary)
    new = [sentence for sentence in sentences if sentence not in said]
    return summary if len(new) == len(sentences) else " ".join(new), points


def unpressed(answer: Answer, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the points without what a card's buttons say: the neighbours, where one port is told.

    Its range stands in the status line. Who asks for the neighbours gets their list.
    """
    if len(answer.facts) != 1 or answer.intent is Intent.NEIGHBORS:
        return points
    return tuple(point for point in points if point.kind is not PointKind.NEIGHBORS)


def headed(
    points: tuple[Point, ...], phrases: NullTranslations = ENGLISH
) -> Mapping[PointKind, tuple[str, ...]]:
    """Return the texts of each kind of point, in the order in which the kinds first occur.

    What a sentence begins with and its heading says is left out.
    """
    kinds = dict.fromkeys(point.kind for point in points)
    texts = {kind: dict.fromkeys(p.text for p in points if p.kind is kind) for kind in kinds}
    return {
        kind: tuple(_without_heading(text, kind, phrases) for text in told)
        for kind, told in texts.items()
    }


def _without_heading(text: str, kind: PointKind, phrases: NullTranslations) -> str:
    if kind is PointKind.PRACTICE:
        for template in (MET_WITH, IN_PRACTICE):
            start = phrases.gettext(template).partition("{")[0]
            if start and text.startswith(start):
                return text.removeprefix(start)
    return text


def only_offers(answer: Answer) -> bool:
    """Tell whether nothing is answered, and what may have been meant is all there is to show."""
    return answer.intent is Intent.NONE and bool(answer.alternatives)


def title(answer: Answer, phrases: NullTranslations = ENGLISH) -> str:
    """Return the title: the answer's, or what the offers are."""
    return phrases.gettext(words.DID_YOU_MEAN) if only_offers(answer) else answer.title


def alternatives_heading(answer: Answer, phrases: NullTranslations = ENGLISH) -> str:
    """Return how to call the alternatives: what may have been meant, or what to see as well.

    Nothing where the title says it.
    """
    if only_offers(answer):
        return ""
    return phrases.gettext(words.DID_YOU_MEAN if is_unsure(answer) else words.SEE_ALSO)


def is_unsure(answer: Answer) -> bool:
    """Tell whether something else may well have been meant."""
    return answer.confidence < SURE


def subject(answer: Answer) -> str:
    """Return on what there is more than a card shows: "port:576", "faq:time-wait"; "" if nothing.

    That is an article on the one port, or the details of the FAQ entry.
    """
    if answer.entry is not None:
        return f"faq:{answer.entry.slug}" if answer.entry.details.strip() else ""
    one = answer.facts[0] if len(answer.facts) == 1 else None
    return f"port:{one.number}" if one is not None and one.article is not None else ""


def has_questions(answer: Answer) -> bool:
    """Tell whether there is an article on the one port that answers questions."""
    article = answer.facts[0].article if len(answer.facts) == 1 else None
    return answer.entry is None and article is not None and bool(article.faqs)


def related(answer: Answer) -> tuple[int, ...]:
    """Return the ports that the article on the one port finds worth a look."""
    article = answer.facts[0].article if len(answer.facts) == 1 else None
    return article.related if article is not None else ()


def systems(answer: Answer) -> tuple[System, ...]:
    """Return the systems for which there are commands to show.

    None where several ports are told of: the commands would be those of one of them.
    """
    several = len(answer.facts) > 1 and answer.span is None
    told = several and answer.intent in {Intent.ABOUT, Intent.SAFETY}
    if told or answer.intent is Intent.COMPARE:
        return ()
    offered = tuple(answer.commands)  # no value is empty, and many are only made if looked at
    return tuple(system for system in _SYSTEMS if system in offered)


def shown_system(answer: Answer, system: System | None) -> System | None:
    """Return the system whose commands to show: the one wanted, the one asked for, or the first.

    None is for an answer without commands.
    """
    offered = systems(answer)
    return next((each for each in (system, answer.system, *offered) if each in offered), None)


def is_partly_english(answer: Answer) -> bool:
    """Tell whether the answer shows texts that people wrote: those are in English only."""
    if answer.entry is not None or any(not offer.ports for offer in answer.alternatives):
        return True
    shown = "\n".join((answer.summary, *(point.text for point in answer.points)))
    return any(text in shown for facts in answer.facts for text in _written(facts))


def _written(facts: PortFacts) -> Iterator[str]:
    """Yield what people wrote about a port, as answers tell it."""
    if facts.article is not None:
        yield facts.article.summary
        yield from facts.article.disputed
    yield from (risk.text for risk in facts.risks if risk.text)
    for use in facts.uses:
        if use.role:
            yield f"{use.product} ({use.role})"
            yield f"{facts.number} ({use.role})"


def blocks(
    answer: Answer, system: System, phrases: NullTranslations = ENGLISH
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the lines and the cautions of each block of commands that belong together.

    A block is what may be copied and run as one: commands that only read, or those of one tool
    ("ufw: open"). Captions become comments, which shells and PowerShell skip.
    """
    host = answer.question.host
    captioned = answer.entry is None  # a FAQ entry's commands have none of their own
    for _, group in groupby(answer.commands[system], key=_tool):
        lines: list[str] = []
        cautions: dict[str, None] = {}
        for caption, same in groupby(group, key=lambda command: command.caption):
            if captioned:
                told = phrases.gettext(caption)
                lines.append(f"# {told.replace(PLACE, host) if host else told}")
            for command in same:
                lines.append(command.line)
                if command.caution:
                    cautions[phrases.gettext(command.caution)] = None
        yield tuple(lines), tuple(cautions)


def _tool(command: Command) -> str:
    """Return the tool that a caption names, such as "ufw" of "ufw: open"; else ""."""
    tool, colon, _ = command.caption.partition(": ")
    return tool if colon else ""
