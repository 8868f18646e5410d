"""What the bot is told of what happens: which events, where, and how much of their content."""

from bot.playground import payloads
from bot.playground.gateway import Gateway
from bot.playground.intents import Intent
from bot.playground.mentions import named
from bot.playground.permissions import Permission
from bot.playground.state import (
    Channel,
    ChannelKind,
    Guild,
    Interaction,
    Message,
    Payload,
    User,
)
from bot.playground.world import World


def readable(message: Message, bot: User) -> bool:
    """Return whether the bot reads a message's content without the message content intent.

    It reads what it wrote, what is written to it alone, what mentions it, and replies that ping
    one of its ordinary messages; replies to responses to a command are not among them.
    """
    answered = message.reference
    return (
        message.author is bot
        or message.channel.kind is ChannelKind.DIRECT
        or bot.id in named(message.content)
        or (
            message.reply_ping
            and answered is not None
            and answered.author is bot
            and answered.interaction is None
        )
    )


def as_seen(message: Message, bot: User, *, content: bool) -> Payload:
    """Return a message object as the bot gets it.

    Args:
        message: any message.
        bot: who gets it.
        content: it has the message content intent.
    """
    payload = payloads.message(message)
    if not content:
        _withhold(payload, message, bot)
        if payload.get("referenced_message") and message.reference is not None:
            _withhold(payload["referenced_message"], message.reference, bot)
    return payload


def _withhold(payload: Payload, message: Message, bot: User) -> None:
    if not readable(message, bot):
        payload |= {"content": "", "embeds": [], "attachments": [], "components": []}


class Delivery:
    """Tells the gateway's sessions what happens in the world."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def sees(self, channel: Channel) -> bool:
        """Return whether the bot is in a channel and may look at it."""
        return Permission.VIEW_CHANNEL in channel.permissions_of(self._world.bot)

    async def message_created(self, message: Message) -> None:
        """Tell of a new message."""
        await self._message("MESSAGE_CREATE", message)

    async def message_edited(self, message: Message) -> None:
        """Tell of an edit."""
        await self._message("MESSAGE_UPDATE", message)

    async def message_deleted(self, message: Message) -> None:
        """Tell that a message is gone."""
        channel = message.channel
        if message.ephemeral or not self.sees(channel):
            return
        data = _placed(channel, {"id": str(message.id), "channel_id": str(channel.id)})
        await self._gateway.dispatch(
            "MESSAGE_DELETE", data, guild_id=_guild_id(channel), needs=_messages(channel)
        )

    async def _message(self, event: str, message: Message) -> None:
        channel = message.channel
        if message.ephemeral or not self.sees(channel):
            return
        for session in self._gateway.listeners(_guild_id(channel), _messages(channel)):
            content = Intent.MESSAGE_CONTENT in session.intents
            data = as_seen(message, self._world.bot, content=content)
            data["channel_type"] = int(channel.kind)
            if channel.guild is not None:
                _add_members(data, message, channel.guild)
            await self._gateway.tell(session, event, _placed(channel, data))

    async def reaction(self, message: Message, user: User, emoji: str, *, added: bool) -> None:
        """Tell of a reaction that came or went."""
        channel = message.channel
        if not self.sees(channel):
            return
        data: Payload = {
            "user_id": str(user.id),
            "channel_id": str(channel.id),
            "message_id": str(message.id),
            "message_author_id": str(message.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if channel.guild is not None and user.id in channel.guild.members:
            data["member"] = payloads.member(channel.guild.members[user.id])
        needs = (
            Intent.DIRECT_MESSAGE_REACTIONS
            if channel.guild is None
            else Intent.GUILD_MESSAGE_REACTIONS
        )
        event = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
        await self._gateway.dispatch(
            event, _placed(channel, data), guild_id=_guild_id(channel), needs=needs
        )

    async def interaction(self, interaction: Interaction, payload: Payload) -> None:
        """Tell of an interaction; no intent is needed, and foreign ones come to shard 0."""
        guild = interaction.channel.guild
        known = guild is not None and guild.installed
        await self._gateway.dispatch(
            "INTERACTION_CREATE", payload, guild_id=guild.id if guild and known else None
        )

    async def guild_joined(self, guild: Guild) -> None:
        """Tell that the app was added to a server."""
        data = payloads.guild_create(guild, self._world.bot)
        await self._gateway.dispatch("GUILD_CREATE", data, guild_id=guild.id, needs=Intent.GUILDS)

    async def guild_left(self, guild: Guild) -> None:
        """Tell that the app was removed from a server."""
        await self._gateway.dispatch(
            "GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id, needs=Intent.GUILDS
        )

    async def channel_created(self, channel: Channel) -> None:
        """Tell of a new channel of a server."""
        if channel.guild is not None and self.sees(channel):
            await self._gateway.dispatch(
                "CHANNEL_CREATE",
                payloads.channel(channel),
                guild_id=channel.guild.id,
                needs=Intent.GUILDS,
            )


def _guild_id(channel: Channel) -> int | None:
    return None if channel.guild is None else channel.guild.id


def _messages(channel: Channel) -> Intent:
    return Intent.DIRECT_MESSAGES if channel.guild is None else Intent.GUILD_MESSAGES


def _placed(channel: Channel, data: Payload) -> Payload:
    return data if channel.guild is None else {**data, "guild_id": str(channel.guild.id)}


def _add_members(data: Payload, message: Message, guild: Guild) -> None:
    author = guild.members.get(message.author.id)
    if author is not None and message.interaction is None:
        data["member"] = payloads.member(author, with_user=False)
    for mention in data["mentions"]:
        member = guild.members.get(int(mention["id"]))
        if member is not None:
            mention["member"] = payloads.member(member, with_user=False)
