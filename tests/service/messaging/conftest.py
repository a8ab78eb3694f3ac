"""The road as a fixture, once on each carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.messaging import topology
from shared.messaging.carrier import connect
from tests.service.messaging.road import Road
from tests.support.rabbit import RabbitNode


@pytest.fixture(scope="session")
def road_vhost(rabbit_node: RabbitNode) -> str:
    """One virtual host for these tests: making one takes seconds."""
    return rabbit_node.new_vhost()


@pytest.fixture
def swept_vhost(road_vhost: str) -> str:
    """The virtual host without a queue."""
    with connect(road_vhost) as connection, connection.channel() as channel:
        for service in topology.services():
            channel.queue_delete(topology.inbound_queue(service))
            channel.queue_delete(topology.parked_queue(service))
    return road_vhost


@pytest.fixture(params=["embedded", "rabbitmq"])
def carrier_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty carrier."""
    if request.param == "embedded":
        return f"sqlite:///{tmp_path / 'carrier.db'}"
    url: str = request.getfixturevalue("swept_vhost")
    return url


@pytest.fixture
def road(carrier_url: str, tmp_path: Path) -> Iterator[Road]:
    """Both ends over `carrier_url`, on SQLite."""
    here, there = (f"sqlite:///{tmp_path / name}" for name in ("here.db", "there.db"))
    road = Road(carrier_url, here, there)
    yield road
    road.close()
