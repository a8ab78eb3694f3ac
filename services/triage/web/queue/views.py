"""Saved views: filters of the queue kept under a name, dropped and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.engine import Connection

from services.triage.actions.drop_view import drop_view, restore_view
from services.triage.actions.keep_view import LONGEST, keep_view
from services.triage.domain.periods import LATE
from services.triage.store import queue
from services.triage.store.people import Person
from services.triage.store.views import view_of, views_of
from services.triage.store.wanted import MINE, NOBODYS, Wanted
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue import filters
from services.triage.web.zones import zone_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem

SHORTCUTS = "pintasan"  # in the session while they are switched off


class NothingToKeep(Refused):
    """Saring antrean dulu, lalu simpan saringannya sebagai tampilan."""

    code = "nothing_to_keep"


def view_pages(house: House) -> Blueprint:
    """/tampilan, and POST /pintasan, which switches the keyboard's shortcuts off and on."""
    pages = Blueprint("views", __name__)

    def form(problems: Sequence[Problem]) -> str:
        try:
            asked = _asked()
        except filters.UnknownFilter:
            if not problems:
                raise
            asked = {}  # the problem shown
        with house.database.read() as connection:
            own = views_of(connection, asker())
            dropped = view_of(connection, asker(), request.args.get("terhapus", "")[:36])
        return render_template(
            "triage/tampilan.html",
            problems=problems,
            own=own,
            dropped=dropped if dropped and dropped.dropped_at else None,
            tags=filters.tags(asked, house.rulebook),
            asked=urlencode(asked),
            most=LONGEST,
            typed=request.form,
        )

    def _asked() -> dict[str, str]:
        """The filters of the address, or of the form; refused where they mean nothing."""
        text = request.form.get("saringan", "") if request.method == "POST" else ""
        said = filters.kept(dict(parse_qsl(text)) if text else request.args)
        filters.read(said, house.rulebook, house.clock.now(), zone_of(house, asker().unit))
        return said

    @pages.get("/tampilan")
    @audience("person")
    def show() -> ResponseReturnValue:
        return form(())

    @pages.post("/tampilan")
    @audience("person")
    @reshown_by(form)
    def keep() -> ResponseReturnValue:
        asked = _asked()
        if not asked:
            raise NothingToKeep("nama")
        with house.transactions.begin() as tx:
            keep_view(tx, asker(), request.form.get("nama", ""), urlencode(asked))
        return redirect(filters.address(asked), 303)

    @pages.post("/tampilan/<uuid:id>/hapus")
    @audience("person")
    def drop(id: Any) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            drop_view(tx, asker(), str(id))
        return redirect(f"/tampilan?terhapus={id}", 303)

    @pages.post("/tampilan/<uuid:id>/pulih")
    @audience("person")
    def restore(id: Any) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            restore_view(tx, asker(), str(id))
        return redirect("/tampilan", 303)

    @pages.post("/pintasan")
    @audience("person")
    def shortcuts() -> ResponseReturnValue:
        if session.pop(SHORTCUTS, None) is None:
            session[SHORTCUTS] = "mati"
        return redirect("/", 303)

    return pages


def tabs(
    house: House, connection: Connection, who: Person, said: dict[str, str]
) -> list[dict[str, Any]]:
    """The views above the queue, each with how many cases it shows: everybody's, then one's own."""
    standing = {
        gettext("Semua"): {},
        filters.holders()[NOBODYS]: {"pemegang": NOBODYS, "terbuka": "1"},
        filters.holders()[MINE]: {"pemegang": MINE, "terbuka": "1"},
        words.states()["waiting_reporter"]: {"status": "waiting_reporter"},
        filters.deadlines()[LATE]: {"tenggat": LATE},
    }
    own = {one.name: dict(parse_qsl(one.query)) for one in views_of(connection, who)}
    now, zone = house.clock.now(), zone_of(house, who.unit)
    wanted: dict[str, Wanted] = {}
    shown: list[dict[str, Any]] = []
    for name, asked in [*standing.items(), *own.items()]:
        try:
            wanted[str(len(shown))] = filters.read(asked, house.rulebook, now, zone)
        except filters.UnknownFilter:  # kept before the rulebook changed: its page still drops it
            continue
        to, is_here = filters.address(asked), filters.kept(asked) == said
        shown.append({"name": name, "to": to, "is_here": is_here})
    found = queue.counts(connection, who, wanted)
    return [one | {"count": found[str(place)]} for place, one in enumerate(shown)]
