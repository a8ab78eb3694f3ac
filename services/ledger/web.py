"""The one page of the ledger, until its tree is public."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from shared.service import House
from shared.web.audience import audience
from shared.web.leaving import leaving_pages


def pages(house: House) -> Sequence[Blueprint]:
    """The pages of the ledger."""
    book = Blueprint("ledger", __name__)

    @book.get("/")
    @audience("public")
    def home() -> ResponseReturnValue:
        return render_template("ledger/home.html")

    return [book, leaving_pages(house.settings.exit_url)]
