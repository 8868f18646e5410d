"""The command line: wires settings, knowledge and faces together."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from typing_extensions import override

# A command's module is imported when the command is used, so that `ask` starts without Discord.
COMMANDS = {
    "ask": "bot.cli.ask:ask",
    "build": "bot.cli.build:build",
    "changes": "bot.cli.changes:changes",
    "check": "bot.cli.check:check",
    "explain": "bot.cli.explain:explain_command",
    "import": "bot.cli.pages:import_pages",
    "info": "bot.cli.info:info",
    "run": "bot.cli.run:run",
    "sync": "bot.cli.sync:sync",
    "update": "bot.cli.update:update",
}


class BadUsage(click.ClickException):
    """The command line makes no sense; told in one line, as every error is. Exit status 2."""

    exit_code = 2


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

    @override
    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Return the context of the command line's first part."""
        _open_streams()
        with _in_one_line():
            return super().make_context(*args, **kwargs)

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _in_one_line():
            return super().invoke(ctx)

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Make of errors that are not our code's one line for the user."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here a full disk can still be told
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        reason = error.format_message()
        path = error.ctx.command_path if error.ctx else "portolan"
        raise BadUsage(f"{reason} See: {path} --help") from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # who reads our output has read enough
            raise
        reason = error.strerror or str(error)
        if error.filename is not None:
            raise click.ClickException(f"{error.filename}: {reason}.") from error
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left shall not fail again
        raise click.ClickException(f"The output cannot be written ({reason}).") from error


def _open_streams() -> None:
    """Open the streams that we were started without (as in `portolan ... >&-`) to nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 (for good)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portolan", prog_name="portolan")
def main() -> None:
    """Answer questions about network ports, on Discord and on the terminal."""


if __name__ == "__main__":
    sys.exit(main())
