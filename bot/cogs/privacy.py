"""/privacy: what is stored, and its deletion."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.cards import privacy
from bot.cards.custom_ids import Kind, language_tag
from bot.cards.recalling import AnyButton, Recalling
from bot.cogs.feedback import server_of
from bot.failures import reported
from bot.send import Place, Reply

if TYPE_CHECKING:
    from bot.client import Portolan


class ForgetButton(Recalling[AnyButton], kind=Kind.FORGET):
    """Deletes what is kept of its presser, or of the server."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Delete, or ask whether to; the answer is the presser's alone."""
        match self.recalled.payload:
            case "me":
                work = _forget_person(interaction)
            case "server":
                work = _ask_managers(interaction, _managed(interaction))
            case _:
                work = _forget_server(interaction, _managed(interaction))
        await interaction.client.respond(interaction, work, Place.PRIVATE)


class PrivacyCog(commands.Cog):
    """Tells what is stored."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @override
    async def cog_load(self) -> None:
        self.client.add_dynamic_items(ForgetButton)

    @app_commands.command()
    async def privacy(self, interaction: discord.Interaction["Portolan"]) -> None:
        """See what I keep, why and how long, and delete it."""
        await self.client.respond(interaction, self._told(interaction), Place.PRIVATE)

    async def _told(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        return privacy.privacy_card(
            interaction.user.id,
            language_tag(interaction.locale.value),
            self.client.phrases_for(interaction),
            manages=_manages(interaction),
        )


async def _forget_person(interaction: discord.Interaction["Portolan"]) -> Reply:
    client, person = interaction.client, interaction.user.id
    remembered = client.forget_conversations(person)
    kept = await client.store.forget_person(person)
    return privacy.mine_deleted(kept, client.phrases_for(interaction), conversation=remembered)


async def _ask_managers(interaction: discord.Interaction["Portolan"], guild: int) -> Reply:
    phrases = interaction.client.phrases_for(interaction)
    kept = await interaction.client.store.kept_of(guild)
    if not kept:
        return phrases.gettext(privacy.NOTHING_OF_SERVERS)
    language = language_tag(interaction.locale.value)
    return privacy.confirm_card(kept, interaction.user.id, language, phrases)


async def _forget_server(interaction: discord.Interaction["Portolan"], guild: int) -> Reply:
    phrases = interaction.client.phrases_for(interaction)
    kept = await interaction.client.store.forget_guild(guild)
    if not kept:
        return phrases.gettext(privacy.NOTHING_OF_SERVERS)
    return privacy.servers_deleted_card(kept, phrases)


def _manages(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the user manages the server in which this is, and it is one of ours."""
    return server_of(interaction) is not None and interaction.permissions.manage_guild


def _managed(interaction: discord.Interaction[Any]) -> int:
    """Return the server that the user manages and in which this is.

    Raises:
        NoPrivateMessage: it is in none of ours.
        MissingPermissions: they do not manage it, or no more.
    """
    guild = server_of(interaction)
    if guild is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return guild
