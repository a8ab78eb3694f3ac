"""A loop survives a fault; a process that lost a loop ends."""

from __future__ import annotations

import threading

from shared.runtime.loop import Loop, run_until_dead


def test_a_fault_in_one_step_does_not_end_the_loop() -> None:
    seen: list[int] = []

    def step() -> float:
        seen.append(len(seen))
        if len(seen) == 1:
            raise KeyError
        if len(seen) == 3:
            loop.stop()
        return 0.0

    loop = Loop("test", step, pause=0)
    loop.run()

    assert seen == [0, 1, 2]


def test_a_loop_that_is_told_to_stop_lets_go_of_what_it_holds() -> None:
    let_go: list[bool] = []
    loop = Loop("t", lambda: loop.stop(), pause=0, close=lambda: let_go.append(True))

    loop.run()

    assert let_go == [True]


def test_a_process_that_lost_a_loop_ends_with_a_failure() -> None:
    def step() -> float:
        raise KeyError

    threading.excepthook = lambda _: None
    try:
        assert run_until_dead([Loop("t", step, pause=0, give_up=1)], threading.Event()) == 1
    finally:
        threading.excepthook = threading.__excepthook__


def test_a_process_that_is_asked_to_stop_ends_well() -> None:
    stopping = threading.Event()
    loop = Loop("t", lambda: stopping.set(), pause=0.01)

    assert run_until_dead([loop], stopping) == 0
