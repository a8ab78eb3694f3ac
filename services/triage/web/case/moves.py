"""The move page: the moves the lifecycle allows this person, and what each one needs."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions.move_case import Wish, move_case
from services.triage.actions.reject_false import ask_false_report
from services.triage.domain.lifecycle import moves_from
from services.triage.domain.states import OUTCOMES, STATES
from services.triage.store.cases import Case
from services.triage.store.escalations import clear_people
from services.triage.store.people import READERS, Person, colleagues
from services.triage.store.rejections import REJECTED
from services.triage.web import words
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem

LONGEST_REASON = 2000


class UnknownState(Refused):
    """Status tujuan tidak dikenal. Pilih langkah dari daftar."""

    code = "unknown_state"


class UnknownChoice(Refused):
    """Pilihan ini tidak ada dalam daftar. Pilih yang tersedia di halaman ini."""

    code = "unknown_choice"


class ReasonTooLong(Refused):
    """Alasan paling panjang %(most)s huruf. Pendekkan, lalu kirim lagi."""

    code = "reason_too_long"


def move_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/pindah."""
    pages = Blueprint("moves", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            people = eligible(connection, one)
        # These have pages of their own; a withdrawal only where the reporter asked for it.
        elsewhere = {"withdrawal", "main_case", "undone_in_time", "main_withdrawn"}
        moves = [m for m in moves_from(one.state, asker().role) if not elsewhere & {*m.guards}]
        offered = list(dict.fromkeys(move.to_state for move in moves))
        return render_template(
            "triage/pindah.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            offered=offered,
            wished=request.args.get("ke", ""),
            needs={name for move in moves for name in move.guards},
            investigators=people,
            outcomes=words.outcomes(),
            actions=words.ACTIONS,
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/pindah")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/pindah")
    @audience("person")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        one, wish = case_of_form(house, ()), _wish()
        with said_in_words(house), house.transactions.begin() as tx:
            if isinstance(one, Case) and wish.holder:
                _check_holder(tx.connection, one, wish.holder)
            is_false = wish.is_false_report and wish.to_state == REJECTED
            carry_out = ask_false_report if is_false else move_case
            carry_out(tx, house.rulebook, asker(), number, wish)
        return redirect(f"/kasus/{number}", 303)

    return pages


def eligible(connection: Connection, one: Case) -> list[Person]:
    """Who of the case's unit may be given it: its investigators in no conflict with it."""
    clear = clear_people(connection, one.id, one.unit, READERS)
    return [person for person in colleagues(connection, one.unit) if person.name in clear]


def _check_holder(connection: Connection, one: Case, name: str) -> None:
    if name not in {person.name for person in eligible(connection, one)}:
        raise UnknownChoice("penerima")


def _wish() -> Wish:
    typed = request.form
    to_state, outcome = typed.get("ke", ""), typed.get("hasil", "")
    if to_state not in STATES:
        raise UnknownState("ke")
    if outcome and outcome not in OUTCOMES:
        raise UnknownChoice("hasil")
    actions = tuple(dict.fromkeys(typed.getlist("tindakan")))
    if not set(actions) <= words.ACTIONS.keys():
        raise UnknownChoice("tindakan")
    return Wish(
        to_state=to_state,
        version=version_typed(),
        reason=reason_typed("alasan"),
        outcome=outcome,
        actions=actions,
        where_else=reason_typed("rujukan"),
        holder=typed.get("penerima", ""),
        is_false_report="palsu" in typed,
        declares_no_conflict="bebas-benturan" in typed,
    )


def reason_typed(name: str) -> str:
    """A reason as typed, without control characters (PostgreSQL keeps no NUL)."""
    text = request.form.get(name, "")
    if len(text) > LONGEST_REASON:
        raise ReasonTooLong(name, most=LONGEST_REASON)
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
