"""What a reporter sees when the calendar of working days changes."""

from __future__ import annotations

from datetime import date

from services.complaints.web.mailbox.words import EVENTS
from shared.contracts.promises import ClockRecomputed
from tests.service.complaints.letters import filed
from tests.service.complaints.world import World


def test_a_promise_counted_again_shows_its_new_date(world: World) -> None:
    _, keys, case = filed(world)

    world.hear(ClockRecomputed("verify", date(2026, 11, 26), date(2026, 11, 27)), case)

    step = world.look(keys)["steps"][-1]
    assert step["promised"] == [{"clock": "verify", "due_on": "2026-11-27"}]
    assert (step["event"], step["late"]) == ("clock_recomputed", False)
    assert step["event"] in EVENTS
