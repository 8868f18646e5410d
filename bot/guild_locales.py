"""Knows a server's language: what its managers chose, else what Discord tells with interactions.

Messages do not tell it.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import discord

MOST = 10_000  # servers, about 100 bytes each


class GuildLocales:
    """The locales of the servers that were met last, as Discord names them; nothing of people.

    Args:
        chosen: returns the locale that a server's managers chose for the bot, if they did.
        most: servers to remember.
    """

    def __init__(self, chosen: Callable[[int], str | None], most: int = MOST) -> None:
        self._chosen = chosen
        self._most = most
        self._locales: OrderedDict[int, str] = OrderedDict()

    def note(self, interaction: discord.Interaction[Any]) -> None:
        """Remember the locale of the server in which something was used."""
        if interaction.guild_id is None or interaction.guild_locale is None:
            return
        self._locales[interaction.guild_id] = interaction.guild_locale.value
        self._locales.move_to_end(interaction.guild_id)
        if len(self._locales) > self._most:
            self._locales.popitem(last=False)

    def of(self, guild: int | None) -> str | None:
        """Return a server's locale; None where it is not known."""
        if guild is None:
            return None
        return self._chosen(guild) or self._locales.get(guild)
