"""Notes of the unit: the browser seals what is written and posts the sealed bytes only."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from services.triage.actions.write_note import read_note, write_note
from services.triage.store.cases import Case
from services.triage.store.notes import next_note
from services.triage.store.people import newest_epoch, unit_key_at
from services.triage.web.case.envelopes import SEALED
from services.triage.web.case.letters import posted_envelope, posted_sequence
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def note_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/catatan, and the sealed bytes of each."""
    pages = Blueprint("notes", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            seq, prev = next_note(connection, one)
            epoch = newest_epoch(connection, one.unit)
            key = unit_key_at(connection, one.unit, epoch)
        recipients = [key[0] if key else "", house.settings.oversight_recipient]
        place = {"kind": "note", "direction": "unit", "case": one.id, "seq": seq, "prev": prev}
        place |= {"unit": one.unit, "epoch": epoch, "recipients": recipients}
        return render_template(
            "triage/catatan.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            seq=seq,
            place=json.dumps(place),
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/catatan")
    @audience("investigator")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/catatan")
    @audience("investigator")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        seq, envelope = posted_sequence(), posted_envelope()
        with house.transactions.begin() as tx:
            write_note(tx, asker(), number, seq=seq, envelope=envelope)
        return redirect(f"/kasus/{number}#catatan", 303)

    @pages.get("/kasus/<number>/catatan/<int:seq>")
    @audience("investigator")
    def sealed(number: str, seq: int) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            return Response(read_note(tx, asker(), number, seq), mimetype=SEALED)

    return pages
