"""What the queue shows, as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext

from services.triage.actions.turn_clocks import NEVER
from services.triage.store import queue as store
from services.triage.store.cases import Case
from services.triage.store.people import Person
from services.triage.store.wanted import Wanted
from services.triage.web import words
from services.triage.web.queue.sheets import BATCH
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.words import local


def lines(house: House, who: Person, wanted: Wanted) -> Iterator[list[str]]:
    """Every case the filters leave, read a batch at a time, in the asker's language.

    No story, name or address is among the columns.
    """
    after: store.Seen | None = None
    while True:
        with house.database.read() as connection:
            found = store.queue(connection, who, wanted, BATCH, after=after)
        for one in found:
            yield _cells(house, one)
        if len(found) < BATCH:
            return
        after = (found[-1].due_at, found[-1].id)


def heading() -> list[str]:
    """The names of the columns."""
    return [
        gettext("Nomor"),
        gettext("Kasus"),
        gettext("Wilayah"),
        gettext("Prioritas"),
        gettext("Nilai mendesak"),
        gettext("Status"),
        gettext("Kasus masuk"),
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
