"""/changes: what the last updates of IANA's registry added or removed."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.changes import changes_card
from bot.cards.components import with_actions
from bot.cogs import options
from bot.send import Reply
from knowledge.changes import history

if TYPE_CHECKING:
    from bot.client import Portolan


class ChangesCog(commands.Cog):
    """Tells what is new in the registry."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(private=options.PRIVATE)
    async def changes(
        self,
        interaction: discord.Interaction["Portolan"],
        private: bool = False,
    ) -> None:
        """See which ports the last registry updates added, removed or renamed."""
        work = self._answer(interaction)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        client = self.client
        updates = history(client.directory) if client.directory is not None else ()
        date = client.knowledge.meta.get("registry_date", "")
        card = changes_card(date, updates, client.phrases_for(interaction))
        return with_actions(card, interaction.user.id, interaction.locale.value)
