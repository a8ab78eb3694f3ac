"""The tick over very many open clocks: how long it takes to find and to act on what is due."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.triage.actions.tick import tick
from services.triage.store.clocks import due_clocks
from tests.bench.many import SPREAD, many_cases
from tests.service.triage.desk import Desk

DUE = 30
LOOKS = 20


def clocks(folder: Path, count: int) -> dict[str, Any]:
    """Figures over `count` open clocks, of which none, then about 30, are due."""
    started = time.monotonic()
    with many_cases(folder, count) as desk:
        made_s = time.monotonic() - started
        empty = [_timed(desk)[0] for _ in range(LOOKS)]
        desk.clock.advance(timedelta(hours=1) + SPREAD / count * (DUE + 0.5))
        finding = sorted(_finding(desk) for _ in range(LOOKS))
        plan = _plan(desk)
        seconds, acted = _timed(desk)
        return {
            "open": _count(desk),
            "made_s": round(made_s, 1),
            "empty_tick_ms": round(sorted(empty)[LOOKS // 2] * 1000, 2),
            "finding_ms": round(finding[LOOKS // 2] * 1000, 2),
            "due": acted,
            "acting_ms": round(seconds * 1000, 1),
            "left": _timed(desk)[1],
            "plan": plan,
        }


def _timed(desk: Desk) -> tuple[float, int]:
    began = time.perf_counter()
    with desk.house.transactions.begin() as tx:
        acted = tick(tx, desk.house.rulebook)
    return time.perf_counter() - began, acted


def _finding(desk: Desk) -> float:
    began = time.perf_counter()
    with desk.house.database.read() as connection:
        due_clocks(connection, desk.clock.now(), 100)
    return time.perf_counter() - began


def _count(desk: Desk) -> int:
    return int(desk.rows("SELECT count(*) FROM clock WHERE stopped_at IS NULL")[0][0])


def _plan(desk: Desk) -> list[str]:
    """What PostgreSQL does to find them, with the rows it touches."""
    question = (
        "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) SELECT * FROM clock "
        "WHERE next_at <= :now ORDER BY next_at LIMIT 100"
    )
    with desk.house.database.read() as connection:
        return list(connection.execute(sa.text(question), {"now": desk.clock.now()}).scalars())
