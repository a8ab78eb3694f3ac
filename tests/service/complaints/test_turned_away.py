"""The operator's numbers: how many were turned away, and nothing else of them."""

from __future__ import annotations

import dataclasses

import pytest

from services.complaints.chores import GAUGES
from services.complaints.service import SERVICE, pages_of
from services.complaints.web.api.proving import Proving
from services.complaints.web.intake import Intake
from services.complaints.web.turned_away import EVERY_SECONDS, TurnedAway
from shared.service import create_app
from shared.web.lanes import Busy, Lane
from tests.service.complaints.world import World


def numbers(world: World) -> dict[str, float]:
    return {name: read(world.house) for name, read in GAUGES.items()}


def test_what_several_processes_turned_away_is_one_sum(world: World) -> None:
    counted, time = {"refused_proofs": 3, "busy_sendings": 1, "busy_openings": 0}, [0.0]
    counts = {name: lambda name=name: counted[name] for name in counted}
    processes = [TurnedAway(world.house.database, counts, clock=lambda: time[0]) for _ in "ab"]

    time[0] += EVERY_SECONDS
    for one in processes:
        one.carry()
    counted["busy_openings"] = 2
    time[0] += EVERY_SECONDS
    processes[0].carry()
    processes[0].carry()

    told = {name: number for name, number in numbers(world).items() if number}
    assert told == {"refused_proofs": 6, "busy_sendings": 2, "busy_openings": 2}


def test_between_two_carries_the_database_is_left_alone(world: World) -> None:
    time = [0.0]
    one = TurnedAway(world.house.database, {"refused_proofs": lambda: 5}, clock=lambda: time[0])

    time[0] += EVERY_SECONDS / 2
    one.carry()

    assert numbers(world)["refused_proofs"] == 0
    assert world.count("tally") == 0


def test_a_refused_proof_and_a_full_lane_are_counted(world: World) -> None:
    proving, intake = Proving(world.house), Intake.of(world.house)
    own = dataclasses.replace(SERVICE, pages=lambda _: pages_of(intake, proving))
    app = create_app(own, world.house)
    lane = Lane(1, waiting=0)

    app.test_client().post("/api/v1/complaints", data=b"{}")
    with lane.one(), pytest.raises(Busy), lane.one():
        pass

    assert proving.refused() == 1
    assert lane.turned_away() == 1
