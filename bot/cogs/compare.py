"""/compare: what tells two ports apart."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking
from bot.cogs import options
from bot.send import Reply
from knowledge import as_command

if TYPE_CHECKING:
    from bot.client import Portolan


class CompareCog(commands.Cog):
    """Compares ports."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(
        first=options.NUMBER_OR_NAME,
        second="The other one: number or name",
        private=options.PRIVATE,
    )
    @app_commands.autocomplete(first=options.suggest, second=options.suggest)
    async def compare(
        self,
        interaction: discord.Interaction["Portolan"],
        first: app_commands.Range[str, 1, options.PORT_LENGTH],
        second: app_commands.Range[str, 1, options.PORT_LENGTH],
        private: bool = False,
    ) -> None:
        """Compare two ports: what they are for, and which risks they bring."""
        work = self._answer(interaction, first, second)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(self, interaction: discord.Interaction["Portolan"], *typed: str) -> Reply:
        asking = Asking.by(interaction, "compare")
        numbers = []
        for text in typed:
            about = await self.client.answer(as_command.port(text), asking)
            if not about.ports:
                return options.unknown(text, asking.phrases)
            numbers.append(about.ports[0])
        return await self.client.reply_for(as_command.compare(*numbers), asking)
