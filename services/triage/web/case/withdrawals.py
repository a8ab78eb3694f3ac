"""The withdrawal page: a supervisor looks for coercion, then confirms or refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.decide_withdrawal import Decision, NothingAsked, decide_withdrawal
from services.triage.store.cases import Case
from services.triage.store.merges import followers_of
from services.triage.store.reporting import last_withdrawal
from services.triage.web import words
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

CHOICES = ("setuju", "tolak")


def withdrawal_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/cabut."""
    pages = Blueprint("withdrawals", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            asked = last_withdrawal(connection, one.id)
            followers = followers_of(connection, one.id)
        if asked is None and not problems:
            raise NothingAsked
        if asked is None:
            return error_page(409, problems)
        return render_template(
            "triage/cabut.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            asked=asked,
            others_follow=bool(followers),
            pressed=words.word(words.PRESSED, asked.pressed),
            ended=words.word(words.ENDED, asked.ended) if asked.ended else "",
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/cabut")
    @audience("supervisor")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/cabut")
    @audience("supervisor")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        form(())  # a case nobody sees, or one whose reporter asked for nothing, comes first
        decision = _decision()
        with said_in_words(house), house.transactions.begin() as tx:
            decide_withdrawal(tx, house.rulebook, asker(), number, decision)
        return redirect(f"/kasus/{number}", 303)

    return pages


def _decision() -> Decision:
    typed = request.form
    choice = typed.get("putusan", "")
    if choice not in CHOICES:
        raise UnknownChoice("putusan")
    return Decision(
        version=version_typed(),
        nth=_number("ke"),
        confirms=choice == CHOICES[0],
        is_checked="bebas-tekanan" in typed,
        reason=reason_typed("alasan"),
    )


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1
