"""The gateway: where a client identifies, is told what happens, and resumes what it missed."""

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import Iterable
from enum import IntEnum

from aiohttp import WSMsgType, web

from bot.playground import payloads
from bot.playground.admission import Admission, GatewayError, GatewaySettings
from bot.playground.crowd import Crowd
from bot.playground.intents import Intent
from bot.playground.records import Identify, Records
from bot.playground.session import ABNORMAL, Connection, Session
from bot.playground.state import Guild, Member, Payload
from bot.playground.world import World


class Op(IntEnum):
    """The gateway's opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    ACK = 11


PAYLOAD_LIMIT = 4096  # bytes that a client may send at once
ENDING_CODES = (1000, 1001)  # with these a client ends its session
_WITH_DATA = frozenset({Op.IDENTIFY, Op.RESUME, Op.REQUEST_MEMBERS})
_API_VERSIONS = ("9", "10")


class Gateway:
    """All sessions of one bot.

    Attributes:
        greets: it sends HELLO; without it a client waits for a gateway that never answers.
        session_opened: set with the first session.
        deserted: set while no client is connected, once there has been one.
        activity: a number that grows whenever anything but heartbeats is said.
    """

    def __init__(
        self,
        world: World,
        records: Records,
        token: str,
        *,
        settings: GatewaySettings,
        crowd: Crowd,
    ) -> None:
        self._world = world
        self._records = records
        self._token = token
        self._settings = settings
        self._crowd = crowd
        self._admission = Admission(world, token, settings, crowd)
        self._connections: set[Connection] = set()
        self.sessions: dict[str, Session] = {}
        self.url = ""
        self.greets = True
        self._living = asyncio.Event()
        self._living.set()
        self.activity = 0
        self.session_opened = asyncio.Event()
        self.deserted = asyncio.Event()

    @property
    def alive(self) -> bool:
        """Whether it answers and tells; without it connections are zombies: open, and silent."""
        return self._living.is_set()

    @alive.setter
    def alive(self, living: bool) -> None:
        if living:
            self._living.set()
        else:
            self._living.clear()

    # What happens in the world

    async def dispatch(
        self, event: str, data: Payload, *, guild_id: int | None, needs: Intent | None = None
    ) -> None:
        """Tell the sessions whose shard and intents want the event."""
        for session in self.listeners(guild_id, needs):
            await self.tell(session, event, data)

    def listeners(self, guild_id: int | None, needs: Intent | None = None) -> list[Session]:
        """Return the sessions that an event of that server goes to."""
        return [
            session
            for session in self.sessions.values()
            if session.serves(guild_id) and (needs is None or needs in session.intents)
        ]

    async def tell(self, session: Session, event: str, data: Payload) -> None:
        """Send one session an event; a zombie gateway keeps it for a resume."""
        self.activity += 1
        if self.alive:
            await session.dispatch(event, data)
        else:
            connection, session.connection = session.connection, None
            await session.dispatch(event, data)
            session.connection = connection

    # What a test does to the clients

    async def ask_to_reconnect(self) -> None:
        """Send op 7: close, come back and resume."""
        await self._send_all({"op": Op.RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Send op 9; a session that cannot be resumed is forgotten."""
        connections = self._current()
        if not resumable:
            for session in list(self.sessions.values()):
                self._forget(session)
        await self._send_all({"op": Op.INVALID_SESSION, "d": resumable}, connections)

    async def close(self, code: int = 4000) -> None:
        """Close all connections with that code; their sessions may be resumed."""
        for connection in self._current():
            await connection.close(code)

    def abort(self) -> None:
        """Cut all connections without a close frame."""
        for connection in self._current():
            connection.abort()

    async def round_trip(self) -> None:
        """Return when every client has read what it was sent, and those away have come back."""
        for session in list(self.sessions.values()):
            await self._living.wait()
            await session.connected.wait()
            connection = session.connection
            if connection is not None:
                await connection.round_trip()

    def _current(self) -> list[Connection]:
        return [connection for connection in self._connections if connection.open]

    async def _send_all(
        self, payload: Payload, connections: Iterable[Connection] | None = None
    ) -> None:
        self.activity += 1
        for connection in self._current() if connections is None else connections:
            await connection.send(json.dumps(payload))

    # One connection

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one WebSocket until it closes."""
        socket = web.WebSocketResponse(autoping=False, compress=False, timeout=2.0)
        await socket.prepare(request)
        connection = Connection(
            socket, request.transport, compress=request.query.get("compress") == "zlib-stream"
        )
        self._connections.add(connection)
        self.deserted.clear()
        try:
            await self._greet(connection, request.query.get("v"))
            await self._converse(socket, connection)
        except GatewayError as refusal:
            await connection.close(refusal.code, str(refusal))
        finally:
            self._connections.discard(connection)
            connection.lost()
            self._ended(connection, socket.close_code)
            if not self._connections:
                self.deserted.set()
        return socket

    async def _greet(self, connection: Connection, version: str | None) -> None:
        if version not in _API_VERSIONS:
            raise GatewayError(4012, "Invalid API version.")
        if self.greets:
            interval = int(self._settings.heartbeat_seconds * 1000)
            hello = {"op": Op.HELLO, "s": None, "t": None, "d": {"heartbeat_interval": interval}}
            await connection.send(json.dumps(hello))

    def _ended(self, connection: Connection, code: int | None) -> None:
        if not connection.closing:
            self._records.closes.append(ABNORMAL if code is None else code)
        for session in list(self.sessions.values()):
            if session.connection is not connection:
                continue
            session.detach(connection)
            if code in ENDING_CODES and not connection.closing:
                self._forget(session)

    def _forget(self, session: Session) -> None:
        """End a session; whoever waits for its client to come back waits no longer."""
        del self.sessions[session.name]
        session.connected.set()

    async def _converse(self, socket: web.WebSocketResponse, connection: Connection) -> None:
        session: Session | None = None
        commands: deque[float] = deque()
        async for message in socket:
            if message.type is WSMsgType.PONG:
                connection.ponged(bytes(message.data))
            elif message.type is WSMsgType.PING:
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._count(commands)
                session = await self._receive(connection, session, _decoded(message.data))
            else:
                raise GatewayError(4002, "Error while decoding payload.")

    def _count(self, commands: deque[float]) -> None:
        now = self._world.clock.now()
        commands.append(now)
        while commands[0] < now - 60:
            commands.popleft()
        if len(commands) > self._settings.commands_per_minute:
            raise GatewayError(4008, "You are sending payloads too quickly.")

    async def _receive(
        self, connection: Connection, session: Session | None, payload: Payload
    ) -> Session | None:
        data = payload["d"] if isinstance(payload.get("d"), dict) else None
        if data is None and payload["op"] in _WITH_DATA:
            raise GatewayError(4002, "Error while decoding payload.")
        data = data or {}
        match payload["op"]:
            case Op.HEARTBEAT:
                if self.alive:
                    await connection.send(json.dumps({"op": Op.ACK}))
            case Op.IDENTIFY if session is not None:
                raise GatewayError(4005, "Already authenticated.")
            case Op.IDENTIFY:
                self.activity += 1
                return await self._identify(connection, data)
            case Op.RESUME:
                self.activity += 1
                return await self._resume(connection, data)
            case Op.REQUEST_MEMBERS if session is not None:
                await self._send_members(session, data)
            case Op.PRESENCE | Op.VOICE_STATE if session is not None:
                self.activity += 1
            case Op.PRESENCE | Op.VOICE_STATE | Op.REQUEST_MEMBERS:
                raise GatewayError(4003, "Not authenticated.")
            case _:
                raise GatewayError(4001, "Unknown opcode.")
        return session

    async def _identify(self, connection: Connection, data: Payload) -> Session | None:
        record = _requested(data, self._world.clock.now())
        shard = record.shard
        try:
            self._admission.check(data.get("token"), record)
        except GatewayError:
            self._records.identifies.append(_refused(record))
            raise
        if not self._admission.free(shard[0]):
            self._records.identifies.append(_refused(record))
            await connection.send(json.dumps({"op": Op.INVALID_SESSION, "d": False}))
            return None
        self._records.identifies.append(record)
        for old in list(self.sessions.values()):
            if old.shard == shard and old.connection is None:
                self._forget(old)  # nobody will resume it
        session = Session(secrets.token_hex(16), Intent(record.intents), shard)
        session.attach(connection)
        await self._welcome(session)
        return session

    async def _welcome(self, session: Session) -> None:
        world, guild_ids = self._world, self._admission.guild_ids(session.shard)
        app = payloads.application(world)
        ready: Payload = {
            "v": 10,
            "user": payloads.own_user(world.bot),
            "guilds": [{"id": str(each), "unavailable": True} for each in guild_ids],
            "session_id": session.name,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": app["id"], "flags": app["flags"]},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
        }
        await self.tell(session, "READY", ready)
        self.sessions[session.name] = session
        self.session_opened.set()
        if Intent.GUILDS in session.intents:
            own = payloads.member(Member(world.bot, world.started))
            for guild_id in guild_ids:
                guild = world.guilds.get(guild_id)
                data = (
                    self._crowd.guild_create(guild_id, own)
                    if guild is None
                    else payloads.guild_create(guild, world.bot)
                )
                await self.tell(session, "GUILD_CREATE", data)

    async def _resume(self, connection: Connection, data: Payload) -> Session | None:
        session = self.sessions.get(str(data.get("session_id")))
        if data.get("token") != self._token:
            raise GatewayError(4004, "Authentication failed.")
        missed = None if session is None else session.missed_since(int(data.get("seq") or 0))
        if session is None or missed is None:
            await connection.send(json.dumps({"op": Op.INVALID_SESSION, "d": False}))
            return None
        self._records.identifies.append(
            Identify(self._world.clock.now(), int(session.intents), session.shard, resumed=True)
        )
        if session.connection is not None:
            with contextlib.suppress(ConnectionError):
                await session.connection.close(4000, "Resumed elsewhere.")
        while missed:
            seen = session.sequence
            for text in missed:
                await connection.send(text)
            missed = session.missed_since(seen)
        session.attach(connection)
        await self.tell(session, "RESUMED", {"_trace": ["playground"]})
        return session

    async def _send_members(self, session: Session, data: Payload) -> None:
        guild = self._world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        found = _found(guild, data)
        chunk: Payload = {
            "guild_id": str(guild.id),
            "members": [payloads.member(each) for each in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
        }
        if "nonce" in data:
            chunk["nonce"] = data["nonce"]
        await self.tell(session, "GUILD_MEMBERS_CHUNK", chunk)


def _decoded(text: str) -> Payload:
    if len(text.encode()) > PAYLOAD_LIMIT:
        raise GatewayError(4002, "Error while decoding payload.")
    try:
        payload = json.loads(text)
    except ValueError:
        raise GatewayError(4002, "Error while decoding payload.") from None
    if not isinstance(payload, dict) or not isinstance(payload.get("op"), int):
        raise GatewayError(4002, "Error while decoding payload.")
    return payload


def _requested(data: Payload, now: float) -> Identify:
    """Return what an IDENTIFY asks for.

    Raises:
        GatewayError: it makes no sense.
    """
    try:
        number, shards = (int(each) for each in data.get("shard", (0, 1)))
        return Identify(now, int(data.get("intents", 0)), (number, shards))
    except (TypeError, ValueError):
        raise GatewayError(4002, "Error while decoding payload.") from None


def _refused(record: Identify) -> Identify:
    return Identify(record.moment, record.intents, record.shard, accepted=False)


def _found(guild: Guild, data: Payload) -> list[Member]:
    """Return the members that a request asks for, by id or by the start of the name."""
    if "user_ids" in data:
        ids = data["user_ids"] if isinstance(data["user_ids"], list) else [data["user_ids"]]
        return [guild.members[int(each)] for each in ids if int(each) in guild.members]
    query = str(data.get("query", "")).lower()
    found = [each for each in guild.members.values() if each.user.name.startswith(query)]
    return found[: data.get("limit") or None]
