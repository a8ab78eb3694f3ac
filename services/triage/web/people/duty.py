"""/piket: who of the unit is on duty when; supervisors set it, everybody of the unit looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.set_duty import drop_duty, restore_duty, set_duty
from services.triage.domain.duty import gaps
from services.triage.domain.zones import today_in
from services.triage.store.duties import duties_from, duty_of
from services.triage.store.escalations import SUPERVISOR
from services.triage.store.people import READERS, colleagues
from services.triage.web.guard import asker
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


class NoDay(Refused):
    """Isi harinya lengkap, dengan tanggal, bulan, dan tahun."""

    code = "no_day"


def duty_pages(house: House) -> Blueprint:
    """/piket, /piket/<id>/hapus and /piket/<id>/pulih."""
    pages = Blueprint("duty", __name__)

    def form(problems: Sequence[Problem]) -> str:
        who = asker()
        today = today_in(house.rulebook, who.unit, house.clock.now())
        with house.database.read() as connection:
            people = colleagues(connection, who.unit)
            roster = duties_from(connection, who.unit, today)
            dropped = duty_of(connection, who.unit, request.args.get("terhapus", "")[:36])
        return render_template(
            "triage/piket.html",
            problems=problems,
            unit=house.rulebook.units.unit(who.unit),
            roster=roster,
            gaps=gaps(roster, today),
            dropped=dropped if dropped and dropped.dropped_at else None,
            titles={one.name: one.title for one in people},
            investigators=[(one.name, one.title) for one in people if one.role in READERS],
            sets=who.role == SUPERVISOR,
            today=today,
            typed=request.form,
        )

    @pages.get("/piket")
    @audience("person")
    def show() -> ResponseReturnValue:
        return form(())

    @pages.post("/piket")
    @audience(SUPERVISOR)
    @reshown_by(form)
    def add() -> ResponseReturnValue:
        first, last = _day("dari"), _day("sampai")
        name = request.form.get("siapa", "")[:36]
        with house.transactions.begin() as tx:
            set_duty(tx, house.rulebook, asker(), name, first=first, last=last)
        return redirect("/piket", 303)

    @pages.post("/piket/<uuid:id>/hapus")
    @audience(SUPERVISOR)
    def drop(id: Any) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            drop_duty(tx, asker(), str(id))
        return redirect(f"/piket?terhapus={id}", 303)

    @pages.post("/piket/<uuid:id>/pulih")
    @audience(SUPERVISOR)
    def restore(id: Any) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            restore_duty(tx, asker(), str(id))
        return redirect("/piket", 303)

    return pages


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise NoDay(name) from None
