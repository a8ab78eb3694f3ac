"""Lanes: bounded places for one kind of work, a bounded queue before them, a pace within."""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from shared.runtime.errors import Unavailable


class Busy(Unavailable):
    """Sedang ramai. Tidak ada yang hilang; tunggu sebentar, lalu coba lagi."""

    code = "busy"

    def __init__(self, field: str | None = None, *, seconds: int) -> None:
        super().__init__(field)
        self.wait_seconds = seconds


class Bucket:
    """Tokens that come back at `per_second`, up to `most`; how full it is says how quiet it is."""

    def __init__(
        self, per_second: float, most: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._most, self._clock = per_second, most, clock
        self._tokens, self._at = most, clock()
        self._lock = threading.Lock()

    def take(self) -> float:
        """0 when there was a token to take, else the seconds until the next one comes back."""
        with self._lock:
            if self._refilled() < 1:
                return (1 - self._tokens) / self._per_second
            self._tokens -= 1
            return 0.0

    def left(self) -> float:
        """How many tokens there are."""
        with self._lock:
            return self._refilled()

    def _refilled(self) -> float:
        now = self._clock()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        return self._tokens


class Rank(IntEnum):
    """Who goes before whom in a lane: who was sent away and waited as told, who is in the middle of
    something, who comes new."""

    AGAIN = 0
    UNDERWAY = 1
    NEW = 2


# One freed place in so many goes to who comes new: no crowd of those ahead shuts the door.
_OPEN_DOOR = 4


class Lane:
    """Places for one kind of work; whoever comes when all are taken waits, by rank, and within a
    rank in the order of coming.

    At most `waiting` come new and as many ahead of them wait (each holds a thread), none longer
    than `wait_seconds`: whoever does not fit is answered at once. So a lane never holds the threads
    another one needs. In the order of coming, because then a flood of bots that wait for their
    answers costs a person one round of their requests; a lottery would let those who never rest
    win it.
    """

    def __init__(
        self,
        places: int,
        *,
        waiting: int = 1,
        wait_seconds: float = 1.5,
        pace: Bucket | None = None,
        full: type[Busy] = Busy,
    ) -> None:
        self._free, self._waiting, self._wait_seconds = places, waiting, wait_seconds
        self._pace, self._full = pace, full
        self._lock = threading.Lock()
        self._queues = {rank: deque[threading.Lock]() for rank in Rank}
        self._handed_over = self._turned_away = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place for the block; raises Busy, with when to come again."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self, rank: Rank = Rank.NEW) -> None:
        """Take a place, to be given back by `leave`; raises Busy, with when to come again."""
        turn, queue = threading.Lock(), self._queues[rank]
        with self._lock:
            if self._free:
                self._free -= 1
                return
            beside = len(queue) if rank is Rank.NEW else self._ahead()
            if beside >= self._waiting:
                raise self._later()
            turn.acquire()
            queue.append(turn)
        if turn.acquire(timeout=self._wait_seconds):
            return
        with self._lock:
            if turn in queue:  # else it was handed over in the last instant
                queue.remove(turn)
                raise self._later()

    def leave(self) -> None:
        """Hand the place on, by rank, to whoever has waited longest."""
        with self._lock:
            self._handed_over += 1
            ranks = sorted(Rank, reverse=self._handed_over % _OPEN_DOOR == 0)
            queue = next((self._queues[rank] for rank in ranks if self._queues[rank]), None)
            if queue:
                queue.popleft().release()
            else:
                self._free += 1

    def spend(self) -> None:
        """Wait, in one's place, until the pace allows the costly part; raises Busy."""
        until = time.monotonic() + self._wait_seconds
        while wait := self._pace.take() if self._pace else 0.0:
            if time.monotonic() + wait > until:
                with self._lock:
                    raise self._later(wait)
            time.sleep(wait)

    def is_full(self) -> bool:
        """Whether whoever comes now has to wait."""
        return not self._free

    def queued(self) -> int:
        """How many wait for a place."""
        return sum(map(len, self._queues.values()))

    def turned_away(self) -> int:
        """How many did not fit so far."""
        return self._turned_away

    def _ahead(self) -> int:
        return len(self._queues[Rank.AGAIN]) + len(self._queues[Rank.UNDERWAY])

    def _later(self, wait: float = 0.0) -> Busy:
        """Spread over a few seconds, so that those sent away do not come back together."""
        self._turned_away += 1
        return self._full(seconds=math.ceil(wait) + 5 + secrets.randbelow(6))
