"""The fact check: what the shipped facts and imported pages claim, held against the registry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.checks.articles import ArticleCheck, check_pairs
from knowledge.checks.faqs import FaqFile, check_faqs
from knowledge.checks.form import fault, unreadable
from knowledge.checks.prose import (
    Text,
    check_claims,
    check_repeats,
    check_sentence,
    check_spelling,
)
from knowledge.checks.spelling import count_words
from knowledge.checks.tables import check_tables
from knowledge.claims.findings import Finding, Verdict
from knowledge.claims.known import Knowledge
from knowledge.model import Use
from knowledge.sources import articles, faqs, front_matter, tables
from knowledge.sources.articles import ArticleFile
from knowledge.sources.blocks import Paragraph
from knowledge.sources.faults import SourceError
from knowledge.sources.imports import ImportedPage
from knowledge.sources.markdown_pages import read_markdown


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked and found: findings by file and line, and how many files were looked at."""

    findings: tuple[Finding, ...]
    articles: int
    faqs: int
    pages: int

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings that have to be mended."""
        return tuple(
            finding
            for finding in self.findings
            if finding.verdict in (Verdict.CONTRADICTED, Verdict.FAULTY)
        )


def check(data: Path, known: Knowledge, pages: Iterable[ImportedPage] = ()) -> Checked:
    """Check the facts in a folder (see knowledge/data/README.md) and the imported pages."""
    findings: list[Finding] = []
    read = list(_articles(data / "articles", findings))
    asked = list(_faqs(data / "faqs", findings))
    uses = _uses(data / "uses.csv")
    for article, file in read:
        findings.extend(ArticleCheck(article, file, known, uses).findings())
        findings.extend(_front_prose(article, file, known))
    findings.extend(check_pairs(read))
    findings.extend(check_faqs(asked))
    findings.extend(check_tables(data, known))
    texts = [_article_text(article, file) for article, file in read]
    texts += [_faq_text(one) for one in asked]
    counts = count_words(block.text for text in texts for block in text.prose)
    for text in texts:
        findings.extend(check_claims(text, known))
        findings.extend(check_spelling(text, counts))
    findings.extend(check_repeats(texts))
    imported = 0
    for page in pages:
        imported += 1
        findings.extend(check_imported(page, known))
    unique = sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line))
    return Checked(tuple(unique), len(read), len(asked), imported)


def check_imported(page: ImportedPage, known: Knowledge) -> Iterator[Finding]:
    """Yield the claims of an imported article as answers would repeat them."""
    article = page.article
    subject = article.ports[0] if len(article.ports) == 1 else None
    parts = [article.summary, *(section.text for section in article.sections)]
    parts += [faq.answer for faq in article.faqs]
    blocks = tuple(block for part in parts for block in read_markdown(part).blocks)
    for finding in check_claims(Text(page.path, blocks, subject), known):
        # The stored text has other lines than the file.
        yield Finding(page.path, 0, finding.words, finding.verdict, finding.fact, finding.source)


def _articles(folder: Path, findings: list[Finding]) -> Iterator[tuple[ArticleFile, str]]:
    numbers: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            article = articles.read(path)
        except SourceError as error:
            findings.append(unreadable(error, str(path)))
            continue
        other = numbers.setdefault(path.name[:5], path.name)
        if other != path.name:
            findings.append(fault(str(path), 1, path.name, f"{other} is about that port already"))
        yield article, str(path)


def _uses(path: Path) -> tuple[Use, ...]:
    try:
        return tuple(tables.uses(path)) if path.exists() else ()
    except SourceError:
        return ()  # told where the tables are checked


def _faqs(folder: Path, findings: list[Finding]) -> Iterator[FaqFile]:
    for path in sorted(folder.glob("*.md")):
        try:
            faq = faqs.read(path)
            lines = front_matter.lines_of(front_matter.read(path))
        except SourceError as error:
            findings.append(unreadable(error, str(path)))
            continue
        yield FaqFile(faq, str(path), lines)


def _article_text(article: ArticleFile, file: str) -> Text:
    ports = article.article.ports
    return Text(
        file, read_markdown(article.page.text).blocks, ports[0] if len(ports) == 1 else None
    )


def _faq_text(one: FaqFile) -> Text:
    answer = Paragraph(one.faq.answer, one.lines.get("answer", 1))
    page = Path(one.file).read_text(encoding="utf-8")
    return Text(one.file, (answer, *read_markdown(page).blocks))


def _front_prose(article: ArticleFile, file: str, known: Knowledge) -> Iterator[Finding]:
    """Check the sentences of the front matter; what is disputed there is not claimed."""
    lines, ports = article.lines, article.article.ports
    subject = ports[0] if len(ports) == 1 else None
    told = [("summary", article.article.summary)]
    told += [(f"risks.{at}.text", risk.text) for at, risk in enumerate(article.claims.risks)]
    told += [
        (f"disputed.{at}.text", text.partition(";")[2].strip())
        for at, text in enumerate(article.article.disputed)
    ]
    for key, text in told:
        line = lines.get(key, lines.get(key.partition(".")[0], 1))
        yield from check_sentence(file, line, text, subject, known)
