"""Official prices by need: /urusan/<need>, /tarif and its search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.web.prices.words import Priced, priced
from shared.rulebook import Rulebook
from shared.rulebook.prices import MOST_LETTERS, Found, PriceFinder
from shared.rulebook.vocabulary import Need
from shared.runtime.errors import NotFound
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.packing import packed
from shared.web.problems import Problem
from shared.web.words import local


class UnknownNeed(NotFound):
    """Urusan ini tidak ada dalam daftar. Pilih dari halaman depan."""

    code = "unknown_need"


def price_pages(house: House) -> Blueprint:
    """What people look at before they report.

    The search is posted, so that what somebody typed is in no address, history or proxy log
    (docs/adr/0012); it changes nothing, so a form that lost its session is answered all the same.
    """
    rulebook = house.rulebook
    finder = PriceFinder(rulebook)
    pages = Blueprint("prices", __name__)

    def today() -> date:
        return local(house.clock.now()).date()

    def answer(_problems: Sequence[Problem] = ()) -> str:
        asked = " ".join(request.form.get("q", "").split())[:MOST_LETTERS]
        return _table(rulebook, today(), asked, finder.find(asked))

    @pages.get("/tarif")
    @audience("public")
    @packed
    def all_prices() -> ResponseReturnValue:
        return _table(rulebook, today(), "", Found())

    @pages.post("/tarif")
    @audience("public")
    @reshown_by(answer)
    def search() -> ResponseReturnValue:
        return answer()

    @pages.get("/urusan/<code>")
    @audience("public")
    @packed
    def need(code: str) -> ResponseReturnValue:
        asked = rulebook.needs.get(code)
        if asked is None:
            raise UnknownNeed
        return render_template(
            "complaints/need.html",
            need=asked,
            services=_services(rulebook, asked, today()),
        )

    return pages


def common_prices(rulebook: Rulebook, on: date) -> list[Priced]:
    """What the front page shows before anybody has searched."""
    rows = {row.id: row for row in rulebook.tariffs}
    common = [rows[id] for id in rulebook.wording.common]
    language = asker_language()
    return [
        priced(rulebook, rulebook.services[row.service], language, on=on, tariffs=(row,))
        for row in common
    ]


def _table(rulebook: Rulebook, on: date, asked: str, found: Found) -> str:
    language = asker_language()
    hits = [
        priced(rulebook, hit.service, language, on=on, tariffs=hit.tariffs) for hit in found.hits
    ]
    needs = rulebook.needs.values()
    everything = [(need, _services(rulebook, need, on)) for need in needs] if not asked else []
    return render_template(
        "complaints/prices.html",
        asked=asked,
        found=found,
        hits=hits,
        most=MOST_LETTERS,
        needs=rulebook.needs,
        everything=everything,
    )


def _services(rulebook: Rulebook, need: Need, on: date) -> list[Priced]:
    """Those with prices first, otherwise in the rulebook's order."""
    language = asker_language()
    found = [
        priced(rulebook, service, language, on=on)
        for service in rulebook.services.values()
        if service.need == need.code
    ]
    return sorted(found, key=lambda one: not one.prices)
