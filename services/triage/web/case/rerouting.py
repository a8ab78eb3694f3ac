"""/kasus/<number>/alih and /alih/setuju: another unit for a case; against the reporter by two."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.reroute import (
    NothingToConfirm,
    Reroute,
    end_wish,
    reroute,
)
from services.triage.actions.use_handover import handover_fault
from services.triage.domain.rerouting import NEVER, OVERRIDE
from services.triage.store.cases import Case
from services.triage.store.handovers import handover_of
from services.triage.store.reroutes import last_override, open_options
from services.triage.web.case.handover import notes_along, unit_name
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

CHOICES = ("setuju", "tolak")


def reroute_pages(house: House) -> Blueprint:
    """GET and POST of both pages; the first a supervisor's, the second another person's."""
    pages = Blueprint("rerouting", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            found = open_options(connection, house.rulebook, one)
            asked = last_override(connection, one.id)
            prepared = handover_of(connection, one.id)
            fault = prepared and handover_fault(
                connection, house.rulebook, one, prepared, house.clock.now()
            )
        return render_template(
            "triage/alih.html",
            prepared=prepared,
            fault=fault,
            notes_along=notes_along(prepared),
            target=unit_name(house, prepared.unit) if prepared else "",
            problems=problems,
            case=one,
            title=title_of(house, one),
            options=sorted(found, key=lambda one: (one.way == NEVER, one.way == OVERRIDE)),
            units=house.rulebook.units,
            waiting=asked if asked and asked.ended is None else None,
            typed=request.form,
        )

    def confirming(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            asked = last_override(connection, one.id)
        is_waiting = asked is not None and asked.ended is None
        if not is_waiting and not problems:
            raise NothingToConfirm
        if not is_waiting:
            return error_page(409, problems)
        return render_template(
            "triage/alih-setuju.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            asked=asked,
            units=house.rulebook.units,
            typed=request.form,
        )

    form, second_form = case_form(house, shown), case_form(house, confirming)

    @pages.get("/kasus/<number>/alih")
    @audience("supervisor")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return form(())

    @pages.post("/kasus/<number>/alih")
    @audience("supervisor")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        wish = _wish()
        with said_in_words(house), house.transactions.begin() as tx:
            is_gone = reroute(tx, house.rulebook, asker(), number, wish)
        return redirect("/" if is_gone else f"/kasus/{number}", 303)

    @pages.get("/kasus/<number>/alih/setuju")
    @audience("person")
    def ask(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return second_form(())

    @pages.post("/kasus/<number>/alih/setuju")
    @audience("person")
    @reshown_by(second_form)
    def confirm(number: str) -> ResponseReturnValue:
        second_form(())  # a case nobody sees, or one for which nothing was asked, comes first
        choice, wish = request.form.get("putusan", ""), _wish()
        if choice not in CHOICES:
            raise UnknownChoice("putusan")
        confirms = choice == CHOICES[0]
        with said_in_words(house), house.transactions.begin() as tx:
            end_wish(tx, house.rulebook, asker(), number, confirms=confirms, wish=wish)
        return redirect("/" if confirms else f"/kasus/{number}", 303)

    return pages


def _wish() -> Reroute:
    return Reroute(
        unit=request.form.get("unit", "")[:80],
        reason=reason_typed("alasan"),
        version=version_typed(),
    )
