"""/free: a port for a service of one's own."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking
from bot.cogs import options
from bot.cogs.options import Chosen
from knowledge.free import MOST, PURPOSE_LENGTH, USUAL, Wanted, written
from knowledge.model import MAX_PORT

if TYPE_CHECKING:
    from bot.client import Portolan


class FreeCog(commands.Cog):
    """Picks free ports."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(
        near="A number to stay close to",
        purpose="What it is for: web, database, game server …",
        count="How many; 3 if you leave it out",
        protocol=options.PROTOCOL,
        private=options.PRIVATE,
    )
    @app_commands.choices(protocol=options.PROTOCOLS)
    async def free(
        self,
        interaction: discord.Interaction["Portolan"],
        near: app_commands.Range[int, 0, MAX_PORT] | None = None,
        purpose: app_commands.Range[str, 1, PURPOSE_LENGTH] | None = None,
        count: app_commands.Range[int, 1, MOST] = USUAL,
        protocol: Chosen = None,
        private: bool = False,
    ) -> None:
        """Pick a free port for a service of your own, and see why."""
        words = " ".join((purpose or "").split())
        wanted = Wanted(near, words, count, options.protocol_of(protocol))
        work = self.client.reply_for(written(wanted), Asking.by(interaction, "free"))
        await self.client.respond(interaction, work, options.place_of(private=private))
