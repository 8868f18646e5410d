"""`portolan changes`: what the last updates of the registry changed."""

import json
from dataclasses import asdict

import click

from bot.cli.opening import open_base
from bot.settings import load
from knowledge import changes_told
from knowledge.changes import KEPT, history


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each update.")
def changes(*, as_json: bool) -> None:
    """Tell which ports the last updates of the registry added or removed, the newest first."""
    directory = load().data
    updates = history(directory)
    if as_json:
        for update in updates:
            click.echo(json.dumps(asdict(update), ensure_ascii=False))
        return
    base = open_base(directory)
    click.echo(changes_told.now(base.meta.get("registry_date", ""), updates))
    base.close()
    for told in changes_told.told(updates, most_updates=KEPT):
        click.echo(f"\n{told.heading}")
        for line in told.lines:
            click.echo(f"  {line}")
