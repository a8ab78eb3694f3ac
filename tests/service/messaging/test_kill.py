"""kill -9 of either end and of the broker, at random: nothing is lost, each is acted on once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.messaging import parking
from tests.service.messaging.road import Road
from tests.support.rabbit import RabbitNode

ROOT = Path(__file__).parents[3]
SECONDS = 6.0


class Child:
    """One end of the road, started again after each kill."""

    def __init__(self, *words: str) -> None:
        self._words = [sys.executable, "-m", "tests.service.messaging.child", *words]
        self.start()

    def start(self) -> None:
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(self._words, cwd=ROOT, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def child() -> Iterator[Callable[..., Child]]:
    """Starts children; none outlives the test."""
    children: list[Child] = []

    def start(*words: str) -> Child:
        children.append(Child(*words))
        return children[-1]

    yield start
    for one in children:
        one.kill()


@pytest.fixture
def databases(carrier_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """SQLite without a broker, PostgreSQL with one."""
    if carrier_url.startswith("sqlite"):
        return [f"sqlite:///{tmp_path / name}.db" for name in ("here", "there")]
    cluster = request.getfixturevalue("postgres_cluster")
    return [cluster.new_database(), cluster.new_database()]


@pytest.fixture
def killed_road(
    carrier_url: str, databases: list[str], child: Callable[..., Child]
) -> Iterator[tuple[Road, Child, Child]]:
    road = Road(carrier_url, *databases)
    here, there = databases
    yield road, child("relay", carrier_url, here), child("consume", carrier_url, there)
    road.close()


def tell_while(
    road: Road, seconds: float, disturb: Callable[[], None] | None = None, first: int = 0
) -> list[str]:
    """Tell facts without a pause for so long, calling `disturb` at random; their subjects."""
    told: list[str] = []
    end = time.monotonic() + seconds
    next_at = time.monotonic() + 1.5
    while time.monotonic() < end:
        batch = [f"{first + len(told) + n:05}" for n in range(random.randint(1, 5))]
        road.tell(*batch)
        told += batch
        time.sleep(0.01)
        if disturb and time.monotonic() >= next_at:
            disturb()
            next_at = time.monotonic() + random.uniform(0.7, 1.6)
    return told


def assert_each_acted_on_once(road: Road, told: list[str]) -> None:
    deadline = time.monotonic() + 90
    while (road.unsent() or len(road.effects()) < len(told)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert road.unsent() == []
    assert road.effects() == told
    assert parking.list_parked(road.url, "triage") == []


def test_killing_either_end_loses_nothing(killed_road: tuple[Road, Child, Child]) -> None:
    road, *ends = killed_road

    def disturb() -> None:
        end = random.choice(ends)
        end.kill()
        end.start()

    told = tell_while(road, SECONDS, disturb)

    assert_each_acted_on_once(road, told)


def test_stopping_an_end_for_longer_than_its_lease_loses_nothing(
    killed_road: tuple[Road, Child, Child], child: Callable[..., Child], databases: list[str]
) -> None:
    road, _, consumer = killed_road
    child("consume", road.url, databases[1])

    def disturb() -> None:
        os.kill(consumer.process.pid, signal.SIGSTOP)
        time.sleep(1.5)
        os.kill(consumer.process.pid, signal.SIGCONT)

    told = tell_while(road, SECONDS, disturb)

    assert_each_acted_on_once(road, told)


def test_killing_the_broker_loses_nothing(
    rabbit_node: RabbitNode, swept_vhost: str, tmp_path: Path, child: Callable[..., Child]
) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("here", "there")]
    road = Road(swept_vhost, *urls)
    child("relay", swept_vhost, urls[0])
    child("consume", swept_vhost, urls[1])
    told: list[str] = []
    for _ in range(2):
        told += tell_while(road, 2, first=len(told))
        rabbit_node.kill()
        told += tell_while(road, 1, first=len(told))
        rabbit_node.start()

    assert_each_acted_on_once(road, told)
    road.close()
