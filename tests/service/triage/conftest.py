"""The desk, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.triage import desk as building
from tests.service.triage.desk import Desk


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own for each test."""
    with building.desk(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def small_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite only, for what no database can change."""
    with building.desk(f"sqlite:///{tmp_path / 'test.db'}", tmp_path) as made:
        yield made
