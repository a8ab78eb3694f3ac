"""The urgency of a case in words and points, and the page that sets another priority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.engine import Connection

from services.triage.actions.set_priority import set_priority
from services.triage.domain import urgency as rule
from services.triage.store.cases import Case
from services.triage.store.priorities import Change, changes_of, machines
from services.triage.web import words
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import code_word, code_words, title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem
from shared.web.words import money

_ = lazy_gettext
RAISES: dict[str, Any] = {
    "violence": _("Kekerasan atau ancaman terhadap nyawa"),
    "health_withheld": _("Layanan kesehatan ditahan, tenggatnya 48 jam"),
    "caught_in_the_act": _("Penyerahan dalam 48 jam, belum dibayar, ada bukti"),
    "retaliation": _("Pelapor ditekan setelah melapor"),
}


@dataclass(frozen=True)
class Line:
    """One component: what it is called, what was disclosed, its points of at most so many."""

    name: str
    said: str
    points: int
    most: int


@dataclass(frozen=True)
class Urgency:
    """What the case page shows: the machine's value stays when a person set another."""

    lines: list[Line]
    machine: str
    raises: list[str]
    last: Change | None
    by: str


def urgency_of(house: House, connection: Connection, one: Case, titles: dict[str, str]) -> Urgency:
    """`titles`: what people are called, by name."""
    changes = changes_of(connection, one.id)
    last = changes[-1] if changes else None
    said, most = _said(house, one), _most(house)
    return Urgency(
        lines=[
            Line(words.word(words.COMPONENTS, code), said[code], one.components.get(code, 0), top)
            for code, top in most.items()
        ],
        machine=machines(one, changes),
        raises=[words.word(RAISES, code) for code in one.raises],
        last=last,
        by=titles.get(last.by, last.by) if last else "",
    )


def priority_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/prioritas."""
    pages = Blueprint("priorities", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            view = urgency_of(house, connection, one, {})
        return render_template(
            "triage/prioritas.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            urgency=view,
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/prioritas")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/prioritas")
    @audience("person")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        priority, seen = request.form.get("prioritas", ""), version_typed()
        if priority not in words.PRIORITIES:
            raise UnknownChoice("prioritas")
        reason = reason_typed("alasan")
        with said_in_words(house), house.transactions.begin() as tx:
            set_priority(tx, asker(), number, priority=priority, reason=reason, version=seen)
        return redirect(f"/kasus/{number}", 303)

    return pages


def _most(house: House) -> dict[str, int]:
    """What each component can give (domain.md, Urgency)."""
    codes = house.rulebook.codes
    return {
        "coercion": max(one.value for one in codes["coercion"].values()),
        "time": max(one.value for one in codes["timing"].values()),
        "victim": rule.ESSENTIAL + rule.VULNERABLE_MOST,
        "money": rule.MONEY_MOST,
        "pattern": rule.PATTERN_MOST,
        "evidence": rule.EVIDENCE_MOST,
    }


def _said(house: House, one: Case) -> dict[str, str]:
    """What was disclosed that gives each component its points."""
    facts = one.disclosed
    essential = house.rulebook.services[facts["service"]].essential
    service = gettext("Layanan pokok") if essential else gettext("Bukan layanan pokok")
    weak = code_words(house, "vulnerable", facts["vulnerable"]).lower()
    victims = code_word(house, "victims", facts["victims"]).lower()
    sums = {"asked": money(facts["asked"]), "paid": money(facts["paid"])}
    return {
        "coercion": code_word(house, "coercion", facts["coercion"]),
        "time": code_word(house, "timing", facts["timing"]),
        "victim": gettext("%(service)s; kerentanan: %(weak)s", service=service, weak=weak),
        "money": gettext("Diminta %(asked)s, dibayar %(paid)s", **sums),
        "pattern": gettext("Laporan serupa dalam 90 hari; korban: %(victims)s", victims=victims),
        "evidence": code_words(house, "evidence", facts["evidence"]),
    }
