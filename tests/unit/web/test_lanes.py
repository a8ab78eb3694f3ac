"""A lane: bounded places, a bounded queue in the order of coming, a pace."""

from __future__ import annotations

import threading
import time

import pytest

from shared.web.lanes import Bucket, Busy, Lane, Rank


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


def served_in(lane: Lane, ranks: list[Rank]) -> list[Rank]:
    """In which order those who come in this one are served, when the only place is taken."""
    served = list[Rank]()

    def come(rank: Rank) -> None:
        lane.enter(rank)
        served.append(rank)
        lane.leave()

    people = [threading.Thread(target=come, args=(rank,)) for rank in ranks]
    with lane.one():
        for n, one in enumerate(people):
            one.start()
            while lane.queued() <= n:
                time.sleep(0.001)
    for one in people:
        one.join()
    return served


def test_who_waited_as_told_goes_first_then_who_is_underway_then_who_comes_new() -> None:
    came = [Rank.NEW, Rank.UNDERWAY, Rank.AGAIN]

    assert served_in(Lane(1, waiting=3, wait_seconds=5), came) == sorted(came)


def test_no_crowd_of_those_ahead_shuts_the_door_for_who_comes_new() -> None:
    came = [Rank.NEW, Rank.NEW, *[Rank.UNDERWAY] * 6]

    served = served_in(Lane(1, waiting=8, wait_seconds=5), came)

    assert [n for n, rank in enumerate(served, 1) if rank is Rank.NEW] == [4, 8]


def test_a_crowd_that_comes_new_leaves_room_for_those_ahead() -> None:
    lane = Lane(1, waiting=2, wait_seconds=5)

    served = served_in(lane, [Rank.NEW, Rank.NEW, Rank.UNDERWAY, Rank.AGAIN])

    assert sorted(served) == [Rank.AGAIN, Rank.UNDERWAY, Rank.NEW, Rank.NEW]
    assert lane.turned_away() == 0


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
