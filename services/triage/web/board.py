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
from services.triage.store.people import Person
from services.triage.store.wanted import BROKEN, KEPT, Wanted
from services.triage.web import filters, words
from services.triage.web.guard import asker
from services.triage.web.queue import row_of
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience

LATE_ROWS = 15


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the address of the cases it counts."""

    name: str
    number: int
    to: str


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
        with house.database.read() as connection:
            return render_template(
                "triage/papan.html",
                unit=house.rulebook.units.unit(who.unit),
                at=now,
                zone=zone,
                figures=_figures(house, connection, who, now, zone),
                late=_late(house, connection, who, now, zone),
                promises=_promises(house, connection, who),
                stages=_stages(connection, who, now, zone),
                ages=filters.ages(),
                weeks=_weeks(house, connection, who, now, zone),
            )

    return pages


def _figures(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[Figure]:
    names = filters.deadlines()
    asked = {code: {"tenggat": code} for code in names}
    asked["waiting"] = {"status": "waiting_reporter"}
    names["waiting"] = words.states()["waiting_reporter"]
    found = store.counts(connection, who, _read(house, asked, now, zone))
    return [Figure(names[code], found[code], filters.address(asked[code])) for code in asked]


def _late(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[dict[str, Any]]:
    """The cases that are late for longest, with who holds them and when they last moved."""
    wanted = filters.read({"tenggat": periods.LATE}, house.rulebook, now, zone)
    found = queue.queue(connection, who, wanted, LATE_ROWS)
    moved = store.last_moves(connection, [one.id for one in found])
    return [{**row_of(house, one, now), "moved": moved.get(one.id)} for one in found]


def _promises(house: House, connection: Connection, who: Person) -> list[dict[str, Any]]:
    """Each clock the desk answers for that was ever started: kept, broken, share on time."""
    found = store.promises_kept(connection, who)
    rows = []
    for code, rule in house.rulebook.clocks.items():
        kept, broken = found.get(code, (0, 0))
        if rule.holder == "reporter" or not kept + broken:
            continue
        rows.append(
            {
                "name": words.clock_name(house.rulebook, code),
                "kept": Figure("", kept, filters.address({"janji": code, "hasil": KEPT})),
                "broken": Figure("", broken, filters.address({"janji": code, "hasil": BROKEN})),
                "share": round(100 * kept / (kept + broken)),
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


def _weeks(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> list[dict[str, Any]]:
    """Arrivals and endings of each of the last weeks; heights in a picture 40 high."""
    mondays = periods.last_mondays(now, zone)
    asked = {
        f"{name} {code}": {name: code}
        for code in map(periods.week_code, mondays)
        for name in ("masuk", "selesai")
    }
    found = store.counts(connection, who, _read(house, asked, now, zone))
    most = max(1, *found.values())
    rows = []
    for monday in mondays:
        code = periods.week_code(monday)
        came, went = (
            Figure("", found[f"{n} {code}"], filters.address({n: code}))
            for n in ("masuk", "selesai")
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
