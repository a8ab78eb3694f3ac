"""Loops that outlive a fault: one step, a pause, again; a longer pause after each failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from shared.runtime.logs import log

_LONGEST_PAUSE = 30.0


class Loop:
    """Runs `step` until told to stop.

    `step()` returns the seconds to wait before the next one, or None for `pause`. A step that
    raises is logged by the fault's class alone (a message could carry content) and tried again
    after 0.5, 1, 2 … 30 s; after `give_up` failures in a row the loop ends, and with it the
    process (see `run_until_dead`). `close` runs in the loop's own thread when it was told to stop.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], float | None],
        *,
        pause: float,
        give_up: int = 1_000_000,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.stopping = threading.Event()
        self._step = step
        self._pause = pause
        self._give_up = give_up
        self._close = close

    def run(self) -> None:
        """Run in this thread until `stop`."""
        failures = 0
        while not self.stopping.is_set():
            try:
                wait = self._step()
                failures = 0
            except Exception as fault:
                failures += 1
                log().error(
                    "loop.fault", loop=self.name, fault=type(fault).__name__, failures=failures
                )
                if failures >= self._give_up:
                    raise
                wait = min(0.5 * 2 ** (failures - 1), _LONGEST_PAUSE)
            self.stopping.wait(self._pause if wait is None else wait)
        self._close()

    def stop(self) -> None:
        """Ask it to end after the step it is in."""
        self.stopping.set()


def run_until_dead(loops: Sequence[Loop], stopping: threading.Event) -> int:
    """Run every loop in its own thread; return 0 when asked to stop, 1 when one of them died.

    A process that has lost one of its threads looks alive and does half its work, so it ends
    whole and is started again.
    """
    threads = [threading.Thread(target=loop.run, name=loop.name, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    while not stopping.wait(0.2):
        dead = [thread.name for thread in threads if not thread.is_alive()]
        if dead:
            log().error("worker.thread_died", threads=dead)
            return 1
    for loop in loops:
        loop.stop()
    for thread in threads:
        thread.join(timeout=10)
    return 0
