"""The stop link: one page to confirm, one click to stop, one to take it back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify.actions.stop_notices import resume_notices, stop_notices
from services.notify.domain.stop import StopKeys
from shared.service import House
from shared.web.audience import audience
from shared.web.csrf import one_click
from shared.web.leaving import leaving_pages


def pages(house: House) -> Sequence[Blueprint]:
    """The pages of notify. An unknown token gets the answers of a known one, byte for byte."""
    keys = StopKeys.of(house.settings.identity)
    book = Blueprint("notify", __name__)

    @book.get("/")
    @audience("public")
    def home() -> ResponseReturnValue:
        return render_template("notify/home.html", public_url=house.settings.public_url)

    @book.get("/berhenti/<token>")
    @audience("anyone-with-link")
    def ask(token: str) -> ResponseReturnValue:
        return render_template("notify/stop.html", token=token)

    # Mail programs post here by themselves (RFC 8058), without a page of ours before it.
    @book.post("/berhenti/<token>")
    @audience("anyone-with-link")
    @one_click
    def stop(token: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            stop_notices(tx, token, keys)
        return render_template("notify/stopped.html", token=token)

    @book.get("/berhenti/<token>/batal")
    @audience("anyone-with-link")
    def ask_undo(token: str) -> ResponseReturnValue:
        return render_template("notify/undo.html", token=token)

    @book.post("/berhenti/<token>/batal")
    @audience("anyone-with-link")
    def undo(token: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            resume_notices(tx, token, keys)
        return render_template("notify/resumed.html", token=token)

    return [book, leaving_pages(house.settings.exit_url)]
