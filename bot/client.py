"""The Discord client: what it asks of Discord, and what its features share."""

import logging
import sys
import time
from collections.abc import Coroutine
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot import failures
from bot.asking import Asking
from bot.cards import words
from bot.cards.actions import ACTIONS
from bot.cards.bodies import Bodies
from bot.cards.components import Reader
from bot.cards.custom_ids import Kind, Recall, read
from bot.cards.leads import LEADS
from bot.cogs.about import AboutCog
from bot.cogs.ask import AskCog
from bot.cogs.changes import ChangesCog
from bot.cogs.check import CheckCog
from bot.cogs.compare import CompareCog
from bot.cogs.explain import ExplainCog
from bot.cogs.feedback import FeedbackCog
from bot.cogs.free import FreeCog
from bot.cogs.map import MapCog
from bot.cogs.port import PortCog
from bot.cogs.privacy import PrivacyCog
from bot.cogs.settings import SettingsCog
from bot.cogs.watch import WatchCog
from bot.connection import Connection, intents, shards
from bot.cooldowns import Cooldowns
from bot.counters import Counters
from bot.guild_locales import GuildLocales
from bot.hearing import Ear, hear_less, nowhere
from bot.interjections import Interjections
from bot.languages import catalogue
from bot.own_roles import OwnRoles
from bot.pacing import hold_interactions
from bot.pictures.atlas import Atlas
from bot.replays import hear_once
from bot.seen import Seen
from bot.send import BUDGET_SECONDS, Place, Reply, respond, tell
from bot.store import Store
from bot.sync import sync_if_changed
from bot.translator import CommandTranslator
from bot.watching import WatchedChannels
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, System

log = logging.getLogger(__name__)


