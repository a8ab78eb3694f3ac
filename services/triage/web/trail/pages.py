"""/jejak: an auditor reads who did what, when and why, in every unit; never a story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.engine import Connection

from services.triage.actions.read_case import UnknownCase
from services.triage.actions.read_trail import read_trail
from services.triage.store.cases import Case, candidates_of, find_case
from services.triage.store.clocks import clocks_of
from services.triage.store.people import Person, people_called, titles_of
from services.triage.store.trail import Sought, Step, place_of, trail
from services.triage.store.wanted import FREE
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue.filters import UnknownFilter, address
from services.triage.web.queue.sheets import sheet
from services.triage.web.titles import pairs, title_of
from services.triage.web.trail.words import kinds, told
from services.triage.web.zones import zone_of
from shared.rulebook.regions import zone_info
from shared.service import House
from shared.web.audience import audience
from shared.web.words import local

PAGE = 50
BATCH = 1000
LONGEST = 60
_ID = re.compile("[0-9a-f-]{36}")
NAMES = ("nomor", "orang", "jenis", "dari", "sampai")


def trail_pages(house: House) -> Blueprint:
    """/jejak, also as .csv and .xlsx, with nomor=, orang=, jenis=, dari=, sampai=; /jejak/<number>.

    ?sesudah= names the fact a page follows. Every reading is recorded before it is answered.
    """
    pages = Blueprint("trail", __name__)

    @pages.get("/jejak")
    @audience("auditor")
    def show() -> ResponseReturnValue:
        who, asked = asker(), _asked()
        with house.transactions.begin() as tx:
            sought, one = _sought(house, tx.connection, who, asked)
            found = [] if sought is None else _page(tx.connection, who, sought)
            rows = _rows(house, tx.connection, found[:PAGE], zone_of(house, who.unit))
            read_trail(tx, who, _what("list", asked), case=one.id if one else None)
        last = found[PAGE - 1].id if len(found) > PAGE else None
        return render_template(
            "triage/jejak.html",
            rows=rows,
            said=asked,
            kinds=kinds(),
            files={name: address(asked, f"/jejak.{name.lower()}") for name in ("CSV", "XLSX")},
            onward=address({**asked, "sesudah": last}, "/jejak") if last else None,
        )

    @pages.get("/jejak.<any(csv,xlsx):extension>")
    @audience("auditor")
    def file(extension: str) -> ResponseReturnValue:
        who, asked = asker(), _asked()
        with house.transactions.begin() as tx:
            sought, one = _sought(house, tx.connection, who, asked)
            read_trail(tx, who, _what("file", asked), case=one.id if one else None)
        return sheet(extension, "jejak", _heading(), _lines(house, who, sought))

    @pages.get("/jejak/<number>")
    @audience("auditor")
    def of_case(number: str) -> ResponseReturnValue:
        who, zone = asker(), zone_of(house, asker().unit)
        with house.transactions.begin() as tx:
            one = find_case(tx.connection, who, number)
            if one is None:
                raise UnknownCase
            found = trail(tx.connection, who, Sought(case=one.id), BATCH)
            view = _facts(house, tx.connection, one)
            rows = _rows(house, tx.connection, found, zone)
            read_trail(tx, who, "case", case=one.id)
        return render_template("triage/jejak-kasus.html", case=one, rows=rows, **view)

    return pages


def _asked() -> dict[str, str]:
    asked = {name: request.args.get(name, "").strip() for name in NAMES}
    for name, text in asked.items():
        if len(text) > LONGEST or not text.isprintable():
            raise UnknownFilter(name)
    return {name: text for name, text in asked.items() if text}


def _sought(
    house: House, connection: Connection, who: Person, asked: dict[str, str]
) -> tuple[Sought | None, Case | None]:
    """What is asked for, nothing when it names a case that does not exist for this person; and
    that case."""
    one = None
    if "nomor" in asked:
        one = find_case(connection, who, asked["nomor"].upper())
    if "jenis" in asked and asked["jenis"] not in kinds():
        raise UnknownFilter("jenis")
    zone = zone_of(house, who.unit)
    since, until = _midnight(asked, "dari", zone, 0), _midnight(asked, "sampai", zone, 1)
    sought = Sought(
        case=one.id if one else None,
        people=people_called(connection, asked["orang"]) if "orang" in asked else None,
        kind=asked.get("jenis"),
        at=(since, until) if since or until else FREE,
    )
    return (None if "nomor" in asked and one is None else sought), one


def _midnight(asked: dict[str, str], name: str, zone: str, days: int) -> datetime | None:
    """When the local day begins that is so many days after the one named."""
    if name not in asked:
        return None
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", asked[name]):
            raise UnknownFilter(name)
        day = date.fromisoformat(asked[name]) + timedelta(days=days)
        return datetime.combine(day, time(), zone_info(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnknownFilter(name) from None


def _what(how: str, asked: dict[str, str]) -> str:
    """`list jenis=case.read`: as asked, but for the number (see TrailRead)."""
    return " ".join([how, *(f"{name}={text}" for name, text in asked.items() if name != "nomor")])[
        :200
    ]


def _page(connection: Connection, who: Person, sought: Sought) -> list[Step]:
    id, after = request.args.get("sesudah"), None
    if id and (not _ID.fullmatch(id) or (after := place_of(connection, who, id)) is None):
        raise UnknownFilter("sesudah")
    return trail(connection, who, sought, PAGE + 1, after=after)


def _rows(
    house: House, connection: Connection, steps: list[Step], zone: str
) -> list[dict[str, Any]]:
    titles = titles_of(connection, {step.by for step in steps if step.by})
    rows = []
    for step in steps:
        title, detail = told(house, step)
        unit = house.rulebook.units.by_id.get(step.unit or "")
        rows.append(
            {
                "at": step.at,
                "when": words.short_time(step.at, zone),
                "who": titles.get(step.by, step.by) if step.by else str(words.SYSTEM),
                "title": title,
                "detail": detail,
                "number": step.number,
                "unit": unit.name if unit else step.unit or "",
                "step": step,
            }
        )
    return rows


def _facts(house: House, connection: Connection, one: Case) -> dict[str, Any]:
    """What the desk knows of a case without its story."""
    units = house.rulebook.units.by_id
    return {
        "title": title_of(house, one),
        "unit": units[one.unit].name if one.unit in units else one.unit,
        "pairs": pairs(house, one),
        "clocks": [
            (words.clock_name(house.rulebook, run.name), run)
            for run in clocks_of(connection, one.id)
        ],
        "candidates": [
            (units[seen.unit].name if seen.unit in units else seen.unit, seen)
            for seen in candidates_of(connection, one.id)
        ],
    }


def _heading() -> list[str]:
    return [
        gettext("Waktu"),
        gettext("Siapa"),
        gettext("Jenis"),
        gettext("Apa"),
        gettext("Keterangan"),
        gettext("Kasus"),
        gettext("Unit"),
    ]


def _lines(house: House, who: Person, sought: Sought | None) -> Iterator[list[str]]:
    """The whole of what is filtered, read a batch at a time."""
    zone, after = zone_of(house, who.unit), None
    while sought is not None:
        with house.database.read() as connection:
            found = trail(connection, who, sought, BATCH, after=after)
            rows = _rows(house, connection, found, zone)
        for row in rows:
            at = f"{local(row['at'], zone):%Y-%m-%d %H:%M:%S} {zone}"
            cells = [at, row["who"], row["step"].type, row["title"], row["detail"]]
            yield [*cells, row["number"] or "", row["unit"]]
        if len(found) < BATCH:
            return
        after = (found[-1].at, found[-1].position)
