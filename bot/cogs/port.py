"""/port: one port, by its number or by the name of what uses it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.cards.guard import fit_choices
from bot.send import Place, Reply
from knowledge.complete import complete

if TYPE_CHECKING:
    from bot.client import Portolan

NUMBER_LENGTH = 200
NAME_WORDS = 2  # longer texts say themselves what they ask


class PortCog(commands.Cog):
    """Looks ports up."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(number="A port number, or what uses the port: 443, postgres, 53/udp")
    async def port(
        self,
        interaction: discord.Interaction["Portolan"],
        number: app_commands.Range[str, 1, NUMBER_LENGTH],
    ) -> None:
        """Look a port up."""
        await self.client.respond(interaction, self._answer(interaction, number), Place.CHANNEL)

    async def _answer(self, interaction: discord.Interaction["Portolan"], text: str) -> Reply:
        asked = _as_question(text.strip())
        language = interaction.locale.value
        answer = await self.client.answer(asked, kind="port", language=language)
        return self.client.card(answer, interaction.user.id, language=language)

    @port.autocomplete("number")
    async def _suggest(
        self, _interaction: discord.Interaction["Portolan"], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return what is typed, continued; nothing where that fails, for the user types on."""
        try:
            found = complete(current, self.client.knowledge)
            return fit_choices((suggestion.label, suggestion.text) for suggestion in found)
        except Exception as error:  # noqa: BLE001 (discord.py would swallow it)
            failures.sentence(error, where="autocomplete:port")
            return []


def _as_question(text: str) -> str:
    """Return a number or a bare name as a question about a port; other texts as they are."""
    if text[:1].isdigit():
        return f"port {text}"
    return f"{text} port" if len(text.split()) <= NAME_WORDS else text
