"""The role that Discord makes for the bot in each server, and what to do when it is mentioned.

People pick it by mistake: it has the bot's name. Discord does not promise us the text of such a
message, and without the guilds intent nobody tells us which role is ours.
"""

import asyncio
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.cards import words
from bot.hearing import Payload
from bot.languages import catalogue
from bot.send import reply_to

if TYPE_CHECKING:
    from bot.client import Portolan

log = logging.getLogger(__name__)

MOST = 10_000  # servers, about 100 bytes each


class OwnRoles:
    """Takes messages that mention roles; asks Discord once a server which of them is ours."""

    def __init__(self, client: "Portolan", most: int = MOST) -> None:
        self._client = client
        self._most = most
        self._known: OrderedDict[int, int | None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, message: Payload) -> None:
        """Answer the data of a MESSAGE_CREATE, if it mentions our role."""
        guild = int(message.get("guild_id") or 0)
        if not guild or (guild in self._known and not self._is_mentioned(message, guild)):
            return
        task = asyncio.create_task(self._answer(message, guild), name="discord.py: on_message")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _is_mentioned(self, message: Payload, guild: int) -> bool:
        role = self._known[guild]
        return role is not None and str(role) in message["mention_roles"]

    async def _answer(self, message: Payload, guild: int) -> None:
        try:
            if guild not in self._known:
                self._remember(guild, await self._role_in(guild))
            if self._is_mentioned(message, guild):
                await self._hint(message, guild)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("own role unanswered error=%s", type(error).__name__)

    async def _hint(self, message: Payload, guild: int) -> None:
        client, person, channel = self._client, message["author"], int(message["channel_id"])
        if client.user is None or not client.seen.is_new(int(message["id"])):
            return
        cooldowns = client.cooldowns
        if cooldowns is not None and cooldowns.wait_seconds(int(person["id"]), channel):
            return
        phrases = catalogue(client.guild_locales.of(guild) or "en")
        where = client.get_partial_messageable(channel, guild_id=guild)
        text = phrases.gettext(words.ROLE_MENTIONED).format(me=client.user.mention)
        await reply_to(where.get_partial_message(int(message["id"])), text)

    async def _role_in(self, guild: int) -> int | None:
        """Return the id of our role in a server; None where there is none, or we may not know."""
        me = str(self._client.user.id) if self._client.user is not None else ""
        try:
            roles = await self._client.http.get_roles(guild)
        except (discord.Forbidden, discord.NotFound):
            return None
        ours = (role["id"] for role in roles if role.get("tags", {}).get("bot_id") == me)
        return next((int(role) for role in ours), None)

    def _remember(self, guild: int, role: int | None) -> None:
        self._known[guild] = role
        if len(self._known) > self._most:
            self._known.popitem(last=False)