class Portolan(commands.AutoShardedBot):
    """The bot. Its features are cogs, and what they share is here.

    Args:
        knowledge: what it answers from; None for a client that never connects.
        connection: how it reaches Discord.
        store: what teams leave with it; opened and closed with the client.
        directory: where this installation keeps what belongs to it; None where it keeps nothing.
        budget_seconds: after which an interaction is acknowledged, if it is not answered yet.

    Attributes:
        knowledge: the knowledge base; another one may take its place between two questions.
        seen: the messages that came lately.
        shared: the private answers that were shared lately.
        counters: what happened how often.
        guild_locales: the languages of servers, chosen or met lately.
        atlas: draws the pictures.
        watched: the channels in which questions need no mention.
        interjections: what was said there.
        cooldowns: how much people and channels may ask at a time; None lets them ask on and on.
    """

    def __init__(  # noqa: PLR0913 (what it is made of)
        self,
        knowledge: KnowledgeBase | None,
        connection: Connection | None = None,
        store: Store | None = None,
        *,
        directory: Path | None = None,
        cooldowns: Cooldowns | None = None,
        budget_seconds: float = BUDGET_SECONDS,
    ) -> None:
        self.connection = connection or Connection()
        self.directory = directory
        self._budget_seconds = budget_seconds
        super().__init__(
            command_prefix=commands.when_mentioned,  # unused: we have no prefix commands
            help_command=None,
            tree_cls=failures.Tree,
            intents=intents(message_content=self.connection.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            guild_ready_timeout=0,  # without the guilds intent no guild is worth waiting for
            **shards(self.connection),
        )
        if knowledge is not None:
            self.knowledge = knowledge
        self.seen = Seen()
        self.shared = Seen()
        self.counters = Counters()
        self.store = store or Store()
        self.guild_locales = GuildLocales(lambda guild: self.store.chosen(guild).language)
        self.watched: WatchedChannels = self.store
        self.interjections = Interjections(time.monotonic)
        self.cooldowns = cooldowns
        self.atlas = Atlas()
        self._bodies = Bodies()
        self._questions = AskCog(self)
        hear_less(self._connection.parsers, self._ear())
        if cooldowns is not None:
            hold_interactions(self, self._connection.parsers, cooldowns)
        hear_once(self._connection.parsers, Seen().is_new, lambda: self.counters.add("replayed"))

    def _ear(self) -> Ear:
        """Return what we listen for: without the intent other messages hold no text."""
        return Ear(
            me=lambda: self.user.id if self.user is not None else None,
            is_watched=self.watched.is_watched if self.intents.message_content else nowhere,
            take_role=OwnRoles(self).take,
        )

    # ------------------------------------------------------------ starting

    @override
    async def login(self, token: str) -> None:
        """Log in, at the API that the settings name."""
        if self.connection.api_url is not None:
            discord.http.Route.BASE = self.connection.api_url
        await super().login(token)

    @override
    async def setup_hook(self) -> None:
        """Learn the gateway, add the features, and hand over changed commands."""
        self.take_up(self.knowledge)
        self.store.open()
        await self._find_gateway()
        await self.add_features()
        translator = CommandTranslator()
        await self.tree.set_translator(translator)
        await sync_if_changed(self.tree, self.connection.sync_record)
        translator.forget()

    async def add_features(self) -> None:
        """Add all that people can do with the bot: its commands and components."""
        self.add_dynamic_items(*LEADS, *ACTIONS)
        await self.add_cog(self._questions)
        await self.add_cog(PortCog(self))
        await self.add_cog(CheckCog(self))
        await self.add_cog(CompareCog(self))
        await self.add_cog(FreeCog(self))
        await self.add_cog(ExplainCog(self))
        await self.add_cog(MapCog(self))
        await self.add_cog(ChangesCog(self))
        await self.add_cog(WatchCog(self))
        await self.add_cog(SettingsCog(self))
        await self.add_cog(FeedbackCog(self))
        await self.add_cog(AboutCog(self))  # /help lists the commands in this order
        await self.add_cog(PrivacyCog(self))

    async def _find_gateway(self) -> None:
        """Set the gateway once for all: discord.py would reconnect to Discord's own."""
        gateway, count = self.connection.gateway_url, self.connection.shard_count
        if gateway is None or count is None:
            advised_count, advised_gateway, _ = await self.http.get_bot_gateway()
            gateway, count = gateway or advised_gateway, count or advised_count
        self.shard_count = count
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

    @override
    async def close(self) -> None:
        """Say farewell to Discord, then let go of the store."""
        await super().close()
        await self.store.close()
        log.info("counted %s", self.counters)

    # ------------------------------------------------------------ answering

    def take_up(self, knowledge: KnowledgeBase) -> None:
        """Answer from this knowledge base from now on, the next question as fast as any."""
        ask("which port does postgres use?", knowledge)
        before, self.knowledge = self.knowledge, knowledge
        self._bodies = Bodies()
        if before is not knowledge:
            before.close()

    async def answer(self, text: str, asking: Asking) -> Answer:
        """Return the answer to a text as people typed it, and log one line about it."""
        begun = time.perf_counter_ns()
        answer = ask(text, self.knowledge, asking.context)
        self.counters.add("answers", answer.intent)
        log.info(
            "question kind=%s answer=%s confidence=%.2f microseconds=%d",
            asking.kind,
            answer.intent,
            answer.confidence,
            (time.perf_counter_ns() - begun) // 1000,
        )
        return answer

    def answer_again(self, text: str) -> Answer:
        """Return the answer to a text that has been asked before; nothing is logged."""
        return ask(text, self.knowledge)

    async def reply_for(self, text: str, asking: Asking) -> Reply:
        """Return what to send as the answer to a text."""
        return self.card(await self.answer(text, asking), asking)

    def card(self, answer: Answer, asking: Asking) -> Reply:
        """Return what to send as an answer: a card, or a line where there is no answer."""
        language = asking.locale_of(answer)
        phrases = catalogue(language)
        if answer.intent is Intent.NONE and not answer.alternatives:
            return phrases.gettext(words.NO_ANSWER)
        titles: dict[str, str] = {}
        if answer.entry is not None:
            related = (self.knowledge.faq(slug) for slug in answer.entry.related)
            titles = {entry.slug: entry.question for entry in related if entry is not None}
        reader = Reader(
            asker=asking.person,
            language=language,
            phrases=phrases,
            system=asking.system,
            faq_titles=titles,
        )
        return self._bodies.render(answer, reader)

    def phrases_for(self, interaction: discord.Interaction[Any]) -> NullTranslations:
        """Return the catalogue of the language in which a user has Discord."""
        return catalogue(interaction.locale.value)

    def forget_conversations(self, person: int) -> bool:
        """Forget what a person asked last, or took back; return whether there was anything."""
        asked = self._questions.forget(person)
        return self.interjections.forget(person) or asked

    async def press(
        self,
        interaction: "discord.Interaction[Portolan]",
        recalled: Recall,
        system: System | None = None,
    ) -> None:
        """Answer the use of a card's component: its asker's card changes, others get their own."""
        mine = recalled.asker == interaction.user.id
        language = recalled.language
        kind = recalled.kind.name.lower()
        usual = self.store.chosen(interaction.guild_id).system
        asking = Asking(kind, interaction.user.id, language, system, told=language, usual=usual)
        work = self._recalled(recalled, asking)
        await self.respond(interaction, work, Place.SAME if mine else Place.PRIVATE)

    async def respond(
        self,
        interaction: "discord.Interaction[Portolan]",
        work: Coroutine[Any, Any, Reply],
        place: Place,
    ) -> None:
        """Answer an interaction with what `work` returns, acknowledged in time."""
        self.guild_locales.note(interaction)
        late = await respond(interaction, work, place, budget_seconds=self._budget_seconds)
        self.counters.add("acknowledged", "late" if late else "")

    async def _recalled(self, recalled: Recall, asking: Asking) -> Reply:
        text = self._text_of(recalled)
        if text is None:
            return catalogue(recalled.language).gettext(words.GONE)
        return await self.reply_for(text, asking)

    def _text_of(self, recalled: Recall) -> str | None:
        """Return the text to ask for what a component remembers, or None if it is gone."""
        match recalled.kind:
            case Kind.PORT:
                return f"port {recalled.payload}"
            case Kind.FAQ:
                entry = self.knowledge.faq(recalled.payload)
                return entry.question if entry is not None else None
            case Kind.SYSTEM | Kind.ASK:
                return recalled.payload
            case _:
                return None  # the others lead to no answer

    # ------------------------------------------------------------ events

    @override
    async def on_message(self, message: discord.Message, /) -> None:
        """Hand a message to the one who answers questions; we have no prefix commands."""
        await self._questions.hear(message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the use of a component whose custom id we cannot read any more."""
        if interaction.type is not discord.InteractionType.component or not interaction.data:
            return
        custom_id = str(interaction.data.get("custom_id", ""))
        if read(custom_id) is None:
            text = self.phrases_for(interaction).gettext(words.RETIRED)
            await tell(interaction, text)
            self.counters.add("retired")

    @override
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Report what went wrong in an event to whoever caused it."""
        error = sys.exception()
        if error is None:
            return
        match args:
            case (discord.Message() as message, *_):
                guild = message.guild.id if message.guild is not None else None
                phrases = catalogue(self.guild_locales.of(guild) or "en")
                await failures.report_message(message, error, self.counters, phrases)
            case (discord.Interaction() as interaction, *_):
                await failures.report(interaction, error)
            case _:
                failures.sentence(error, where=event_method, counters=self.counters)
