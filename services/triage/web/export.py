"""What the queue shows, as a file for a spreadsheet (RFC 4180, UTF-8 with a byte order mark)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext

from services.triage.actions.turn_clocks import NEVER
from services.triage.store import queue as store
from services.triage.store.cases import Case
from services.triage.store.people import Person
from services.triage.store.wanted import Wanted
from services.triage.web import words
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.words import local

BATCH = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(house: House, who: Person, wanted: Wanted) -> Iterator[str]:
    """Every case the filters leave, a heading first; read a batch at a time.

    The language is that of the asker. A cell that a spreadsheet would take for a formula gets an
    apostrophe before it (OWASP, CSV injection). No story, name or address is among the columns.
    """
    yield "\ufeff" + _line(_heading())
    after: store.Seen | None = None
    while True:
        with house.database.read() as connection:
            found = store.queue(connection, who, wanted, BATCH, after=after)
        yield "".join(_line(_cells(house, one)) for one in found)
        if len(found) < BATCH:
            return
        after = (found[-1].due_at, found[-1].id)


def _heading() -> list[str]:
    return [
        gettext("Nomor"),
        gettext("Kasus"),
        gettext("Wilayah"),
        gettext("Prioritas"),
        gettext("Nilai mendesak"),
        gettext("Status"),
        gettext("Masuk"),
        gettext("Tenggat"),
        gettext("Pemegang"),
    ]


def _cells(house: House, one: Case) -> list[str]:
    place = house.rulebook.regions.region(one.disclosed["region"]).path
    due = "" if one.due_at == NEVER else _moment(one.due_at, one.zone)
    return [
        one.number,
        title_of(house, one),
        place,
        one.priority,
        str(one.urgency),
        words.states()[one.state],
        _moment(one.opened_at, one.zone),
        due,
        one.holder or "",
    ]


def _moment(at: datetime, zone: str) -> str:
    return f"{local(at, zone):%Y-%m-%d %H:%M} {zone}"


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])
    return out.getvalue()
