"""/nama: what is asked of a keeper of names: the disclosed facts and the reasons, never a story."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.answer_name import (
    UnknownRequest,
    hand_sealed_name,
    open_name,
    refuse_name,
)
from services.triage.store.names import waiting_at
from services.triage.store.people import keys_of, person_named, titles_of, unit_keys
from services.triage.web.case.envelopes import SEALED
from services.triage.web.case.identity import posted_file
from services.triage.web.case.moves import UnknownChoice, reason_typed
from services.triage.web.guard import asker
from services.triage.web.names_words import request_words
from services.triage.web.titles import pairs, title_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem

CHOICES = ("buka", "tolak")


def keeper_pages(house: House) -> Blueprint:
    """The list of what waits, one request with its two answers, and what its browser needs."""
    pages = Blueprint("keeper", __name__)

    @pages.get("/nama")
    @audience("investigator")
    def listed() -> ResponseReturnValue:
        with house.database.read() as connection:
            found = waiting_at(connection, asker(), house.clock.now())
            titles = titles_of(connection, [asked.asked_by for _, asked in found])
        rows = [
            (one, title_of(house, one), request_words(house, one, asked, None, titles))
            for one, asked in found
        ]
        return render_template("triage/nama.html", rows=rows)

    def form(problems: Sequence[Problem]) -> str:
        number, who = str((request.view_args or {}).get("number", "")), asker()
        with house.database.read() as connection:
            found = waiting_at(connection, who, house.clock.now(), number=number)
            titles = titles_of(connection, [asked.asked_by for _, asked in found])
            seeker = person_named(connection, found[0][1].asked_by) if found else None
            keys = keys_of(connection, seeker.name) if seeker else None
        if not found:
            if not problems:
                raise UnknownRequest
            return error_page(404, problems)
        one, asked = found[0]
        return render_template(
            "triage/nama-putus.html",
            problems=problems,
            case=one,
            title=title_of(house, one),
            pairs=pairs(house, one),
            asked=asked,
            told=request_words(house, one, asked, None, titles),
            is_own=asked.asked_by == who.name,
            recipient=keys.recipient if keys else "",
            deployment=house.settings.deployment,
            typed=request.form,
        )

    @pages.get("/nama/<number>")
    @audience("investigator")
    def show(number: str) -> ResponseReturnValue:  # noqa: ARG001 - `form` reads it
        return form(())

    @pages.post("/nama/<number>")
    @audience("investigator")
    @reshown_by(form)
    def decide(number: str) -> ResponseReturnValue:
        form(())  # a request nobody here sees comes before what is wrong with the answer
        choice, who, nth = request.form.get("putusan", ""), asker(), _round()
        if choice not in CHOICES:
            raise UnknownChoice("putusan")
        rules = house.rulebook
        reason, file = reason_typed("alasan"), posted_file() if choice == CHOICES[0] else b""
        with house.transactions.begin() as tx:
            if choice == CHOICES[0]:
                open_name(tx, rules, who, number, nth=nth, file=file)
            else:
                refuse_name(tx, rules, who, number, nth=nth, reason=reason)
        return redirect("/nama", 303)

    @pages.get("/nama/<number>/kunci")
    @audience("investigator")
    def keys(number: str) -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            if not waiting_at(connection, who, house.clock.now(), number=number):
                raise UnknownRequest
            mine, wrapped = keys_of(connection, who.name), unit_keys(connection, who.unit)
        identity = mine.identity if mine else b""
        return jsonify(identity=_text(identity), unit_keys=[_text(file) for file in wrapped])

    @pages.get("/nama/<number>/naskah")
    @audience("investigator")
    def sealed(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            return Response(hand_sealed_name(tx, asker(), number), mimetype=SEALED)

    return pages


def _round() -> int:
    text = request.form.get("ke", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
