"""Routes about the app itself, the gateway, users and servers."""

from math import ceil

from bot.playground import payloads
from bot.playground.admission import GatewaySettings
from bot.playground.crowd import Crowd
from bot.playground.errors import (
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    missing_access,
    unknown,
)
from bot.playground.gateway import Gateway
from bot.playground.records import Records
from bot.playground.rest import Call, Route
from bot.playground.state import Guild, Payload
from bot.playground.world import World

SESSIONS = 1_000  # identifies a day
GUILDS_A_SHARD = 1_000  # Discord's advice


class ApplicationRoutes:
    """What a bot asks about itself and the places it is in."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        records: Records,
        settings: GatewaySettings,
        crowd: Crowd,
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._records = records
        self._settings = settings
        self._crowd = crowd

    def routes(self) -> list[Route]:
        """Return all operations."""
        guild = "/guilds/{guild_id}"
        return [
            Route("GET", "/gateway", self.gateway, token=True),
            Route("GET", "/gateway/bot", self.gateway_bot),
            Route("GET", "/users/@me", self.own_user),
            Route("PATCH", "/users/@me", self.own_user),
            Route("GET", "/users/{user_id}", self.user),
            Route("GET", "/users/@me/guilds", self.guilds),
            Route("DELETE", "/users/@me/guilds/{guild_id}", self.leave),
            Route("GET", "/oauth2/applications/@me", self.application),
            Route("GET", "/applications/@me", self.application),
            Route("PATCH", "/applications/@me", self.application),
            Route("GET", "/applications/{application_id}/emojis", self.emojis),
            Route("GET", guild, self.guild),
            Route("GET", guild + "/channels", self.channels),
            Route("GET", guild + "/roles", self.roles),
            Route("GET", guild + "/members/{user_id}", self.member),
        ]

    async def gateway(self, _call: Call) -> Payload:
        """Get Gateway."""
        return {"url": self._gateway.url}

    async def gateway_bot(self, _call: Call) -> Payload:
        """Get Gateway Bot, with as many shards as Discord would advise."""
        guilds = len(self._own_guilds()) + self._crowd.guilds
        used = sum(each.accepted and not each.resumed for each in self._records.identifies)
        return {
            "url": self._gateway.url,
            "shards": max(1, ceil(guilds / GUILDS_A_SHARD)),
            "session_start_limit": {
                "total": SESSIONS,
                "remaining": max(0, SESSIONS - used),
                "reset_after": 86_400_000,
                "max_concurrency": self._settings.max_concurrency,
            },
        }

    async def own_user(self, _call: Call) -> Payload:
        """Get Current User."""
        return payloads.own_user(self._world.bot)

    async def user(self, call: Call) -> Payload:
        """Get User."""
        user = self._world.users.get(call.id("user_id"))
        if user is None:
            raise unknown("User", UNKNOWN_USER)
        return payloads.user(user)

    async def application(self, _call: Call) -> Payload:
        """Get Current Application."""
        return payloads.application(self._world)

    async def emojis(self, _call: Call) -> Payload:
        """List Application Emojis; the app has none."""
        return {"items": []}

    async def guilds(self, _call: Call) -> list[Payload]:
        """Get Current User Guilds."""
        return [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(int(guild.permissions_of(self._world.bot))),
                "features": [],
            }
            for guild in self._own_guilds()
        ]

    async def guild(self, call: Call) -> Payload:
        """Get Guild."""
        return payloads.guild(self._guild(call))

    async def channels(self, call: Call) -> list[Payload]:
        """Get Guild Channels."""
        return [payloads.channel(each) for each in self._guild(call).channels.values()]

    async def roles(self, call: Call) -> list[Payload]:
        """Get Guild Roles."""
        return [payloads.role(each) for each in self._guild(call).roles.values()]

    async def member(self, call: Call) -> Payload:
        """Get Guild Member."""
        member = self._guild(call).members.get(call.id("user_id"))
        if member is None:
            raise unknown("Member", UNKNOWN_MEMBER)
        return payloads.member(member)

    async def leave(self, call: Call) -> None:
        """Leave Guild."""
        guild = self._guild(call)
        guild.installed = False
        guild.members.pop(self._world.bot.id, None)

    def _own_guilds(self) -> list[Guild]:
        return [guild for guild in self._world.guilds.values() if guild.installed]

    def _guild(self, call: Call) -> Guild:
        guild = self._world.guilds.get(call.id("guild_id"))
        if guild is None:
            raise unknown("Guild", UNKNOWN_GUILD)
        if not guild.installed:
            raise missing_access()
        return guild
