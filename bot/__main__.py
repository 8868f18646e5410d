"""The command line: wires settings, knowledge and faces together."""

import sys
from importlib import import_module

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


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

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


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portolan", prog_name="portolan")
def main() -> None:
    """Answer questions about network ports, on Discord and on the terminal."""


if __name__ == "__main__":
    sys.exit(main())
