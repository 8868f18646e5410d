"""The JSON that Discord sends for what exists: users, servers, channels, messages, the app."""

from datetime import datetime
from functools import lru_cache

from bot.playground.intents import application_flags
from bot.playground.state import (
    Attachment,
    Channel,
    ChannelKind,
    Guild,
    Interaction,
    InteractionKind,
    Member,
    Message,
    MessageKind,
    Payload,
    Role,
    User,
)
from bot.playground.world import World

ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024  # bytes; without boosts and subscriptions
# What Discord's message snapshot object holds.
_FORWARDED = (
    "type", "content", "embeds", "attachments", "components", "timestamp", "edited_timestamp",
    "flags", "mentions", "mention_roles",
)  # fmt: skip


@lru_cache(4096)
def timestamp(moment: datetime) -> str:
    """Return ISO 8601 with microseconds and an offset, as Discord writes it."""
    return moment.isoformat(timespec="microseconds")


def user(who: User) -> Payload:
    """Return a user object."""
    payload: Payload = {
        "id": str(who.id),
        "username": who.name,
        "global_name": None if who.bot else who.display_name,
        "discriminator": "0000" if who.bot else "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "accent_color": None,
        "collectibles": None,
        "primary_guild": None,
        "clan": None,
        "public_flags": 0,
        "flags": 0,
    }
    if who.bot:
        payload["bot"] = True
    return payload


def own_user(who: User) -> Payload:
    """Return the user object that the bot gets of itself."""
    return {
        **user(who),
        "bot": True,
        "verified": True,
        "mfa_enabled": False,
        "email": None,
        "locale": who.locale,
    }


