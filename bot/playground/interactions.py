"""INTERACTION_CREATE: everything that Discord says about one use of a command, button or form."""

import secrets

from bot.playground import payloads
from bot.playground.permissions import Permission
from bot.playground.state import (
    Channel,
    ChannelKind,
    Context,
    Guild,
    Install,
    Interaction,
    Payload,
    User,
)
from bot.playground.world import World

ALL_INSTALLS = frozenset(Install)


def context_of(channel: Channel) -> Context:
    """Return where a channel is, in the words of commands."""
    if channel.guild is not None:
        return Context.GUILD
    return Context.BOT_DM if channel.kind is ChannelKind.DIRECT else Context.PRIVATE


def owners_of(
    user: User, channel: Channel, installs: frozenset[Install] = ALL_INSTALLS
) -> dict[Install, int]:
    """Return which installs let `user` use the app in a channel; {} when none does.

    Args:
        user: who uses it.
        channel: where.
        installs: those that the command supports.
    """
    owners: dict[Install, int] = {}
    here = context_of(channel)
    if Install.GUILD in installs:
        if channel.guild is not None and channel.guild.installed:
            owners[Install.GUILD] = channel.guild.id
        elif here is Context.BOT_DM:
            owners[Install.GUILD] = 0
    if Install.USER in installs and user.installed:
        owners[Install.USER] = user.id
    return owners


def new_token() -> str:
    """Return a token as hard to guess as Discord's."""
    return secrets.token_urlsafe(96)


def must_whisper(interaction: Interaction) -> bool:
    """Return whether every reply is ephemeral, because the server takes no apps from outside."""
    guild = interaction.channel.guild
    if guild is None or not interaction.foreign:
        return False
    allowed = interaction.channel.permissions_of(interaction.user)
    return not guild.external_apps or Permission.USE_EXTERNAL_APPS not in allowed


def interaction_create(world: World, interaction: Interaction) -> Payload:
    """Return the data of INTERACTION_CREATE."""
    user, channel = interaction.user, interaction.channel
    payload: Payload = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel": payloads.interaction_channel(channel, user),
        "channel_id": str(channel.id),
        "locale": user.locale,
        "app_permissions": str(int(_app_permissions(world, interaction))),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": payloads.owners(interaction),
        "context": int(interaction.context),
        "attachment_size_limit": payloads.ATTACHMENT_SIZE_LIMIT,
    }
    if channel.guild is None:
        payload["user"] = payloads.user(user)
    else:
        guild = channel.guild
        payload |= {
            "guild_id": str(guild.id),
            "guild_locale": guild.locale,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "member": interaction_member(guild, channel, user),
        }
    if interaction.message is not None:
        payload["message"] = payloads.message(interaction.message)
    return payload


def interaction_member(guild: Guild, channel: Channel, user: User) -> Payload:
    """Return a member with what they may do in the channel."""
    member = payloads.member(guild.members[user.id])
    return member | {"permissions": str(int(channel.permissions_of(user)))}


def _app_permissions(world: World, interaction: Interaction) -> Permission:
    """Return what the app may do there: the bot's own permissions, or those the person lends."""
    if interaction.foreign:
        return interaction.channel.permissions_of(interaction.user)
    return interaction.channel.permissions_of(world.bot)
