"""Bring a service's database to its newest shape (Alembic, one shared environment)."""

from __future__ import annotations

from pathlib import Path

import alembic.command
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from shared.runtime.database import Database

_HERE = Path(__file__).parent


def migrate(migrations: Path, database: Database) -> None:
    """Run what is missing from `migrations`/versions against `database`, in one transaction."""
    with database.begin() as connection:
        config = _config(migrations)
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")


def is_current(migrations: Path, database: Database) -> bool:
    """Whether the database stands at the newest revision."""
    with database.read() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        stands = set(MigrationContext.configure(connection).get_current_heads())
    return stands == set(ScriptDirectory.from_config(_config(migrations)).get_heads())


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "alembic"))
    config.set_main_option("version_locations", str(migrations / "versions"))
    config.set_main_option("path_separator", "os")
    return config