def member(who: Member, *, with_user: bool = True) -> Payload:
    """Return a member object; inside a message it has no user of its own."""
    payload: Payload = {
        "roles": [str(role) for role in who.roles],
        "joined_at": timestamp(who.joined),
        "nick": who.nick,
        "avatar": None,
        "banner": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    if with_user:
        payload["user"] = user(who.user)
    return payload


def role(which: Role) -> Payload:
    """Return a role object."""
    payload: Payload = {
        "id": str(which.id),
        "name": which.name,
        "description": None,
        "permissions": str(int(which.permissions)),
        "position": which.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": which.bot_id is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if which.bot_id is not None:
        payload["tags"] = {"bot_id": str(which.bot_id)}
    return payload


def channel(which: Channel) -> Payload:
    """Return a channel object."""
    last = next(reversed(which.messages), None)
    payload: Payload = {
        "id": str(which.id),
        "type": int(which.kind),
        "last_message_id": None if last is None else str(last),
        "flags": 0,
    }
    if which.guild is None:
        payload["recipients"] = [user(person) for person in which.people if not person.bot]
        if which.kind is ChannelKind.GROUP:
            payload |= {"name": which.name, "icon": None, "owner_id": str(which.people[0].id)}
        return payload
    return payload | {
        "guild_id": str(which.guild.id),
        "name": which.name,
        "topic": which.topic,
        "position": which.position,
        "permission_overwrites": [
            {"id": str(user_id), "type": 1, "allow": "0", "deny": str(int(denied))}
            for user_id, denied in which.denied.items()
        ],
        "parent_id": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_pin_timestamp": None,
    }


def interaction_channel(which: Channel, viewer: User) -> Payload:
    """Return the partial channel of an interaction, with what `viewer` may do there."""
    payload = channel(which)
    payload.pop("permission_overwrites", None)
    if which.guild is None and which.kind is ChannelKind.DIRECT:
        payload.pop("recipients")  # Discord leaves them out here
    return payload | {"permissions": str(int(which.permissions_of(viewer)))}


def guild(which: Guild) -> Payload:
    """Return a server object, as REST gives it."""
    return {
        "id": str(which.id),
        "name": which.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(which.owner.id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role(each) for each in which.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": which.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "premium_progress_bar_enabled_user_updated_at": None,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
        "inventory_settings": None,
        "embed_enabled": False,
        "embed_channel_id": None,
    }


def guild_create(which: Guild, bot: User) -> Payload:
    """Return the data of GUILD_CREATE: the server with its channels and the bot's own member."""
    visible = [member(each) for each in which.members.values() if each.user is bot]
    return guild(which) | {
        "joined_at": timestamp(which.members[bot.id].joined),
        "large": False,
        "unavailable": False,
        "member_count": len(which.members),
        "members": visible,
        "channels": [channel(each) for each in which.channels.values()],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(which: Attachment) -> Payload:
    """Return an attachment object."""
    payload: Payload = {
        "id": str(which.id),
        "filename": which.filename,
        "size": len(which.content),
        "url": which.url,
        "proxy_url": which.url,
        "content_type": which.content_type,
    }
    if which.description is not None:
        payload["description"] = which.description
    if which.ephemeral:
        payload["ephemeral"] = True
    return payload


def message(which: Message) -> Payload:
    """Return a message object as one who may read everything sees it."""
    payload: Payload = {
        "id": str(which.id),
        "channel_id": str(which.channel.id),
        "type": int(which.kind),
        "author": user(which.author),
        "content": which.content,
        "timestamp": timestamp(which.created),
        "edited_timestamp": None if which.edited is None else timestamp(which.edited),
        "tts": False,
        "mention_everyone": which.mention_everyone,
        "mentions": [user(each) for each in which.mentions],
        "mention_roles": [str(each) for each in which.mention_roles],
        "attachments": [attachment(each) for each in which.attachments],
        "embeds": which.embeds,
        "components": which.components,
        "pinned": False,
        "flags": which.flags,
    }
    if which.reactions:
        payload["reactions"] = [_reaction(emoji, ids) for emoji, ids in which.reactions.items()]
    if which.nonce is not None:
        payload["nonce"] = which.nonce
    if which.reference is not None:
        payload["message_reference"] = _reference(which.reference)
        if which.kind is MessageKind.REPLY:
            payload["referenced_message"] = (
                None if which.reference.deleted else _referenced(which.reference)
            )
    if which.forwarded:
        payload["message_snapshots"] = [_snapshot(each) for each in which.forwarded]
    if which.interaction is not None:
        payload["application_id"] = str(which.author.id)
        payload["webhook_id"] = str(which.author.id)
        payload["interaction_metadata"] = interaction_metadata(which.interaction)
    return payload


def _snapshot(which: Message) -> Payload:
    """Return what a forward shows of a message; it does not tell whose it is."""
    payload = message(which)
    return {"message": {key: payload[key] for key in _FORWARDED}}


def _referenced(which: Message) -> Payload:
    """Return a message without the message that it answers in turn."""
    payload = message(which)
    payload.pop("referenced_message", None)
    return payload


def _reference(which: Message) -> Payload:
    payload: Payload = {
        "type": 0,
        "message_id": str(which.id),
        "channel_id": str(which.channel.id),
    }
    if which.channel.guild is not None:
        payload["guild_id"] = str(which.channel.guild.id)
    return payload


def _reaction(emoji: str, ids: list[int]) -> Payload:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(ids),
        "count_details": {"normal": len(ids), "burst": 0},
        "me": False,
        "me_burst": False,
        "burst_me": False,
        "burst_count": 0,
        "burst_colors": [],
    }


def interaction_metadata(which: Interaction) -> Payload:
    """Return what a response's message says of the interaction that caused it."""
    payload: Payload = {
        "id": str(which.id),
        "type": int(which.kind),
        "user": user(which.user),
        "authorizing_integration_owners": owners(which),
    }
    if which.kind is InteractionKind.COMMAND and which.command is not None:
        payload["name"] = which.command["name"]
        payload["command_type"] = which.command["type"]
    elif which.kind is InteractionKind.COMPONENT and which.message is not None:
        payload["interacted_message_id"] = str(which.message.id)
    elif which.kind is InteractionKind.MODAL and which.parent is not None:
        payload["triggering_interaction_metadata"] = interaction_metadata(which.parent)
    return payload


def owners(which: Interaction) -> dict[str, str]:
    """Return `authorizing_integration_owners`."""
    return {install.value: str(owner) for install, owner in which.owners.items()}


def application(world: World) -> Payload:
    """Return the app as its own bot sees it."""
    flags = application_flags(world.granted)
    owner = next((each.owner for each in world.guilds.values()), world.bot)
    return {
        "id": str(world.application_id),
        "name": world.bot.display_name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": own_user(world.bot),
        "owner": user(owner),
        "team": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "eligible_oauth2_scopes": ["applications.commands", "bot", "identify"],
        "hook": True,
        "is_monetized": False,
        "is_verified": False,
        "is_discoverable": False,
        "storefront_available": False,
        "discoverability_state": 1,
        "discovery_eligibility_flags": 0,
        "verification_state": 1,
        "store_application_state": 1,
        "rpc_application_state": 0,
        "creator_monetization_state": 1,
        "explicit_content_filter": 0,
        "interactions_version": 1,
        "interactions_event_types": [],
        "event_webhooks_status": 1,
        "integration_public": True,
        "integration_require_code_grant": False,
        "internal_guild_restriction": 1,
        "role_connections_verification_url": None,
        "interactions_endpoint_url": None,
        "event_webhooks_url": None,
        "event_webhooks_types": [],
        "redirect_uris": [],
        "integration_types_config": {
            "0": {
                "oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}
            },
            "1": {
                "oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}
            },
        },
        "approximate_guild_count": sum(each.installed for each in world.guilds.values()),
        "approximate_user_install_count": sum(each.installed for each in world.users.values()),
        "approximate_user_authorization_count": 0,
    }
