"""How long a delivery waits for its next try."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.messaging.inbox import NotYet
from shared.messaging.waiting import DELAYS, Waiting


@dataclass(eq=False)
class Delivery:
    properties: dict[str, str] = field(default_factory=lambda: {"message_id": "id-1"})


def times(waiting: Waiting, message: Delivery, fault: Exception) -> list[float]:
    """The seconds waited before each further try, until there are none."""
    waited = []
    now = 0.0
    while waiting.again(message, fault, now):
        step = next(s for s in (0.5, 1, 2, 4, 8) if waiting.due(now + s))
        waited.append(step)
        now += step
    return waited


def test_a_fault_is_tried_after_growing_pauses() -> None:
    assert tuple(times(Waiting(DELAYS), Delivery(), RuntimeError())) == DELAYS


def test_what_is_not_yet_possible_is_waited_for_four_minutes() -> None:
    waited = times(Waiting(DELAYS), Delivery(), NotYet())

    assert waited[:5] == list(DELAYS)
    assert 230 < sum(waited) < 260


def test_tries_are_remembered_when_the_carrier_takes_the_delivery_back() -> None:
    waiting = Waiting((1.0, 2.0))
    waiting.again(Delivery(), RuntimeError(), now=0.0)

    waiting.let_go()
    again = Delivery()

    assert waiting.knows(again)
    waiting.hold(again)
    assert waiting.due(0.9) == []
    assert waiting.due(1.0) == [again]
    assert waiting.tries(again) == 1


def test_a_second_copy_is_due_once_the_first_is_done() -> None:
    waiting = Waiting((100.0,))
    first, second = Delivery(), Delivery()
    waiting.again(first, RuntimeError(), now=0.0)
    waiting.hold(second)

    waiting.done(first)

    assert waiting.due(1.0) == [first, second]


def test_waiting_for_the_database_does_not_count_as_a_try() -> None:
    waiting = Waiting(DELAYS)
    message = Delivery()

    waiting.hold(message, until=5.0)

    assert waiting.due(4.9) == []
    assert waiting.due(5.0) == [message]
    assert waiting.tries(message) == 0
