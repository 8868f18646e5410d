# ruff: noqa: INP001 (Alembic runs this file; nobody imports it)
"""What Alembic runs: the steps, in the transaction that `knowledge.team.migrate` has begun."""

from alembic import context

from knowledge.team.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # SQLite's is, too, where the driver does not commit by itself
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
