"""The letter page: the browser seals what is written and posts the sealed bytes only."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from services.triage.actions.write_letter import UnsealedLetter, write_letter
from services.triage.store.cases import Case
from services.triage.store.letters import last_letter
from services.triage.store.people import newest_epoch, unit_key_at
from services.triage.web.case.samples import LANGUAGES, samples
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.titles import title_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem
from shared.web.words import local, long_date


class MalformedSequence(Refused):
    """Nomor surat tidak terbaca. Muat ulang halaman, lalu kirim lagi dari sana."""

    code = "malformed_sequence"


def letter_pages(house: House) -> Blueprint:
    """GET and POST /kasus/<number>/surat."""
    pages = Blueprint("letters", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            seq, prev = last_letter(connection, one.id, "out")
            epoch = newest_epoch(connection, one.unit)
            key = unit_key_at(connection, one.unit, epoch)
        recipients = [one.box, key[0] if key else "", house.settings.oversight_recipient]
        return render_template(
            "triage/surat.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            seq=seq + 1,
            deployment=house.settings.deployment,
            samples=samples(one.lang),
            samples_json=json.dumps([{"code": s.code, "text": s.text} for s in samples(one.lang)]),
            from_desk=_from_desk(house, one),
            place=_place(one, seq=seq + 1, prev=prev, epoch=epoch, recipients=recipients),
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/surat")
    @audience("investigator")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/kasus/<number>/surat")
    @audience("investigator")
    @reshown_by(form)
    def send(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        seq, envelope = posted_sequence(), posted_envelope()
        with house.transactions.begin() as tx:
            write_letter(tx, house.rulebook, asker(), number, seq=seq, envelope=envelope)
        return redirect(f"/kasus/{number}?terkirim={seq}#pesan", 303)

    return pages


def _from_desk(house: House, one: Case) -> str:
    """The line above a letter in the mailbox, in the reporter's language."""
    with force_locale(one.lang if one.lang in LANGUAGES else LANGUAGES[0]):
        day = long_date(local(house.clock.now(), one.zone).date())
        return str(gettext("Dari petugas, %(day)s", day=day))


def _place(one: Case, *, seq: int, prev: str, epoch: int, recipients: list[str]) -> str:
    """What the browser needs to seal, as JSON: public keys and the letter's place only."""
    place = {"case": one.id, "seq": seq, "prev": prev, "unit": one.unit, "epoch": epoch}
    return json.dumps({**place, "recipients": recipients})


def posted_sequence() -> int:
    """The number in the form; raises MalformedSequence."""
    text = request.form.get("seq", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise MalformedSequence("seq")
    return int(text)


def posted_envelope() -> bytes:
    """The sealed bytes in the form; raises UnsealedLetter."""
    try:
        return base64.b64decode(request.form.get("amplop", ""), validate=True)
    except (ValueError, binascii.Error):
        raise UnsealedLetter("amplop") from None
