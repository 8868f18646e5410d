"""`portolan sync`: hands the commands to Discord, and tells what changes there."""

import asyncio
import contextlib
from pathlib import Path

import click
import discord
from pydantic import SecretStr
from typing_extensions import override

from bot.client import Portolan
from bot.connection import Connection
from bot.failures import explain_start
from bot.settings import Settings, SettingsError, load
from bot.sync import RECORD, Difference, compare, hand_over, payload_of, registered, remember
from bot.translator import CommandTranslator

PATIENCE_SECONDS = 60.0  # in all; discord.py tries again where Discord fails
_TOO_MANY_TODAY = 30034


class _Clerk(Portolan):
    """A client that has the commands and never connects to the gateway."""

    @override
    async def setup_hook(self) -> None:
        await self.add_features()
        await self.tree.set_translator(CommandTranslator())


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--force", is_flag=True, help="Hand them over even where nothing has changed.")
def sync(*, dry_run: bool, force: bool) -> None:
    """Hand the commands to Discord, and tell what changes.

    The running bot does so by itself when it starts. The exit status is 1 when Discord refuses
    them or cannot be reached, 2 without DISCORD_TOKEN.
    """
    settings = load()
    if settings.discord_token is None:
        raise SettingsError("Set DISCORD_TOKEN: the commands belong to the bot's application.")
    with contextlib.suppress(OSError):  # then it is not remembered, which is logged
        settings.data.mkdir(parents=True, exist_ok=True)
    record = settings.data / RECORD
    try:
        asyncio.run(_sync(settings, settings.discord_token, record, dry_run=dry_run, force=force))
    except Exception as error:
        sentence = _explain(error)
        if sentence is None:
            raise
        raise click.ClickException(sentence) from error


async def _sync(
    settings: Settings, token: SecretStr, record: Path, *, dry_run: bool, force: bool
) -> None:
    client = _Clerk(None, Connection(api_url=settings.discord_api_url))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await client.login(token.get_secret_value())
            difference = compare(await registered(client), await payload_of(client.tree))
            _tell(difference)
            if dry_run:
                click.echo("Nothing was sent.")
            elif difference or force:
                count = await hand_over(client.tree, record)
                click.echo(f"Discord has the {count} commands.")
            else:
                await remember(client.tree, record)
                click.echo("Discord has these commands already.")
    finally:
        await client.close()


def _tell(difference: Difference) -> None:
    for word, names in (
        ("added", difference.added),
        ("changed", difference.changed),
        ("removed", difference.removed),
    ):
        for name in names:
            click.echo(f"{word:<8} {name}")


def _explain(error: Exception) -> str | None:
    """Return one line that says what to do, or None if that is unknown."""
    match error:
        case discord.HTTPException() if error.code == _TOO_MANY_TODAY:
            return "Discord takes no more new commands from this bot today; try again tomorrow."
        case discord.app_commands.CommandSyncFailure():
            reason = " ".join(str(error).split())
            return f"Discord refused the commands: {reason}"
        case _:
            return explain_start(error)
