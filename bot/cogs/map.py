"""/map: all ports on one picture."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import options
from bot.drawn_maps import map_of_all
from bot.languages import locale_of
from bot.send import Reply
from knowledge.model import MAX_PORT

if TYPE_CHECKING:
    from bot.client import Portolan

NUMBER = "A port to mark on the map"


class MapCog(commands.Cog):
    """Shows the ports as pictures."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(number=NUMBER, private=options.PRIVATE)
    async def map(
        self,
        interaction: discord.Interaction["Portolan"],
        number: app_commands.Range[int, 0, MAX_PORT] | None = None,
        private: bool = False,
    ) -> None:
        """Show all 65,536 ports on one picture."""
        work = self._answer(interaction, number)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(
        self, interaction: discord.Interaction["Portolan"], number: int | None
    ) -> Reply:
        asker, language = interaction.user.id, locale_of(interaction.locale.value)
        return await map_of_all(
            self.client, number, asker, language, files=interaction.app_permissions.attach_files
        )
