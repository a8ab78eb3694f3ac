"""How much one asker may take: bytes of a body, places at the costly work."""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

from shared.runtime.errors import Unavailable

View = TypeVar("View", bound=Callable[..., Any])

KIB, MIB = 1024, 1024 * 1024
_FIELD_LIMIT_BYTES = MIB
_FIELD_LIMIT_COUNT = 200
_HEARD_OUT_BYTES = 16 * MIB
_MARK, _HEARD_MARK = "kentongan_body_bytes", "kentongan_heard_out_bytes"


class Busy(Unavailable):
    """Sedang ramai. Tidak ada yang hilang; tunggu sebentar, lalu kirim lagi."""

    code = "busy"

    def __init__(self, field: str | None = None, *, seconds: int) -> None:
        super().__init__(field)
        self.wait_seconds = seconds


def body_limit(size_bytes: int, *, heard_out_bytes: int = 0) -> Callable[[View], View]:
    """Let one view take bodies of up to `size_bytes` instead of its service's limit.

    Of a longer one `heard_out_bytes` are read and dropped, so that its sender meets the sentence.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, size_bytes)
        setattr(view, _HEARD_MARK, max(heard_out_bytes, _HEARD_OUT_BYTES))
        return view

    return mark


def limit_bodies_of(app: Flask, size_bytes: int) -> None:
    """Refuse a longer body with 413 before a byte of it is kept.

    A body that does not say its length is refused with 411: Werkzeug 3.1 cuts such a body at the
    limit without a word (LimitedStream.readall), and half a file would be kept as a whole one.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=size_bytes,
        MAX_FORM_MEMORY_SIZE=_FIELD_LIMIT_BYTES,
        MAX_FORM_PARTS=_FIELD_LIMIT_COUNT,
    )

    @app.before_request
    def measure() -> None:
        view = app.view_functions.get(request.endpoint or "")
        limit: int = getattr(view, _MARK, size_bytes)
        request.max_content_length = limit
        if request.content_length is None and "Transfer-Encoding" in request.headers:
            raise LengthRequired
        if request.content_length is not None and request.content_length > limit:
            heard: int = getattr(view, _HEARD_MARK, _HEARD_OUT_BYTES)
            _hear_out(min(request.content_length, heard))
            raise RequestEntityTooLarge


def _hear_out(size_bytes: int) -> None:
    """Read and drop what is still coming.

    A server that answers and closes while bytes wait unread makes the kernel reset the line: the
    sender would meet a cut connection instead of the sentence.
    """
    left = size_bytes
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 64 * KIB))):
        left -= len(piece)


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


class Slots:
    """One lane of work that eats memory (Argon2: 19 to 64 MiB each): its places, queue and pace.

    A thread that waits serves nobody, so at most `waiting` of them may, and not for long: whoever
    does not fit is answered at once. So a lane never holds the threads another one needs.
    """

    def __init__(
        self,
        count: int,
        *,
        waiting: int = 1,
        wait_seconds: float = 2.0,
        pace: Bucket | None = None,
        full: type[Busy] = Busy,
    ) -> None:
        self._door = threading.BoundedSemaphore(count + waiting)
        self._free = threading.BoundedSemaphore(count)
        self._wait_seconds, self._pace, self._full = wait_seconds, pace, full
        self._turned_away, self._counting = 0, threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place for the block; raises Busy, with when to come again."""
        if not self._door.acquire(blocking=False):
            raise self._later()
        try:
            if wait := self._pace.take() if self._pace else 0.0:
                raise self._later(wait)
            if not self._free.acquire(timeout=self._wait_seconds):
                raise self._later()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._door.release()

    def turned_away(self) -> int:
        """How many did not fit so far."""
        return self._turned_away

    def _later(self, wait: float = 0.0) -> Busy:
        """Spread over a few seconds, so that those sent away do not come back together."""
        with self._counting:
            self._turned_away += 1
        return self._full(seconds=math.ceil(wait) + 5 + secrets.randbelow(6))
