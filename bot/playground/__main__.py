"""Run the playground on its own: `python -m bot.playground`, for a bot in another process."""

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click

from bot.playground import Crowd, Intent, NotPossibleError, Playground


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=0, show_default=True, help="The port; 0 for any free one.")
@click.option("--token", help="The bot's token; without it one is made up.")
@click.option("--guilds", default=0, show_default=True, help="Made-up servers besides ours.")
@click.option("--message-content", is_flag=True, help="Grant the message content intent.")
@click.option(
    "--openapi",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Discord's OpenAPI description, to validate every request.",
)
def main(  # noqa: PLR0913, PLR0917 (one for each option)
    host: str,
    port: int,
    token: str | None,
    guilds: int,
    message_content: bool,  # noqa: FBT001 (click passes flags so)
    openapi: Path | None,
) -> None:
    """Run a local Discord for one bot, and write to it line by line as Ada in #general.

    The first lines printed are the settings that a bot needs to log in here.
    """
    granted = Intent.MESSAGE_CONTENT if message_content else Intent(0)
    try:
        playground = Playground(
            host=host,
            port=port,
            token=token,
            granted=granted,
            openapi=openapi,
            guilds=Crowd(guilds),
        )
    except ImportError:
        raise click.UsageError("--openapi needs the package jsonschema; install it") from None
    except (ValueError, KeyError):
        raise click.UsageError(f"{openapi} is no OpenAPI description") from None
    try:
        asyncio.run(_run(playground))
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None


async def _run(playground: Playground) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(name, stopped.set)
    async with playground:
        click.echo(f"DISCORD_API_URL={playground.rest_url}")
        click.echo(f"DISCORD_GATEWAY_URL={playground.gateway_url}")
        click.echo(f"DISCORD_TOKEN={playground.token}")
        sys.stdout.flush()
        talking = asyncio.create_task(_talk(playground))
        await stopped.wait()
        talking.cancel()
        for fault in playground.faults:
            click.echo(str(fault), err=True)


async def _talk(playground: Playground) -> None:
    """Send what is typed, and print what the bot answers."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())

    Thread(target=read, daemon=True).start()
    while True:
        line = await lines.get()
        if not line:
            continue
        if not line.startswith("/"):
            line = f"{playground.mention} {line}"
        try:
            reply = await playground.ada.type(playground.channel, line)
        except NotPossibleError as error:
            click.echo(f"({error})")
        except TimeoutError:
            click.echo("(no bot has answered in time)")
        else:
            click.echo("(silence)" if reply is None else reply.text)


if __name__ == "__main__":
    main()
