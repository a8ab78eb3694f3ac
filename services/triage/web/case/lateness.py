"""What a supervisor does about a late case: excuse the breach, remind the holder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions.excuse_breach import NothingMissed, excuse_breach
from services.triage.actions.remind_holder import remind_holder, today_of
from services.triage.store.cases import Case
from services.triage.store.escalations import SUPERVISOR
from services.triage.store.excuses import excuses_of, missed_of, was_reminded
from services.triage.store.people import Person, colleagues
from services.triage.web import words
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.guard import asker, case_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


@dataclass(frozen=True)
class Lateness:
    """`missed` how many breaches wait for a word; `is_reminded` whether the holder was, today."""

    missed: int
    is_reminded: bool


def lateness_of(connection: Connection, who: Person, one: Case, now: datetime) -> Lateness | None:
    """What the case page offers a supervisor of the case's own unit."""
    if who.role != SUPERVISOR or who.unit != one.unit:
        return None
    reminded = was_reminded(connection, one.id, today_of(one, now))
    return Lateness(len(missed_of(connection, one.id)), reminded)


def lateness_pages(house: House) -> Blueprint:
    """/kasus/<number>/alasan-terlambat, and POST /kasus/<number>/ingatkan."""
    pages = Blueprint("lateness", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            missed = missed_of(connection, one.id)
            excused = excuses_of(connection, one.id)
            titles = {each.name: each.title for each in colleagues(connection, one.unit)}
        if not missed and not excused and not problems:
            raise NothingMissed
        return render_template(
            "triage/terlambat.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            choices=[
                (
                    f"{each.name}-{each.round}",
                    words.clock_name(house.rulebook, each.name),
                    words.short_time(each.due_at, one.zone),
                )
                for each in missed
            ],
            excused=[
                (words.clock_name(house.rulebook, each.name), titles.get(each.by, each.by), each)
                for each in excused
            ],
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/alasan-terlambat")
    @audience("supervisor")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/alasan-terlambat")
    @audience("supervisor")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        form(())  # a case nobody sees, or one that was never late, comes first
        chosen = re.fullmatch("([a-z_]{1,24})-([0-9]{1,6})", request.form.get("tenggat", ""))
        if chosen is None:
            raise UnknownChoice("tenggat")
        reason = reason_typed("alasan")
        with house.transactions.begin() as tx:
            excuse_breach(tx, asker(), number, clock=chosen[1], nth=int(chosen[2]), reason=reason)
        return redirect(f"/kasus/{number}", 303)

    @pages.post("/kasus/<number>/ingatkan")
    @audience("supervisor")
    def remind(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            remind_holder(tx, asker(), number)
        return redirect(f"/kasus/{number}#tenggat", 303)

    return pages
