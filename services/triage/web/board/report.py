"""/papan/laporan.pdf: a unit's month as the house press prints it, with the board's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from services.triage.domain import periods
from services.triage.web import words
from services.triage.web.board.monthly import Month, how_counted, month_asked, month_of
from services.triage.web.guard import asker
from services.triage.web.zones import zone_of
from shared.paper.press import print_pdf
from shared.service import House
from shared.web.audience import audience

_TEMPLATE = Path(__file__).parents[2] / "templates" / "triage" / "laporan.typ"


def report_pages(house: House) -> Blueprint:
    """GET /papan/laporan.pdf with ?bulan= as the board's."""
    pages = Blueprint("report", __name__)

    @pages.get("/papan/laporan.pdf")
    @audience("supervisor")
    def report() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        zone = zone_of(house, who.unit)
        code = month_asked(periods.last_months(now, zone))
        with house.database.read() as connection:
            month = month_of(house, connection, who, code, now, zone)
        values = on_paper(month) | {
            "brand": house.settings.brand,
            "unit": house.rulebook.units.unit(who.unit).name,
            "counted": gettext("Dihitung %(when)s.", when=words.short_time(now, zone)),
        }
        answer = make_response(print_pdf(_TEMPLATE, values))
        answer.headers["Content-Type"] = "application/pdf"
        name = f"laporan-{who.unit}-{code}.pdf"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    return pages


def on_paper(month: Month) -> dict[str, Any]:
    """The month's figures as the press takes them, in the asker's language."""
    letter = month.grade.letter if month.grade else None
    rule = month.rule
    return {
        "language": words.language(),
        "title": gettext("Laporan bulanan, %(month)s", month=month.name),
        "foot": gettext("Tanpa uraian pelapor dan tanpa nama."),
        "letter": letter or "–",
        "graded": gettext("Nilai %(letter)s", letter=letter)
        if letter
        else gettext("Belum dinilai"),
        "why": ", ".join(month.why),
        "figures_title": gettext("Angka bulan ini"),
        "what": gettext("Apa"),
        "number": gettext("Banyaknya"),
        "figures": [
            [gettext("Janji tepat waktu"), _percent(month.share)],
            [gettext("Kasus ditutup"), str(month.closed.number)],
            [gettext("Kasus dibuka kembali"), str(month.reopened.number)],
            [gettext("Bagian dibuka kembali"), _percent(month.reopen_share)],
            [gettext("Kasus P1 dengan janji terlambat"), str(month.urgent.number)],
            [gettext("Dinilai pelapor"), str(month.rated.number)],
            [gettext("Rata-rata bintang"), "–" if month.stars is None else f"{month.stars:.1f}"],
        ],
        "promises_title": gettext("Janji"),
        "promise_heads": [
            gettext("Janji"),
            gettext("Tepat waktu"),
            gettext("Terlambat"),
            gettext("Bagian tepat waktu"),
        ],
        "promises": [
            [one.name, str(one.kept.number), str(one.broken.number), _percent(one.share)]
            for one in month.promises
        ],
        "none": gettext("Belum ada janji yang selesai."),
        "how_counted": how_counted(),
        "formula_title": gettext("Rumus nilai"),
        "formula": month.formula,
        "source": gettext("Sumber: %(source)s", source=rule.source) if rule else "",
    }


def _percent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"
