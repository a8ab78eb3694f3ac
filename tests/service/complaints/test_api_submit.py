"""Filing through the API: once, to the right unit, sealed."""

from __future__ import annotations

from tests.service.complaints.world import World, random_receipt


def test_a_sealed_complaint_comes_in_and_its_sender_is_told_by_when(world: World) -> None:
    _, keys = random_receipt()

    answer = world.send(world.filing(keys))

    assert answer.status_code == 201, answer.get_data(as_text=True)
    told = answer.get_json()
    assert told["promised"] == [
        {"step": "verify", "by": "2026-11-26"},
        {"step": "final", "by": "2027-01-22"},
    ]
    assert told["desk"] == world.house.rulebook.units.unit(world.unit).kind
    assert world.count("complaint") == world.count("fact") == 1
