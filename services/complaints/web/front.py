"""The pages before and after a report: front page, safety, quick exit."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.complaints.web.leaving import leave_no_trace
from services.complaints.web.words import teach_codes
from shared.rulebook.regions import NATIONAL
from shared.service import House
from shared.web.audience import audience
from shared.web.words import local

MOST_PRICES = 8


def front_pages(house: House) -> Blueprint:
    """/, /aman and /keluar."""
    pages = Blueprint("front", __name__)
    pages.record_once(lambda state: teach_codes(state.app, house.rulebook))

    @pages.get("/")
    @audience("public")
    def front() -> ResponseReturnValue:
        today = local(house.clock.now()).date()
        found = [
            price
            for service in house.rulebook.services
            for price in house.rulebook.prices(service, region=NATIONAL, on=today)
            if price.official_idr is not None and not price.provinces
        ]
        return render_template("complaints/front.html", prices=found[:MOST_PRICES])

    @pages.get("/aman")
    @audience("public")
    def safely() -> ResponseReturnValue:
        return render_template("complaints/safely.html")

    @pages.get("/keluar")
    @audience("public")
    def leave() -> ResponseReturnValue:
        return leave_no_trace(house.settings.exit_url)

    return pages
