"""`portolan check`: the fact check over the shipped facts and the imported pages."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from bot.cli.opening import open_base
from bot.cli.pages import finding_as_json
from bot.settings import load
from knowledge.build import IMPORTS_NAME, SHIPPED
from knowledge.check import Checked
from knowledge.check import check as check_facts
from knowledge.claims.findings import Finding, Verdict
from knowledge.sources import imports
from knowledge.sources.faults import SourceError

CLEAN, WRONG = 0, 1
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("check")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.option(
    "--all", "everything", is_flag=True, help="Also claims that nothing known speaks for."
)
def check(folder: Path | None, *, as_json: bool, everything: bool) -> None:
    """Hold what articles, FAQs, tables and imported pages claim against the registry.

    FOLDER is one like knowledge/data; without it, what Portolan ships is checked.

    The exit status is 0 if nothing is wrong, 1 if anything is, 2 for bad usage.
    """
    directory = load().data
    base = open_base(directory)
    store = directory / IMPORTS_NAME
    try:
        pages = imports.pages(store) if store.exists() and folder is None else ()
        checked = check_facts(folder or SHIPPED, base, pages)
    except SourceError as error:
        raise click.ClickException(f"{error.path}: {error.reason}.") from error
    finally:
        base.close()
    (_write_json if as_json else _write_text)(checked, everything=everything)
    sys.exit(WRONG if checked.wrong else CLEAN)


def _write_text(checked: Checked, *, everything: bool) -> None:
    told = checked.wrong
    if everything:
        told = tuple(one for one in checked.findings if one.verdict is not Verdict.SUPPORTED)
    for finding in _nearby(told):
        words = f"{finding.words} — " if finding.words else ""
        click.echo(
            f"{finding.file}:{finding.line}: {words}{finding.fact} [{finding.source.title}]"
        )
    verdicts = Counter(finding.verdict for finding in checked.findings)
    click.echo(
        f"{checked.articles} articles, {checked.faqs} FAQs, {checked.pages} imported pages;"
        f" claims: {verdicts[Verdict.SUPPORTED]} supported,"
        f" {verdicts[Verdict.UNSUPPORTED]} unsupported,"
        f" {verdicts[Verdict.CONTRADICTED]} contradicted;"
        f" {verdicts[Verdict.FAULTY]} faults of form"
    )


def _write_json(checked: Checked, *, everything: bool) -> None:
    told = checked.findings if everything else checked.wrong
    verdicts = Counter(finding.verdict for finding in checked.findings)
    report = {
        "articles": checked.articles,
        "faqs": checked.faqs,
        "pages": checked.pages,
        "claims": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "findings": [finding_as_json(finding) for finding in _nearby(told)],
    }
    click.echo(json.dumps(report, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def _nearby(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Name files from the folder one stands in, where they are in it."""
    here = Path.cwd()
    for finding in findings:
        path = Path(finding.file)
        near = path.is_absolute() and path.is_relative_to(here)
        yield replace(finding, file=os.path.relpath(path, here)) if near else finding
