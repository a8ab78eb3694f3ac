"""Fixtures for notify: one room on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.crypto import age
from tests.service.notify.room import Room, open_room


@pytest.fixture(scope="session")
def identity() -> str:
    """Notify's key."""
    return age.new_identity()


@pytest.fixture
def room(database_url: str, tmp_path: Path, identity: str) -> Iterator[Room]:
    """A house of notify that sends into a Maildir."""
    room = open_room(database_url, tmp_path, identity)
    yield room
    room.house.database.dispose()
