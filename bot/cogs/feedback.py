"""Votes on answers: the three faces, and /feedback for those who manage a server."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.cards import feedback
from bot.cards.custom_ids import Kind
from bot.cards.recalling import AnyButton, Recalling
from bot.failures import reported
from bot.send import Place, Reply
from knowledge.team.model import Vote

if TYPE_CHECKING:
    from bot.client import Portolan

DAYS = [
    app_commands.Choice(name="30 days", value=30),
    app_commands.Choice(name="90 days", value=90),
]


class FaceButton(Recalling[AnyButton], kind=Kind.VOTE):
    """A face under an answer; anybody may press it, and another one later."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Count the vote, and thank the voter in private."""
        client = interaction.client
        await client.respond(interaction, self._vote(interaction), Place.PRIVATE)

    async def _vote(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        number, _, answer = self.recalled.payload.partition(":")
        vote = Vote(int(number))
        await interaction.client.store.vote(
            interaction.user.id, server_of(interaction), answer, vote, self.recalled.language
        )
        return feedback.thanks(vote, interaction.client.phrases_for(interaction))


class FeedbackCog(commands.Cog):
    """Sums up the votes of a server."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @override
    async def cog_load(self) -> None:
        self.client.add_dynamic_items(FaceButton)

    @app_commands.command()
    @app_commands.describe(days="How far to look back; 30 days if you leave it out")
    @app_commands.choices(days=DAYS)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def feedback(
        self,
        interaction: discord.Interaction["Portolan"],
        days: app_commands.Choice[int] | None = None,
    ) -> None:
        """See how helpful people here found my answers."""
        work = self._summary(interaction, days.value if days else DAYS[0].value)
        await self.client.respond(interaction, work, Place.PRIVATE)

    async def _summary(self, interaction: discord.Interaction["Portolan"], days: int) -> Reply:
        guild = server_of(interaction)
        if guild is None:
            raise app_commands.NoPrivateMessage
        summary = await self.client.store.summary(guild, days)
        phrases = self.client.phrases_for(interaction)
        return feedback.summary_card(summary, days, self._faq_title, phrases)

    def _faq_title(self, slug: str) -> str | None:
        entry = self.client.knowledge.faq(slug)
        return entry.question if entry is not None else None


def server_of(interaction: discord.Interaction[Any]) -> int | None:
    """Return the server in which this is, if the bot was brought there by its managers.

    Where a person brought the bot along, the server's people never agreed to anything.
    """
    return interaction.guild_id if interaction.is_guild_integration() else None
