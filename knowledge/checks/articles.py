"""Checks the articles: their front matter against the registry and the tables, their form."""

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.checks.cited import check_sources
from knowledge.checks.form import contradiction, fault
from knowledge.claims.findings import Finding
from knowledge.claims.known import REGISTRY, Knowledge, describe, names_at
from knowledge.claims.port_words import squash
from knowledge.model import Assigned, PortFacts, Protocol, Source, Use, status_word
from knowledge.sources.articles import ArticleFile

HEADINGS = ("## What it is", "## In practice", "## Security", "## FAQ")
FAQS = range(2, 7)  # questions of an article
_STATES = frozenset({"unassigned", "reserved", "dynamic", "assigned"})


class ArticleCheck:
    """Checks one article; `uses` are those of the table beside it."""

    def __init__(
        self, article: ArticleFile, file: str, known: Knowledge, uses: Sequence[Use]
    ) -> None:
        self.article = article.article
        self.claims = article.claims
        self.lines: Mapping[str, int] = article.lines
        self.name = article.path.stem
        self.text = article.page.text
        self.file = file
        self.number = article.article.ports[0]
        self.facts = known.facts(self.number)
        self.known = known
        self.tabled = uses

    def findings(self) -> Iterator[Finding]:
        """Yield all that is wrong with the article but its prose."""
        yield from self._name()
        yield from self._service()
        yield from self._status()
        yield from self._uses()
        yield from self._summary()
        yield from self._related()
        yield from self._headings()
        yield from self._faqs()
        yield from check_sources(self.file, self.article.sources, self.lines)

    def _line(self, key: str) -> int:
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)

    def _against_registry(self, key: str, words: str) -> Finding:
        return contradiction(self.file, self._line(key), words, describe(self.facts), REGISTRY)

    def _name(self) -> Iterator[Finding]:
        slug = self.name[6:]
        if slug in _STATES:
            states = set(self.claims.status.values())
            if slug not in states or "assigned" in states - {slug}:
                yield fault(self.file, 1, self.name, f"names a state, but {describe(self.facts)}")
            return
        elsewhere = self.known.assignments_of(slug)
        own = set(names_at(self.facts))
        own |= {use.product for use in (*self.facts.uses, *self.claims.uses)}
        known = any(squash(name).startswith(squash(slug)) for name in own)
        if (
            elsewhere
            and not known
            and not any(one.first in self.article.ports for one in elsewhere)
        ):
            fact = f"{slug} is registered on {elsewhere[0].first}; {describe(self.facts)}"
            yield contradiction(self.file, 1, self.name, fact, REGISTRY)

    def _service(self) -> Iterator[Finding]:
        names = names_at(self.facts)
        service = self.claims.service
        if service and service not in names:
            yield self._against_registry("service", f"service: {service}")
        if not service and names:
            yield self._against_registry("service", "service: null")

    def _status(self) -> Iterator[Finding]:
        for protocol, word in self.claims.status.items():
            if status_word(self.facts.states[protocol]) != word:
                yield self._against_registry(f"status.{protocol}", f"{protocol}: {word}")

    def _uses(self) -> Iterator[Finding]:
        seen: dict[tuple[str, Protocol], int] = {}
        for at, use in enumerate(self.claims.uses):
            line = self._line(f"uses.{at}")
            words = f"{use.product}, {use.protocol}, official: {str(use.official).lower()}"
            first = seen.setdefault((use.product.casefold(), use.protocol), line)
            if first != line:
                yield fault(self.file, line, words, f"is on line {first} already")
            fact = why_not(use, self.facts)
            if fact:
                yield contradiction(self.file, line, words, fact, REGISTRY)
            for other in self.tabled:
                if _is_same(use, other) and other.official != use.official and not fact:
                    said = f"the table of uses says official: {_yes(other.official)}"
                    yield contradiction(self.file, line, words, said, Source("uses.csv"))

    def _summary(self) -> Iterator[Finding]:
        beginning = re.compile(rf"(?:(?:TCP|UDP|SCTP)(?: and UDP)? )?Ports? {self.number}\b")
        if not beginning.match(self.article.summary):
            words = " ".join(self.article.summary.split()[:6])
            fact = f'the summary must begin with the port: "Port {self.number} ..."'
            yield fault(self.file, self._line("summary"), words, fact)

    def _related(self) -> Iterator[Finding]:
        seen = set()
        for at, number in enumerate(self.article.related):
            line = self._line(f"related.{at}")
            if number in self.article.ports:
                yield fault(self.file, line, str(number), "is related to itself")
            elif number in seen:
                yield fault(self.file, line, str(number), "is named twice")
            seen.add(number)

    def _headings(self) -> Iterator[Finding]:
        present = [line.rstrip() for line in _unfenced(self.text) if re.match(r"## ", line)]
        for heading in HEADINGS:
            if heading not in present:
                yield fault(self.file, 1, heading, "is missing")
        for heading in present:
            if heading not in HEADINGS:
                known = ", ".join(name.removeprefix("## ") for name in HEADINGS)
                yield fault(self.file, self._line(heading), heading, f"is none of {known}")
        own = [heading for heading in present if heading in HEADINGS]
        if own != sorted(own, key=HEADINGS.index):
            yield fault(self.file, self._line(own[0]), ", ".join(own), "is not the usual order")

    def _faqs(self) -> Iterator[Finding]:
        questions = [faq.question for faq in self.article.faqs]
        if "## FAQ" in self.lines and len(questions) not in FAQS:
            fact = f"has {len(questions)} questions, {FAQS.start} to {FAQS.stop - 1} are asked for"
            yield fault(self.file, self._line("## FAQ"), "## FAQ", fact)
        for question in questions:
            line = self._line(f"### {question}")
            if not question.endswith("?"):
                yield fault(self.file, line, question, "is no question")
            if questions.count(question) > 1:
                yield fault(self.file, line, question, "is asked twice")


def _unfenced(text: str) -> Iterator[str]:
    fenced = False
    for line in text.splitlines():
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield line


def why_not(use: Use, facts: PortFacts) -> str:
    """Return why the registry says otherwise on whether a use is official; "" if it does not."""
    status = facts.states[use.protocol]
    if use.official:
        return "" if isinstance(status, Assigned) else describe(facts)
    single = use.first == use.last  # of a range the registry may give only the first
    names = status.assignments if single and isinstance(status, Assigned) else ()
    if any(squash(one.name) == squash(use.product) for one in names):
        return f"The registry gives it that very name. {describe(facts)}"
    return ""


def _is_same(use: Use, other: Use) -> bool:
    return (
        use.product.casefold() == other.product.casefold()
        and use.protocol is other.protocol
        and use.first <= other.last
        and other.first <= use.last
    )


def _yes(value: bool) -> str:  # noqa: FBT001 - it is what is told
    return "yes" if value else "no"


def check_pairs(articles: Sequence[tuple[ArticleFile, str]]) -> Iterator[Finding]:
    """Yield uses that one article calls official and another does not."""
    said: dict[tuple[str, int, Protocol], tuple[bool, str]] = {}
    for article, file in articles:
        for at, use in enumerate(article.claims.uses):
            key = (use.product.casefold(), use.first, use.protocol)
            official, other = said.setdefault(key, (use.official, file))
            if official != use.official:
                line = article.lines.get(f"uses.{at}", 1)
                fact = f"{other} says official: {_yes(official)} of {use.product} there"
                yield contradiction(file, line, use.product, fact, Source(other))
