"""Bodies that are arriving, so that the slowest gives way when somebody waits for its place."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from shared.web.lanes import Busy, Lane

# A photo of 1 MB at a phone's 400 kbps takes 20 s.
PATIENCE_SECONDS, EVERY_SECONDS = 25.0, 5.0
_AGAIN_SECONDS = 10


class TooSlow(Busy):
    """Kiriman ini terlalu lambat dan orang lain menunggu. Coba lagi, atau kirim berkas yang lebih
    kecil.
    """

    code = "upload_too_slow"


class Body:
    """`wsgi.input` of one request, read through and counted; after `cut` reading raises TooSlow."""

    def __init__(self, environ: dict[str, Any], began: float) -> None:
        self._input, self._socket = environ["wsgi.input"], environ.get("gunicorn.socket")
        self.began, self.size_bytes, self._is_cut = began, 0, False

    def read(self, size: int = -1) -> bytes:
        """As a file does."""
        if self._is_cut:
            raise TooSlow(seconds=_AGAIN_SECONDS)
        piece: bytes = self._input.read(size)
        self.size_bytes += len(piece)
        if self._is_cut:
            raise TooSlow(seconds=_AGAIN_SECONDS)
        return piece

    def cut(self) -> None:
        """Nothing more of it is read: a reader that waits on the socket wakes at once."""
        self._is_cut = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)


class ArrivingLane(Lane):
    """A lane whose places are held while a body arrives, at its sender's speed.

    Who finds every place taken asks the slowest of those that have had PATIENCE_SECONDS to give
    way; one in EVERY_SECONDS, so that asking often throws nobody out who is not the slowest.
    While nobody waits, a slow sender takes as long as it takes.
    """

    def __init__(
        self,
        places: int,
        *,
        wait_seconds: float = 2.0,
        full: type[Busy] = Busy,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(places, wait_seconds=wait_seconds, full=full)
        self._clock, self._bodies, self._guard = clock, set[Body](), threading.Lock()
        self._cut_at = -EVERY_SECONDS

    @contextlib.contextmanager
    def arriving(self, environ: dict[str, Any]) -> Iterator[None]:
        """Hold a place while the block reads this request's body; raises Busy."""
        if self.is_full():
            self._give_way()
        with self.one():
            body = Body(environ, self._clock())
            environ["wsgi.input"] = body
            with self._guard:
                self._bodies.add(body)
            try:
                yield
            finally:
                with self._guard:
                    self._bodies.discard(body)

    def arrived_bytes(self) -> int:
        """How much of what is arriving has been read."""
        with self._guard:
            return sum(one.size_bytes for one in self._bodies)

    def _give_way(self) -> None:
        with self._guard:
            now = self._clock()
            late = [one for one in self._bodies if now - one.began > PATIENCE_SECONDS]
            if not late or now - self._cut_at < EVERY_SECONDS:
                return
            slowest = min(late, key=lambda one: one.size_bytes / (now - one.began))
            self._cut_at = now
            self._bodies.discard(slowest)
            slowest.cut()
