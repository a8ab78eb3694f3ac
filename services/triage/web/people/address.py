"""Where warnings reach me: give a work address, another one, or take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from services.triage.actions.give_address import drop_address, give_address, seal_address
from services.triage.web.guard import asker
from shared.contracts.address import is_address
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.problems import Problem


class MalformedWorkAddress(Refused):
    """Tulis alamat surel kerja yang lengkap, misalnya nama@instansi.go.id."""

    code = "work_address_malformed"


def address_pages(house: House, form: Callable[[Sequence[Problem]], str]) -> Blueprint:
    """POST /akun/surel and /akun/surel/hapus; `form` is the account page."""
    pages = Blueprint("address", __name__)

    @pages.post("/akun/surel")
    @audience("staff")
    @reshown_by(form)
    def keep() -> ResponseReturnValue:
        address, who = request.form.get("surel", "").strip(), asker()
        if not is_address(address):
            raise MalformedWorkAddress("surel")
        # In memory for this one request; what is kept and sent opens to notify alone.
        sealed = seal_address(address, who, house.settings.notify_recipient)
        with house.transactions.begin() as tx:
            give_address(tx, who, sealed, asker_language())
        return redirect("/akun?kabar=surel#surel", 303)

    @pages.post("/akun/surel/hapus")
    @audience("staff")
    def drop() -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            drop_address(tx, asker().name, by=asker().name)
        return redirect("/akun?kabar=surel-hapus#surel", 303)

    return pages
