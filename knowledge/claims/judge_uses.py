"""Holds claims about uses and malware against the tables and the articles."""

import re

from knowledge.claims.findings import Verdict
from knowledge.claims.kinds import MalwareClaim, QuietClaim, UseClaim
from knowledge.claims.known import REGISTRY, Judgement, Knowledge, describe
from knowledge.claims.port_words import (
    COMMON_WORDS,
    SHORTEST_WORD,
    article_words,
    begins,
    tokens_of,
    vocabulary_of,
)
from knowledge.model import PortFacts, RiskKind, Source


def judge_use(claim: UseClaim, known: Knowledge) -> Judgement | None:
    """Return whether a product is known to use a port; None where no product is named."""
    facts = known.facts(claim.number)
    disputed = _disputed(claim.words, claim.number, known)
    if disputed is not None:
        return disputed
    words = tokens_of(claim.words)
    telling = {word for word in words if len(word) >= SHORTEST_WORD and not word.isdigit()}
    if not telling:
        return None
    vocabulary = vocabulary_of(facts)
    if any(word in vocabulary or begins(word, vocabulary) for word in telling):
        return Judgement(Verdict.SUPPORTED, _known_uses(facts))
    if claim.default:
        elsewhere = _default_elsewhere(claim, known)
        if elsewhere is not None:
            return elsewhere
    if not _proper_names(claim.words) - article_words(known, claim.number):
        return None
    return Judgement(Verdict.UNSUPPORTED, _known_uses(facts), REGISTRY)


def _known_uses(facts: PortFacts) -> str:
    uses = list(dict.fromkeys(use.product for use in facts.uses))
    met = f" Known to use it: {', '.join(uses[:5])}." if uses else " No other use of it is known."
    return describe(facts) + met


def _default_elsewhere(claim: UseClaim, known: Knowledge) -> Judgement | None:
    """Return where a product that is named exactly is known to be met instead, or None."""
    name = re.sub(
        r"(?i)^(?:the|an?)\s+|\s+(?:server|database|service|daemon)s?$", "", claim.words.strip()
    )
    uses = known.uses_of(name)
    assignments = known.assignments_of(name)
    spans = [(use.first, use.last) for use in uses] + [
        (one.first, one.last) for one in assignments
    ]
    if not spans or any(first <= claim.number <= last for first, last in spans):
        return None
    ports = dict.fromkeys(
        str(first) if first == last else f"{first}-{last}" for first, last in spans
    )
    source = uses[0].source if uses else REGISTRY
    return Judgement(
        Verdict.CONTRADICTED, f"{name} is known on {', '.join(list(ports)[:6])}.", source
    )


def _disputed(words: str, number: int, known: Knowledge) -> Judgement | None:
    """Return what an article of ours says against the claim, if it disputes it by name."""
    names = _proper_names(words)
    for article in known.articles(number):
        if article.origin:
            continue
        for text in article.disputed:
            claimed = text.split(";")[0]
            if str(number) in claimed and names & tokens_of(claimed) - tokens_of(article.title):
                title = f"Portolan: {article.title}"
                return Judgement(Verdict.CONTRADICTED, text, Source(title))
    return None


def _proper_names(words: str) -> set[str]:
    return {
        name.casefold()
        for name in re.findall(r"\b[A-Z][A-Za-z0-9+-]{3,}\b", words)
        if name.casefold() not in COMMON_WORDS
    }


def judge_malware(claim: MalwareClaim, known: Knowledge) -> Judgement:
    """Return whether malware is known to have used a port."""
    facts = known.facts(claim.number)
    risks = [risk for risk in facts.risks if risk.kind is RiskKind.MALWARE]
    names = ", ".join(dict.fromkeys(risk.name for risk in risks))
    if risks:
        verdict = Verdict.SUPPORTED if claim.present else Verdict.CONTRADICTED
        return Judgement(
            verdict, f"Malware listed on port {claim.number}: {names}.", risks[0].source
        )
    for article in known.articles(claim.number) if claim.present else ():
        for text in article.disputed:
            said = text.split(";")[0]
            if not article.origin and re.search(r"(?i)malware|trojan|backdoor", said):
                return Judgement(Verdict.CONTRADICTED, text, Source(f"Portolan: {article.title}"))
    verdict = Verdict.UNSUPPORTED if claim.present else Verdict.SUPPORTED
    return Judgement(
        verdict,
        f"No list of malware ports known here names port {claim.number}.",
        Source("Portolan: risks"),
    )


def judge_quiet(claim: QuietClaim, known: Knowledge) -> Judgement:
    """Return whether indeed no unofficial use of a port is known."""
    facts = known.facts(claim.number)
    unofficial = [use for use in facts.uses if not use.official]
    if unofficial:
        names = ", ".join(dict.fromkeys(use.product for use in unofficial))
        fact = f"Known to use port {claim.number}: {names}."
        return Judgement(Verdict.CONTRADICTED, fact, unofficial[0].source)
    fact = f"No unofficial use of port {claim.number} is known."
    return Judgement(Verdict.SUPPORTED, fact, Source("Portolan: uses"))
