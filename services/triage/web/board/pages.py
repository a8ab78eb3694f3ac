"""/papan: what a supervisor looks at first; every figure leads to the cases it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.domain import periods
from services.triage.domain.states import STATES
from services.triage.store import board as store
from services.triage.store import queue
from services.triage.store.cases import Case
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
WAITING = "waiting_reporter"


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
        weeks = {periods.week_code(day): day for day in periods.last_mondays(now, zone)}
        with house.database.read() as connection:
            known = _known(connection, who, weeks, now, zone)
            late, due = _pressing(house, connection, who, now, zone)
            return render_template(
                "triage/papan.html",
                unit=house.rulebook.units.unit(who.unit),
                at=now,
                zone=zone,
                figures=_figures(house, connection, who, known, now, zone),
                late=late,
                month=month_of(house, connection, who, code, now, zone),
                how_counted=how_counted(),
                report=filters.address({"bulan": code}, "/papan/laporan.pdf"),
                months=[(one, words.month_name(one)) for one in months],
                due=due,
                stages=_stages(known),
                ages=filters.ages(),
                weeks=_weeks(known, store.endings(connection, who, _spans(weeks, zone)), weeks),
                recount=_recount(connection, now),
            )

    return pages


def _recount(connection: Connection, now: datetime) -> Recount | None:
    """What is to be said of a calendar that changed: while dates are counted again, and a week."""
    found = newest_recount(connection)
    is_first = found is None or found.number == 1
    is_past = found is not None and found.ended_at and found.ended_at < now - timedelta(days=7)
    return None if is_first or is_past else found


def _known(
    connection: Connection, who: Person, weeks: dict[str, date], now: datetime, zone: str
) -> list[store.Group]:
    ages = {code: periods.age_span(code, now, zone) for code in periods.AGES}
    return store.groups(connection, who, ages, _spans(weeks, zone))


def _spans(weeks: dict[str, date], zone: str) -> dict[str, periods.Span]:
    return {code: periods.week_of(monday, zone) for code, monday in weeks.items()}


def _figures(
    house: House,
    connection: Connection,
    who: Person,
    known: list[store.Group],
    now: datetime,
    zone: str,
) -> list[Figure]:
    names = filters.deadlines()
    asked = {code: {"tenggat": code} for code in names}
    found = queue.counts(connection, who, _read(house, asked, now, zone))
    asked["waiting"] = {"status": WAITING}
    names["waiting"] = words.states()[WAITING]
    found["waiting"] = sum(one.cases for one in known if one.state == WAITING)
    return [Figure(names[code], found[code], filters.address(asked[code])) for code in asked]


def _pressing(
    house: House, connection: Connection, who: Person, now: datetime, zone: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cases late for longest, and those due next: today, then in the three days after it."""
    until = periods.deadline_span(periods.SOON, now, zone)[1]
    late, due = (
        queue.queue(connection, who, Wanted(due=span), ROWS) for span in ((None, now), (now, until))
    )
    moved = store.last_moves(connection, [one.id for one in (*late, *due)])
    names = {one.holder for one in (*late, *due)} | {by for _, by in moved.values()}
    titles = titles_of(connection, {name for name in names if name})
    possible = acts(connection, who, (*late, *due), now)

    def row(one: Case) -> dict[str, Any]:
        """With who holds it, when it last moved and by whom, and what this person can do about
        it."""
        at, by = moved.get(one.id, (None, None))
        return {
            **row_of(house, one, now),
            "holder": titles.get(one.holder or "", one.holder),
            "moved_at": at,
            "moved_by": titles.get(by or "", by),
            "acts": possible[one.id],
        }

    return [row(one) for one in late], [row(one) for one in due]


def _stages(known: list[store.Group]) -> list[dict[str, Any]]:
    """Open cases by state and age; the share of each cell in the largest row, for the bars."""
    rows: list[Stage] = []
    for state in (one.code for one in STATES.values() if one.is_open):
        here = [one for one in known if one.state == state]
        cells = [
            Figure(
                age,
                sum(one.cases for one in here if one.age == age),
                filters.address({"status": state, "umur": age}),
            )
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
    known: list[store.Group], ended: dict[str, int], weeks: dict[str, date]
) -> list[dict[str, Any]]:
    """Arrivals and endings of each of the last weeks; heights in a picture 40 high."""
    came = dict.fromkeys(weeks, 0)
    for one in known:
        if one.week:
            came[one.week] += one.cases
    found = {"masuk": came, "selesai": ended}
    most = max((number for counted in found.values() for number in counted.values()), default=1)
    rows = []
    for code, monday in weeks.items():
        figures = [
            Figure("", counted.get(code, 0), filters.address({name: code}))
            for name, counted in found.items()
        ]
        rows.append(
            {
                "days": words.short_span(monday, monday + timedelta(days=6)),
                "came": figures[0],
                "went": figures[1],
                "heights": [round(40 * one.number / (most or 1), 2) for one in figures],
            }
        )
    return rows


def _read(
    house: House, asked: dict[str, dict[str, str]], now: datetime, zone: str
) -> dict[str, Wanted]:
    """The very conditions that the links lead to: a figure counts what they show."""
    return {name: filters.read(one, house.rulebook, now, zone) for name, one in asked.items()}
