"""Enrolling anew: one key officer asks, another agrees and hands over the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.reset_person import approve_reset, ask_reset, refuse_reset
from services.triage.store.people import KEY_OFFICER
from services.triage.web.guard import asker
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def reset_pages(house: House, one_person: Callable[[Sequence[Problem]], str]) -> Blueprint:
    """POST /orang/<name>/ulang and what follows; `one_person` shows the person's page again."""
    pages = Blueprint("resets", __name__)

    @pages.post("/orang/<name>/ulang")
    @audience(KEY_OFFICER)
    @reshown_by(one_person)
    def ask(name: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            ask_reset(tx, house.rulebook, asker(), name, request.form.get("sebab", ""))
        return redirect(f"/orang/{name}", 303)

    @pages.post("/orang/<name>/ulang/setuju")
    @audience(KEY_OFFICER)
    @reshown_by(one_person)
    def approve(name: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            token = approve_reset(tx, house.rulebook, asker(), name)
        link = f"{request.host_url}undangan/{token}"
        return render_template("triage/tautan.html", title=name, link=link)

    @pages.post("/orang/<name>/ulang/batal")
    @audience(KEY_OFFICER)
    @reshown_by(one_person)
    def refuse(name: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            refuse_reset(tx, house.rulebook, asker(), name)
        return redirect(f"/orang/{name}", 303)

    return pages
