"""The public service on an empty database of each kind, with a client and real keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.service.complaints.world import World

AT = datetime(2026, 11, 23, 3, 32, 10, tzinfo=UTC)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The service with every unit's key published, at a fixed time."""
    made = World(database_url, tmp_path, AT)
    yield made
    made.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def still_world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One service for a whole module of refusals: nothing is kept, so nothing is in the way."""
    folder = tmp_path_factory.mktemp("still")
    url = f"sqlite:///{folder / 'still.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_cluster").new_database()
    made = World(url, folder, AT)
    yield made
    made.close()


@pytest.fixture
def steady(still_world: World) -> Iterator[World]:
    """The module's service, for tests that file complaints of their own; its clock goes back."""
    at = still_world.clock.now()
    yield still_world
    still_world.clock.advance(at - still_world.clock.now())
