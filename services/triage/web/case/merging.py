"""/kasus/<number>/gabung and /pisah: work a case together with another, and part them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions.merge_case import Merger, NotMerged, merge_case, undo_merge
from services.triage.domain.lifecycle import moves_from
from services.triage.domain.merging import may_lead, undo_until
from services.triage.domain.states import STATES
from services.triage.store.cases import Case, find_case_of_id
from services.triage.store.merges import excluded_from, followers_of, merge_of, merged_into
from services.triage.store.people import Person
from services.triage.web.case.moves import reason_typed
from services.triage.web.case.similar import similar_to
from services.triage.web.case.stale import said_in_words, version_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

MERGED = "merged"


@dataclass(frozen=True)
class Together:
    """What a case page says of mergers: the main case if this one is merged (`until` it may be
    parted), those merged into it, and whether it could be merged."""

    main: Case | None
    until: datetime | None
    can_undo: bool
    merged: list[Case]
    can_merge: bool


def together(connection: Connection, who: Person, one: Case, now: datetime) -> Together:
    """Only what exists for this person."""
    merge = merge_of(connection, one.id)
    until = undo_until(merge.at) if merge else None
    offers = {move.to_state for move in moves_from(one.state, who.role)}
    return Together(
        main=find_case_of_id(connection, who, merge.main) if merge else None,
        until=until,
        can_undo=until is not None and now <= until,
        merged=merged_into(connection, who, one.id),
        can_merge=MERGED in offers,
    )


def merge_pages(house: House) -> Blueprint:
    """GET and POST of both pages."""
    pages = Blueprint("merging", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        who = asker()
        with house.database.read() as connection:
            followers = followers_of(connection, one.id)
            offered = _offered(house, connection, who, one)
        return render_template(
            "triage/gabung.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            offered=offered,
            others_follow=bool(followers),
            can_merge=MERGED in {move.to_state for move in moves_from(one.state, who.role)},
            typed=request.form,
        )

    def parting(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            said = together(connection, asker(), one, house.clock.now())
        if said.until is None and not problems:
            raise NotMerged
        if said.until is None:
            return error_page(409, problems)
        return render_template(
            "triage/pisah.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            together=said,
            typed=request.form,
        )

    merge_form, part_form = case_form(house, shown), case_form(house, parting)

    @pages.get("/kasus/<number>/gabung")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return merge_form(())

    @pages.post("/kasus/<number>/gabung")
    @audience("person")
    @reshown_by(merge_form)
    def merge(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        main = request.form.get("lain", "").strip() or request.form.get("utama", "")
        merger = Merger(main.upper()[:24], reason_typed("alasan"), version_typed())
        with said_in_words(house), house.transactions.begin() as tx:
            merge_case(tx, house.rulebook, asker(), number, merger)
        return redirect(f"/kasus/{number}", 303)

    @pages.get("/kasus/<number>/pisah")
    @audience("person")
    def ask(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return part_form(())

    @pages.post("/kasus/<number>/pisah")
    @audience("person")
    @reshown_by(part_form)
    def part(number: str) -> ResponseReturnValue:
        part_form(())  # a case nobody sees, or one that is not merged, comes first
        reason, version = reason_typed("alasan"), version_typed()
        with said_in_words(house), house.transactions.begin() as tx:
            undo_merge(tx, house.rulebook, asker(), number, reason=reason, version=version)
        return redirect(f"/kasus/{number}", 303)

    return pages


def _offered(
    house: House, connection: Connection, who: Person, one: Case
) -> list[tuple[str, str, str]]:
    """(number, title, reasons) of similar cases that could be the main one."""
    found = similar_to(house, connection, who, one)
    hidden = excluded_from(connection, [one.id, *(like.case.id for like in found)])
    return [
        (like.case.number, f"{like.title} ({like.case.number})", ", ".join(like.reasons))
        for like in found
        if STATES[like.case.state].is_open and may_lead(hidden[one.id], hidden[like.case.id])
    ]
