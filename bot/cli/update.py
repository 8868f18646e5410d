"""`portolan update`: IANA's current registry into the knowledge base."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.settings import load
from knowledge.changes import RECORD_NAME, Change, ChangeKind
from knowledge.download import Progress
from knowledge.update import URL, Outcome, UpdateError, UpdateReport, is_address
from knowledge.update import update as update_registry

_MOST_SHOWN = 40  # changes told on a terminal
_SIGNS = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.RENAMED: "~",
    ChangeKind.STATUS: "=",
}


@click.command()
@click.option(
    "--from",
    "source",
    default=URL,
    metavar="FILE|URL",
    help="Where the registry comes from, in IANA's CSV form; by default what IANA publishes.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def update(source: str, *, as_json: bool) -> None:
    """Bring IANA's current registry into the knowledge base, and tell what has changed.

    It is fetched only when it has changed. What is not the whole registry is refused, and what
    is known stays as it is: exit status 1.
    """
    if not is_address(source) and not Path(source).is_file():
        raise click.BadParameter(
            f"{source} is neither a file nor an http(s) address.", param_hint="--from"
        )
    try:
        with _bar() as progress:
            report = asyncio.run(
                update_registry(load().data, source, now=datetime.now(UTC), progress=progress)
            )
    except UpdateError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    for line in told(report):
        click.echo(line)


def told(report: UpdateReport) -> Iterator[str]:
    """Yield the lines that tell of an update."""
    if report.outcome is Outcome.UNCHANGED:
        yield f"The registry of {report.date_after or 'unknown date'} is up to date."
        return
    counts = Counter(change.kind for change in report.changes)
    summary = ", ".join(f"{counts[kind]} {_NAMES[kind]}" for kind in ChangeKind)
    yield (
        f"The registry of {report.date_after or 'unknown date'} is in use, in place of that of"
        f" {report.date_before or 'unknown date'}: {summary}."
    )
    yield from (_line(change) for change in report.changes[:_MOST_SHOWN])
    if len(report.changes) > _MOST_SHOWN:
        yield f"... and {len(report.changes) - _MOST_SHOWN} more; all stand in {RECORD_NAME}."
    if report.articles:
        yield "Articles about these ports, to be read again (portolan check tells what is wrong):"
    yield from (f"  {title}" for title in report.articles)


_NAMES = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.RENAMED: "renamed",
    ChangeKind.STATUS: "otherwise changed",
}


def _line(change: Change) -> str:
    ports = f"{change.first}" if change.first == change.last else f"{change.first}-{change.last}"
    before, after = ", ".join(change.before), ", ".join(change.after)
    return f"{_SIGNS[change.kind]} {ports}/{change.protocol} {before} -> {after}"


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """Show a progress bar on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 (only where there is a terminal)
    from rich.progress import BarColumn, DownloadColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Registry", total=None)

        def show(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield show
