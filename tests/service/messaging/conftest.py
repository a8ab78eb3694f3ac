"""The road as a fixture, once on each carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.messaging.road import Road


@pytest.fixture(params=["embedded", "rabbitmq"])
def carrier_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty carrier."""
    if request.param == "embedded":
        return f"sqlite:///{tmp_path / 'carrier.db'}"
    url: str = request.getfixturevalue("amqp_url")
    return url


@pytest.fixture
def road(carrier_url: str, tmp_path: Path) -> Iterator[Road]:
    """Both ends over `carrier_url`, on SQLite."""
    road = Road(
        carrier_url, f"sqlite:///{tmp_path / 'here.db'}", f"sqlite:///{tmp_path / 'there.db'}"
    )
    yield road
    road.close()
