"""Alembic's environment for all four services: the caller hands in an open transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=None, render_as_batch=True, transactional_ddl=False
)
context.run_migrations()
