"""How the client reaches Discord, and what it asks Discord to send."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import discord


@dataclass(frozen=True, slots=True)
class Connection:
    """How a client reaches Discord.

    Attributes:
        api_url: the REST base; None is Discord's own.
        gateway_url: the gateway; None is the one that the API names.
        shard_ids: which shards to run; None is all.
        shard_count: how many there are in all; None asks Discord for its advice.
        sync_record: where to remember which commands Discord has; None hands them over always.
        message_content: ask for the privileged intent that lets us read every message.
    """

    api_url: str | None = None
    gateway_url: str | None = None
    shard_ids: tuple[int, ...] | None = None
    shard_count: int | None = None
    sync_record: Path | None = None
    message_content: bool = False


class Shards(TypedDict, total=False):
    """Which shards to run, in discord.py's words."""

    shard_ids: list[int]
    shard_count: int


def shards(connection: Connection) -> Shards:
    """Return which shards to run; nothing where Discord is to advise."""
    wanted = Shards()
    if connection.shard_count is not None:
        wanted["shard_count"] = connection.shard_count
    if connection.shard_ids is not None:
        wanted["shard_ids"] = list(connection.shard_ids)
    return wanted


def intents(*, message_content: bool = False) -> discord.Intents:
    """Return what we ask for: messages only. Discord sends us the text of those meant for us.

    Without the guilds intent a server costs us about a kilobyte instead of tens.

    Args:
        message_content: the text of all others, too; privileged, and needed for watched channels.
    """
    return discord.Intents(guild_messages=True, dm_messages=True, message_content=message_content)
