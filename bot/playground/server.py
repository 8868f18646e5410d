"""The playground: a local Discord for one bot, with people who talk to it."""

import base64
import secrets
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground.admission import GatewaySettings
from bot.playground.clock import Clock
from bot.playground.crowd import Crowd
from bot.playground.delivery import Delivery
from bot.playground.gateway import Gateway
from bot.playground.intents import NONE, Intent
from bot.playground.interactions import interaction_create
from bot.playground.people import Person
from bot.playground.permissions import NOTHING, Permission
from bot.playground.records import Fault, Identify, Records, RestRequest
from bot.playground.reply import Reply
from bot.playground.rest import BASE, Rest
from bot.playground.routes_application import ApplicationRoutes
from bot.playground.routes_channels import ChannelRoutes
from bot.playground.routes_commands import CommandRoutes
from bot.playground.routes_interactions import Callback, InteractionRoutes
from bot.playground.schema import description
from bot.playground.scripts import Scripts, Trouble
from bot.playground.state import Channel, ChannelKind, Guild, Interaction, Message
from bot.playground.waiting import Waiting, first
from bot.playground.world import World

_BODY_LIMIT = 128 * 1024 * 1024  # bytes; a message's ten files are checked one by one


class Playground:
    """A Discord-compatible server on loopback, and what happens on it.

    There is a server `guild` with a channel `channel`; `ada` owns it, `ben` is a member.

    Args:
        host: where to listen.
        port: the port, 0 for any free one.
        token: the bot's token; a new one is made up without it.
        name: the bot's name.
        granted: the privileged intents that the app's portal has switched on.
        openapi: Discord's OpenAPI description; with it every request is validated.
        guilds: made-up servers besides, for benchmarks.
        gateway: how strict the gateway is.
        callback_seconds: how long a first response may take.
        patience: seconds after which waiting for a bot is given up with TimeoutError.
        quiet_seconds: how long a bot must be quiet to count as settled, see `settled`.
        keep: how many requests, messages of a channel, interactions and files are remembered.
    """

    def __init__(  # noqa: PLR0913 (settings, all with defaults)
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str | None = None,
        name: str = "Portolan",
        granted: Intent = NONE,
        openapi: Path | None = None,
        guilds: Crowd | int = 0,
        gateway: GatewaySettings = GatewaySettings(),  # noqa: B008 (frozen)
        callback_seconds: float = 3.0,
        patience: float = 30.0,
        quiet_seconds: float = 0.0,
        keep: int = 10_000,
    ) -> None:
        crowd = Crowd(guilds) if isinstance(guilds, int) else guilds
        self._host, self._port = host, port
        self._callback_seconds = callback_seconds
        self._runner: web.AppRunner | None = None
        self.clock = Clock()
        self.records = Records(keep)
        self.scripts = Scripts()
        self.world = World(self.clock, name=name, granted=granted, keep=keep)
        self.token = token or _new_token(self.world.bot.id)
        self.gateway = Gateway(self.world, self.records, self.token, settings=gateway, crowd=crowd)
        self.delivery = Delivery(self.world, self.gateway)
        application = ApplicationRoutes(self.world, self.gateway, self.records, gateway, crowd)
        responses = InteractionRoutes(self.world, self.delivery, callback_seconds=callback_seconds)
        self.rest = Rest(
            [
                *application.routes(),
                *CommandRoutes(self.world).routes(),
                *ChannelRoutes(self.world, self.delivery).routes(),
                *responses.routes(),
            ],
            token=self.token,
            records=self.records,
            scripts=self.scripts,
            description=None if openapi is None else description(openapi),
        )
        self._waiting = Waiting(self.gateway, self.rest, patience, quiet_seconds)
        self.rest_url = ""
        self.ada = self._new_person("Ada")
        self.ben = self._new_person("Ben")
        self.guild = self.world.add_guild("Harbour", self.ada.user, locale="en-US", installed=True)
        self.world.join(self.guild, self.ben.user)
        self.channel = self.world.add_channel(ChannelKind.TEXT, "general", guild=self.guild)

    async def __aenter__(self) -> Self:
        """Start to listen."""
        app = web.Application(client_max_size=_BODY_LIMIT)
        self.rest.add_to(app)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/cdn/attachments/{channel}/{attachment}/{name}", self._file)
        app.on_shutdown.append(self._hang_up)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.rest_url = f"http://{host}:{port}{BASE}"
        self.gateway.url = f"ws://{host}:{port}/gateway"
        self.world.cdn_url = f"http://{host}:{port}/cdn"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close all connections and stop to listen."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return self.gateway.url

    @property
    def mention(self) -> str:
        """What pings the bot, such as `<@42>`."""
        return f"<@{self.world.bot.id}>"

    # What is there

    def add_person(
        self,
        name: str,
        *,
        locale: str = "en-US",
        installed: bool = False,
        guild: Guild | None = None,
        permissions: Permission = NOTHING,
    ) -> Person:
        """Return somebody new.

        Args:
            name: their display name.
            locale: the language of their client.
            installed: they have added the app to their own account.
            guild: the server that they join, None for the one that is always there.
            permissions: what a role of their own grants them there.
        """
        person = self._new_person(name, locale=locale, installed=installed)
        self.join(person, guild or self.guild, permissions=permissions)
        return person

    def join(self, person: Person, guild: Guild, *, permissions: Permission = NOTHING) -> None:
        """Make somebody a member of a server, with a role that grants `permissions`, if any."""
        roles = [] if not permissions else [self.world.add_role(guild, permissions)]
        self.world.join(guild, person.user, *roles)

    def _new_person(self, name: str, *, locale: str = "en-US", installed: bool = False) -> Person:
        return Person(self, self.world.add_user(name, locale=locale, installed=installed))

    async def add_guild(
        self, name: str, owner: Person, *, installed: bool = True, locale: str = "en-US"
    ) -> Guild:
        """Return a new server; one that has not installed the app is a foreign one."""
        guild = self.world.add_guild(name, owner.user, locale=locale, installed=installed)
        if installed:
            await self.delivery.guild_joined(guild)
        return guild

    async def remove_guild(self, guild: Guild) -> None:
        """Let a server remove the app."""
        guild.installed = False
        guild.members.pop(self.world.bot.id, None)
        await self.delivery.guild_left(guild)

    async def add_channel(self, guild: Guild, name: str) -> Channel:
        """Return a new text channel."""
        channel = self.world.add_channel(ChannelKind.TEXT, name, guild=guild)
        await self.delivery.channel_created(channel)
        return channel

    def add_group(self, *people: Person) -> Channel:
        """Return a group of people without the bot; only apps of their own work there."""
        users = tuple(person.user for person in people)
        return self.world.add_channel(ChannelKind.GROUP, "group", people=users)

    # What the bot did

    @property
    def requests(self) -> list[RestRequest]:
        """The bot's HTTP requests, oldest first."""
        return list(self.records.requests)

    @property
    def faults(self) -> list[Fault]:
        """What no well-behaved bot does; a test of a bot ends with `assert not faults`."""
        return self.records.faults

    @property
    def identifies(self) -> list[Identify]:
        """The IDENTIFYs and RESUMEs, oldest first."""
        return self.records.identifies

    @property
    def closes(self) -> list[int]:
        """The close codes that the bot ended its gateway connections with, 1006 for none."""
        return self.records.closes

    # Trouble

    def trouble(self, method: str, path: str, *troubles: Trouble) -> None:
        """Let the next requests to a path such as `/channels/*/messages` meet trouble."""
        self.scripts.order(method, path, *troubles)

    def advance(self, seconds: float) -> None:
        """Let time pass at once: deadlines are missed, tokens expire."""
        self.clock.advance(seconds)

    # Waiting

    async def connected(self) -> None:
        """Return when a bot has identified.

        Raises:
            TimeoutError: none came.
        """
        await self._waiting.until(self.gateway.session_opened, "no bot has logged in")

    async def disconnected(self) -> None:
        """Return when the bot's gateway connections have all ended; `closes` says how.

        Raises:
            TimeoutError: they have not.
        """
        await self._waiting.until(self.gateway.deserted, "the bot is still connected")

    async def settled(self) -> None:
        """Return when the bot has nothing left to do with what it was told.

        That is known for a discord.py client in this process: none of its handlers is running.
        For a bot in another process it is inferred: it has read everything (it answers WebSocket
        pings in order), and in a number of further round trips no request began or was under
        way. A blocked loop answers no ping, so this only errs for a bot that waits for a thread
        or a timer before its first request; for such a bot give the playground `quiet_seconds`.

        Raises:
            TimeoutError: the bot is busy, or away, for longer than the patience lasts.
        """
        await self._waiting.settled()

    async def answer(self, message: Message) -> Reply:
        """Return the bot's answer to a message that certainly gets one.

        Raises:
            TimeoutError: none came.
        """
        await self._waiting.until(message.answered, f"no answer to {message.content!r}")
        return _reply(message)

    async def answer_or_silence(self, message: Message) -> Reply | None:
        """Return the bot's answer to a message, None when it has settled without one."""
        await first(message.answered.wait(), self.settled())
        if message.answers:
            return _reply(message)
        message.channel.unanswered.pop(message.id, None)
        return None

    async def open(self, interaction: Interaction) -> None:
        """Make an interaction known and send it to the bot."""
        self.world.open(interaction)
        await self.delivery.interaction(interaction, interaction_create(self.world, interaction))

    async def responded(self, interaction: Interaction) -> bool:
        """Return whether the bot responded before the time for it was over."""
        deadline = interaction.opened + self._callback_seconds
        await first(interaction.answered.wait(), self.clock.until(deadline))
        return interaction.answered.is_set()

    async def ask(self, interaction: Interaction) -> Reply | None:
        """Send an interaction and return what came of it, None for "did not respond".

        After a deferral that is what follows it: the edit or the follow-up, if there is one
        before the bot has settled.
        """
        await self.open(interaction)
        if not await self.responded(interaction):
            return None
        if interaction.callback in {Callback.DEFER_MESSAGE, Callback.DEFER_UPDATE}:
            await first(interaction.changed.wait(), self.settled())
        latency = (
            perf_counter() - interaction.sent
            if interaction.latency is None
            else interaction.latency
        )
        return Reply(interaction.original, latency, interaction, interaction.modal)

    # Serving

    async def _file(self, request: web.Request) -> web.Response:
        word = request.match_info["attachment"]
        attachment = self.world.attachments.get(int(word) if word.isdecimal() else 0)
        if attachment is None:
            raise web.HTTPNotFound
        return web.Response(
            body=attachment.content, headers={"Content-Type": attachment.content_type}
        )

    async def _hang_up(self, _app: web.Application) -> None:
        await self.gateway.close(1001)


def _new_token(bot_id: int) -> str:
    """Return a token in the form of Discord's, which begins with the bot's id."""
    owner = base64.urlsafe_b64encode(str(bot_id).encode()).decode().rstrip("=")
    return f"{owner}.playground.{secrets.token_urlsafe(27)}"


def _reply(message: Message) -> Reply:
    answer = message.answers[0]
    return Reply(answer, answer.born - message.born)
