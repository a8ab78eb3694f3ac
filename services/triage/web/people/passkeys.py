"""My passkeys: the list, a new one, one taken off, and the wraps that unlock."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from services.triage.actions.keep_passkeys import (
    LONGEST_LABEL,
    MOST_PASSKEYS,
    Made,
    MalformedWrap,
    UnknownPasskey,
    keep_passkey,
    take_passkey_off,
)
from services.triage.store.passkeys import Passkey, passkeys_of
from services.triage.web.guard import asker
from services.triage.web.people.account import WrongOldPassphrase
from services.triage.web.people.challenges import give_challenge, taken_challenge
from services.triage.web.people.keys_typed import auth_key_typed, bytes_typed
from services.triage.web.people.signing import PasskeysNeedName
from services.triage.web.zones import zone_of
from shared.crypto.encoding import to_base64url
from shared.crypto.passkey import KINDS, LONGEST_ANSWER, Party, handle_of
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.headers import let_make_passkeys
from shared.web.problems import Problem

Json = dict[str, object]


def passkey_pages(house: House) -> Blueprint:
    """/akun/kunci-sandi, what its script asks for, and the page that takes one off."""
    pages = Blueprint("passkeys", __name__)
    party, deployment = Party.of(house.settings.desk_url), house.settings.deployment

    def mine() -> list[Passkey]:
        with house.database.read() as connection:
            return passkeys_of(connection, asker().name)

    def my_own(id: UUID) -> Passkey | None:
        return next((one for one in mine() if one.id == str(id)), None)

    @pages.app_context_processor
    def unlocking() -> dict[str, object]:
        return {
            "passkey_party": party,
            "unlocks_by_passkey": lambda: party and any(one.unlocks for one in mine()),
        }

    def form(problems: Sequence[Problem] = ()) -> str:
        let_make_passkeys()
        return render_template(
            "triage/kunci-sandi.html",
            problems=problems,
            keys=mine(),
            label=request.form.get("sebutan", "")[:LONGEST_LABEL],
            most=MOST_PASSKEYS,
            zone=zone_of(house, asker().unit),
            party=party,
            deployment=deployment,
        )

    @pages.get("/akun/kunci-sandi")
    @audience("staff")
    def show() -> ResponseReturnValue:
        return form()

    @pages.get("/akun/kunci-sandi/tantangan")
    @audience("staff")
    def challenge() -> ResponseReturnValue:
        return jsonify(
            challenge=give_challenge("pasang", house.clock.now()),
            handle=to_base64url(handle_of(asker().name, deployment)),
            kinds=KINDS,
            stand=[_public(one) for one in mine()],
        )

    @pages.get("/akun/kunci-sandi/bahan")
    @audience("staff")
    def material() -> ResponseReturnValue:
        return jsonify(
            keys=[
                {**_public(one), "wrapped": base64.b64encode(one.wrapped).decode("ascii")}
                for one in mine()
                if one.unlocks
            ]
        )

    @pages.post("/akun/kunci-sandi")
    @audience("staff")
    @reshown_by(form)
    def add() -> ResponseReturnValue:
        if party is None:
            raise PasskeysNeedName("lama")
        key = auth_key_typed("kunci", field="lama")
        asked, made = taken_challenge("pasang", house.clock.now()), _made()
        with house.transactions.begin() as tx:
            is_kept = keep_passkey(tx, party, asker(), key, asked, made)
        if not is_kept:
            raise WrongOldPassphrase("lama")
        session.clear()
        return redirect("/masuk?kabar=kunci-sandi", 303)

    def leaving(problems: Sequence[Problem] = ()) -> str:
        one = my_own((request.view_args or {})["id"])
        if one is None:
            if problems:
                return error_page(404, problems)
            raise UnknownPasskey
        return render_template(
            "triage/kunci-sandi-lepas.html", problems=problems, one=one, deployment=deployment
        )

    @pages.get("/akun/kunci-sandi/<uuid:id>/lepas")
    @audience("staff")
    def leave(id: UUID) -> ResponseReturnValue:  # noqa: ARG001 - `leaving` reads it
        return leaving()

    @pages.post("/akun/kunci-sandi/<uuid:id>/lepas")
    @audience("staff")
    @reshown_by(leaving)
    def off(id: UUID) -> ResponseReturnValue:
        if my_own(id) is None:
            raise UnknownPasskey
        key = auth_key_typed("kunci", field="lama")
        with house.transactions.begin() as tx:
            is_off = take_passkey_off(tx, asker(), str(id), key)
        if not is_off:
            raise WrongOldPassphrase("lama")
        session.clear()
        return redirect("/masuk?kabar=kunci-lepas", 303)

    return pages


def _public(one: Passkey) -> Json:
    return {"id": to_base64url(one.key.id), "transports": list(one.transports)}


def _made() -> Made:
    """The hidden fields; raises MalformedWrap."""
    wrapped = bytes_typed("bungkus")
    if wrapped is None:
        raise MalformedWrap("lama")
    try:
        listed = json.loads(request.form.get("jalur", "[]")[:400])
    except (ValueError, RecursionError):
        listed = []
    transports = [str(one) for one in listed] if isinstance(listed, list) else []
    answer = request.form.get("pernyataan", "")[: LONGEST_ANSWER + 1]
    return Made(answer, request.form.get("sebutan", ""), transports, wrapped)
