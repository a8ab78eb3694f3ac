"""The fixtures every suite may ask for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.chaos.town import Town
from tests.support.ports import free_port, free_port_base
from tests.support.postgres import PostgresCluster
from tests.support.rabbit import RabbitNode

__all__ = ["free_port", "free_port_base"]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """A PostgreSQL cluster of this run's own; skips when PostgreSQL is not installed."""
    if PostgresCluster.missing():
        pytest.skip("PostgreSQL is not installed")
    with server_folder("postgres") as folder:
        cluster = PostgresCluster(folder, durable=False)
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture(scope="session")
def rabbit_node() -> Iterator[RabbitNode]:
    """A RabbitMQ node of this run's own; skips when RabbitMQ is not installed."""
    if RabbitNode.missing():
        pytest.skip("RabbitMQ is not installed")
    with server_folder("rabbit") as folder:
        node = RabbitNode(folder)
        node.start()
        yield node
        node.stop()


@contextmanager
def server_folder(name: str) -> Iterator[Path]:
    """A folder outside pytest's own: another run closes that one to every user but its own, and
    PostgreSQL, which refuses to run as root, would lose its files while it runs."""
    with tempfile.TemporaryDirectory(
        prefix=f"kentongan-{name}-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    url = cluster.new_database()
    yield url
    cluster.drop_database(url)


@pytest.fixture
def postgres_url(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    url = postgres_cluster.new_database()
    yield url
    postgres_cluster.drop_database(url)


@pytest.fixture
def amqp_url(rabbit_node: RabbitNode) -> str:
    """The URL of an empty virtual host."""
    return rabbit_node.new_vhost()


@pytest.fixture(scope="session")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The embedded system with one investigator and no complaint."""
    made = Town(tmp_path_factory.mktemp("town"))
    try:
        made.start()
        yield made
    finally:
        made.stop()
