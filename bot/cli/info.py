"""`portolan info`: what the knowledge base holds, and how current it is."""

import json

import click
from rich.console import Console
from rich.table import Table

from bot.cli.opening import open_base
from bot.settings import load
from knowledge.base import FILE_NAME, KnowledgeBase
from knowledge.census import Census, census
from knowledge.model import PortRange

_ORIGINS = {"iana": "IANA's own file", "snapshot": "the shipped snapshot"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def info(*, as_json: bool) -> None:
    """Tell what the knowledge base holds, and how current it is."""
    directory = load().data
    base = open_base(directory)
    file = directory / FILE_NAME
    facts = {
        "file": str(file),
        "size_bytes": file.stat().st_size,
        "built": base.meta["built"],
        "schema_version": int(base.meta["schema_version"]),
        "package_version": base.meta["package_version"],
        "registry_date": base.meta["registry_date"],
        "registry": base.meta["registry"],
    }
    found = census(base)
    if as_json:
        ports = {span.value: dict(counts) for span, counts in found.ports.items()}
        click.echo(json.dumps({**facts, "ports": ports, "rows": dict(found.rows)}))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{file}, {file.stat().st_size / 1e6:.1f} MB, built {base.meta['built']}")
    console.print(_registry(base))
    console.print(_ports(found))
    for name, count in found.rows.items():
        console.print(f"{count:>8,} {name}")


def _registry(base: KnowledgeBase) -> str:
    origin = _ORIGINS.get(base.meta["registry"], base.meta["registry"])
    return f"Registry of {base.meta['registry_date'] or 'unknown date'}, from {origin}"


def _ports(found: Census) -> Table:
    words = tuple(found.ports[PortRange.SYSTEM])
    table = Table("Ports", box=None, pad_edge=False)
    for word in words:
        table.add_column(word, justify="right")
    for span, counts in found.ports.items():
        first, last = span.bounds
        table.add_row(f"{span.value} {first}-{last}", *(f"{counts[word]:,}" for word in words))
    return table
