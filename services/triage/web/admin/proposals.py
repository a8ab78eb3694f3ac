"""/aturan/usulan: one administrator proposes other rules, another looks at the same and decides."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.propose_rules import (
    WAITS,
    UnknownProposal,
    decide,
    keep_upload,
    looked_through,
    propose,
    withdraw,
)
from services.triage.store.people import ADMINISTRATOR, titles_of
from services.triage.store.rulebooks import APPROVED, DRAFT, Proposal, proposal_of, proposals
from services.triage.web.admin.differences import differences
from services.triage.web.admin.versions import as_file, rules_in_force
from services.triage.web.guard import asker
from services.triage.web.zones import zone_of
from shared.crypto.approval import Approval, approver_seed, write_approval
from shared.rulebook.carrying import MOST_REASON, Packed
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.arriving import ArrivingLane
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.limits import MIB
from shared.web.problems import Problem
from shared.web.uploads import Arrived, Takes, takes_files

MOST_BYTES = MIB  # of an export file; ours has 22 KB
MOST_SHOWN = 50
MOST_NUMBER = 999_999
CHOICES = ("setuju", "tolak")


class FileMissing(Refused):
    """Pilih berkas aturan hasil `kentongan rulebook export`, paling besar 1 MB."""

    code = "file_missing"


class DecisionMissing(Refused):
    """Pilih putusannya: setujui atau tolak."""

    code = "decision_missing"


def proposal_pages(house: House) -> Blueprint:
    """GET and POST /aturan/usulan, and /aturan/usulan/<number> with what can be done to it."""
    pages = Blueprint("proposals", __name__)

    def listed(problems: Sequence[Problem] = ()) -> str:
        with house.database.read() as connection:
            found = proposals(connection, MOST_SHOWN)
            titles = titles_of(connection, {one.by for one in found})
        return render_template(
            "triage/usulan.html",
            problems=problems,
            found=found,
            titles=titles,
            zone=zone_of(house, asker().unit),
            version=house.rulebook.version,
            days=WAITS.days,
        )

    def one_of(problems: Sequence[Problem] = ()) -> str:
        number = (request.view_args or {})["number"]
        one = known(number)
        if one is None:
            if not problems:
                raise UnknownProposal
            return error_page(404, problems)
        in_force = rules_in_force(house)
        with house.database.read() as connection:
            titles = titles_of(connection, filter(None, (one.by, one.ended_by)))
        return render_template(
            "triage/usulan-satu.html",
            problems=problems,
            one=one,
            titles=titles,
            tables=differences(in_force.content, one.content),
            is_stale=one.before != in_force.digest,
            in_force=in_force,
            until=one.at + WAITS,
            zone=zone_of(house, asker().unit),
            typed=request.form,
            most=MOST_REASON,
        )

    def known(number: int) -> Proposal | None:
        if number > MOST_NUMBER:
            return None
        with house.database.read() as connection:
            one = proposal_of(connection, number)
        is_mine = one is not None and one.by == asker().name
        return one if one is None or one.state != DRAFT or is_mine else None

    def seen(number: int) -> Proposal:
        one = known(number)
        if one is None:
            raise UnknownProposal
        return one

    @pages.get("/aturan/usulan")
    @audience(ADMINISTRATOR)
    def show() -> ResponseReturnValue:
        return listed()

    @pages.post("/aturan/usulan")
    @audience(ADMINISTRATOR)
    @takes_files(Takes(MOST_BYTES, ArrivingLane(2), _take))
    @reshown_by(listed)
    def send() -> ResponseReturnValue:
        came: Arrived | None = g.get("rules_came")
        if came is None or came.is_long:
            raise FileMissing("berkas")
        in_force = rules_in_force(house)
        brought = looked_through(bytes(came.content), in_force)
        with house.transactions.begin() as tx:
            one = keep_upload(tx, asker(), brought, in_force)
        return redirect(f"/aturan/usulan/{one.number}", 303)

    @pages.get("/aturan/usulan/<int:number>")
    @audience(ADMINISTRATOR)
    def one(number: int) -> ResponseReturnValue:  # noqa: ARG001 - `one_of` reads it
        return one_of()

    @pages.post("/aturan/usulan/<int:number>/ajukan")
    @audience(ADMINISTRATOR)
    @reshown_by(one_of)
    def ask(number: int) -> ResponseReturnValue:
        seen(number)
        in_force = rules_in_force(house)
        with house.transactions.begin() as tx:
            propose(tx, asker(), number, request.form.get("alasan", ""), in_force)
        return redirect(f"/aturan/usulan/{number}", 303)

    @pages.post("/aturan/usulan/<int:number>/putuskan")
    @audience(ADMINISTRATOR)
    @reshown_by(one_of)
    def settle(number: int) -> ResponseReturnValue:
        seen(number)
        typed = request.form
        choice = typed.get("putusan", "")
        if choice not in CHOICES:
            raise DecisionMissing("putusan")
        in_force = rules_in_force(house)
        with house.transactions.begin() as tx:
            decide(
                tx,
                asker(),
                number,
                agrees=choice == CHOICES[0],
                digest=typed.get("sidik", ""),
                reason=typed.get("alasan", ""),
                in_force=in_force,
            )
        return redirect(f"/aturan/usulan/{number}", 303)

    @pages.post("/aturan/usulan/<int:number>/tarik")
    @audience(ADMINISTRATOR)
    @reshown_by(one_of)
    def take_back(number: int) -> ResponseReturnValue:
        seen(number)
        with house.transactions.begin() as tx:
            withdraw(tx, asker(), number)
        return redirect("/aturan/usulan", 303)

    @pages.get("/aturan/usulan/<int:number>/berkas")
    @audience(ADMINISTRATOR)
    def file(number: int) -> ResponseReturnValue:
        one = seen(number)
        return as_file(Packed(one.version, one.digest, one.content))

    @pages.get("/aturan/usulan/<int:number>/persetujuan")
    @audience(ADMINISTRATOR)
    def approval(number: int) -> ResponseReturnValue:
        return _signed(house, seen(number))

    return pages


def _take(one: Arrived) -> None:
    g.rules_came = one


def _signed(house: House, one: Proposal) -> Response:
    """The approval an operator hands to `kentongan rulebook import`."""
    if one.state != APPROVED or one.ended_by is None or one.ended_at is None:
        raise UnknownProposal
    told = Approval(one.digest, one.before, one.reason, one.by, one.ended_by, one.ended_at)
    text = write_approval(told, approver_seed(house.settings.identity))
    answer = Response(text, mimetype="application/json")
    name = f"persetujuan-{one.number}-{one.version}.json"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
