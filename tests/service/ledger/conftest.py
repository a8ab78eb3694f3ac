"""Fixtures for the ledger: a migrated database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.ledger.service import SERVICE
from shared.messaging.tx import Transactions
from shared.runtime.clock import FixedClock
from shared.runtime.database import Database
from tests.support.shapes import lay_out

NOW = datetime(2026, 11, 21, 15, 42, 7, tzinfo=UTC)


@pytest.fixture
def transactions(database_url: str) -> Iterator[Transactions]:
    """Transactions of the ledger."""
    lay_out(database_url, SERVICE.migrations)
    database = Database(database_url)
    yield Transactions(database, FixedClock(NOW), "ledger")
    database.dispose()
