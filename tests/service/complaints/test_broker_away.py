"""The broker is not needed to take a complaint in; only readiness says that it is away."""

from __future__ import annotations

from pathlib import Path

from tests.service.complaints.citizen import Citizen
from tests.service.complaints.conftest import AT
from tests.service.complaints.world import World, random_receipt
from tests.support.ports import free_port


def test_complaints_come_in_while_the_broker_is_away(database_url: str, tmp_path: Path) -> None:
    nobody = f"amqp://guest:guest@127.0.0.1:{free_port()}/"
    world = World(database_url, tmp_path, AT, carrier_url=nobody)

    sealed = world.send(world.filing(random_receipt()[1]))
    digits = Citizen(world.browser).file()
    ready = world.browser.get("/health/ready")

    assert sealed.status_code == 201
    assert len(digits.replace(" ", "")) == 24
    assert world.count("complaint") == 2
    assert (ready.status_code, ready.get_json()["away"]) == (503, ["broker"])
    assert world.browser.get("/health/live").status_code == 200
    world.close()
