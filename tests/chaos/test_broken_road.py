"""Take one safety out of the road, and the suite that holds the books must go red."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos import reckoning
from tests.chaos.citizens import Crowd, Outcome
from tests.chaos.mutants import MUTANTS
from tests.chaos.town import Servers, Town

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

RUNNING = ("complaints-web", "complaints-worker", "triage-worker", "notify-worker", "ledger-worker")
SERVICES = ("complaints", "triage", "notify", "ledger")
Break = Callable[[str], Town]


@pytest.fixture
def town_with(tmp_path: Path, servers: Servers) -> Iterator[Break]:
    towns: list[Town] = []

    def begin(mutant: str) -> Town:
        towns.append(Town(tmp_path / "town", servers=servers, break_with=mutant, only=RUNNING))
        towns[-1].start()
        return towns[-1]

    yield begin
    for town in towns:
        town.stop()


def _kill_the_broker(town: Town, servers: Servers) -> None:
    servers.rabbit.kill()
    servers.rabbit.start()


def _kill(name: str) -> Callable[[Town, Servers], None]:
    def strike(town: Town, servers: Servers) -> None:
        town.kill(name)
        town.revive(name)

    return strike


BLOWS = {
    "no_confirms": (_kill_the_broker, 3),
    "acknowledge_first": (_kill("triage-worker"), 5),
    "no_inbox": (lambda town, servers: None, 2),
    "receipt_first": (_kill("complaints-web"), 4),
}


def test_every_mutant_has_its_blow() -> None:
    assert set(BLOWS) == set(MUTANTS)


@pytest.mark.parametrize("mutant", sorted(MUTANTS))
def test_the_suite_sees_what_is_broken(
    mutant: str, town_with: Break, servers: Servers, seed: int
) -> None:
    town, told = town_with(mutant), []

    # A mistake may go well for once; three storms in a row it does not.
    for storm in range(3):
        told += _storm(town, servers, mutant, seed + storm)
        found = reckoning.faults(town, told, SERVICES)
        if found:
            break

    assert len(told) > 20, "too few to judge"
    assert found != []


def _storm(town: Town, servers: Servers, mutant: str, seed: int) -> list[Outcome]:
    crowd = Crowd(town, threads=4, seed=seed, pause=0.02, forms=False)
    strike, times = BLOWS[mutant]
    crowd.start()
    for _ in range(times):
        time.sleep(2.0)
        strike(town, servers)
        town.revive_dead()
    crowd.finish(seconds=20)
    reckoning.wait_until_quiet(town, SERVICES, seconds=8)
    return crowd.outcomes
