"""The migrations build exactly the tables that are declared."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from services.triage.service import SERVICE
from shared.runtime.database import Database
from shared.runtime.migrate import migrate


def test_migrations_and_tables_do_not_differ(database_url: str) -> None:
    database = Database(database_url)
    migrate(SERVICE.migrations, database)

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SERVICE.metadata)
    database.dispose()

    assert differences == []
