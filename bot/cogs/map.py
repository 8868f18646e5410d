"""/map: all ports on one picture, and those around one port."""

from gettext import NullTranslations
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.components import with_bin
from bot.cards.maps import neighbourhood_card, overview_card
from bot.cards.parts import Card
from bot.cogs import options
from bot.pictures.surroundings import around
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
        phrases, base = self.client.phrases_for(interaction), self.client.knowledge
        statuses, registry_date = base.statuses, base.meta["registry_date"]
        png = None
        if interaction.app_permissions.attach_files:
            png = await self.client.atlas.all(statuses, phrases, number)
        card = overview_card(statuses, number, png, registry_date, phrases)
        return with_bin(card, interaction.user.id, interaction.locale.value)


async def map_around(
    client: "Portolan", number: int, phrases: NullTranslations, *, files: bool
) -> Card:
    """Return the card of the 64 ports around one.

    Args:
        client: of whose knowledge.
        number: 0 to 65535.
        phrases: the catalogue of the reader's language.
        files: they may be attached there, as `interaction.app_permissions.attach_files` says.
    """
    base = client.knowledge
    view = around(number, base.facts)
    png = await client.atlas.around(view, phrases) if files else None
    return neighbourhood_card(view, png, base.meta["registry_date"], phrases)
