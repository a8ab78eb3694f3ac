"""/jejak/<number>/buka-kembali: an auditor opens a finished case again; it stays with its unit."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.move_case import Wish, move_case
from services.triage.store.cases import Case
from services.triage.web.case.moves import reason_typed
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def reopening_pages(house: House) -> Blueprint:
    """GET and POST; the lifecycle decides whether the case can be opened again."""
    pages = Blueprint("reopening", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        return render_template(
            "triage/buka-kembali.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            unit=house.rulebook.units.by_id[one.unit].name,
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/jejak/<number>/buka-kembali")
    @audience("auditor")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/jejak/<number>/buka-kembali")
    @audience("auditor")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        wish = Wish("reopened", version_typed(), reason=reason_typed("alasan"))
        with said_in_words(house), house.transactions.begin() as tx:
            move_case(tx, house.rulebook, asker(), number, wish)
        return redirect(f"/jejak/{number}", 303)

    return pages
