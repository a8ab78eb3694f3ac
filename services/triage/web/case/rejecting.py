"""/kasus/<number>/palsu: another person decides whether a case is rejected as a false report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.reject_false import (
    NothingToReject,
    Verdict,
    end_false_report,
    waiting,
)
from services.triage.store.cases import Case
from services.triage.store.people import titles_of
from services.triage.store.rejections import last_rejection
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.case.stale import said_in_words
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

CHOICES = ("setuju", "tolak")


def reject_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/palsu."""
    pages = Blueprint("rejecting", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            asked = waiting(one, last_rejection(connection, one.id))
            titles = titles_of(connection, [asked.asked_by] if asked else [])
        if asked is None:
            if not problems:
                raise NothingToReject
            return error_page(409, problems)
        return render_template(
            "triage/palsu.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            asked=asked,
            titles=titles,
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/palsu")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/palsu")
    @audience("person")
    @reshown_by(form)
    def decide(number: str) -> ResponseReturnValue:
        one = case_of_form(house, ())
        if not isinstance(one, str):
            shown(one, ())  # a case for which nothing was asked comes first
        choice, nth = request.form.get("putusan", ""), request.form.get("ke", "")
        if choice not in CHOICES:
            raise UnknownChoice("putusan")
        turn = int(nth) if re.fullmatch("[0-9]{1,6}", nth) else 0
        verdict = Verdict(turn, choice == CHOICES[0], reason_typed("alasan"))
        with said_in_words(house), house.transactions.begin() as tx:
            end_false_report(tx, house.rulebook, asker(), number, verdict)
        return redirect(f"/kasus/{number}", 303)

    return pages
