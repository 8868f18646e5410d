"""/check: what listens on a port here, or whether another host answers on it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking
from bot.cogs import options
from bot.cogs.options import Chosen
from bot.send import Place, Reply
from knowledge import as_command, reach
from knowledge.model import Port
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
    async def check(
        self,
        interaction: discord.Interaction["Portolan"],
        port: app_commands.Range[str, 1, options.PORT_LENGTH],
        protocol: Chosen = None,
        system: Chosen = None,
        host: app_commands.Range[str, 1, reach.HOST_LENGTH] | None = None,
        private: bool = False,
    ) -> None:
        """Find out what listens on a port, or whether a host answers on it."""
        where = host.strip() if host is not None else None
        if where is not None and not reach.is_host(where):
            said = self.client.phrases_for(interaction).gettext(NO_HOST)
            await self.client.respond(interaction, options.said(said), Place.PRIVATE)
            return
        text = as_command.check(port, options.protocol_of(protocol))
        asking = Asking.by(interaction, "check", system=options.system_of(system))
        work = self._answer(port, text, asking, where)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(self, typed: str, text: str, asking: Asking, host: str | None) -> Reply:
        answer = await self.client.answer(text, asking)
        if options.is_unknown(typed, answer):
            return options.unknown(typed, asking.phrases)
        if host is not None and answer.ports:
            port = Port(answer.ports[0], answer.protocol)
            return await self.client.reply_for(reach.written(port, host), asking)
        return self.client.card(answer, asking)
