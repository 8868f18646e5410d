"""Holds people and channels to a pace, by whatever way they ask; what is being typed is free.

Interactions are held before discord.py makes anything of them: so commands, menus, components and
modals are, one and all, and a feature need not think of it.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import failures
from bot.cooldowns import PERSON, Cooldowns
from bot.hearing import Parsers, Payload
from bot.languages import catalogue
from bot.send import reply_to

if TYPE_CHECKING:
    from bot.client import Portolan

_AUTOCOMPLETE = int(discord.InteractionType.autocomplete.value)


def too_soon(wait_seconds: float) -> app_commands.CommandOnCooldown:
    """Return the error whose sentence tells how long to wait."""
    pace = app_commands.Cooldown(PERSON.burst, PERSON.every_seconds)
    return app_commands.CommandOnCooldown(pace, wait_seconds)


def hold_interactions(client: "Portolan", parsers: Parsers, cooldowns: Cooldowns) -> None:
    """Let a client's parsers of events take interactions up at most at the pace."""
    parse = parsers["INTERACTION_CREATE"]
    refusals: set[asyncio.Task[None]] = set()

    def parse_in_time(data: Any) -> None:  # noqa: ANN401 (Discord's)
        wait = 0.0
        if data["type"] != _AUTOCOMPLETE:
            wait = cooldowns.wait_seconds(_person(data), int(data.get("channel_id") or 0))
        if not wait:
            parse(data)
            return
        state = client._connection  # noqa: SLF001 (as discord.py makes an interaction)
        interaction = discord.Interaction(data=data, state=state)
        refusal = client.loop.create_task(failures.report(interaction, too_soon(wait)))
        refusals.add(refusal)
        refusal.add_done_callback(refusals.discard)

    parsers["INTERACTION_CREATE"] = parse_in_time


async def holds(message: discord.Message, cooldowns: Cooldowns, language: str) -> bool:
    """Return whether a message comes too soon; its author is told so, once in a while."""
    channel = message.channel.id
    wait = cooldowns.wait_seconds(message.author.id, channel)
    if not wait:
        return False
    if cooldowns.may_tell(channel):
        text = failures.explain(too_soon(wait), catalogue(language))
        await reply_to(message, text or "")
    return True


def _person(data: Payload) -> int:
    """Return who interacts: a server tells of its members, other places of users."""
    user = data["member"]["user"] if "member" in data else data["user"]
    return int(user["id"])
