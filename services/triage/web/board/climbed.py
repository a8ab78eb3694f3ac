"""/naik: late cases of units below that climbed to the asker's; to look at, not to work."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.triage.store.escalations import climbed
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue.pages import row_of
from shared.service import House
from shared.web.audience import audience

MOST = 100


def climbed_pages(house: House) -> Blueprint:
    """GET /naik."""
    pages = Blueprint("climbed", __name__)

    @pages.get("/naik")
    @audience("supervisor")
    def show() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        with house.database.read() as connection:
            found = climbed(connection, who, MOST)
        rows = [
            {
                **row_of(house, one, now),
                "unit": house.rulebook.units.unit(one.unit).name,
                "level": words.word(words.LEVELS, level),
                "since": at,
            }
            for one, level, at in found
        ]
        return render_template(
            "triage/naik.html", rows=rows, unit=house.rulebook.units.unit(who.unit)
        )

    return pages
