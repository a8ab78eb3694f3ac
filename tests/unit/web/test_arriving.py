"""A slow upload holds its place only while nobody else wants it."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from shared.web.arriving import EVERY_SECONDS, PATIENCE_SECONDS, ArrivingLane, TooSlow
from shared.web.lanes import Busy


class Sender:
    """Somebody whose form arrives over a real connection and is read in a thread."""

    def __init__(self, lane: ArrivingLane) -> None:
        self._ours, self._theirs = socket.socketpair()
        self.lane, self.outcome = lane, ""
        self._is_in = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        assert self._is_in.wait(5)

    def _read(self) -> None:
        environ: dict[str, Any] = {
            "gunicorn.socket": self._ours,
            "wsgi.input": self._ours.makefile("rb", buffering=0),
        }
        try:
            with self.lane.arriving(environ):
                self._is_in.set()
                while environ["wsgi.input"].read(1000):
                    pass
                self.outcome = "whole"
        except (TooSlow, Busy) as refusal:
            self._is_in.set()
            self.outcome = refusal.code

    def send(self, size_bytes: int) -> None:
        """So many bytes, and they are read."""
        self._theirs.sendall(bytes(size_bytes))

    def finish(self) -> str:
        """The rest is sent; what became of it."""
        self._theirs.close()
        return self.over()

    def over(self) -> str:
        """What became of it, once its reader has ended."""
        self._thread.join(5)
        assert not self._thread.is_alive()
        return self.outcome


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def lane(clock: list[float]) -> ArrivingLane:
    return ArrivingLane(2, wait_seconds=1, clock=lambda: clock[0])


def test_the_slowest_gives_way_to_somebody_who_waits_and_the_quicker_stays(
    lane: ArrivingLane, clock: list[float]
) -> None:
    slow, quick = Sender(lane), Sender(lane)
    slow.send(10)
    quick.send(5000)
    while lane.arrived_bytes() < 5010:
        threading.Event().wait(0.01)
    clock[0] += PATIENCE_SECONDS + 1

    honest = Sender(lane)

    assert slow.over() == "upload_too_slow"
    assert (honest.finish(), quick.finish()) == ("whole", "whole")


def test_nobody_gives_way_while_there_is_a_place(lane: ArrivingLane, clock: list[float]) -> None:
    slow = Sender(lane)
    clock[0] += 100 * PATIENCE_SECONDS

    other = Sender(lane)

    assert (other.finish(), slow.finish()) == ("whole", "whole")


def test_within_its_patience_nobody_gives_way(lane: ArrivingLane, clock: list[float]) -> None:
    both = [Sender(lane), Sender(lane)]
    clock[0] += PATIENCE_SECONDS - 1

    assert Sender(lane).over() == "busy"
    assert [one.finish() for one in both] == ["whole", "whole"]


def test_asking_again_and_again_throws_out_one_in_five_seconds(
    lane: ArrivingLane, clock: list[float]
) -> None:
    both = [Sender(lane), Sender(lane)]
    clock[0] += PATIENCE_SECONDS + 1

    first, second = Sender(lane), Sender(lane)
    clock[0] += EVERY_SECONDS
    third = Sender(lane)

    assert second.over() == "busy"
    assert [one.finish() for one in (first, third)] == ["whole", "whole"]
    assert [one.over() for one in both] == ["upload_too_slow", "upload_too_slow"]
