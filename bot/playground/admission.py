"""Who may open a gateway session: token, shard, intents, and not too many at once."""

from dataclasses import dataclass

from bot.playground.crowd import Crowd
from bot.playground.intents import KNOWN, PRIVILEGED, Intent
from bot.playground.records import Identify
from bot.playground.world import World


class GatewayError(Exception):
    """A client did what closes its connection.

    Attributes:
        code: the close code.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """How strict the gateway is.

    Attributes:
        heartbeat_seconds: the interval that HELLO asks for.
        max_concurrency: identifies that may come together, one for each bucket of shards.
        identify_seconds: how long a bucket is closed after an identify; Discord's is 5, and 0
            lets a test start one bot after the other.
        guilds_per_shard: more close the connection with 4011.
        commands_per_minute: more close it with 4008.
    """

    heartbeat_seconds: float = 41.25
    max_concurrency: int = 1
    identify_seconds: float = 0.0
    guilds_per_shard: int = 2_500
    commands_per_minute: int = 120


class Admission:
    """The door of the gateway."""

    def __init__(self, world: World, token: str, settings: GatewaySettings, crowd: Crowd) -> None:
        self._world = world
        self._token = token
        self._settings = settings
        self._crowd = crowd
        self._identified: dict[int, float] = {}

    def check(self, token: object, record: Identify) -> None:
        """Let an identify pass.

        Raises:
            GatewayError: the token, the shard or the intents are not in order.
        """
        number, shards = record.shard
        if token != self._token:
            raise GatewayError(4004, "Authentication failed.")
        if not 0 <= number < shards:
            raise GatewayError(4010, "Invalid shard.")
        if record.intents & ~KNOWN or record.intents < 0:
            raise GatewayError(4013, "Invalid intent(s).")
        if Intent(record.intents) & PRIVILEGED & ~self._world.granted:
            raise GatewayError(4014, "Disallowed intent(s).")
        if len(self.guild_ids(record.shard)) > self._settings.guilds_per_shard:
            raise GatewayError(4011, "Sharding required.")

    def free(self, shard: int) -> bool:
        """Return whether the shard's bucket takes an identify now, and close it if so."""
        bucket, now = shard % self._settings.max_concurrency, self._world.clock.now()
        last = self._identified.get(bucket)
        if last is not None and now - last < self._settings.identify_seconds:
            return False
        self._identified[bucket] = now
        return True

    def guild_ids(self, shard: tuple[int, int]) -> list[int]:
        """Return the ids of the servers that a shard serves."""
        number, shards = shard
        ids = [guild.id for guild in self._world.guilds.values() if guild.installed]
        return [each for each in (*ids, *self._crowd.ids()) if (each >> 22) % shards == number]
