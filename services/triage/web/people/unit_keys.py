"""The unit's keys: who holds them, and the page where a member's browser makes the next one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.share_unit_keys import MalformedUnitKey, NewEpoch, share_unit_keys
from services.triage.domain.epochs import EPOCH_LASTS, need_of
from services.triage.store.people import READERS, Person, keys_of, readers_of
from services.triage.store.staff import members
from services.triage.store.unit_keys import epochs_of, standing_of
from services.triage.web.guard import asker
from services.triage.web.people.keys_typed import bytes_typed
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem

MOST_EPOCHS = 600


class MembersNotChecked(Refused):
    """Periksa daftar anggota, lalu centang bahwa Anda mengenal semuanya."""

    code = "members_not_checked"


def unit_key_pages(house: House) -> Blueprint:
    """/kunci-unit and /kunci-unit/bahan."""
    pages = Blueprint("unit_keys", __name__)

    @pages.app_context_processor
    def due() -> dict[str, object]:
        return {"unit_key_need": lambda who: _need(house, who)}

    def form(problems: Sequence[Problem] = ()) -> str:
        who = asker()
        with house.database.read() as connection:
            found = [
                one
                for one in members(connection, [who.unit])
                if one.who.role in READERS and one.recipient
            ]
            epochs = epochs_of(connection, who.unit)
        return render_template(
            "triage/kunci-unit.html",
            problems=problems,
            unit=house.rulebook.units.by_id[who.unit],
            people=[(one.who, fingerprint(one.recipient), one.changed_at) for one in found],
            epochs=epochs[:12],
            more=len(epochs) - 12,
            need=_need(house, who),
            days=EPOCH_LASTS.days,
            made=request.args.get("jadi", "")[:6],
            deployment=house.settings.deployment,
        )

    @pages.get("/kunci-unit")
    @audience("investigator")
    def show() -> ResponseReturnValue:
        return form()

    @pages.get("/kunci-unit/bahan")
    @audience("investigator")
    def material() -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            mine = keys_of(connection, who.name)
            epochs = epochs_of(connection, who.unit)
            standing = standing_of(connection, who.unit)
            recipients = readers_of(connection, who.unit)
        return jsonify(
            identity=_text(mine.identity if mine else b""),
            recipients=recipients,
            members=standing.holders,
            epoch=standing.epoch + 1,
            earlier=[{"epoch": one.epoch, "wrapped": _text(one.wrapped)} for one in epochs],
        )

    @pages.post("/kunci-unit")
    @audience("investigator")
    @reshown_by(form)
    def make() -> ResponseReturnValue:
        if "kenal" not in request.form:
            raise MembersNotChecked("kenal")
        made = _made()
        with house.transactions.begin() as tx:
            epoch = share_unit_keys(tx, asker(), made)
        return redirect(f"/kunci-unit?jadi={epoch}", 303)

    return pages


def fingerprint(recipient: str) -> str:
    """Four groups of four hexadecimal digits, to be compared aloud."""
    digest = hashlib.sha256(recipient.encode()).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _need(house: House, who: Person) -> str:
    if who.role not in READERS:
        return ""
    with house.database.read() as connection:
        return need_of(standing_of(connection, who.unit), house.clock.now())


def _made() -> NewEpoch:
    """The hidden fields; raises MalformedUnitKey."""
    typed = request.form
    wrapped = bytes_typed("bungkus")
    try:
        listed = json.loads(typed.get("terdahulu", ""))
        earlier = {int(epoch): base64.b64decode(file, validate=True) for epoch, file in listed}
        epoch = int(typed.get("epok", "")[:9])
    except (ValueError, TypeError, RecursionError):
        raise MalformedUnitKey from None
    if wrapped is None or len(earlier) > MOST_EPOCHS:
        raise MalformedUnitKey
    recipient, digest = typed.get("penerima", ""), typed.get("anggota", "")
    return NewEpoch(epoch, recipient, wrapped, earlier, digest)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
