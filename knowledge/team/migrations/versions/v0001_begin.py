# ruff: noqa: INP001 (Alembic runs this file; nobody imports it)
"""The store begins: votes, watched channels, settings of teams, and a little state."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "teams",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("system", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
    )
    op.create_table(
        "watched_channels",
        sa.Column("team", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(100), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_watched_channels"),
        sa.ForeignKeyConstraint(
            ["team"], ["teams.id"], name="fk_watched_channels_team", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "votes",
        sa.Column("voter", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(100), nullable=False),
        sa.Column("team", sa.String(100)),
        sa.Column("vote", sa.SmallInteger, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("voter", name="pk_votes"),
        sa.CheckConstraint("vote BETWEEN 1 AND 3", name=op.f("ck_votes_vote")),
    )
    op.create_index("ix_votes_team_day", "votes", ["team", "day"])
    op.create_index("ix_votes_day", "votes", ["day"])
    op.create_table(
        "state",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_state"),
    )
