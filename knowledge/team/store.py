"""The teams' store: what teams leave with us, in a database of its own."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, delete, func, or_, select

from knowledge.model import System
from knowledge.team import migrate
from knowledge.team.engine import engine_for, explained, scrub, upsert, writing
from knowledge.team.model import (
    Ballot,
    Kept,
    StoreError,
    Summary,
    Tally,
    TeamSettings,
    Vote,
    WatchedChannel,
)
from knowledge.team.schema import STATE, TEAMS, VOTES, WATCHED_CHANNELS
from knowledge.team.voters import new_secret, secret_in, voter

_AT_ONCE = 500  # values in one statement; SQLite takes no more than 999 in some builds


class TeamStore:
    """Votes, watched channels and settings of teams; opened with `open`.

    Every method may wait for a disk or a network, and is safe to call from any thread. Every one
    raises StoreError where the database cannot be used.
    """

    def __init__(self, engine: Engine, secret: bytes) -> None:
        self._engine = engine
        self._writer = writing(engine)
        self._secret = secret

    @classmethod
    def open(cls, address: str | Path, directory: Path | None) -> Self:
        """Return the store at an address; its tables are made, or brought up to date.

        Args:
            address: a file of SQLite's, or an address as SQLAlchemy writes it, such as
                "postgresql://...".
            directory: where this installation's secret is, or will be; None is for a store in
                memory ("sqlite://"), whose secret ends with it.

        Raises:
            StoreError: it cannot be opened; the message is one sentence that says what to do.
        """
        engine = engine_for(address)
        try:
            with explained(engine), writing(engine).begin() as connection:
                migrate.upgrade(connection)
                secret = secret_in(directory) if directory else new_secret()
        except (OSError, ValueError) as error:
            engine.dispose()
            raise StoreError(
                f"The key of the votes in {directory} cannot be used ({error}): check that this "
                "directory may be read and written."
            ) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, secret)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._engine), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with explained(self._engine), self._writer.begin() as connection:
            yield connection

    # ------------------------------------------------------------ votes

    def vote(self, ballot: Ballot) -> None:
        """Count a vote; the same person's earlier one on the same answer is no more."""
        key = {"voter": voter(self._secret, ballot.person, ballot.answer)}
        values = {
            "answer": ballot.answer,
            "team": ballot.team,
            "vote": ballot.vote.value,
            "language": ballot.language,
            "day": ballot.day,
        }
        with self._writing() as connection:
            upsert(connection, VOTES, key, values)

    def summary(self, team: str, since: date) -> Summary:
        """Return a team's votes from a day on."""
        statement = (
            select(VOTES.c.answer, VOTES.c.vote, func.count())
            .where(VOTES.c.team == team, VOTES.c.day >= since)
            .group_by(VOTES.c.answer, VOTES.c.vote)
        )
        counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        with self._reading() as connection:
            for answer, vote, count in connection.execute(statement):
                counts[answer][vote] = count
        tallies = {answer: _tally(found) for answer, found in counts.items()}
        return Summary(
            total=Tally(
                sum(each.no for each in tallies.values()),
                sum(each.partly for each in tallies.values()),
                sum(each.yes for each in tallies.values()),
            ),
            answers=tuple(sorted(tallies.items(), key=lambda each: (-each[1].total, each[0]))),
        )

    def forget_votes_before(self, day: date) -> int:
        """Delete the votes of before a day; return how many there were."""
        with self._writing() as connection:
            return connection.execute(delete(VOTES).where(VOTES.c.day < day)).rowcount

    # ------------------------------------------------------------ watched channels

    def watched(self, team: str | None = None) -> tuple[WatchedChannel, ...]:
        """Return the watched channels of a team, or of all teams, the oldest first."""
        statement = select(WATCHED_CHANNELS).order_by(
            WATCHED_CHANNELS.c.since, WATCHED_CHANNELS.c.channel
        )
        if team is not None:
            statement = statement.where(WATCHED_CHANNELS.c.team == team)
        with self._reading() as connection:
            rows = connection.execute(statement)
            return tuple(WatchedChannel(row.team, row.channel, row.since) for row in rows)

    def watch(self, watched: WatchedChannel) -> None:
        """Watch a channel; one that is watched already stays so, since when it was."""
        with self._writing() as connection:
            upsert(connection, TEAMS, {"id": watched.team}, {})
            key = {"team": watched.team, "channel": watched.channel}
            found = select(WATCHED_CHANNELS.c.since).filter_by(**key)
            if connection.scalar(found) is None:
                upsert(connection, WATCHED_CHANNELS, key, {"since": watched.since})

    def unwatch(self, team: str, channel: str) -> bool:
        """Watch a channel no longer; return whether it was watched."""
        statement = delete(WATCHED_CHANNELS).filter_by(team=team, channel=channel)
        with self._writing() as connection:
            found = connection.execute(statement).rowcount > 0
            _forget_if_empty(connection, team)
            return found

    # ------------------------------------------------------------ settings

    def settings(self, team: str) -> TeamSettings:
        """Return what a team's managers chose; nothing where they have not."""
        with self._reading() as connection:
            row = connection.execute(select(TEAMS).where(TEAMS.c.id == team)).first()
        return TeamSettings() if row is None else _settings(row.language, row.system)

    def all_settings(self) -> dict[str, TeamSettings]:
        """Return what managers chose, of all teams where they have."""
        chosen = or_(TEAMS.c.language.is_not(None), TEAMS.c.system.is_not(None))
        with self._reading() as connection:
            rows = connection.execute(select(TEAMS).where(chosen).order_by(TEAMS.c.id))
            return {row.id: _settings(row.language, row.system) for row in rows}

    def set_settings(self, team: str, settings: TeamSettings) -> None:
        """Keep what a team's managers chose."""
        values = {
            "language": settings.language,
            "system": settings.system.value if settings.system else None,
        }
        with self._writing() as connection:
            upsert(connection, TEAMS, {"id": team}, values)
            _forget_if_empty(connection, team)

    # ------------------------------------------------------------ deletion

    def kept_of(self, team: str) -> Kept:
        """Return how much is kept of a team."""
        with self._reading() as connection:
            return _kept(connection, team)

    def forget_team(self, team: str) -> Kept:
        """Delete all that is kept of a team; return how much it was."""
        with self._writing() as connection:
            kept = _kept(connection, team)
            connection.execute(delete(VOTES).where(VOTES.c.team == team))
            connection.execute(delete(TEAMS).where(TEAMS.c.id == team))  # and what hangs on it
        self._scrub()
        return kept

    def forget_person(self, person: str) -> Kept:
        """Delete all votes of a person, in every team; return how many there were."""
        count = 0
        with self._writing() as connection:
            answers = connection.scalars(select(VOTES.c.answer).distinct()).all()
            voters = [voter(self._secret, person, answer) for answer in answers]
            for start in range(0, len(voters), _AT_ONCE):
                some = voters[start : start + _AT_ONCE]
                count += connection.execute(delete(VOTES).where(VOTES.c.voter.in_(some))).rowcount
        self._scrub()
        return Kept(votes=count)

    def _scrub(self) -> None:
        with explained(self._engine):
            scrub(self._engine)

    # ------------------------------------------------------------ state of the process

    def state(self, name: str) -> str | None:
        """Return a value that was kept under a name."""
        with self._reading() as connection:
            return connection.scalar(select(STATE.c.value).where(STATE.c.name == name))

    def set_state(self, name: str, value: str) -> None:
        """Keep a value of at most 255 characters under a name."""
        with self._writing() as connection:
            upsert(connection, STATE, {"name": name}, {"value": value})


def _settings(language: str | None, system: str | None) -> TeamSettings:
    return TeamSettings(language, System(system) if system else None)


def _tally(counts: dict[int, int]) -> Tally:
    return Tally(*(counts.get(vote.value, 0) for vote in Vote))


def _forget_if_empty(connection: Connection, team: str) -> None:
    """Keep no id of a team that has neither settings nor watched channels."""
    kept = _kept(connection, team)
    if not kept.settings and not kept.channels:
        connection.execute(delete(TEAMS).where(TEAMS.c.id == team))


def _kept(connection: Connection, team: str) -> Kept:
    votes = connection.scalar(select(func.count()).where(VOTES.c.team == team))
    channels = connection.scalar(select(func.count()).where(WATCHED_CHANNELS.c.team == team))
    row = connection.execute(select(TEAMS).where(TEAMS.c.id == team)).first()
    chosen = row is not None and (row.language is not None or row.system is not None)
    return Kept(votes or 0, channels or 0, chosen)
