"""The queue: what the asker's unit has to do, nearest deadline first, a page at a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.store import queue as store
from services.triage.store.cases import Case
from services.triage.store.people import Person
from services.triage.store.reporting import waiting_withdrawals
from services.triage.store.wanted import Wanted
from services.triage.store.waves import in_waves
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue import filters
from services.triage.web.queue.export import heading, lines
from services.triage.web.queue.filters import UnknownFilter
from services.triage.web.queue.sheets import sheet
from services.triage.web.queue.views import SHORTCUTS, tabs
from services.triage.web.titles import title_of
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience

PAGE = 25


def queue_pages(house: House) -> Blueprint:
    """/ with the filters of filters.py, and the same as a file.

    ?lanjut= names the row a page follows, ?sebelum= the row it ends before: rows, not numbers of
    pages, so that a case that comes or goes meanwhile neither repeats nor hides another.
    """
    pages = Blueprint("queue", __name__)

    @pages.get("/")
    @audience("person")
    def show() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        wanted = filters.read(request.args, house.rulebook, now, zone_of(house, who.unit))
        with house.database.read() as connection:
            page, back, onward = _page(connection, who, wanted)
            asked = waiting_withdrawals(connection, who, PAGE) if who.role == "supervisor" else []
            waves = in_waves(connection, who, [one.id for one in page])
            said = filters.kept(request.args)
            views = tabs(house, connection, who, said)
            total = next((one["count"] for one in views if one["is_here"]), None)
            if total is None:
                total = store.count_queue(connection, who, wanted)
        return render_template(
            "triage/antrean.html",
            rows=[row_of(house, one, now) for one in page],
            total=total,
            waves=waves,
            said=said,
            tags=filters.tags(request.args, house.rulebook),
            deadlines=filters.deadlines(),
            holders=filters.holders(),
            views=views,
            has_shortcuts=SHORTCUTS not in session,
            back=_cursor("sebelum", page[0]) if back else None,
            onward=_cursor("lanjut", page[-1]) if onward else None,
            keep=filters.address(said, "/tampilan"),
            files={
                name: filters.address(said, f"/antrean.{name.lower()}") for name in ("CSV", "XLSX")
            },
            unit=house.rulebook.units.unit(who.unit),
            asked=[(one.number, title_of(house, one)) for one in asked],
        )

    @pages.get("/antrean.<any(csv,xlsx):extension>")
    @audience("person")
    def file(extension: str) -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        wanted = filters.read(request.args, house.rulebook, now, zone_of(house, who.unit))
        return sheet(extension, "antrean", heading(), lines(house, who, wanted))

    return pages


def row_of(house: House, one: Case, now: datetime) -> dict[str, Any]:
    """A case as a line of a table."""
    return {
        "case": one,
        "title": title_of(house, one),
        "place": house.rulebook.regions.region(one.disclosed["region"]).path,
        "state": words.states()[one.state],
        "remaining": words.remaining(one.due_at, now),
        "mark": words.urgency_mark(one.due_at, now),
    }


def _page(connection: Connection, who: Person, wanted: Wanted) -> tuple[list[Case], bool, bool]:
    """A page's rows, whether rows stand before them, and whether rows follow."""
    if before := _seen("sebelum"):
        found = store.queue_before(connection, who, wanted, PAGE + 1, before)
        if len(found) > PAGE:
            return found[1:], True, True
    after = None if before else _seen("lanjut")
    found = store.queue(connection, who, wanted, PAGE + 1, after=after)
    page = found[:PAGE]
    is_first = after is None or not page or _is_first(connection, who, wanted, page[0])
    return page, not is_first, len(found) > PAGE


def _is_first(connection: Connection, who: Person, wanted: Wanted, one: Case) -> bool:
    return not store.queue_before(connection, who, wanted, 1, (one.due_at, one.id))


def _seen(name: str) -> store.Seen | None:
    text = request.args.get(name)
    if not text:
        return None
    due, _, id = text.partition("_")
    try:
        at = datetime.fromisoformat(due).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnknownFilter(name) from None
    if not re.fullmatch("[0-9a-f-]{36}", id):
        raise UnknownFilter(name)
    return at, id


def _cursor(name: str, row: Case) -> str:
    due = row.due_at.isoformat().replace("+00:00", "Z")
    return filters.address({**filters.kept(request.args), name: f"{due}_{row.id}"})
