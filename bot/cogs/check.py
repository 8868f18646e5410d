"""/check: what listens on a port here, or whether another host answers on it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import options
from bot.cogs.options import Chosen
from bot.send import Place, Reply
from knowledge import as_command, reach
from knowledge.model import Port, System
from knowledge.phrasebook import _

if TYPE_CHECKING:
    from bot.client import Portolan

NO_HOST = _("That is no host name or address. Try one such as example.org or 192.0.2.1.")


class CheckCog(commands.Cog):
    """Tells how to check ports."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client

    @app_commands.command()
    @app_commands.describe(
        port=options.NUMBER_OR_NAME,
        protocol=options.PROTOCOL,
        system=options.SYSTEM,
        host="Another machine that you want to reach: example.org",
        private=options.PRIVATE,
    )
    @app_commands.autocomplete(port=options.suggest)
    @app_commands.choices(protocol=options.PROTOCOLS, system=options.SYSTEMS)
    async def check(  # noqa: PLR0913, PLR0917 (an option each)
        self,
        interaction: discord.Interaction["Portolan"],
        port: app_commands.Range[str, 1, options.PORT_LENGTH],
        protocol: Chosen = None,
        system: Chosen = None,
        host: app_commands.Range[str, 1, reach.HOST_LENGTH] | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 (as discord.py hands it over)
    ) -> None:
        """Find out what listens on a port, or whether a host answers on it."""
        where = host.strip() if host is not None else None
        if where is not None and not reach.is_host(where):
            said = self.client.phrases_for(interaction).gettext(NO_HOST)
            await self.client.respond(interaction, options.said(said), Place.PRIVATE)
            return
        work = self._answer(
            interaction,
            port,
            as_command.check(port, options.protocol_of(protocol)),
            options.system_of(system),
            where,
        )
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(
        self,
        interaction: discord.Interaction["Portolan"],
        typed: str,
        asked: str,
        system: System | None,
        host: str | None,
    ) -> Reply:
        language = interaction.locale.value
        answer = await self.client.answer(asked, kind="check", language=language, system=system)
        if options.is_unknown(typed, answer):
            return options.unknown(typed, self.client.phrases_for(interaction))
        if host is not None and answer.ports:
            reached = reach.written(Port(answer.ports[0], answer.protocol), host)
            answer = await self.client.answer(
                reached, kind="check", language=language, system=system
            )
        return self.client.card(answer, interaction.user.id, language=language, system=system)
