"""The desk's pages over very many cases and facts on PostgreSQL, asked for by eight at once.

Each client is a process that builds whole pages against the database; there is no HTTP between, so
that what is measured is the page and its queries. What the cases are like: country.py.
"""

from __future__ import annotations

import itertools
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.bench.country import HEAD, fill
from tests.bench.load import Outcome
from tests.bench.many import many_cases
from tests.service.triage.desk import UNIT, Desk

CLIENTS = 8
Visits = Callable[[Desk], Callable[[], bool]]
_BARE = 'SELECT * FROM "case" WHERE unit = :unit ORDER BY due_at, id LIMIT 26'


def desk_pages(folder: Path, count: int, seconds: float) -> dict[str, Any]:
    """A row a page, and the ratio of the queue to the bare indexed query."""
    began = time.monotonic()
    with many_cases(folder, count, fill) as desk:
        return {"made_s": round(time.monotonic() - began), **pages_of(desk, seconds)}


def pages_of(desk: Desk, seconds: float) -> dict[str, Any]:
    """The figures of a desk that stands."""
    rows = {name: _measured(desk, visits, seconds) for name, visits in _pages(desk).items()}
    bare = _measured(desk, _bare, seconds)
    return {
        "cases": _count(desk, '"case"'),
        "facts": _count(desk, "fact"),
        "of_unit": desk.rows('SELECT count(*) FROM "case" WHERE unit = :u', u=UNIT)[0][0],
        "rows": rows,
        "bare": bare,
        "queue_to_bare": round(rows["queue"]["per_second"] / bare["per_second"], 3),
    }


def _pages(desk: Desk) -> dict[str, Visits]:
    """The pages; a case is another one each time, of those everybody here may see."""
    found = desk.rows(
        'SELECT number FROM "case" AS c WHERE unit = :u AND state = :s AND NOT EXISTS (SELECT 1 '
        'FROM case_candidate AS k WHERE k."case" = c.id AND k.excluded) ORDER BY id LIMIT 100',
        u=UNIT,
        s="investigating",
    )
    return {
        "queue": _visits("rani", "/"),
        "search, all of them": _visits("rani", "/?cari=palembang"),
        "search, one of 28": _visits("rani", "/?cari=paspor"),
        "case": _visits("rani", *(f"/kasus/{row.number}" for row in found)),
        "board": _visits("bagus", "/papan"),
        "board of the largest unit": _visits(HEAD, "/papan"),
        "trail": _visits("kirana", "/jejak"),
        "trail of a person": _visits("kirana", "/jejak?orang=rani"),
    }


def _visits(who: str, *paths: str) -> Visits:
    def opened(desk: Desk) -> Callable[[], bool]:
        browser, path = desk.client(who), itertools.cycle(paths)
        return lambda: browser.get(next(path)).status_code == 200

    return opened


def _bare(desk: Desk) -> Callable[[], bool]:
    query = sa.text(_BARE)

    def ask() -> bool:
        with desk.house.database.read() as connection:
            return bool(connection.execute(query, {"unit": UNIT}).all())

    return ask


def _measured(desk: Desk, opened: Visits, seconds: float) -> dict[str, Any]:
    """A closed loop of CLIENTS processes; each has its own connection and its own session."""
    context = multiprocessing.get_context("fork")
    desk.house.database.engine.dispose()
    answers: Any = context.Queue()
    ready = context.Barrier(CLIENTS)

    def client() -> None:
        ask = opened(desk)
        ask()  # what is made once a process is not measured
        ready.wait(120)
        waits, errors, end = [], 0, time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            errors += not ask()
            waits.append(time.perf_counter() - began)
        answers.put((waits, errors))

    processes = [context.Process(target=client) for _ in range(CLIENTS)]
    for one in processes:
        one.start()
    outcome = Outcome(CLIENTS, seconds=seconds)
    for _ in processes:
        waits, errors = answers.get(timeout=120 + 3 * seconds)
        outcome.waits += waits
        outcome.errors["answer"] += errors
    for one in processes:
        one.join()
    return outcome.as_json()


def _count(desk: Desk, table: str) -> int:
    return int(desk.rows(f"SELECT count(*) FROM {table}")[0][0])
