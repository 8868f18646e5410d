"""Our bot, but with what discord.py does where nobody says otherwise: intents, caches, waiting."""

from typing import Any

import discord
from discord.ext import commands

from bot.__main__ import main

# What `Portolan` sets to keep little; discord.py's own choices take their place.
OURS = ("member_cache_flags", "chunk_guilds_at_startup", "max_messages", "guild_ready_timeout")


def with_defaults() -> None:
    """Let every bot of this process be made without our savings."""
    make = commands.AutoShardedBot.__init__

    def make_as_usual(self: Any, *args: Any, **options: Any) -> None:
        options["intents"] = discord.Intents.default()
        make(self, *args, **{name: each for name, each in options.items() if name not in OURS})

    commands.AutoShardedBot.__init__ = make_as_usual  # type: ignore[method-assign]


if __name__ == "__main__":
    with_defaults()
    main()
