"""A second factor: an app's code beside the passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, abort, redirect, render_template, session
from flask.typing import ResponseReturnValue

from services.triage.actions.second_factor import begin_factor, confirm, secret_of, take_off
from services.triage.store.factors import Factor, factor_of
from services.triage.store.people import Person
from services.triage.web.guard import asker
from services.triage.web.people.account import WrongOldPassphrase
from services.triage.web.people.keys_typed import auth_key_typed, code_typed
from shared.crypto import totp
from shared.messaging.tx import Tx
from shared.paper.qr import address_png
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


class WrongCode(Refused):
    """Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu tulis lagi."""

    code = "wrong_code"


def second_factor_pages(house: House) -> Blueprint:
    """/akun/kode, its picture, and the three things one does there."""
    pages = Blueprint("second_factor", __name__)
    identity = house.settings.identity

    def mine() -> Factor | None:
        with house.database.read() as connection:
            return factor_of(connection, asker().name)

    def form(problems: Sequence[Problem] = ()) -> str:
        factor = mine()
        begun = factor if factor and not factor.is_confirmed else None
        return render_template(
            "triage/kode.html",
            problems=problems,
            factor=factor,
            secret=totp.spelled(secret_of(identity, begun)) if begun else "",
            deployment=house.settings.deployment,
        )

    @pages.get("/akun/kode")
    @audience("staff")
    def show() -> ResponseReturnValue:
        return form()

    @pages.get("/akun/kode/gambar")
    @audience("staff")
    def picture() -> ResponseReturnValue:
        factor = mine()
        if factor is None or factor.is_confirmed:
            abort(404)  # a secret is shown until it is confirmed, and never again
        secret = secret_of(identity, factor)
        address = totp.address(secret, asker().name, house.settings.deployment)
        return Response(address_png(address), mimetype="image/png")

    @pages.post("/akun/kode/mulai")
    @audience("staff")
    @reshown_by(form)
    def begin() -> ResponseReturnValue:
        key = auth_key_typed("kunci", field="lama")
        with house.transactions.begin() as tx:
            is_begun = begin_factor(tx, identity, asker(), key)
        if not is_begun:
            raise WrongOldPassphrase("lama")
        return redirect("/akun/kode", 303)

    def changed(change: Callable[[Tx, str, Person, str], bool], news: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            is_changed = change(tx, identity, asker(), code_typed())
        if not is_changed:
            raise WrongCode("kode")
        session.clear()
        return redirect(f"/masuk?kabar={news}", 303)

    @pages.post("/akun/kode/pasang")
    @audience("staff")
    @reshown_by(form)
    def put_on() -> ResponseReturnValue:
        return changed(confirm, "kode")

    @pages.post("/akun/kode/lepas")
    @audience("staff")
    @reshown_by(form)
    def off() -> ResponseReturnValue:
        return changed(take_off, "lepas")

    return pages
