"""A gateway session: what a client is told, in order, over one connection after another."""

import asyncio
import zlib
from collections import deque
from itertools import count

import aiohttp
from aiohttp import web

from bot.playground.intents import Intent
from bot.playground.state import Payload
from bot.playground.writing import written

REPLAY_LIMIT = 2_000  # events kept for a client that resumes
REPLAY_CHARACTERS = 16_000_000  # of all of them; the servers of a crowd are 28,000 each
ABNORMAL = 1006  # what a connection that ended without a close frame counts as


class Connection:
    """One WebSocket of a client, which speaks JSON, compressed if the client asked for it."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        *,
        compress: bool,
    ) -> None:
        self._socket = socket
        self._transport = transport
        self._deflate = zlib.compressobj(zlib.Z_BEST_SPEED) if compress else None
        self._pings: dict[bytes, asyncio.Future[None]] = {}
        self._numbers = count(1)
        self.closing = False
        self.gone = asyncio.Event()

    @property
    def open(self) -> bool:
        """Something can be sent."""
        return not self._socket.closed and not self.gone.is_set()

    async def send(self, text: str) -> None:
        """Send one payload; a connection that is going away swallows it."""
        try:
            if self._deflate is None:
                await self._socket.send_str(text)
            else:
                data = self._deflate.compress(text.encode())
                await self._socket.send_bytes(data + self._deflate.flush(zlib.Z_SYNC_FLUSH))
        except (ConnectionError, aiohttp.ClientError):
            self.lost()

    async def close(self, code: int, reason: str = "") -> None:
        """Close with one of Discord's codes."""
        self.closing = True
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Cut the connection without a word, as a broken network does."""
        if self._transport is not None:
            self._transport.abort()

    async def round_trip(self) -> None:
        """Return when the client has read everything sent so far, or the connection is gone.

        A WebSocket ping is answered in order, after the frames before it, and costs none of the
        120 gateway commands a minute that a heartbeat request would.
        """
        number = b"%d" % next(self._numbers)
        pong = asyncio.get_running_loop().create_future()
        self._pings[number] = pong
        try:
            await self._socket.ping(number)
        except (ConnectionError, aiohttp.ClientError):
            self.lost()
        if self.gone.is_set() and not pong.done():
            pong.set_result(None)
        await pong

    def ponged(self, number: bytes) -> None:
        """Note the answer to a ping."""
        pong = self._pings.pop(number, None)
        if pong is not None and not pong.done():
            pong.set_result(None)

    def lost(self) -> None:
        """Note that the connection is gone; nobody waits for a pong any longer."""
        self.gone.set()
        for number in list(self._pings):
            self.ponged(number)


class Session:
    """What one IDENTIFY began; a client that lost its connection may resume it.

    Attributes:
        shard: the shard's number and how many there are.
        sequence: the number of the last event.
        connection: where events go now; None while the client is away.
    """

    def __init__(self, name: str, intents: Intent, shard: tuple[int, int]) -> None:
        self.name = name
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.connection: Connection | None = None
        self.connected = asyncio.Event()
        self._sent: deque[tuple[int, str]] = deque()
        self._characters = 0

    def serves(self, guild_id: int | None) -> bool:
        """Return whether events of that server come here; private ones come to shard 0."""
        number, shards = self.shard
        return number == (0 if guild_id is None else (guild_id >> 22) % shards)

    def attach(self, connection: Connection) -> None:
        """Send over this connection from now on."""
        self.connection = connection
        self.connected.set()

    def detach(self, connection: Connection) -> None:
        """Keep what comes for a resume, unless another connection has taken over."""
        if self.connection is connection:
            self.connection = None
            self.connected.clear()

    async def dispatch(self, event: str, data: Payload) -> None:
        """Send an event, or keep it for the client to resume."""
        self.sequence += 1
        text = f'{{"op":0,"t":"{event}","s":{self.sequence},"d":{written(data)}}}'
        self._keep(text)
        if self.connection is not None:
            await self.connection.send(text)

    def _keep(self, text: str) -> None:
        """Keep the last event, and let the oldest go past the limits."""
        self._sent.append((self.sequence, text))
        self._characters += len(text)
        while len(self._sent) > REPLAY_LIMIT or self._characters > REPLAY_CHARACTERS:
            self._characters -= len(self._sent.popleft()[1])

    def missed_since(self, sequence: int) -> list[str] | None:
        """Return the events after that number, or None when some are no longer kept."""
        if sequence > self.sequence:
            return None
        kept = [text for number, text in self._sent if number > sequence]
        return kept if len(kept) == self.sequence - sequence else None
