"""/port: one port, by its number or by the name of what uses it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking
from bot.cogs import options
from bot.cogs.options import Chosen
from bot.send import Reply
from knowledge import as_command

if TYPE_CHECKING:
    from bot.client import Portolan


class PortCog(commands.Cog):
    """Looks ports up."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(
        port=options.NUMBER_OR_NAME,
        protocol=options.PROTOCOL,
        system=options.SYSTEM,
        private=options.PRIVATE,
    )
    @app_commands.autocomplete(port=options.suggest)
    @app_commands.choices(protocol=options.PROTOCOLS, system=options.SYSTEMS)
    async def port(
        self,
        interaction: discord.Interaction["Portolan"],
        port: app_commands.Range[str, 1, options.PORT_LENGTH],
        protocol: Chosen = None,
        system: Chosen = None,
        private: bool = False,
    ) -> None:
        """Look a port up: what it is officially and in practice, and how to check it."""
        text = as_command.port(port, options.protocol_of(protocol))
        asking = Asking.by(interaction, "port", system=options.system_of(system))
        work = self._answer(port, text, asking)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(self, typed: str, text: str, asking: Asking) -> Reply:
        answer = await self.client.answer(text, asking)
        if options.is_unknown(typed, answer):
            return options.unknown(typed, asking.phrases)
        return self.client.card(answer, asking)
