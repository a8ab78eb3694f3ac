"""My account: the passphrase, changed in this browser, and where warnings reach me."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from services.triage.actions.change_passphrase import change_passphrase
from services.triage.store.factors import factor_of
from services.triage.store.passkeys import passkeys_of
from services.triage.store.people import keys_of
from services.triage.store.reach import reachable_since
from services.triage.web.guard import asker
from services.triage.web.people.keys_typed import auth_key_typed, wrapped_typed
from services.triage.web.zones import zone_of
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


class WrongOldPassphrase(Refused):
    """Frasa sandi lama tidak cocok. Belum ada yang berubah; coba lagi."""

    code = "wrong_old_passphrase"


def account_page(house: House, problems: Sequence[Problem] = ()) -> str:
    """The page, and again with what is wrong."""
    with house.database.read() as connection:
        since = reachable_since(connection, asker().name)
        factor = factor_of(connection, asker().name)
        keys = passkeys_of(connection, asker().name)
    return render_template(
        "triage/akun.html",
        problems=problems,
        deployment=house.settings.deployment,
        reachable_since=since,
        has_code=factor is not None and factor.is_confirmed,
        passkeys=len(keys),
        zone=zone_of(house, asker().unit),
        typed=request.form,
        news=request.args.get("kabar", ""),
    )


def account_pages(house: House) -> Blueprint:
    """/akun, /akun/kunci and /akun/sandi."""
    pages = Blueprint("account", __name__)

    def form(problems: Sequence[Problem] = ()) -> str:
        return account_page(house, problems)

    @pages.get("/akun")
    @audience("staff")
    def show() -> ResponseReturnValue:
        return form()

    @pages.get("/akun/kunci")
    @audience("staff")
    def identity() -> ResponseReturnValue:
        with house.database.read() as connection:
            mine = keys_of(connection, asker().name)
        wrapped = mine.identity if mine else b""
        return jsonify(identity=base64.b64encode(wrapped).decode("ascii"))

    @pages.post("/akun/sandi")
    @audience("staff")
    @reshown_by(form)
    def passphrase() -> ResponseReturnValue:
        old = auth_key_typed("kunci-lama", field="lama")
        hashed, wrapped = wrapped_typed()
        with house.transactions.begin() as tx:
            is_changed = change_passphrase(tx, asker(), old, hashed, wrapped)
        if not is_changed:
            raise WrongOldPassphrase("lama")
        session.clear()
        return redirect("/masuk?kabar=sandi", 303)

    return pages
