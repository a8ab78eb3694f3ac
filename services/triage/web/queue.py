"""The queue: what the asker's unit has to do, nearest deadline first."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.store import queue as store
from services.triage.store.cases import Case
from services.triage.store.reporting import waiting_withdrawals
from services.triage.store.waves import in_waves
from services.triage.web import filters, words
from services.triage.web.export import as_csv
from services.triage.web.filters import UnknownFilter
from services.triage.web.guard import asker
from services.triage.web.titles import title_of
from shared.rulebook.regions import NATIONAL
from shared.service import House
from shared.web.audience import audience

PAGE = 25
DESK_ZONE = "WIB"  # where the national units work


def queue_pages(house: House) -> Blueprint:
    """/ with the filters of filters.py and ?lanjut= (the last row seen), and the same as a file."""
    pages = Blueprint("queue", __name__)

    @pages.get("/")
    @audience("person")
    def show() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        wanted = filters.read(request.args, house.rulebook, now, zone_of(house, who.unit))
        after = _after(request.args.get("lanjut"))
        with house.database.read() as connection:
            found = store.queue(connection, who, wanted, PAGE + 1, after=after)
            total = store.count_queue(connection, who, wanted)
            asked = waiting_withdrawals(connection, who, PAGE) if who.role == "supervisor" else []
            waves = in_waves(connection, [one.id for one in found])
        page, more = found[:PAGE], found[PAGE:]
        said = filters.kept(request.args)
        return render_template(
            "triage/antrean.html",
            rows=[row_of(house, one, now) for one in page],
            total=total,
            waves=waves,
            said=said,
            tags=filters.tags(request.args, house.rulebook),
            deadlines=filters.deadlines(),
            onward=_cursor(page[-1]) if more else None,
            file=filters.address(said, "/antrean.csv"),
            unit=house.rulebook.units.unit(who.unit),
            asked=[(one.number, title_of(house, one)) for one in asked],
        )

    @pages.get("/antrean.csv")
    @audience("person")
    def file() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        wanted = filters.read(request.args, house.rulebook, now, zone_of(house, who.unit))
        answer = Response(as_csv(house, who, wanted), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="antrean.csv"'
        return answer

    return pages


def zone_of(house: House, unit: str) -> str:
    """The time zone whose days a unit's board and filters count by."""
    region = house.rulebook.units.unit(unit).region
    return DESK_ZONE if region == NATIONAL else house.rulebook.regions.zone(region)


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


def _after(text: str | None) -> tuple[datetime, str] | None:
    if not text:
        return None
    due, _, id = text.partition("_")
    try:
        at = datetime.fromisoformat(due).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnknownFilter("lanjut") from None
    if not re.fullmatch("[0-9a-f-]{36}", id):
        raise UnknownFilter("lanjut")
    return at, id


def _cursor(last: Case) -> str:
    due = last.due_at.isoformat().replace("+00:00", "Z")
    return filters.address({**filters.kept(request.args), "lanjut": f"{due}_{last.id}"})
