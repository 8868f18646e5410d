"""`portolan run`: the bot on Discord, or without a token on a playground of its own."""

import asyncio
import gc
import logging
import secrets
import sys
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.cli.apart import apart
from bot.cli.opening import open_base_lean
from bot.client import Portolan
from bot.connection import Connection
from bot.cooldowns import Cooldowns
from bot.failures import StartFailure
from bot.lifecycle import serve, stopping_on_signals
from bot.logs import log_to
from bot.refreshing import follow, refresh
from bot.store import Store
from bot.sync import RECORD
from knowledge.base import KnowledgeBase

log = logging.getLogger(__name__)

GC_OBJECTS = 20_000  # Python's own 700 cost some hundredths of every answer


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings that running needs, without the library that has read and checked them.

    See `bot.settings.Settings` for what they are.
    """

    data: Path
    token: str | None = field(repr=False)
    api_url: str | None
    gateway_url: str | None
    database_url: str | None = field(repr=False)
    shard_ids: tuple[int, ...] | None
    shard_count: int | None
    message_content: bool
    cooldowns: bool
    refresh: bool
    metrics: str | None


def _run_settings() -> RunSettings:
    """Return the settings of this process.

    Raises:
        SettingsError: one is wrong.
    """
    from bot.settings import load  # noqa: PLC0415 (pydantic takes 10 MiB, and is used once)

    settings = load()
    token = settings.discord_token
    return RunSettings(
        data=settings.data,
        token=None if token is None else token.get_secret_value(),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        database_url=settings.database_url,
        shard_ids=settings.shard_ids,
        shard_count=settings.shard_count,
        message_content=settings.message_content,
        cooldowns=settings.cooldowns,
        refresh=settings.refresh,
        metrics=settings.metrics,
    )


@click.command()
@click.option(
    "--playground", is_flag=True, help="The playground, even where DISCORD_TOKEN is set."
)
def run(*, playground: bool) -> None:
    """Run the bot: on Discord with DISCORD_TOKEN, else on a playground on this machine.

    SIGINT and SIGTERM end it. The exit status is 1 when Discord refuses it or cannot be reached.
    """
    settings = apart(_run_settings)
    token = None if playground else settings.token
    log_to(*((sys.stderr, logging.WARNING) if token is None else (sys.stdout, logging.INFO)))
    knowledge = open_base_lean(settings.data)
    main = (
        _on_discord(settings, token, knowledge)
        if token
        else _on_playground(knowledge, settings.data)
    )
    try:
        asyncio.run(main)
    except StartFailure as failure:
        raise click.ClickException(str(failure)) from failure
    except BrokenPipeError:
        raise  # who read the answers has enough of them: click ends quietly
    except Exception as error:
        reference = secrets.token_hex(4)
        log.exception("stopped reference=%s", reference)
        raise click.ClickException(
            f"The bot had to stop, and it is our fault: please report reference {reference} "
            "with what the log says."
        ) from error


async def _on_discord(settings: RunSettings, token: str, knowledge: KnowledgeBase) -> None:
    client = Portolan(
        knowledge,
        Connection(
            api_url=settings.api_url,
            gateway_url=settings.gateway_url,
            shard_ids=settings.shard_ids,
            shard_count=settings.shard_count,
            sync_record=settings.data / RECORD,
            message_content=settings.message_content,
        ),
        Store.at(settings.database_url, settings.data),
        directory=settings.data,
        cooldowns=Cooldowns(time.monotonic) if settings.cooldowns else None,
    )
    stop, ready = asyncio.Event(), asyncio.Event()
    background = asyncio.ensure_future(_keep_current(client, settings, ready))
    try:
        with stopping_on_signals(stop):
            async with _measured(client, settings.metrics):
                await serve(client, token, stop, ready=ready)
    finally:
        background.cancel()
        await asyncio.gather(background, return_exceptions=True)


@asynccontextmanager
async def _measured(client: Portolan, address: str | None) -> AsyncIterator[None]:
    """Serve health and metrics at an address while the context lasts, if there is one."""
    if address is None:
        yield
        return
    from bot.metrics import served  # noqa: PLC0415 (a web server, where it is wanted)

    async with served(client, address) as port:
        log.info("metrics served port=%d", port)
        yield


async def _keep_current(client: Portolan, settings: RunSettings, ready: asyncio.Event) -> None:
    """Keep the knowledge current once the bot is ready; what fails there is only logged."""
    await ready.wait()
    # What is there now stays: the collector need not look at it for as long as we run. And an
    # answer makes thousands of objects, none of them in cycles: no need to look so often.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_OBJECTS, 20, 20)
    tasks: list[Coroutine[None, None, None]] = [follow(settings.data, client.take_up)]
    if settings.refresh:
        tasks.append(refresh())
    await asyncio.gather(*(_logged(task) for task in tasks))


async def _logged(task: Coroutine[None, None, None]) -> None:
    try:
        await task
    except Exception:
        log.exception("background task ended")


async def _on_playground(knowledge: KnowledgeBase, directory: Path) -> None:
    from bot.console import converse  # noqa: PLC0415 (4 MiB that Discord needs not)
    from bot.typed_lines import read_lines  # noqa: PLC0415

    stop = asyncio.Event()
    with stopping_on_signals(stop):
        lines = read_lines(sys.stdin.fileno())
        typed = sys.stdin.isatty()
        await converse(knowledge, lines, sys.stdout, stop, typed=typed, directory=directory)
