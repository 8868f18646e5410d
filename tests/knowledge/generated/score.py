"""Judges answers to generated questions, and tells what was missed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent
from tests.knowledge.generated.generator import Generated, questions, small_talk

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was answered wrong, and in what."""

    asked: Generated
    wrong: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of many questions.

    Attributes:
        counts: how many there were of each kind.
        slipped: how many of them had a misspelled word.
    """

    counts: Counter[str]
    slipped: int
    misses: tuple[Miss, ...]

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0.0 to 1.0."""
        return 1 - len(self.misses) / self.counts.total()


def wrong(asked: Generated, answer: Answer) -> str | None:
    """Return in a few words what is wrong with an answer, or None."""
    if answer.intent not in asked.intents:
        wanted = "/".join(asked.intents)
        faq = f" ({answer.faq})" if answer.faq else ""
        return f"intent {answer.intent}{faq}, not {wanted}"
    if not _right_ports(asked, answer):
        wanted = f"{asked.span}" if asked.span else " + ".join(map(_listed, asked.ports))
        return f"ports {_listed(answer.ports[:5])} span {answer.span}, not {wanted}"
    if asked.system is not None and answer.system is not asked.system:
        return f"system {answer.system}, not {asked.system}"
    if asked.protocol is not None and answer.protocol is not asked.protocol:
        return f"protocol {answer.protocol}, not {asked.protocol}"
    return None


def _listed(numbers: Iterable[int]) -> str:
    return "/".join(map(str, list(numbers)[:5])) or "none"


def _right_ports(asked: Generated, answer: Answer) -> bool:
    match asked.template.expects:
        case "port" | "service":
            return bool(answer.ports) and answer.ports[0] in asked.ports[0]
        case "among":
            return not asked.ports[0].isdisjoint(answer.ports)
        case "both":
            return all(not right.isdisjoint(answer.ports[:2]) for right in asked.ports)
        case "span":
            return answer.span == asked.span
        case "nothing":
            return True
        case other:
            raise ValueError(f"no such expectation: {other}")


def of_questions(seed: int, count: int, base: KnowledgeBase) -> Result:
    """Ask generated questions and judge the answers."""
    counts: Counter[str] = Counter()
    slipped = 0
    misses = []
    for asked in questions(seed, count, base):
        counts[asked.kind] += 1
        slipped += asked.slipped
        fault = wrong(asked, ask(asked.text, base))
        if fault is not None:
            misses.append(Miss(asked, fault))
    return Result(counts, slipped, tuple(misses))


def answered_small_talk(seed: int, count: int, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the lines of small talk that were not left alone, each with the intent it got."""
    lines = ((line, ask(line, base).intent) for line in small_talk(seed, count))
    return tuple(f"{intent:<9} {line}" for line, intent in lines if intent is not Intent.NONE)


def told_small_talk(answered: Iterable[str], most: int = _SHOWN) -> Iterator[str]:
    """Yield one of those lines for each way of talking, that of the most lines first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for line in answered:
        groups[" ".join(re.findall(r"[a-z]+", line.lower()))].append(line)
    for group in sorted(groups.values(), key=len, reverse=True)[:most]:
        yield f"{len(group):4} {group[0]}"


def told(misses: Sequence[Miss], most: int = _SHOWN) -> Iterator[str]:
    """Yield lines about misses by template, those of the template missed most often first."""
    groups: dict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        groups[miss.asked.template.text].append(miss)
    ranked = sorted(groups.values(), key=len, reverse=True)
    for group in ranked[:most]:
        template = group[0].asked.template
        yield f"{len(group):4} {template.kind} [{template.person}] {template.text}"
        yield from (f"       {miss.asked.text!r}: {miss.wrong}" for miss in group[:2])
    if len(ranked) > most:
        yield f"     and {len(ranked) - most} more templates"


def table(result: Result) -> Iterator[str]:
    """Yield a line for each kind of question, and one for all."""
    missed = Counter(miss.asked.kind for miss in result.misses)
    for kind, count in sorted(result.counts.items()):
        yield f"{kind:<18} {count:6} {1 - missed[kind] / count:8.2%}"
    spelled = result.counts.total() - result.slipped
    slipped = sum(miss.asked.slipped for miss in result.misses)
    right = 1 - (len(result.misses) - slipped) / spelled
    yield f"{'(spelled right)':<18} {spelled:6} {right:8.2%}"
    yield f"{'(misspelled)':<18} {result.slipped:6} {1 - slipped / result.slipped:8.2%}"
    yield f"{'all':<18} {result.counts.total():6} {result.accuracy:8.2%}"
