"""Many made-up servers, for benchmarks: listed in READY, described only when a session asks."""

from dataclasses import dataclass

from bot.playground.permissions import ORDINARY
from bot.playground.state import Payload

_STEP = 1 << 22  # the next guild id falls to the next shard


@dataclass(frozen=True, slots=True)
class Crowd:
    """`guilds` servers that all look alike; nobody writes in them.

    Attributes:
        channels: text channels of each.
        roles: roles of each, besides @everyone.
        emojis: custom emojis of each.
    """

    guilds: int = 0
    channels: int = 40
    roles: int = 25
    emojis: int = 50

    def ids(self) -> range:
        """Return the ids of the servers."""
        return range(_STEP, (self.guilds + 1) * _STEP, _STEP)

    def guild_create(self, guild_id: int, bot: Payload) -> Payload:
        """Return the data of GUILD_CREATE for one of them; `bot` is the bot's own member."""
        everyone = _role(guild_id, "@everyone", 0)
        return {
            "id": str(guild_id),
            "name": f"Server {guild_id // _STEP}",
            "owner_id": str(guild_id + 1),
            "icon": None,
            "features": ["COMMUNITY"],
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 2,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "application_id": None,
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "large": False,
            "unavailable": False,
            "member_count": 200,
            "members": [bot],
            "roles": [
                everyone,
                *(_role(guild_id + 1_000 + i, f"role {i}", i + 1) for i in range(self.roles)),
            ],
            "channels": [_channel(guild_id, i) for i in range(self.channels)],
            "emojis": [_emoji(guild_id, i) for i in range(self.emojis)],
            "stickers": [],
            "threads": [],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


def _role(role_id: int, name: str, position: int) -> Payload:
    return {
        "id": str(role_id),
        "name": name,
        "permissions": str(int(ORDINARY)),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def _channel(guild_id: int, number: int) -> Payload:
    return {
        "id": str(guild_id + 2_000 + number),
        "type": 0,
        "guild_id": str(guild_id),
        "name": f"channel-{number}",
        "topic": f"What the members of this server say about subject {number}",
        "position": number,
        "permission_overwrites": [
            {"id": str(guild_id), "type": 0, "allow": "0", "deny": "2048"},
        ],
        "parent_id": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": str(guild_id + 3_000 + number),
        "flags": 0,
    }


def _emoji(guild_id: int, number: int) -> Payload:
    return {
        "id": str(guild_id + 4_000 + number),
        "name": f"emoji_{number}",
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": False,
        "available": True,
    }
