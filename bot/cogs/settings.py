"""/settings: the language and the system of a server, for those who manage it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards import settings as told
from bot.cards.guard import fit_choices
from bot.cards.markdown import plain
from bot.cogs import options
from bot.cogs.feedback import server_of
from bot.cogs.options import Chosen
from bot.language_names import NATIVE, matching, named
from bot.send import Place, Reply
from knowledge.model import System
from knowledge.team.model import TeamSettings

if TYPE_CHECKING:
    from bot.client import Portolan

LANGUAGE_LENGTH = 40


class SettingsCog(commands.Cog):
    """Tells and changes what a server's managers chose."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command(description=told.TITLE)
    @app_commands.describe(language=told.LANGUAGE, system=told.SYSTEM, reset="Forget both")
    @app_commands.choices(system=options.SYSTEMS)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def settings(
        self,
        interaction: discord.Interaction["Portolan"],
        language: app_commands.Range[str, 1, LANGUAGE_LENGTH] | None = None,
        system: Chosen = None,
        reset: bool = False,
    ) -> None:
        """Tell what is set, changed first where an option says so."""
        work = self._settings(interaction, language, options.system_of(system), reset=reset)
        await self.client.respond(interaction, work, Place.PRIVATE)

    @settings.autocomplete("language")
    async def _languages(
        self, interaction: discord.Interaction["Portolan"], typed: str
    ) -> list[app_commands.Choice[str]]:
        found = matching(typed, interaction.locale.value)
        return fit_choices((NATIVE[locale], locale) for locale in found)

    async def _settings(
        self,
        interaction: discord.Interaction["Portolan"],
        language: str | None,
        system: System | None,
        *,
        reset: bool,
    ) -> Reply:
        guild, store = server_of(interaction), self.client.store
        if guild is None:
            raise app_commands.NoPrivateMessage
        phrases = self.client.phrases_for(interaction)
        locale = named(language, interaction.locale.value) if language is not None else None
        if language is not None and locale is None:
            return phrases.gettext(told.UNKNOWN).format(name=plain(language))
        before = await store.settings(guild)
        kept = TeamSettings() if reset else before
        after = replace(kept, language=locale or kept.language, system=system or kept.system)
        if after != before:
            await store.set_settings(guild, after)
        name = NATIVE.get(after.language, after.language) if after.language else None
        return told.settings_card(after, name, phrases)
