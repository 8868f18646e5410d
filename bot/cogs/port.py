"""/port: one port, by its number or by the name of what uses it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import options
from bot.cogs.options import Chosen
from bot.send import Reply
from knowledge import as_command
from knowledge.model import System

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
        private: bool = False,  # noqa: FBT001, FBT002 (as discord.py hands it over)
    ) -> None:
        """Look a port up: what it is officially and in practice, and how to check it."""
        asked = as_command.port(port, options.protocol_of(protocol))
        work = self._answer(interaction, port, asked, options.system_of(system))
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(
        self,
        interaction: discord.Interaction["Portolan"],
        typed: str,
        asked: str,
        system: System | None,
    ) -> Reply:
        language = interaction.locale.value
        answer = await self.client.answer(asked, kind="port", language=language, system=system)
        if options.is_unknown(typed, answer):
            return options.unknown(typed, self.client.phrases_for(interaction))
        return self.client.card(answer, interaction.user.id, language=language, system=system)
