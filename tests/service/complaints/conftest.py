"""The public service on an empty database of each kind, with a client and real keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.service.complaints.world import World


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The service with every unit's key published, at a fixed time."""
    made = World(database_url, tmp_path, datetime(2026, 11, 23, 3, 32, 10, tzinfo=UTC))
    yield made
    made.close()
