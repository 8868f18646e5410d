"""Remembers the language that a server has chosen: messages do not tell it, interactions do."""

from collections import OrderedDict
from typing import Any

import discord

MOST = 10_000  # servers, about 100 bytes each


class GuildLocales:
    """The locales of the servers that were met last, as Discord names them; nothing of people."""

    def __init__(self, most: int = MOST) -> None:
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
        return self._locales.get(guild) if guild is not None else None
