"""Reads every source of facts into one value, ready to be made tables of."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.languages import Language, LanguageError, read_languages
from knowledge.model import Article, EphemeralRange, Faq, Protocol, Risk, RiskKind, Source, Use
from knowledge.sources import articles, faqs, imports, registry, tables
from knowledge.sources.articles import ArticleFile
from knowledge.sources.faults import SourceError
from knowledge.sources.places import Sources
from knowledge.sources.registry import RegistryError, Row
from knowledge.sources.tables import Alias


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the sources say; `registry_date` is YYYY-MM-DD, or "" where none is known."""

    rows: tuple[Row, ...]
    registry_date: str
    preferred: Mapping[tuple[int, Protocol], str]
    uses: tuple[Use, ...]
    aliases: tuple[Alias, ...]
    risks: tuple[Risk, ...]
    browser_blocked: tuple[tuple[int, Source], ...]
    ephemeral: tuple[EphemeralRange, ...]
    articles: tuple[Article, ...]
    faqs: tuple[Faq, ...]
    languages: tuple[Language, ...]
    everyday: tuple[str, ...]


def gather(sources: Sources) -> Gathered:
    """Return what all sources say but the imported pages, which may be many (see `imported`).

    Raises:
        SourceError: a file is missing or makes no sense.
    """
    data = sources.data
    path = sources.registry or data / "registry.csv"
    rows = _registry(path)
    pages = tuple(articles.read_all(data / "articles"))
    return Gathered(
        rows=rows,
        registry_date=registry.newest_date(rows) if sources.registry else date_beside(path),
        preferred={
            (number, protocol): name
            for number, protocol, name in tables.preferred(data / "registry-preferred.csv")
        },
        uses=_with_claimed_uses(tables.uses(data / "uses.csv"), pages),
        aliases=tuple(tables.aliases(data / "aliases.csv")),
        risks=_with_claimed_risks(tables.risks(data / "risks.csv"), pages),
        browser_blocked=tuple(tables.browser_blocked(data / "browser-blocked.csv")),
        ephemeral=tuple(tables.ephemeral(data / "ephemeral.csv")),
        articles=tuple(page.article for page in pages),
        faqs=tuple(faqs.read_all(data / "faqs")),
        languages=_languages(data / "languages"),
        everyday=tuple(tables.everyday(data / "everyday.txt")),
    )


def imported(sources: Sources) -> Iterator[Article]:
    """Yield the imported pages, one by one.

    Raises:
        SourceError: the file that holds them makes no sense.
    """
    if sources.imports is not None:
        yield from imports.read(sources.imports)


def _languages(folder: Path) -> tuple[Language, ...]:
    try:
        return read_languages(folder)
    except (OSError, LanguageError) as error:
        raise SourceError(folder, str(error)) from error


def _registry(path: Path) -> tuple[Row, ...]:
    try:
        return registry.read(path)
    except (OSError, RegistryError) as error:
        raise SourceError(path, str(error)) from error


def date_beside(path: Path) -> str:
    """Return the date that the snapshot's JSON file tells."""
    beside = path.with_suffix(".json")
    try:
        date = json.loads(beside.read_text(encoding="utf-8")).get("date", "")
    except (OSError, ValueError, AttributeError) as error:
        raise SourceError(beside, f"does not tell the registry's date ({error})") from error
    return str(date)


def _with_claimed_uses(known: Iterable[Use], pages: Iterable[ArticleFile]) -> tuple[Use, ...]:
    """Return the uses of the table, and those of articles that it does not hold."""
    uses = tuple(known)
    claimed = [(use.product.casefold(), use) for page in pages for use in page.claims.uses]
    spans: dict[str, list[Use]] = {product: [] for product, _ in claimed}
    for use in uses:
        product = use.product.casefold()
        if product in spans:
            spans[product].append(use)
    return (
        *uses,
        *(use for product, use in claimed if not any(_is_of(use, k) for k in spans[product])),
    )


def _is_of(use: Use, known: Use) -> bool:
    """Tell whether a use of the same product is on ports of a known one."""
    return known.protocol is use.protocol and known.first <= use.last and use.first <= known.last


def _with_claimed_risks(known: Iterable[Risk], pages: Iterable[ArticleFile]) -> tuple[Risk, ...]:
    """Return the risks of the table, and those of articles on whose ports it has no such kind.

    Malware that an article names is looked for by its name.
    """
    risks = tuple(known)
    spans: dict[tuple[RiskKind, str], list[tuple[int, int]]] = {}
    for risk in risks:
        for name in (risk.name.casefold(), risk.kind.value):
            spans.setdefault((risk.kind, name), []).append((risk.first, risk.last))
    claimed = (
        risk
        for page in pages
        for risk in page.claims.risks
        if not _overlaps(spans.get((risk.kind, _kind_name(risk)), ()), risk)
    )
    return (*risks, *claimed)


def _kind_name(risk: Risk) -> str:
    return risk.name.casefold() if risk.kind is RiskKind.MALWARE else risk.kind.value


def _overlaps(spans: Iterable[tuple[int, int]], fact: Use | Risk) -> bool:
    return any(first <= fact.last and fact.first <= last for first, last in spans)
