"""Sealed bytes for the browser: envelopes, wrapped keys, evidence. Nothing here is opened."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, send_file
from flask.typing import ResponseReturnValue

from services.triage.actions.read_case import UnknownCase, read_case, read_evidence
from services.triage.store.cases import evidence_of, find_case
from services.triage.store.headers import headers_of
from services.triage.store.letters import Letter, letters_of
from services.triage.store.notes import Note, notes_of
from services.triage.store.people import keys_of, unit_keys
from services.triage.web.guard import asker
from shared.runtime.errors import NotFound
from shared.service import House
from shared.web.audience import audience

SEALED = "application/octet-stream"


class UnknownEvidence(NotFound):
    """Berkas bukti ini tidak ada dalam kasus ini."""

    code = "unknown_evidence"


def envelope_pages(house: House) -> Blueprint:
    """/kasus/<number>/kunci, /amplop and /bukti."""
    pages = Blueprint("envelopes", __name__)

    @pages.get("/kasus/<number>/kunci")
    @audience("investigator")
    def keys(number: str) -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            one = find_case(connection, who, number)
            if one is None:
                raise UnknownCase
            mine = keys_of(connection, who.name)
            wrapped = unit_keys(connection, one.unit)
            letters = letters_of(connection, one.id)
            headers = headers_of(connection, one)
            notes = notes_of(connection, one)
        return jsonify(
            identity=_text(mine.identity if mine else b""),
            unit_keys=[_text(file) for file in wrapped],
            letters=[_place(number, letter) | headed(headers, letter) for letter in letters],
            notes=[_note_place(number, note) for note in notes],
        )

    @pages.get("/kasus/<number>/amplop")
    @audience("investigator")
    def story(number: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            return Response(read_case(tx, asker(), number), mimetype=SEALED)

    @pages.get("/kasus/<number>/amplop/<any(in,out):direction>/<int:seq>")
    @audience("investigator")
    def letter(number: str, direction: str, seq: int) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            sealed = read_case(tx, asker(), number, direction=direction, seq=seq)
        return Response(sealed, mimetype=SEALED)

    @pages.get("/kasus/<number>/bukti/<sha256>")
    @audience("investigator")
    def evidence(number: str, sha256: str) -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            one = find_case(connection, who, number)
            if one is None:
                raise UnknownCase
            if sha256 not in {file.sha256 for file in evidence_of(connection, one.id)}:
                raise UnknownEvidence
        sealed = house.blobs.open(sha256)
        with house.transactions.begin() as tx:
            read_evidence(tx, who, number)
        return send_file(sealed, mimetype=SEALED)

    return pages


def headed(headers: Mapping[tuple[str, int], bytes], letter: Letter) -> dict[str, str]:
    """The header that opens the letter to this unit, where oversight has re-wrapped it."""
    header = headers.get((letter.direction, letter.seq))
    return {"header": _text(header)} if header else {}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _note_place(number: str, note: Note) -> dict[str, Any]:
    """Each unit's notes are a chain of their own, which the browser checks."""
    place = {"direction": "unit", "seq": note.seq, "chain": note.unit}
    place["url"] = f"/kasus/{number}/catatan/{note.seq}"
    return place | ({"header": _text(note.header)} if note.header else {})


def _place(number: str, letter: Letter) -> dict[str, Any]:
    if (letter.direction, letter.seq) == ("in", 0):
        url = f"/kasus/{number}/amplop"
    else:
        url = f"/kasus/{number}/amplop/{letter.direction}/{letter.seq}"
    return {"direction": letter.direction, "seq": letter.seq, "url": url}
