"""The desk's pages over very many cases and facts on PostgreSQL, asked for by eight at once.

Each client is a process that builds whole pages against the database; there is no HTTP between, so
that what is measured is the page and its queries. Cases lie evenly over the demo's units, seven of
ten have ended; facts are copies of those of one case.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.rulebook import load
from tests.bench.load import Outcome
from tests.bench.many import many_cases
from tests.service.triage.desk import UNIT, Desk

CLIENTS = 8
FACTS_A_CASE = 5
_ID = "'00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0')"
_STEP = "interval '34 seconds'"
_ENDED = "n % 10 < 7"
_BARE = 'SELECT * FROM "case" WHERE unit = :unit ORDER BY due_at, id LIMIT 26'


def desk_pages(folder: Path, count: int, seconds: float) -> dict[str, Any]:
    """A row a page, and the ratio of the queue to the bare indexed query."""
    units = ",".join(f"'{unit.id}'" for unit in load().units)
    ended_at = "opened_at - n * interval '34 seconds' + interval '5 days'"
    case = {
        "unit": f"(ARRAY[{units}])[1 + n % {len(load().units.by_id)}]",
        "state": f"CASE WHEN {_ENDED} THEN 'closed' ELSE state END",
        "opened_at": "opened_at - n * interval '34 seconds'",
    }
    clock = {
        "started_at": "started_at - n * interval '34 seconds'",
        "stopped_at": f"CASE WHEN {_ENDED} THEN {ended_at.replace('opened_at', 'started_at')} END",
    }
    began = time.monotonic()
    with many_cases(folder, count, _facts, case=case, clock=clock) as desk:
        made = time.monotonic() - began
        pages = _pages(desk)
        rows = {
            name: _measured(desk, _visits(who, path), seconds)
            for name, (who, path) in pages.items()
        }
        bare = _measured(desk, _bare, seconds)
        return {
            "cases": _count(desk, '"case"'),
            "facts": _count(desk, "fact"),
            "of_unit": desk.rows('SELECT count(*) FROM "case" WHERE unit = :u', u=UNIT)[0][0],
            "made_s": round(made),
            "rows": rows,
            "bare": bare,
            "queue_to_bare": round(rows["queue"]["per_second"] / bare["per_second"], 3),
        }


def _facts(connection: Connection, id: str, count: int) -> None:
    """FACTS_A_CASE facts a case, and for cases that have ended the move that ended them."""
    connection.execute(
        sa.text(
            "INSERT INTO fact (id, type, version, at, source, subject, cause, by, payload, body, "
            "entry, private, sent) "
            "SELECT CAST(md5(id || ':' || n || ':' || k) AS uuid), type, version, "
            f"at - n * {_STEP}, source, {_ID}, NULL, by, payload, '', '', private, true "
            "FROM (SELECT fact.*, row_number() OVER (ORDER BY position) AS k FROM fact "
            "WHERE subject = :id ORDER BY position LIMIT :each) AS fact, "
            "generate_series(1, :count) AS n"
        ),
        {"id": id, "each": FACTS_A_CASE, "count": count},
    )
    connection.execute(
        sa.text(
            'INSERT INTO move ("case", seq, from_state, to_state, at, by, outcome, actions, '
            f"reason) SELECT {_ID}, 0, 'reporter_response', 'closed', opened_at - n * {_STEP} "
            "+ interval '5 days', NULL, '', '[]', '' "
            f'FROM "case", generate_series(1, :count) AS n WHERE id = :id AND {_ENDED}'
        ),
        {"id": id, "count": count},
    )


def _pages(desk: Desk) -> dict[str, tuple[str, str]]:
    number = desk.rows(
        "SELECT number FROM \"case\" WHERE unit = :u AND state <> 'closed' LIMIT 1", u=UNIT
    )[0][0]
    return {
        "queue": ("rani", "/"),
        "search": ("rani", "/?cari=palembang"),
        "case": ("rani", f"/kasus/{number}"),
        "board": ("bagus", "/papan"),
        "trail": ("kirana", "/jejak"),
        "trail of a person": ("kirana", "/jejak?orang=rani"),
    }


def _visits(who: str, path: str) -> Callable[[Desk], Callable[[], bool]]:
    def opened(desk: Desk) -> Callable[[], bool]:
        browser = desk.client(who)
        return lambda: browser.get(path).status_code == 200

    return opened


def _bare(desk: Desk) -> Callable[[], bool]:
    query = sa.text(_BARE)

    def ask() -> bool:
        with desk.house.database.read() as connection:
            return bool(connection.execute(query, {"unit": UNIT}).all())

    return ask


def _measured(
    desk: Desk, opened: Callable[[Desk], Callable[[], bool]], seconds: float
) -> dict[str, Any]:
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
