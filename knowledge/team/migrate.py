"""Brings the tables of a teams' store to what this release works with."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from knowledge.team.model import StoreError
from knowledge.team.schema import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x506F7274  # of PostgreSQL's advisory locks: that of migrations ("Port")


def upgrade(connection: Connection, revision: str = REVISION) -> None:
    """Bring the tables to a revision, all or nothing; another process meanwhile waits.

    Args:
        connection: in a transaction that may write.
        revision: to stop at, for tests; the newest is what the rest of the code works with.

    Raises:
        StoreError: the tables are those of a newer release.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = current(connection)
    if found == revision:
        return
    # Alembic takes 10 MiB and is needed once a release: nobody else imports it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"The teams' store comes from a newer release (its revision is {found}): install that "
            "release again, or restore the store from a backup of before."
        )
    command.upgrade(config, revision)


def current(connection: Connection) -> str | None:
    """Return the revision of the tables; None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
