"""The door: sign in with a key made in the browser, sign out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from services.triage.actions.pacing import TooSoon
from services.triage.actions.prove_passkey import prove_passkey
from services.triage.actions.sign_in import SignIn, sign_in, sign_in_by_passkey
from services.triage.actions.sign_out import sign_out
from services.triage.web.guard import TOKEN, asker, token_hash
from services.triage.web.people.challenges import give_challenge, taken_challenge
from services.triage.web.people.keys_typed import auth_key_typed, code_typed
from shared.crypto.passkey import LONGEST_ANSWER, Party
from shared.crypto.person import normalise_name
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem

LONGEST_NAME = 36
_OWN_PATH = re.compile(r"/(kasus/[A-Z0-9-]{1,24})?")


class WrongPassphrase(Refused):
    """Nama, frasa sandi, atau kode tidak cocok. Periksa semuanya, lalu coba lagi."""

    code = "wrong_passphrase"


class PasskeysNeedName(Refused):
    """Kunci sandi butuh alamat dengan nama, bukan angka. Masuk dengan frasa sandi."""

    code = "passkeys_need_name"


def signing_pages(house: House) -> Blueprint:
    """/masuk, its challenge for a passkey, and /keluar."""
    pages = Blueprint("signing", __name__)
    party = Party.of(house.settings.desk_url)

    def form(problems: Sequence[Problem] = ()) -> str:
        return render_template(
            "triage/masuk.html",
            problems=problems,
            deployment=house.settings.deployment,
            name=request.form.get("siapa", "")[:36],
            onward=_onward(),
            news=request.args.get("kabar", ""),
            party=party,
        )

    @pages.get("/masuk")
    @audience("signed-out")
    def show() -> ResponseReturnValue:
        return form()

    @pages.get("/masuk/tantangan")
    @audience("signed-out")
    def challenge() -> ResponseReturnValue:
        return jsonify(challenge=give_challenge("masuk", house.clock.now()))

    def by_passphrase(passkey_of: str) -> SignIn:
        name = _name(request.form.get("siapa", ""))
        key = auth_key_typed("kunci", field="nama")
        identity = house.settings.identity
        with house.transactions.begin() as tx:
            return sign_in(tx, identity, name, key, code_typed(), passkey_of=passkey_of)

    def by_passkey() -> SignIn:
        """Alone, or beside the passphrase where a name was typed: then both must be theirs."""
        if party is None:
            raise PasskeysNeedName("nama")
        asked = taken_challenge("masuk", house.clock.now())
        answer = request.form["pernyataan"][: LONGEST_ANSWER + 1]
        with house.transactions.begin() as tx:
            proof = prove_passkey(tx, party, house.settings.deployment, asked, answer)
            if proof.refusal or not request.form.get("siapa"):
                return sign_in_by_passkey(tx, proof)
        return by_passphrase(proof.name)

    @pages.post("/masuk")
    @audience("signed-out")
    @reshown_by(form)
    def enter() -> ResponseReturnValue:
        outcome = by_passkey() if request.form.get("pernyataan") else by_passphrase("")
        if outcome.wait_seconds:
            raise TooSoon("nama", seconds=outcome.wait_seconds)
        if outcome.refusal:
            raise outcome.refusal("nama")
        if outcome.is_refused:
            raise WrongPassphrase("nama")
        language = session.get("bahasa")
        session.clear()  # a new session: no token of before lives on
        session[TOKEN] = outcome.token
        if language:
            session["bahasa"] = language
        return redirect(_onward(), 303)

    @pages.post("/keluar")
    @audience("staff")
    def leave() -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            sign_out(tx, asker().name, token_hash(str(session[TOKEN])))
        session.clear()
        return redirect("/masuk", 303)

    return pages


def _onward() -> str:
    """Where to after signing in: only pages of the desk, never another site's."""
    asked = request.values.get("ke", "/")
    return asked if _OWN_PATH.fullmatch(asked) else "/"


def _name(typed: str) -> str:
    """As it is stored; "" (nobody) for what no name can be, so that it takes the same way."""
    name = normalise_name(typed)
    return name if name.isprintable() and len(name) <= LONGEST_NAME else ""
