"""A lane: bounded places, a bounded queue in the order of coming, a pace."""

from __future__ import annotations

import threading
import time

import pytest

from shared.web.lanes import Bucket, Busy, Lane


def test_a_full_lane_turns_everybody_away_and_forgets_no_place() -> None:
    lane = Lane(2, waiting=1, wait_seconds=0.01)

    with lane.one(), lane.one():
        for _ in range(5):
            with pytest.raises(Busy), lane.one():
                pass

    with lane.one(), lane.one():
        assert lane


def test_who_waits_in_a_lane_gets_a_place_in_the_order_of_coming() -> None:
    lane, served = Lane(1, waiting=5, wait_seconds=5), list[int]()

    def come(n: int) -> None:
        with lane.one():
            served.append(n)

    people = [threading.Thread(target=come, args=(n,)) for n in range(5)]
    with lane.one():
        for n, one in enumerate(people):
            one.start()
            while lane.queued() <= n:
                time.sleep(0.001)
    for one in people:
        one.join()

    assert served == [0, 1, 2, 3, 4]


def test_who_comes_again_goes_before_who_comes_new() -> None:
    lane, served = Lane(1, waiting=3, wait_seconds=5), list[str]()

    def come(name: str) -> None:
        lane.enter(first=name == "again")
        served.append(name)
        lane.leave()

    people = [threading.Thread(target=come, args=(name,)) for name in ("new", "new", "again")]
    with lane.one():
        for n, one in enumerate(people):
            one.start()
            while lane.queued() <= n:
                time.sleep(0.001)
    for one in people:
        one.join()

    assert served == ["again", "new", "new"]


def test_who_waited_in_vain_leaves_no_gap_in_the_queue() -> None:
    lane = Lane(1, waiting=1, wait_seconds=0.01)

    with lane.one():
        for _ in range(3):
            with pytest.raises(Busy):
                lane.enter()

    assert lane.queued() == 0
    with lane.one():
        assert lane.turned_away() == 3


def test_the_costly_part_waits_for_its_token_in_its_place_or_is_told_when() -> None:
    clock = [0.0]
    lane = Lane(1, wait_seconds=1, pace=Bucket(0.1, 1, clock=lambda: clock[0]))

    with lane.one():
        lane.spend()
        with pytest.raises(Busy) as told:
            lane.spend()
        clock[0] += 10
        lane.spend()

    assert 15 <= (told.value.wait_seconds or 0) <= 20
