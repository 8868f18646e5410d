"""/about and /help: what this is, and how to ask it."""

from collections.abc import Mapping
from importlib import metadata
from types import MappingProxyType
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.about import about_card, help_card
from bot.cards.components import with_actions
from bot.cards.custom_ids import language_tag
from bot.cogs import options
from bot.languages import locale_of
from bot.send import Reply
from knowledge import changes_told
from knowledge.base import KnowledgeBase
from knowledge.census import census
from knowledge.changes import history

if TYPE_CHECKING:
    from bot.client import Portolan

PACKAGE = "portolan"
# Addresses that the package declares (PyPA's well-known labels of project URLs), as the card
# names them.
_DECLARED = {"documentation": "documentation", "docs": "documentation", "source": "source",
             "sourcecode": "source", "repository": "source", "github": "source"}  # fmt: skip


class AboutCog(commands.Cog):
    """Introduces the bot."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client
        self._counted: tuple[KnowledgeBase, Mapping[str, int]] | None = None

    @app_commands.command()
    @app_commands.describe(private=options.PRIVATE)
    async def about(
        self,
        interaction: discord.Interaction["Portolan"],
        private: bool = False,
    ) -> None:
        """See what I am, how current my registry is, and where there is more."""
        work = self._about(interaction)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _about(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        client, phrases = self.client, self.client.phrases_for(interaction)
        updates = history(client.directory) if client.directory is not None else ()
        date = client.knowledge.meta.get("registry_date", "")
        card = about_card(
            metadata.version(PACKAGE),
            changes_told.now(date, updates, phrases),
            self._counts(),
            _links(client.application),
            phrases,
        )
        return with_actions(card, interaction.user.id, interaction.locale.value)

    def _counts(self) -> Mapping[str, int]:
        """Return how much is known; counted once, for it takes longer than an answer."""
        base = self.client.knowledge
        if self._counted is None or self._counted[0] is not base:
            self._counted = base, MappingProxyType(dict(census(base).rows))
        return self._counted[1]

    @app_commands.command()
    @app_commands.describe(private=options.PRIVATE)
    async def help(
        self,
        interaction: discord.Interaction["Portolan"],
        private: bool = False,
    ) -> None:
        """See how to ask me, with examples to press."""
        work = self._help(interaction)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _help(self, interaction: discord.Interaction["Portolan"]) -> Reply:
        tree, phrases = self.client.tree, self.client.phrases_for(interaction)
        typed = [each for each in tree.get_commands() if isinstance(each, app_commands.Command)]
        menus = tree.get_commands(type=discord.AppCommandType.message)
        card = help_card(
            [
                (
                    phrases.pgettext("command name", each.name),
                    phrases.pgettext("command description", each.description),
                )
                for each in typed
                if not _is_for_managers(each)
            ],
            [phrases.pgettext("context menu", each.name) for each in menus],
            language_tag(locale_of(interaction.locale.value)),
            phrases,
        )
        return with_actions(card, interaction.user.id, interaction.locale.value)


def _is_for_managers(
    command: "app_commands.Command[AboutCog, ..., None]",
) -> bool:
    return command.default_permissions is not None


def _links(application: discord.AppInfo | None) -> Mapping[str, str]:
    """Return the addresses that the package and the Developer Portal name."""
    links: dict[str, str] = {}
    for entry in metadata.metadata(PACKAGE).get_all("Project-URL") or ():
        label, _, url = str(entry).partition(", ")
        what = _DECLARED.get("".join(c for c in label.lower() if c.isalnum()))
        if what is not None:
            links[what] = url
    if application is not None:
        links["privacy"] = application.privacy_policy_url or ""
        links["terms"] = application.terms_of_service_url or ""
    return links
