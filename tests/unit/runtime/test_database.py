"""A transaction is whole or nothing, and writers wait for each other instead of failing."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.runtime.database import BigKey, Database, UtcDateTime, insert_once, new_metadata

metadata = new_metadata()
tally = sa.Table(
    "tally",
    metadata,
    sa.Column("id", BigKey, primary_key=True),
    sa.Column("name", sa.Text, unique=True),
    sa.Column("count", sa.Integer),
    sa.Column("at", UtcDateTime),
)


def _count_up(url: str, times: int) -> None:
    database = Database(url)
    for _ in range(times):
        with database.begin() as connection:
            count = connection.execute(sa.select(tally.c.count)).scalar_one()
            connection.execute(tally.update().values(count=count + 1))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/tally.db")
    with database.begin() as connection:
        metadata.create_all(connection)
        connection.execute(tally.insert().values(name="a", count=0))
    return database


def test_writers_in_several_processes_lose_no_update(database: Database) -> None:
    url = database.engine.url.render_as_string()
    writers = [multiprocessing.Process(target=_count_up, args=(url, 40)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with database.read() as connection:
        assert connection.execute(sa.select(tally.c.count)).scalar_one() == 160


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(tally.insert(), [{"name": "b"}, {"name": "a"}])

    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tally)).scalar_one() == 1


def test_a_row_stands_once(database: Database) -> None:
    with database.begin() as connection:
        assert insert_once(connection, tally, {"name": "b"})
        assert not insert_once(connection, tally, {"name": "b"})


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError), database.begin() as connection:
        connection.execute(tally.insert().values(at=datetime(2026, 11, 21)))  # noqa: DTZ001


def test_a_time_comes_back_as_utc(database: Database) -> None:
    at = datetime(2026, 11, 21, 15, tzinfo=UTC)
    with database.begin() as connection:
        connection.execute(tally.update().values(at=at))

    with database.read() as connection:
        assert connection.execute(sa.select(tally.c.at)).scalar_one() == at


def test_an_error_message_carries_no_values(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError) as fault, database.begin() as connection:
        connection.execute(tally.insert().values(name="a", count="canary-4711"))

    assert "canary-4711" not in str(fault.value)
