"""The tables of the teams' store, with what SQLite and PostgreSQL have in common.

A change here needs a revision in `migrations/versions/`, and its name in `REVISION`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    MetaData,
    SmallInteger,
    String,
    Table,
)

REVISION = "0001"
"""The revision that leads to these tables."""

_ID = String(100)  # of a team or channel; a tag of whose it is, and a number
_LANGUAGE = String(35)  # RFC 5646 section 4.4.1: what to have room for

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

TEAMS = Table(
    "teams",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("language", _LANGUAGE),
    Column("system", String(16)),
)

WATCHED_CHANNELS = Table(
    "watched_channels",
    METADATA,
    Column("team", _ID, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("channel", _ID, primary_key=True),
    Column("since", Date, nullable=False),
)

VOTES = Table(
    "votes",
    METADATA,
    # Of a person and an answer together, see `voters`: a second vote meets the first one's row.
    Column("voter", String(32), primary_key=True),
    Column("answer", String(100), nullable=False),
    Column("team", _ID),
    Column(
        "vote", SmallInteger, CheckConstraint("vote BETWEEN 1 AND 3", name="vote"), nullable=False
    ),
    Column("language", _LANGUAGE, nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_votes_team_day", "team", "day"),
    Index("ix_votes_day", "day"),
)

STATE = Table(
    "state",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", String(255), nullable=False),
)
