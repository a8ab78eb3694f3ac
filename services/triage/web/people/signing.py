"""The door: sign in with a key made in the browser, sign out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from services.triage.actions.pacing import TooSoon
from services.triage.actions.sign_in import sign_in
from services.triage.actions.sign_out import sign_out
from services.triage.web.guard import TOKEN, asker, token_hash
from services.triage.web.people.keys_typed import auth_key_typed, code_typed
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


def signing_pages(house: House) -> Blueprint:
    """/masuk and /keluar."""
    pages = Blueprint("signing", __name__)

    def form(problems: Sequence[Problem] = ()) -> str:
        return render_template(
            "triage/masuk.html",
            problems=problems,
            deployment=house.settings.deployment,
            name=request.form.get("siapa", "")[:36],
            onward=_onward(),
            news=request.args.get("kabar", ""),
        )

    @pages.get("/masuk")
    @audience("signed-out")
    def show() -> ResponseReturnValue:
        return form()

    @pages.post("/masuk")
    @audience("signed-out")
    @reshown_by(form)
    def enter() -> ResponseReturnValue:
        name = _name(request.form.get("siapa", ""))
        key = auth_key_typed("kunci", field="nama")
        with house.transactions.begin() as tx:
            outcome = sign_in(tx, house.settings.identity, name, key, code_typed())
        if outcome.wait_seconds:
            raise TooSoon("nama", seconds=outcome.wait_seconds)
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
