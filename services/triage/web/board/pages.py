"""/papan: what a supervisor looks at first; every figure leads to the cases it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.domain import periods
from services.triage.domain.states import STATES
from services.triage.store import board as store
from services.triage.store import queue
from services.triage.store.people import Person, titles_of
from services.triage.store.recounts import Recount, newest_recount
from services.triage.store.wanted import Wanted
from services.triage.web import words
from services.triage.web.board.acting import acts
from services.triage.web.board.figures import Figure
from services.triage.web.board.monthly import how_counted, month_asked, month_of
from services.triage.web.guard import asker
from services.triage.web.queue import filters
from services.triage.web.queue.pages import row_of
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience

ROWS = 15


@dataclass(frozen=True)
class Stage:
    """The open cases of one state, by age."""

    state: str
    cells: list[Figure]
    total: int


def board_pages(house: House) -> Blueprint:
    """The supervisor's board."""
    pages = Blueprint("board", __name__)

    @pages.get("/papan")
    @audience("supervisor")
    def board() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        zone = zone_of(house, who.unit)
        months = periods.last_months(now, zone)
        code = month_asked(months)
        with house.database.read() as connection:
            return render_template(
                "triage/papan.html",
                unit=house.rulebook.units.unit(who.unit),
                at=now,
                zone=zone,
                figures=_figures(house, connection, who, now, zone),
                late=_late(house, connection, who, now, zone),
                month=month_of(house, connection, who, code, now, zone),
                how_counted=how_counted(),
                report=filters.address({"bulan": code}, "/papan/laporan.pdf"),
                months=[(one, words.month_name(one)) for one in months],
                due=_due(house, connection, who, now, zone),
                stages=_stages(connection, who, now, zone),
                ages=filters.ages(),
                weeks=_weeks(connection, who, now, zone),
                recount=_recount(connection, now),
            )

    return pages


def _recount(connection: Connection, now: datetime) -> Recount | None:
    """What is to be said of a calendar that changed: while dates are counted again, and a week."""
    found = newest_recount(connection)
    is_first = found is None or found.number == 1
    is_past = found is not None and found.ended_at and found.ended_at < now - timedelta(days=7)
    return None if is_first or is_past else found


def _figures(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[Figure]:
    names = filters.deadlines()
    asked = {code: {"tenggat": code} for code in names}
    asked["waiting"] = {"status": "waiting_reporter"}
    names["waiting"] = words.states()["waiting_reporter"]
    found = queue.counts(connection, who, _read(house, asked, now, zone))
    return [Figure(names[code], found[code], filters.address(asked[code])) for code in asked]


def _late(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[dict[str, Any]]:
    """The cases that are late for longest."""
    return _pressing(house, connection, who, {"tenggat": periods.LATE}, now, zone)


def _due(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[dict[str, Any]]:
    """The cases that are due next: today, then in the three days after it."""
    rows = _pressing(house, connection, who, {"tenggat": periods.TODAY}, now, zone)
    if len(rows) < ROWS:
        rows += _pressing(house, connection, who, {"tenggat": periods.SOON}, now, zone)
    return rows[:ROWS]


def _pressing(
    house: House,
    connection: Connection,
    who: Person,
    asked: dict[str, str],
    now: datetime,
    zone: str,
) -> list[dict[str, Any]]:
    """Cases nearest to their deadline, with who holds them, when they last moved and by whom, and
    what this person can do about them."""
    wanted = filters.read(asked, house.rulebook, now, zone)
    found = queue.queue(connection, who, wanted, ROWS)
    moved = store.last_moves(connection, [one.id for one in found])
    names = {one.holder for one in found} | {by for _, by in moved.values()}
    titles = titles_of(connection, {name for name in names if name})
    possible = acts(connection, who, found, now)
    rows = []
    for one in found:
        at, by = moved.get(one.id, (None, None))
        rows.append(
            {
                **row_of(house, one, now),
                "holder": titles.get(one.holder or "", one.holder),
                "moved_at": at,
                "moved_by": titles.get(by or "", by),
                "acts": possible[one.id],
            }
        )
    return rows


def _stages(connection: Connection, who: Person, now: datetime, zone: str) -> list[dict[str, Any]]:
    """Open cases by state and age; the share of each cell in the largest row, for the bars."""
    spans = {code: periods.age_span(code, now, zone) for code in periods.AGES}
    found = store.by_stage(connection, who, spans)
    rows: list[Stage] = []
    for state in (one.code for one in STATES.values() if one.is_open):
        cells = [
            Figure(age, found.get((state, age), 0), filters.address({"status": state, "umur": age}))
            for age in periods.AGES
        ]
        if total := sum(cell.number for cell in cells):
            rows.append(Stage(state, cells, total))
    most = max((row.total for row in rows), default=1)
    return [{"state": r.state, "cells": r.cells, "bars": _bars(r.cells, most)} for r in rows]


def _bars(cells: list[Figure], most: int) -> list[tuple[float, float]]:
    """(x, width) of each cell in a bar 100 wide."""
    bars, x = [], 0.0
    for cell in cells:
        width = 100 * cell.number / most
        bars.append((round(x, 2), round(width, 2)))
        x += width
    return bars


def _weeks(connection: Connection, who: Person, now: datetime, zone: str) -> list[dict[str, Any]]:
    """Arrivals and endings of each of the last weeks; heights in a picture 40 high."""
    mondays = periods.last_mondays(now, zone)
    spans = {periods.week_code(monday): periods.week_of(monday, zone) for monday in mondays}
    found = {
        "masuk": store.arrivals(connection, who, spans),
        "selesai": store.endings(connection, who, spans),
    }
    most = max((number for counted in found.values() for number in counted.values()), default=1)
    rows = []
    for monday in mondays:
        code = periods.week_code(monday)
        came, went = (
            Figure("", counted.get(code, 0), filters.address({name: code}))
            for name, counted in found.items()
        )
        rows.append(
            {
                "days": words.short_span(monday, monday + timedelta(days=6)),
                "came": came,
                "went": went,
                "heights": [round(40 * one.number / most, 2) for one in (came, went)],
            }
        )
    return rows


def _read(
    house: House, asked: dict[str, dict[str, str]], now: datetime, zone: str
) -> dict[str, Wanted]:
    """The very conditions that the links lead to: a figure counts what they show."""
    return {name: filters.read(one, house.rulebook, now, zone) for name, one in asked.items()}
