"""/watch: the channels of a server where questions need no mention."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.cards import watched, words
from bot.cards.custom_ids import Kind
from bot.cards.recalling import AnyButton, Recalling
from bot.failures import reported
from bot.send import Place, Reply, tell

if TYPE_CHECKING:
    from bot.client import Portolan

_WITH_MESSAGES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]

ChosenChannel = app_commands.AppCommandChannel | app_commands.AppCommandThread


class _ChannelWithMessages(app_commands.Transformer):
    """An option for a channel of a server in which people write.

    Without the guilds intent discord.py knows no channel, so it is taken as Discord hands it over.
    """

    @property
    @override
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    @override
    def channel_types(self) -> list[discord.ChannelType]:
        return _WITH_MESSAGES

    @override
    async def transform(
        self, _interaction: discord.Interaction[Any], value: Any, /
    ) -> ChosenChannel:
        chosen: ChosenChannel = value
        return chosen


ChannelOption = app_commands.Transform[ChosenChannel, _ChannelWithMessages]


class RetractButton(Recalling[AnyButton], kind=Kind.RETRACT):
    """Takes back an answer that nobody had asked for."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Delete the answer, and remember that it was not wanted."""
        client, recalled = interaction.client, self.recalled
        phrases = client.phrases_for(interaction)
        moderates = interaction.permissions.manage_messages
        if interaction.user.id != recalled.asker and not moderates:
            await tell(interaction, phrases.gettext(words.CANNOT_DELETE))
            return
        client.interjections.take_back(recalled.asker, recalled.payload)
        await interaction.response.defer()
        await interaction.delete_original_response()
        await tell(interaction, phrases.gettext(watched.TAKEN_BACK))


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class WatchCog(
    commands.GroupCog,
    group_name="watch",
    group_description="Choose the channels where questions need no mention",
):
    """Turns watched channels on and off, for those who manage a server or the channel."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @override
    async def cog_load(self) -> None:
        self.client.add_dynamic_items(RetractButton)

    @app_commands.command()
    @app_commands.describe(channel="The channel; without it, the one you are in")
    async def on(
        self, interaction: discord.Interaction["Portolan"], channel: ChannelOption | None = None
    ) -> None:
        """Answer questions in a channel without a mention."""
        await self.client.respond(interaction, self._turn_on(interaction, channel), Place.PRIVATE)

    @app_commands.command()
    @app_commands.describe(channel="The channel; without it, the one you are in")
    async def off(
        self, interaction: discord.Interaction["Portolan"], channel: ChannelOption | None = None
    ) -> None:
        """Answer in a channel only when mentioned."""
        await self.client.respond(interaction, self._turn_off(interaction, channel), Place.PRIVATE)

    @app_commands.command(name="list")
    async def listed(self, interaction: discord.Interaction["Portolan"]) -> None:
        """List the channels where questions need no mention."""
        await self.client.respond(interaction, self._listed(interaction), Place.PRIVATE)

    async def _turn_on(
        self, interaction: discord.Interaction["Portolan"], chosen: ChosenChannel | None
    ) -> Reply:
        guild, channel = _guild_and_channel(interaction, chosen)
        phrases = self.client.phrases_for(interaction)
        shown = watched.mention(channel)
        if not _manages(interaction, chosen):
            return phrases.gettext(watched.NOT_MANAGER).format(channel=shown)
        if not self.client.intents.message_content:
            return watched.cannot_read(phrases)
        if channel == interaction.channel_id and not _can_write(interaction):
            return phrases.gettext(watched.CANNOT_WRITE).format(channel=shown)
        if not await self.client.watched.watch(guild, channel):
            return phrases.gettext(watched.ON_ALREADY).format(channel=shown)
        return watched.turned_on(channel, phrases)

    async def _turn_off(
        self, interaction: discord.Interaction["Portolan"], chosen: ChosenChannel | None
    ) -> Reply:
        guild, channel = _guild_and_channel(interaction, chosen)
        phrases = self.client.phrases_for(interaction)
        shown = watched.mention(channel)
        if not _manages(interaction, chosen):
            return phrases.gettext(watched.NOT_MANAGER).format(channel=shown)
        was_on = await self.client.watched.unwatch(guild, channel)
        told = watched.TURNED_OFF if was_on else watched.OFF_ALREADY
        return phrases.gettext(told).format(channel=shown)

    async def _listed(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        guild, channel = _guild_and_channel(interaction, None)
        phrases = self.client.phrases_for(interaction)
        if not _manages(interaction, None):
            shown = watched.mention(channel)
            return phrases.gettext(watched.NOT_MANAGER).format(channel=shown)
        reads = self.client.intents.message_content
        return watched.listed(self.client.watched.of(guild), phrases, reads=reads)


def _guild_and_channel(
    interaction: discord.Interaction[Any], chosen: ChosenChannel | None
) -> tuple[int, int]:
    """Return the ids of the server and of the channel that is meant.

    Raises:
        NoPrivateMessage: this is not in a server; what Discord is told of the command forbids it.
    """
    channel = chosen.id if chosen is not None else interaction.channel_id
    if interaction.guild_id is None or channel is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id, channel


def _manages(interaction: discord.Interaction[Any], chosen: ChosenChannel | None) -> bool:
    """Return whether the user manages the server, or the channel that is meant."""
    there = chosen.permissions if chosen is not None else interaction.permissions
    return interaction.permissions.manage_guild or there.manage_channels


def _can_write(interaction: discord.Interaction[Any]) -> bool:
    """Return whether we may write in the channel where the command is used."""
    ours = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return ours.view_channel and (
        ours.send_messages_in_threads if in_thread else ours.send_messages
    )
