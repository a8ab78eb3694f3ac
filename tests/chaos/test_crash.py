"""Kill anything, at any time: what citizens were shown is what stands in the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.supervise.settings import SERVICES
from tests.chaos import reckoning
from tests.chaos.citizens import Crowd
from tests.chaos.town import Servers, Town
from tests.chaos.weather import Weather

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(3600)]

Start = Callable[..., Town]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    towns: list[Town] = []

    def begin(servers: Servers | None) -> Town:
        towns.append(Town(tmp_path / "town", servers=servers))
        towns[-1].start()
        return towns[-1]

    yield begin
    for town in towns:
        town.stop()


def _weather_the_storm(town: Town, seed: int, seconds: float) -> Crowd:
    crowd = Crowd(town, threads=4, seed=seed, pause=0.15, forms=True)
    crowd.start()
    weather = Weather(town, seed)
    weather.blow(seconds, pause=1.5)
    crowd.finish(seconds=90)
    print(f"{len(crowd.outcomes)} filings, {len(weather.blows)} blows")
    return crowd


def _hold_the_books(town: Town, crowd: Crowd) -> None:
    quiet = reckoning.wait_until_quiet(town, SERVICES, seconds=120)

    assert crowd.refused == []
    assert all(outcome.told for outcome in crowd.outcomes), "someone was left without an answer"
    assert all(len(outcome.told) == 1 for outcome in crowd.outcomes)
    assert reckoning.faults(town, crowd.outcomes, SERVICES) == []
    assert quiet


def test_no_kill_loses_or_doubles_a_complaint_on_servers(
    start: Start, servers: Servers, seed: int, is_long: bool
) -> None:
    town = start(servers)

    crowd = _weather_the_storm(town, seed, seconds=600 if is_long else 35)

    _hold_the_books(town, crowd)
    town.stop()
    folders = [town.home, servers.postgres.folder, servers.rabbit.folder]
    assert reckoning.traces(town, crowd.outcomes, folders) == []


def test_no_kill_loses_or_doubles_a_complaint_embedded(
    start: Start, seed: int, is_long: bool
) -> None:
    town = start(None)

    crowd = _weather_the_storm(town, seed, seconds=600 if is_long else 25)

    _hold_the_books(town, crowd)
    town.stop()
    assert reckoning.traces(town, crowd.outcomes, [town.home]) == []
