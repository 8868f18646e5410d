"""`portolan import`: pages about ports, from files and folders, into this installation."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from bot.cli.opening import open_base
from bot.settings import load
from knowledge.build import IMPORTS_NAME
from knowledge.claims.findings import Finding, Verdict
from knowledge.importing import Outcome, Skipped, import_all, preview, shown
from knowledge.sources.faults import SourceError
from knowledge.sources.imports import ImportedPage
from knowledge.sources.page_files import Refusal, find_pages

DONE, REFUSED = 0, 1
CLAIMS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


class Report:
    """What became of the pages, without the pages themselves: there may be very many.

    Attributes:
        findings: those that somebody has to look at; the supported ones are only counted.
    """

    def __init__(self) -> None:
        self.imported: list[dict[str, object]] = []
        self.skipped: list[Skipped] = []
        self.refused: list[Refusal] = []
        self.findings: list[Finding] = []
        self.verdicts: Counter[Verdict] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Note what became of one path."""
        match outcome:
            case ImportedPage():
                article = outcome.article
                page: dict[str, object] = {
                    "path": outcome.path,
                    "ports": article.ports,
                    "title": article.title,
                }
                self.imported.append(page)
                for finding in outcome.findings:
                    self.verdicts[finding.verdict] += 1
                    if finding.verdict is not Verdict.SUPPORTED:
                        self.findings.append(finding)
            case Skipped():
                self.skipped.append(outcome)
            case Refusal():
                self.refused.append(outcome)


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option("--dry-run", is_flag=True, help="Report only; nothing is stored.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
def import_pages(paths: tuple[Path, ...], *, dry_run: bool, as_json: bool) -> None:
    """Import pages about ports from files and folders: .txt, .md and .html.

    Each page becomes an article that answers are made from. What it claims is held against the
    registry; what the registry contradicts is reported, and kept out of answers.

    The exit status is 0 if all were imported, 1 if any was refused, 2 for bad usage.
    """
    directory = load().data
    found = list(find_pages(paths))
    now = datetime.now(UTC)
    base = open_base(directory)
    outcomes = (
        preview(found, base, now=now)
        if dry_run
        else import_all(found, base, directory / IMPORTS_NAME, now=now)
    )
    report = Report()
    try:
        for outcome in _with_progress(outcomes, len(found)):
            report.add(outcome)
    except KeyboardInterrupt:
        raise click.ClickException(
            f"Interrupted. {len(report.imported)} pages are imported; run it again to go on."
        ) from None
    except SourceError as error:
        raise click.ClickException(f"{error.path}: {error.reason}.") from error
    except OSError as error:
        raise click.ClickException(f"{directory} cannot be written to ({error}).") from error
    finally:
        base.close()
    if report.imported and not dry_run:
        open_base(directory).close()  # built anew, with the pages in it
    (_write_json if as_json else _write_text)(report, dry_run=dry_run)
    sys.exit(REFUSED if report.refused else DONE)


def _with_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass the outcomes on, with a bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    yield from track(
        outcomes,
        description="Importing",
        total=total,
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


def _write_text(report: Report, *, dry_run: bool) -> None:
    for finding in report.findings:
        click.echo(
            f"{finding.file}:{finding.line}: {finding.verdict}: {finding.words!r}"
            f" — {finding.fact} [{finding.source.title}]"
        )
    for refusal in report.refused:
        click.echo(f"{shown(refusal.path)}: refused: {refusal.reason}", err=True)
    verdicts = report.verdicts
    imported = "would be imported" if dry_run else "imported"
    click.echo(
        f"{len(report.imported)} {imported}, {len(report.skipped)} unchanged,"
        f" {len(report.refused)} refused; claims: {verdicts[Verdict.SUPPORTED]} supported,"
        f" {verdicts[Verdict.CONTRADICTED]} contradicted (kept out of answers),"
        f" {verdicts[Verdict.UNSUPPORTED]} unsupported"
    )


def _write_json(report: Report, *, dry_run: bool) -> None:
    verdicts = report.verdicts
    click.echo(
        json.dumps(
            {
                "dry_run": dry_run,
                "imported": report.imported,
                "unchanged": [
                    {"path": shown(skipped.path), "same_as": skipped.same_as}
                    for skipped in report.skipped
                ],
                "refused": [
                    {"path": shown(refusal.path), "reason": refusal.reason}
                    for refusal in report.refused
                ],
                "claims": {verdict.value: verdicts[verdict] for verdict in CLAIMS},
                "findings": [finding_as_json(finding) for finding in report.findings],
            },
            ensure_ascii=False,
            indent=2 if sys.stdout.isatty() else None,
        )
    )


def finding_as_json(finding: Finding) -> dict[str, object]:
    """Return a finding as the JSON of `import` and `check` has it."""
    return {
        "file": finding.file,
        "line": finding.line,
        "words": finding.words,
        "verdict": finding.verdict.value,
        "fact": finding.fact,
        "source": {"title": finding.source.title, "url": finding.source.url},
    }
