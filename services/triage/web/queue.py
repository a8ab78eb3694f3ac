"""The queue: what the asker's unit has to do, nearest deadline first."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.domain.states import STATES
from services.triage.store import queue as store
from services.triage.store.cases import Case
from services.triage.store.queue import Wanted
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.titles import title_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience

PAGE = 25


class UnknownFilter(Refused):
    """Saringan ini tidak dikenal. Pilih dari daftar di atas antrean."""

    code = "unknown_filter"


def queue_pages(house: House) -> Blueprint:
    """/ with ?status=, ?prioritas= and ?lanjut= (the last row seen)."""
    pages = Blueprint("queue", __name__)

    @pages.get("/")
    @audience("person")
    def show() -> ResponseReturnValue:
        wanted = _wanted()
        who, now = asker(), house.clock.now()
        with house.database.read() as connection:
            found = store.queue(connection, who, wanted, PAGE + 1)
            total = store.count_queue(connection, who, wanted)
        page, more = found[:PAGE], found[PAGE:]
        return render_template(
            "triage/antrean.html",
            rows=[_row(house, one, now) for one in page],
            total=total,
            wanted=wanted,
            onward=_cursor(page[-1]) if more else None,
            unit=house.rulebook.units.unit(who.unit),
            without=_without,
        )

    return pages


def _wanted() -> Wanted:
    state, priority = request.args.get("status") or None, request.args.get("prioritas") or None
    if state is not None and state not in STATES:
        raise UnknownFilter("status")
    if priority is not None and priority not in words.PRIORITIES:
        raise UnknownFilter("prioritas")
    return Wanted(state, priority, _after(request.args.get("lanjut")))


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
    return _address({**_kept(), "lanjut": f"{due}_{last.id}"})


def _without(name: str) -> str:
    return _address({kept: text for kept, text in _kept().items() if kept != name})


def _kept() -> dict[str, str]:
    return {name: request.args[name] for name in ("status", "prioritas") if request.args.get(name)}


def _address(asked: dict[str, str]) -> str:
    return f"/?{urlencode(asked)}" if asked else "/"


def _row(house: House, one: Case, now: datetime) -> dict[str, Any]:
    return {
        "case": one,
        "title": title_of(house, one),
        "place": house.rulebook.regions.region(one.disclosed["region"]).path,
        "state": words.states()[one.state],
        "remaining": words.remaining(one.due_at, now),
        "mark": words.urgency_mark(one.due_at, now),
    }
