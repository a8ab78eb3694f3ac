"""/kasus/<number>/identitas: ask the keeper for the reporter's name, and read it once opened."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.ask_name import NoSealedName, Wish, ask_name, read_name
from services.triage.store.cases import Case
from services.triage.store.names import OPENED, file_of, requests_of
from services.triage.store.people import titles_of
from services.triage.web.case.envelopes import SEALED
from services.triage.web.case.letters import posted_sequence
from services.triage.web.case.moves import reason_typed
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.names_words import basis_choices, purpose_choices, request_words
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def identity_pages(house: House) -> Blueprint:
    """GET and POST of the page, and the opened name for the browser of who asked."""
    pages = Blueprint("identity", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        now, who = house.clock.now(), asker()
        with house.database.read() as connection:
            asked = requests_of(connection, one.id)
            last = asked[0] if asked else None
            is_open = bool(last and file_of(connection, last[0], OPENED, now))
            titles = titles_of(connection, [request.asked_by for request, _ in asked])
        is_mine = bool(last and last[0].asked_by == who.name)
        return render_template(
            "triage/identitas.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            requests=[request_words(house, one, *each, titles) for each in asked],
            waits=bool(last and last[1] is None),
            is_mine=is_mine,
            may_read=is_open and is_mine,
            seq=last[0].seq if last else 0,
            purposes=purpose_choices(house.rulebook),
            bases=basis_choices(house.rulebook),
            deployment=house.settings.deployment,
            typed=request.form,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/identitas")
    @audience("investigator")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/identitas")
    @audience("investigator")
    @reshown_by(form)
    def ask(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        wish = Wish(
            purpose=request.form.get("tujuan", "")[:40],
            basis=request.form.get("dasar", "")[:40],
            reason=reason_typed("alasan"),
            seq=posted_sequence(),
            file=posted_file(),
        )
        with house.transactions.begin() as tx:
            ask_name(tx, house.rulebook, asker(), number, wish)
        return redirect(f"/kasus/{number}/identitas", 303)

    @pages.get("/kasus/<number>/identitas/naskah")
    @audience("investigator")
    def opened(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            return Response(read_name(tx, asker(), number), mimetype=SEALED)

    return pages


def posted_file() -> bytes:
    """The sealed name in the form; raises NoSealedName."""
    try:
        return base64.b64decode(request.form.get("berkas", ""), validate=True)
    except (ValueError, binascii.Error):
        raise NoSealedName("berkas") from None
