"""The tasks of a case: a page to add one, and two buttons that undo each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions import work_tasks as actions
from services.triage.store.cases import Case
from services.triage.store.tasks import tasks_of
from services.triage.web import words
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem
from shared.web.words import local

FURTHEST_YEARS = 2


class UnknownDay(Refused):
    """Tanggal tidak terbaca. Pilih hari ini atau sesudahnya, paling jauh dua tahun."""

    code = "unknown_day"


@dataclass(frozen=True)
class Item:
    """A task as the case page shows it."""

    seq: int
    title: str
    due_on: date | None
    is_late: bool
    is_done: bool
    who: str


def items_of(house: House, connection: Connection, one: Case, titles: dict[str, str]) -> list[Item]:
    """`titles`: what people are called, by name."""
    today = _today(house.clock.now(), one)
    return [
        Item(
            each.seq,
            words.word(words.TASKS, each.kind) if each.kind else each.title,
            each.due_on,
            bool(each.due_on and each.due_on < today and not each.done_at),
            each.done_at is not None,
            titles.get(each.done_by or each.added_by, each.done_by or each.added_by),
        )
        for each in tasks_of(connection, one.id)
    ]


def task_pages(house: House) -> Blueprint:
    """/kasus/<number>/tugas."""
    pages = Blueprint("tasks", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        return render_template(
            "triage/tugas-baru.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            kinds=words.TASKS,
            most=actions.LONGEST,
            today=_today(house.clock.now(), one),
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/tugas")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/tugas")
    @audience("person")
    @reshown_by(form)
    def add(number: str) -> ResponseReturnValue:
        one = case_of_form(house, ())
        typed = request.form
        kind = typed.get("tugas", "") if typed.get("tugas") in words.TASKS else ""
        due_on = None if isinstance(one, str) else _day(house.clock.now(), one)
        with house.transactions.begin() as tx:
            title = typed.get("judul", "")
            actions.add(tx, asker(), number, kind=kind, title=title, due_on=due_on)
        return redirect(f"/kasus/{number}#tugas", 303)

    @pages.post("/kasus/<number>/tugas/<int:seq>/<any(selesai,buka):what>")
    @audience("person")
    def turn(number: str, seq: int, what: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            actions.turn(tx, asker(), number, seq, is_done=what == "selesai")
        return redirect(f"/kasus/{number}#tugas", 303)

    return pages


def _today(now: datetime, one: Case) -> date:
    return local(now, one.zone).date()


def _day(now: datetime, one: Case) -> date | None:
    text, today = request.form.get("hari", ""), _today(now, one)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnknownDay("hari") from None
    if not (today <= day and day.year <= today.year + FURTHEST_YEARS):
        raise UnknownDay("hari")
    return day
