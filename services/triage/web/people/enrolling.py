"""The invitation's page: a person's browser makes keys, this server gets what opens nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, g, redirect, render_template, session
from flask.typing import ResponseReturnValue

from services.triage.actions.accept_invitation import LinkOver, accept_invitation
from services.triage.actions.invite_person import link_hash
from services.triage.store.staff import Invitation, invitation_of
from services.triage.web.guard import TOKEN
from services.triage.web.people.keys_typed import keys_typed
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def enrolling_pages(house: House) -> Blueprint:
    """GET and POST /undangan/<token>."""
    pages = Blueprint("enrolling", __name__)

    def form(problems: Sequence[Problem] = ()) -> str:
        asked: Invitation | None = g.get("invitation")
        if asked is None:
            return error_page(404 if problems[0].code == LinkOver.code else 400, problems)
        return render_template(
            "triage/undangan.html",
            problems=problems,
            asked=asked,
            unit=house.rulebook.units.by_id[asked.who.unit],
            deployment=house.settings.deployment,
        )

    def look_up(token: str) -> None:
        with house.database.read() as connection:
            asked = invitation_of(connection, link_hash(token), house.clock.now())
        if asked is None:
            raise LinkOver
        g.invitation = asked

    @pages.get("/undangan/<token>")
    @audience("anyone-with-link")
    def show(token: str) -> ResponseReturnValue:
        look_up(token)
        return form()

    @pages.post("/undangan/<token>")
    @audience("anyone-with-link")
    @reshown_by(form)
    def accept(token: str) -> ResponseReturnValue:
        look_up(token)  # a link that is over comes first
        with house.transactions.begin() as tx:
            accept_invitation(tx, token, keys_typed())
        session.pop(TOKEN, None)
        return redirect("/masuk?kabar=terdaftar", 303)

    return pages
