"""The teams' store as the bot uses it: by Discord's ids, and never waiting in the event loop."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from knowledge.model import System
from knowledge.team.model import (
    Ballot,
    Kept,
    StoreError,
    Summary,
    TeamSettings,
    Vote,
    WatchedChannel,
)

if TYPE_CHECKING:
    from knowledge.team.store import TeamStore

log = logging.getLogger(__name__)

T = TypeVar("T")

FILE_NAME = "teams.sqlite"  # in the data directory
VOTES_KEPT_DAYS = 365
PREPARED_SECONDS = 60.0  # until opening is given up
AGAIN_SECONDS = 60.0  # between two attempts
_NOTHING_CHOSEN = TeamSettings()
_WHOSE = "discord:"  # before an id in the store, which may hold other chats' as well


class Store:
    """What teams and people leave with the bot.

    All that waits does so in one thread of its own. What is asked of every message, the watched
    channels and a server's settings, is kept in memory: they are changed by the process that hears
    the server.

    Methods raise StoreError where the database cannot be used, having logged why; the bot answers
    questions all the same.

    Args:
        address: a file of SQLite's, or an address such as "postgresql://..."; None is for a store
            in memory, which ends with the process.
        directory: where this installation's secret is.
    """

    def __init__(self, address: str | Path | None = None, directory: Path | None = None) -> None:
        self._address = address
        self._directory = directory
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._store: TeamStore | None = None  # by the thread
        self._guilds: dict[int, int] = {}  # by watched channel
        self._chosen: dict[int, TeamSettings] = {}  # by server, where there is something
        self._tidied: date | None = None
        self._opening: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        if address is None:
            self._tried.set()
        self._closed = False

    @classmethod
    def at(cls, database_url: str | None, directory: Path) -> Self:
        """Return the store of these settings: SQLite in the data directory, unless they say."""
        return cls(database_url or directory / FILE_NAME, directory)

    # ------------------------------------------------------------ opening and closing

    def open(self) -> None:
        """Begin to bring the store up to date, and to learn watched channels and settings.

        The bot starts meanwhile. Where it fails the bot goes on, and it is tried again.
        """
        if self._address is not None and self._opening is None:
            self._opening = asyncio.ensure_future(self._open())

    async def tried(self) -> None:
        """Wait until the store is open, or until the first attempt has failed."""
        await self._tried.wait()

    async def opened(self) -> None:
        """Wait until the store is open, after however many attempts."""
        if self._opening is not None:
            await asyncio.shield(self._opening)

    async def close(self) -> None:
        """Let go of the database."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        if not self._closed:
            self._closed = True
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
            self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    async def _open(self) -> None:
        while True:
            try:
                self._learn(await self._prepared())
            except StoreError as error:
                log.error("store not open: %s", error)  # noqa: TRY400 (the sentence says it all)
            else:
                log.info("store open watched=%d settings=%d", len(self._guilds), len(self._chosen))
                return
            finally:
                self._tried.set()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _prepared(self) -> dict[str, Any]:
        """Return what is to be learnt, as a process of its own finds it: see `prepare`."""
        where = {"file": str(self._address)}
        if not isinstance(self._address, Path):
            where = {"address": str(self._address)}
        oldest = _today() - timedelta(days=VOTES_KEPT_DAYS)
        wanted = where | {"directory": str(self._directory), "votes_from": oldest.isoformat()}
        try:
            async with asyncio.timeout(PREPARED_SECONDS):
                found: dict[str, Any] = json.loads(await _output_of(json.dumps(wanted)))
        except TimeoutError as error:
            raise StoreError("The teams' store does not answer: check DATABASE_URL.") from error
        except (OSError, ValueError) as error:
            raise StoreError(
                "The teams' store could not be opened in a process of its own; the lines above "
                "say why."
            ) from error
        if "error" in found:
            raise StoreError(found["error"])
        self._tidied = _today()
        return found

    def _learn(self, found: dict[str, Any]) -> None:
        """Take up what was found; what was chosen since a failed attempt stays."""
        watched = {_number(channel): _number(team) for team, channel in found["watched"]}
        self._guilds = watched | self._guilds
        chosen = {
            _number(team): TeamSettings(language, System(system) if system else None)
            for team, language, system in found["settings"]
        }
        self._chosen = chosen | self._chosen

    async def _do(self, work: Callable[["TeamStore"], T]) -> T:
        """Return what `work` does with the store, in its thread.

        Raises:
            StoreError: the database cannot be used.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._with_store, work
            )
        except StoreError as error:
            log.error("store failed: %s", error)  # noqa: TRY400 (the sentence says it all)
            raise

    def _with_store(self, work: Callable[["TeamStore"], T]) -> T:
        if self._store is None:
            from knowledge.team.store import TeamStore  # noqa: PLC0415 (14 MiB, see `prepare`)

            self._store = TeamStore.open(self._address or "sqlite://", self._directory)
        return work(self._store)

    # ------------------------------------------------------------ votes

    async def vote(
        self, person: int, guild: int | None, answer: str, vote: Vote, language: str
    ) -> None:
        """Count a person's vote on an answer, in place of an earlier one.

        Args:
            person: who votes.
            guild: the server in which; None where it is none of ours.
            answer: the answer's key.
            vote: what they think.
            language: BCP-47 tag of the answer.
        """
        today = _today()
        team = _id(guild) if guild is not None else None
        ballot = Ballot(_id(person), team, answer, vote, language, today)

        def work(store: "TeamStore") -> None:
            store.vote(ballot)
            if self._tidied != today:
                store.forget_votes_before(today - timedelta(days=VOTES_KEPT_DAYS))
                self._tidied = today

        await self._do(work)

    async def summary(self, guild: int, days: int) -> Summary:
        """Return the votes in a server within the last days."""
        since = _today() - timedelta(days=days)
        return await self._do(lambda store: store.summary(_id(guild), since))

    # ------------------------------------------------------------ watched channels

    def is_watched(self, channel: int) -> bool:
        """Return whether questions in the channel need no mention."""
        return channel in self._guilds

    def of(self, guild: int) -> Sequence[int]:
        """Return the watched channels of a server, the oldest first."""
        return tuple(channel for channel, of in self._guilds.items() if of == guild)

    async def watch(self, guild: int, channel: int) -> bool:
        """Watch a channel; return False if it was watched already."""
        await self.tried()  # what is learned then would undo what is done now
        new = channel not in self._guilds
        watched = WatchedChannel(_id(guild), _id(channel), _today())
        await self._do(lambda store: store.watch(watched))
        self._guilds.setdefault(channel, guild)
        return new

    async def unwatch(self, guild: int, channel: int) -> bool:
        """Watch a channel no longer; return False if it was not watched."""
        await self.tried()
        found = await self._do(lambda store: store.unwatch(_id(guild), _id(channel)))
        if self._guilds.get(channel) == guild:
            del self._guilds[channel]
        return found

    # ------------------------------------------------------------ settings

    def chosen(self, guild: int | None) -> TeamSettings:
        """Return what a server's managers chose, as far as it is known by now.

        Args:
            guild: the server; None where it is none.
        """
        return self._chosen.get(guild, _NOTHING_CHOSEN) if guild is not None else _NOTHING_CHOSEN

    async def settings(self, guild: int) -> TeamSettings:
        """Return what a server's managers chose."""
        return await self._do(lambda store: store.settings(_id(guild)))

    async def set_settings(self, guild: int, settings: TeamSettings) -> None:
        """Keep what a server's managers chose."""
        await self.tried()  # what is learned then would undo what is done now
        await self._do(lambda store: store.set_settings(_id(guild), settings))
        if settings == _NOTHING_CHOSEN:
            self._chosen.pop(guild, None)
        else:
            self._chosen[guild] = settings

    # ------------------------------------------------------------ deletion

    async def kept_of(self, guild: int) -> Kept:
        """Return how much is kept of a server."""
        return await self._do(lambda store: store.kept_of(_id(guild)))

    async def forget_guild(self, guild: int) -> Kept:
        """Delete all that is kept of a server; return how much it was."""
        kept = await self._do(lambda store: store.forget_team(_id(guild)))
        for channel in self.of(guild):
            del self._guilds[channel]
        self._chosen.pop(guild, None)
        return kept

    async def forget_person(self, person: int) -> Kept:
        """Delete all that is kept of a person; return how much it was."""
        return await self._do(lambda store: store.forget_person(_id(person)))


async def _output_of(wanted: str) -> bytes:
    """Return what the process `knowledge.team.prepare` writes, given a JSON object."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "knowledge.team.prepare",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us
    )  # fmt: skip
    try:
        told, _ = await process.communicate(wanted.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return told


def _today() -> date:
    return datetime.now(UTC).date()


def _id(number: int) -> str:
    return f"{_WHOSE}{number}"


def _number(identity: str) -> int:
    return int(identity.removeprefix(_WHOSE))
