"""/berkas: what is reported of the same office and service, gathered; each leads to its cases."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.domain.states import STATES
from services.triage.store.dossiers import Dossier, dossiers
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue import filters
from services.triage.web.queue.filters import UnknownFilter
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience
from shared.web.words import local, money

PAGE = 25


def dossier_pages(house: House) -> Blueprint:
    """GET /berkas, with ?halaman= from 1."""
    pages = Blueprint("dossiers", __name__)

    @pages.get("/berkas")
    @audience("person")
    def show() -> ResponseReturnValue:
        who, page = asker(), _page(request.args.get("halaman", "1"))
        with house.database.read() as connection:
            found = dossiers(connection, who, PAGE + 1, skip=(page - 1) * PAGE)
        zone = zone_of(house, who.unit)
        return render_template(
            "triage/berkas.html",
            unit=house.rulebook.units.unit(who.unit),
            rows=[_row(house, one, zone) for one in found[:PAGE]],
            onward=page + 1 if len(found) > PAGE else None,
        )

    return pages


def _row(house: House, one: Dossier, zone: str) -> dict[str, Any]:
    names = words.states()
    return {
        "name": filters.cluster_name(house.rulebook, one.cluster) or one.cluster,
        "to": filters.address({"berkas": one.cluster}),
        "cases": one.cases,
        "days": words.short_span(local(one.first_at, zone).date(), local(one.last_at, zone).date()),
        "asked": money(one.asked) if one.told else None,
        "told": one.told,
        "states": [
            (
                names[code],
                one.states[code],
                filters.address({"berkas": one.cluster, "status": code}),
            )
            for code in STATES
            if one.states.get(code)
        ],
    }


def _page(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise UnknownFilter("halaman")
    return int(text)
