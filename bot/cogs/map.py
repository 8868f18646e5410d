"""/map: all ports on one picture, and those around one port."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.components import with_actions
from bot.cards.maps import neighbourhood_card, overview_card
from bot.cards.parts import Card
from bot.cogs import options
from bot.languages import catalogue, locale_of
from bot.pictures.surroundings import around
from bot.send import Reply
from knowledge.model import MAX_PORT

if TYPE_CHECKING:
    from bot.client import Portolan

NUMBER = "A port to mark on the map"
MAP, AROUND = "map", "around"  # what the buttons that share maps remember


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
        asker, language = interaction.user.id, locale_of(interaction.locale.value)
        return await map_of_all(
            self.client, number, asker, language, files=interaction.app_permissions.attach_files
        )


async def map_of_all(
    client: "Portolan", number: int | None, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of all ports.

    Args:
        client: of whose knowledge.
        number: of the port to mark, 0 to 65535.
        asker: who may share and delete it.
        language: the reader's, one of ours.
        files: they may be attached there, as `interaction.app_permissions.attach_files` says.
    """
    phrases, base = catalogue(language), client.knowledge
    png = await client.atlas.all(base.statuses, phrases, number) if files else None
    card = overview_card(base.statuses, number, png, base.meta["registry_date"], phrases)
    made_of = MAP if number is None else f"{MAP}:{number}"
    return with_actions(card, asker, language, made_of)


async def map_around(
    client: "Portolan", number: int, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of the 64 ports around one; the rest is as for `map_of_all`."""
    phrases, base = catalogue(language), client.knowledge
    view = around(number, base.facts)
    png = await client.atlas.around(view, phrases) if files else None
    card = neighbourhood_card(view, png, base.meta["registry_date"], phrases)
    return with_actions(card, asker, language, f"{AROUND}:{number}")


async def map_again(
    client: "Portolan", made_of: str, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of a map from what its button to share remembers."""
    which, _, number = made_of.partition(":")
    if which == AROUND:
        return await map_around(client, int(number), asker, language, files=files)
    return await map_of_all(client, int(number) if number else None, asker, language, files=files)
