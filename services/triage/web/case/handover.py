"""/kasus/<number>/alih/bekal: an investigator's browser makes the headers for the next unit.

And /kasus/<number>/bungkus-ulang: a unit that cannot open every file asks oversight.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions.ask_oversight import AlreadyWaiting, ask_oversight
from services.triage.actions.prepare_handover import (
    check_free,
    check_preparable,
    prepare_handover,
    take_back_handover,
)
from services.triage.actions.read_case import UnknownCase
from services.triage.actions.rewrap import MalformedHeaders
from services.triage.actions.use_handover import free_units, handover_fault
from services.triage.domain.handover import LASTS, NOTE, Place, Prepared
from services.triage.store.cases import Case, find_case
from services.triage.store.handovers import handover_of
from services.triage.store.headers import headers_of
from services.triage.store.letters import envelope_at, letters_of
from services.triage.store.notes import note_at, notes_of
from services.triage.store.people import keys_of, newest_epoch, unit_key_at, unit_keys
from services.triage.web.guard import asker, case_form, case_of_form
from services.triage.web.people.unit_keys import fingerprint
from services.triage.web.titles import title_of
from shared.crypto.age_format import header_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

DIRECTIONS = ("in", "out", NOTE)
MOST_HEADERS, LONGEST_HEADER = 400, 8192


def handover_pages(house: House) -> Blueprint:
    """Both pages, what the browser needs for the first, and the way back."""
    pages = Blueprint("handover", __name__)

    def shown(one: Case, problems: Sequence[Problem]) -> str:
        with house.database.read() as connection:
            if not problems:
                check_preparable(connection, one)
            prepared = handover_of(connection, one.id)
            fault = prepared and handover_fault(
                connection, house.rulebook, one, prepared, house.clock.now()
            )
            units = free_units(connection, house.rulebook, one)
            offered = [(unit, _recipient(connection, unit)[0]) for unit in units]
            letters, notes = len(letters_of(connection, one.id)), len(notes_of(connection, one))
        return render_template(
            "triage/bekal.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            offered=[(unit, fingerprint(key)) for unit, key in offered],
            prepared=prepared,
            fault=fault,
            letters=letters,
            notes=notes,
            notes_along=notes_along(prepared),
            target=unit_name(house, prepared.unit) if prepared else "",
            until=prepared.at + LASTS if prepared else None,
            days=LASTS.days,
            units=house.rulebook.units,
            typed=request.form,
            deployment=house.settings.deployment,
        )

    form = case_form(house, shown)

    @pages.get("/kasus/<number>/alih/bekal")
    @audience("investigator")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return form(())

    @pages.get("/kasus/<number>/alih/bekal/bahan/<unit>")
    @audience("investigator")
    def material(number: str, unit: str) -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            one = find_case(connection, who, number)
            if one is None:
                raise UnknownCase
            check_preparable(connection, one)
            check_free(connection, house.rulebook, one, unit)
            recipient, epoch = _recipient(connection, unit)
            mine = keys_of(connection, who.name)
            wrapped = unit_keys(connection, one.unit)
            files = _files(connection, one)
        return jsonify(
            identity=_text(mine.identity if mine else b""),
            unit_keys=[_text(file) for file in wrapped],
            epoch=epoch,
            to=[recipient, house.settings.oversight_recipient],
            files=[
                {"direction": place[0], "seq": place[1], "header": _text(header)}
                for place, header in files
            ],
        )

    @pages.post("/kasus/<number>/alih/bekal")
    @audience("investigator")
    @reshown_by(form)
    def prepare(number: str) -> ResponseReturnValue:
        case_of_form(house, ())
        epoch = request.form.get("epok", "")
        with house.transactions.begin() as tx:
            prepare_handover(
                tx,
                house.rulebook,
                asker(),
                number,
                unit=request.form.get("unit", "")[:80],
                epoch=int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 9 else 0,
                headers=_headers_typed(),
            )
        return redirect(f"/kasus/{number}/alih/bekal", 303)

    @pages.post("/kasus/<number>/alih/bekal/tarik")
    @audience("investigator")
    @reshown_by(form)
    def take_back(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            take_back_handover(tx, asker(), number)
        return redirect(f"/kasus/{number}/alih/bekal", 303)

    def asking(one: Case, problems: Sequence[Problem]) -> str:
        if one.sealed_unit != one.unit:
            if not problems:
                raise AlreadyWaiting
            return error_page(409, problems)
        title = title_of(house, one)
        return render_template("triage/bungkus.html", problems=problems, case=one, title=title)

    second_form = case_form(house, asking)

    @pages.get("/kasus/<number>/bungkus-ulang")
    @audience("investigator")
    def ask(number: str) -> ResponseReturnValue:  # noqa: ARG001 - the form reads it
        return second_form(())

    @pages.post("/kasus/<number>/bungkus-ulang")
    @audience("investigator")
    @reshown_by(second_form)
    def send(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            ask_oversight(tx, asker(), number)
        return redirect(f"/kasus/{number}", 303)

    return pages


def notes_along(prepared: Prepared | None) -> int:
    """How many notes of the unit go along."""
    return sum(direction == NOTE for direction, _ in prepared.places) if prepared else 0


def unit_name(house: House, unit: str) -> str:
    """Its name; the code of a unit that the rulebook knows no more."""
    found = house.rulebook.units.by_id.get(unit)
    return found.name if found else unit


def _recipient(connection: Connection, unit: str) -> tuple[str, int]:
    """The unit's newest public key and its epoch."""
    epoch = newest_epoch(connection, unit)
    key = unit_key_at(connection, unit, epoch)
    return (key[0] if key else "", epoch)


def _files(connection: Connection, one: Case) -> list[tuple[Place, bytes]]:
    """The place of every letter and note, and the header by which the unit that has the case opens
    it."""
    fresh = headers_of(connection, one)
    places = [(letter.direction, letter.seq) for letter in letters_of(connection, one.id)]
    letters = [
        (place, fresh.get(place) or header_of(envelope_at(connection, one.id, *place) or b""))
        for place in places
    ]
    notes = [
        ((NOTE, note.seq), note.header or header_of(note_at(connection, one.id, note.seq) or b""))
        for note in notes_of(connection, one)
    ]
    return [*letters, *notes]


def _headers_typed() -> dict[Place, bytes]:
    """The hidden field: [direction, number, base64] of each; raises MalformedHeaders."""
    try:
        listed = json.loads(request.form.get("kepala", ""))
        if len(listed) > MOST_HEADERS:
            raise MalformedHeaders("unit")
        found = {}
        for direction, seq, text in listed:
            header = base64.b64decode(text, validate=True)
            if direction not in DIRECTIONS or type(seq) is not int or len(header) > LONGEST_HEADER:
                raise MalformedHeaders("unit")
            found[direction, seq] = header
    except (ValueError, TypeError, RecursionError):
        raise MalformedHeaders("unit") from None
    return found


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
