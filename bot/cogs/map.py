"""/map: all ports on one picture, and those around one port."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.maps import overview_card
from bot.cogs import options
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
        private: bool = False,  # noqa: FBT001, FBT002 (as discord.py hands it over)
    ) -> None:
        """Show all 65,536 ports on one picture."""
        work = self._answer(interaction, number)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(
        self, interaction: discord.Interaction["Portolan"], number: int | None
    ) -> Reply:
        client, base = self.client, self.client.knowledge
        phrases, statuses = client.phrases_for(interaction), base.statuses
        registry_date = base.meta["registry_date"]
        png = None
        if interaction.app_permissions.attach_files:
            png = await client.atlas.all(statuses, phrases, number)
        return overview_card(statuses, number, png, registry_date, phrases)
