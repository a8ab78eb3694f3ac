"""The chaos suite's own servers, and how long its storms last."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from tests.chaos.town import Servers
from tests.support.fixtures import server_folder
from tests.support.postgres import PostgresCluster
from tests.support.rabbit import RabbitNode


@pytest.fixture(scope="session")
def is_long() -> bool:
    """`make chaos` sets KENTONGAN_CHAOS=long."""
    return os.environ.get("KENTONGAN_CHAOS") == "long"


@pytest.fixture(scope="session")
def seed() -> int:
    """SEED, or a new one; printed, so that a storm can be had again."""
    seed = int(os.environ.get("SEED") or random.randrange(1_000_000))
    print(f"\nchaos: SEED={seed}")
    return seed


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """A PostgreSQL cluster and a RabbitMQ node that this suite may kill."""
    if PostgresCluster.missing() or RabbitNode.missing():
        pytest.skip("PostgreSQL or RabbitMQ is not installed")
    with server_folder("chaos-postgres") as rows, server_folder("chaos-rabbit") as road:
        made = Servers(PostgresCluster(rows), RabbitNode(road))
        made.postgres.start()
        made.rabbit.start()
        yield made
        made.rabbit.kill()  # whatever it still holds is thrown away
        made.rabbit.stop()
        made.postgres.stop()
