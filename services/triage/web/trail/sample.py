"""/cuplikan: a tenth of a month's rejections, drawn by nobody, for an auditor to look at again."""

from __future__ import annotations

import hashlib
import hmac

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.read_trail import read_trail
from services.triage.domain import periods
from services.triage.domain.sampling import drawn
from services.triage.store.people import AUDITOR, titles_of
from services.triage.store.rejections import rejected_in
from services.triage.web import words
from services.triage.web.guard import asker
from services.triage.web.queue.filters import UnknownFilter
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience


def sample_pages(house: House) -> Blueprint:
    """GET /cuplikan with ?bulan=; every reading is recorded before it is answered."""
    pages = Blueprint("sample", __name__)
    key = hmac.digest(
        house.settings.identity.encode(), b"kentongan/v1 sample of rejections", hashlib.sha256
    )

    @pages.get("/cuplikan")
    @audience(AUDITOR)
    def show() -> ResponseReturnValue:
        who = asker()
        zone = zone_of(house, who.unit)
        months = periods.last_months(house.clock.now(), zone)
        month = request.args.get("bulan") or months[0]
        span = periods.month_span(month, zone) if month in months else None
        if span is None:
            raise UnknownFilter("bulan")
        with house.transactions.begin() as tx:
            found = rejected_in(tx.connection, who, span)
            titles = titles_of(tx.connection, filter(None, (one.by for one in found)))
            read_trail(tx, who, f"sample {month}")
        chosen = drawn(key, month, (one.id for one in found))
        return render_template(
            "triage/cuplikan.html",
            rows=[one for one in found if one.id in chosen],
            every=len(found),
            titles=titles,
            units=house.rulebook.units.by_id,
            months=[(code, words.month_name(code)) for code in months],
            month=month,
            zone=zone,
        )

    return pages
