"""The pages before and after a report: front page, safety, quick exit."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.complaints.web.prices.pages import common_prices
from services.complaints.web.report.drafts import Drafts
from services.complaints.web.words import limit_words, teach_codes
from shared.rulebook.promises import slowest
from shared.service import House
from shared.web.audience import audience
from shared.web.leaving import leave_no_trace
from shared.web.packing import packed
from shared.web.words import local

PROMISED = ("verify", "news", "final")


def front_pages(house: House) -> Blueprint:
    """/, /aman and /keluar."""
    pages = Blueprint("front", __name__)
    pages.record_once(lambda state: teach_codes(state.app, house.rulebook))

    @pages.get("/")
    @audience("public")
    @packed
    def front() -> ResponseReturnValue:
        rulebook, today = house.rulebook, local(house.clock.now()).date()
        return render_template(
            "complaints/front.html",
            common=common_prices(rulebook, today),
            needs=rulebook.needs.values(),
            promised={code: limit_words(*slowest(rulebook.clocks[code])) for code in PROMISED},
            doors=rulebook.wording.doors.values(),
        )

    @pages.get("/aman")
    @audience("public")
    @packed
    def safely() -> ResponseReturnValue:
        return render_template("complaints/safely.html")

    @pages.get("/keluar")
    @audience("public")
    def leave() -> ResponseReturnValue:
        Drafts(house).drop()
        return leave_no_trace(house.settings.exit_url)

    return pages
