"""The worker: relay, consumer and chores as threads; when one dies the process does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from shared.runtime.loop import Loop, run_until_dead
from shared.service.declaration import Chore, House, Service

if TYPE_CHECKING:
    from shared.contracts import Fact
    from shared.messaging.tx import Tx


def inbound_of(service: Service, house: House) -> Mapping[str, Callable[[Tx, Fact], None]]:
    """The service's table of fact → action, each action already holding its house."""
    return {kind: partial(_act, act, house) for kind, act in service.inbound.items()}


def _act(act: Callable[[Tx, Fact, House], None], house: House, tx: Tx, fact: Fact) -> None:
    act(tx, fact, house)


def chore_loops(service: Service, house: House) -> list[Loop]:
    """One loop a chore."""
    return [
        Loop(chore.name, _step(chore, house), pause=chore.every_seconds) for chore in service.chores
    ]


def _step(chore: Chore, house: House) -> Callable[[], None]:
    def step() -> None:
        chore.run(house)

    return step


def work(service: Service, house: House) -> int:
    """Run until SIGTERM or SIGINT (0) or until a thread dies (1)."""
    from shared.service.metrics import watch
    from shared.service.road import road_loops

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if service.prepare is not None:
        service.prepare(house)
    close = watch(service, house)
    code = run_until_dead(
        [*road_loops(house, inbound_of(service, house)), *chore_loops(service, house)], stopping
    )
    close()
    house.database.dispose()
    return code
