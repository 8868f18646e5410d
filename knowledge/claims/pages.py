"""What an imported page claims, held against what is known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.claims.find import Found, find_claims
from knowledge.claims.findings import Finding, Verdict
from knowledge.claims.judge import judge
from knowledge.claims.kinds import Claim, Footing, ServiceClaim, StateClaim, Word
from knowledge.claims.known import Judgement, Knowledge
from knowledge.model import Protocol
from knowledge.sentences import sentences
from knowledge.sources.blocks import Block, Code, Heading, Item, Row
from knowledge.sources.pages import TITLE_BLOCK, Page, Span
from knowledge.sources.subject import ports_in

_STATE_ITEM = re.compile(
    r"(?i)^\W*(?:tcp |udp )?(?:ports? )?\d{1,5}\b.{0,40}?[:|—–-]\s*`?(?:reserved|unassigned)\b"
)
# What only goes on with the sentence before: "Not port 748. The one that they had."
_FRAGMENT = re.compile(r"(?:Not|Nor|The one|Only|Just|Ports? \d+\.?$)\b")
_LONGEST_FRAGMENT = 9  # words


@dataclass(frozen=True, slots=True)
class Checked:
    """What the fact check has to say about a page.

    Attributes:
        withheld: the pieces of the page that contradict what is known.
    """

    findings: tuple[Finding, ...]
    withheld: tuple[Span, ...]


def check_page(page: Page, file: str, known: Knowledge) -> Checked:
    """Return every claim of a page with its verdict, and the pieces to keep out of answers."""
    findings: list[Finding] = []
    withheld: list[Span] = []
    for key, claim, words in front_claims(page.front, page.ports):
        judgement = judge(claim, known)
        if judgement is not None:
            findings.append(_finding(file, page.lines.get(key, 1), words, judgement))
    subject = page.ports[0] if len(page.ports) == 1 else None
    for at, block, found in claims_of(page.blocks, subject):
        worst = _judged(found, known)
        line = block.line + block.text.count("\n", 0, found.sentence.start)
        findings.extend(_finding(file, line, found.sentence.text, each) for each in worst)
        if any(judgement.verdict is Verdict.CONTRADICTED for judgement in worst):
            withheld.append(Span(at, found.sentence.start, found.sentence.end))
            withheld.extend(_fragments(at, block, found.sentence.end))
    for found in find_claims(page.title, subject):
        for judgement in _judged(found, known):
            findings.append(_finding(file, 1, page.title, judgement))
            if judgement.verdict is Verdict.CONTRADICTED:
                withheld.append(Span(TITLE_BLOCK, 0, len(page.title)))
    return Checked(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(withheld)))


def claims_of(blocks: Sequence[Block], subject: int | None) -> Iterator[tuple[int, Block, Found]]:
    """Yield (index of the block, block, sentence with its claims) of a page's prose."""
    listed = _state_lists(blocks)
    meant = subject  # by "it" and "this port" below the last heading
    for at, block in enumerate(blocks):
        if isinstance(block, Heading):
            named = dict.fromkeys(ports_in(block.text))
            meant = next(iter(named)) if len(named) == 1 else subject
        if not isinstance(block, Code) and not (isinstance(block, Row) and block.header):
            for found in find_claims(block.text, meant, listed=at in listed):
                yield at, block, found


def front_claims(
    front: Mapping[str, object], ports: Sequence[int]
) -> Iterator[tuple[str, Claim, str]]:
    """Yield (key, claim, words) of front matter that gives a port's service and status."""
    spans = ((ports[0], ports[0]),)
    service = front.get("service")
    if isinstance(service, str) and service.strip():
        yield (
            "service",
            ServiceClaim(ports[0], None, service, Footing.OFFICIAL),
            f"service: {service}",
        )
    status = front.get("status")
    stated = {"": status} if isinstance(status, str) else status
    for name, word in stated.items() if isinstance(stated, Mapping) else ():
        protocol = Protocol(name) if name in set(Protocol) else None
        if isinstance(word, str) and word.lower() in set(Word) and (protocol or not name):
            claim = StateClaim(spans, protocol, Word(word.lower()))
            yield "status", claim, f"status: {name} {word}".replace("  ", " ")


def _state_lists(blocks: Sequence[Block]) -> frozenset[int]:
    """Return which blocks stand in a list or table that gives the states of ports."""
    found: set[int] = set()
    run: list[int] = []
    for at, block in enumerate((*blocks, Heading("", 2, 0))):
        same = run and isinstance(block, Item | Row) and type(block) is type(blocks[run[-1]])
        if not same:
            if any(_STATE_ITEM.match(blocks[each].text) for each in run):
                found.update(run)
            run = []
        if isinstance(block, Item | Row):
            run.append(at)
    return frozenset(found)


def _judged(found: Found, known: Knowledge) -> tuple[Judgement, ...]:
    judgements = (judge(claim, known) for claim in found.claims)
    return tuple(dict.fromkeys(each for each in judgements if each is not None))


def _finding(file: str, line: int, words: str, judgement: Judgement) -> Finding:
    return Finding(
        file, line, " ".join(words.split()), judgement.verdict, judgement.fact, judgement.source
    )


def _fragments(at: int, block: Block, end: int) -> Iterator[Span]:
    """Yield the sentences that make no sense without the one that ends at `end`."""
    for sentence in sentences(block.text):
        if sentence.start < end:
            continue
        if not _FRAGMENT.match(sentence.text) or len(sentence.text.split()) > _LONGEST_FRAGMENT:
            break
        yield Span(at, sentence.start, sentence.end)
