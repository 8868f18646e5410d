"""`portolan build`: the knowledge base, built anew from its sources."""

import json
import time
from datetime import UTC, datetime

import click

from bot.settings import load
from knowledge.base import FILE_NAME
from knowledge.build import build as build_file
from knowledge.build import sources_in
from knowledge.sources.faults import SourceError

_SHOWN = {
    "assignment": "assignments",
    "use": "uses",
    "alias": "aliases",
    "risk": "risks",
    "article": "articles",
    "faq": "FAQs",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def build(*, as_json: bool) -> None:
    """Build the knowledge base anew, and put it in place of the old one.

    Nobody has to: whatever needs it builds it when it is missing, damaged or out of date.
    """
    directory = load().data
    begin = time.perf_counter()
    try:
        report = build_file(directory / FILE_NAME, sources_in(directory), now=datetime.now(UTC))
    except SourceError as error:
        raise click.ClickException(f"The knowledge base cannot be built: {error}.") from error
    except OSError as error:
        raise click.ClickException(
            f"The knowledge base cannot be written to {directory} ({error.strerror or error});"
            " set PORTOLAN_DATA to a folder that can be written to."
        ) from error
    seconds = time.perf_counter() - begin
    if as_json:
        click.echo(
            json.dumps(
                {
                    "path": str(report.path),
                    "size_bytes": report.size_bytes,
                    "seconds": round(seconds, 3),
                    "registry_date": report.registry_date,
                    "counts": dict(report.counts),
                }
            )
        )
        return
    counts = ", ".join(f"{report.counts[table]:,} {name}" for table, name in _SHOWN.items())
    click.echo(
        f"Built {report.path} in {seconds:.1f} s: {report.size_bytes / 1e6:.1f} MB,"
        f" registry of {report.registry_date or 'unknown date'}, {counts}."
    )
