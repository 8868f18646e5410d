"""Questions in words: mentions, replies to the bot, direct messages, and /ask."""

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking
from bot.cards import watched, words
from bot.cards.custom_ids import Kind, read
from bot.cards.parts import Card
from bot.cogs import options
from bot.cogs.explain import explanation, is_about_ports
from bot.conversations import Conversations
from bot.handed_over import files_of, text_of
from bot.languages import catalogue
from bot.markup import without_markup
from bot.overhearing import is_talk
from bot.pacing import holds
from bot.send import Reply, reply_to
from knowledge.model import Answer, Intent
from knowledge.team.model import answer_key

if TYPE_CHECKING:
    from bot.client import Portolan

QUESTION_LENGTH = 1000  # a slash command's option is one line; longer texts come as messages
_QUESTIONS = (discord.MessageType.default, discord.MessageType.reply)


class AskCog(commands.Cog):
    """Answers questions in words."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client
        self._conversations = Conversations(time.monotonic)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @app_commands.command()
    @app_commands.describe(
        question="As you would ask a colleague, in your own words", private=options.PRIVATE
    )
    async def ask(
        self,
        interaction: discord.Interaction["Portolan"],
        question: app_commands.Range[str, 1, QUESTION_LENGTH],
        private: bool = False,
    ) -> None:
        """Ask anything about network ports."""
        work = self._answer(interaction, question)
        await self.client.respond(interaction, work, options.place_of(private=private))

    async def _answer(self, interaction: discord.Interaction["Portolan"], text: str) -> Reply:
        channel, person = interaction.channel_id or 0, interaction.user.id
        previous = self._conversations.last(channel, person)
        asking = Asking.by(interaction, "ask", previous=previous)
        answer = await self.client.answer(text, asking)
        self._conversations.remember(channel, person, answer)
        return self.client.card(answer, asking)

    async def hear(self, message: discord.Message) -> None:
        """Answer a message that is meant for us: once, and nobody's but a person's."""
        if message.author.bot or message.webhook_id or message.type not in _QUESTIONS:
            return
        me = self.client.user
        direct = _guild_of(message) is None
        if me is None:
            return
        if not direct and all(user.id != me.id for user in message.mentions):
            await self._overhear(message)
            return
        called = me.id in message.raw_mentions
        handed_over = bool(files_of(message) or message.message_snapshots)
        said = bool(message.content.strip()) or handed_over
        if not said or not self.client.seen.is_new(message.id):
            return
        if self.client.cooldowns is not None and await holds(
            message, self.client.cooldowns, self._language(message) or "en"
        ):
            self.client.counters.add("held")
            return
        text = without_markup(message.content)
        if not text and not handed_over:
            if called or direct:
                phrases = catalogue(self._language(message) or "en")
                await reply_to(message, phrases.gettext(words.EMPTY_QUESTION))
            return
        # One after the other in a channel, as discord.py sends them: who waits holds a text only.
        async with self._turns.setdefault(message.channel.id, asyncio.Lock()):
            reply = await self._reply(message, text, silent=not called and not direct)
            if reply is not None:
                await reply_to(message, reply)

    async def _reply(self, message: discord.Message, text: str, *, silent: bool) -> Reply | None:
        """Return the reply to a question; None where there is none and `silent` is wanted."""
        kind = "direct" if _guild_of(message) is None else "reply" if silent else "mention"
        if files_of(message) or message.message_snapshots:
            return await self._explain(message, text, kind, silent=silent)
        before = _asked_before(message)
        channel, person = message.channel.id, message.author.id
        replied = self.client.answer_again(before) if before else None
        previous = replied or self._conversations.last(channel, person)
        asking = self._asking(kind, message, previous)
        answer = await self.client.answer(text, asking)
        self._conversations.remember(channel, person, answer)
        if answer.intent is Intent.NONE and silent:
            return None  # "thanks!" in reply to an answer is no question
        return self.client.card(answer, asking)

    async def _explain(
        self, message: discord.Message, text: str, kind: str, *, silent: bool
    ) -> Reply | None:
        """Return what explains the files of a message and what it forwards.

        Discord makes a file of what somebody pastes, where it is long. What is written beside it
        ("what is this?") is left out unless it is about ports itself.
        """
        asking = self._asking(kind, message)
        beside = bool(text) and not is_about_ports(self.client.answer_again(text))
        given = "" if beside else text_of(message)
        reply = await explanation(self.client, asking, given, files_of(message))
        return None if silent and not isinstance(reply, Card) else reply

    def forget(self, person: int) -> bool:
        """Forget what a person asked last; return whether there was anything."""
        return self._conversations.forget(person)

    async def _overhear(self, message: discord.Message) -> None:
        """Answer a message that is not meant for us, where that is wanted and surely helps."""
        client, text = self.client, message.content
        channel, person = message.channel.id, message.author.id
        wanted = client.intents.message_content and client.watched.is_watched(channel)
        to_others = message.mentions or message.reference is not None
        if not wanted or to_others or not is_talk(text) or not client.seen.is_new(message.id):
            return
        why = client.interjections.silence(
            client.answer_again(text), channel=channel, person=person
        )
        client.counters.add("overheard", why or "answered")
        if why is not None:
            return
        asking = self._asking("watched", message)
        answer = await client.answer(text, asking)
        card = client.card(answer, asking)
        if isinstance(card, Card):
            language = asking.locale_of(answer)
            key, phrases = answer_key(answer), catalogue(language)
            card = watched.revocable(card, person, language, key, phrases)
            self._conversations.remember(channel, person, answer)
            await reply_to(message, card)

    def _asking(
        self, kind: str, message: discord.Message, previous: Answer | None = None
    ) -> Asking:
        """Return the asking of somebody who wrote a message."""
        person, usual = message.author.id, self.client.store.chosen(_guild_of(message)).system
        return Asking(kind, person, self._language(message), previous=previous, usual=usual)

    def _language(self, message: discord.Message) -> str | None:
        """Return the server's language; None where it is not known: messages do not tell it."""
        return self.client.guild_locales.of(_guild_of(message))


def _guild_of(message: discord.Message) -> int | None:
    """Return the id of the server that a message is in; None for a direct message.

    discord.py knows no server that came after READY: only the guilds intent announces them.
    """
    channel = message.channel
    if isinstance(channel, discord.PartialMessageable):
        return channel.guild_id
    return message.guild.id if message.guild is not None else None


def _asked_before(message: discord.Message) -> str | None:
    """Return what the card asked for to which a message replies; None where there is none."""
    reference = message.reference
    replied = reference.resolved if reference is not None else None
    if not isinstance(replied, discord.Message):
        return None
    for custom_id in _custom_ids(replied.components):
        recalled = read(custom_id)
        if recalled is not None and recalled.kind is Kind.SYSTEM:
            return recalled.payload
    return None


def _custom_ids(components: Any) -> Iterator[str]:  # noqa: ANN401 (discord.py's many components)
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
