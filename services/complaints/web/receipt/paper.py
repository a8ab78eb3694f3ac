"""/terima: the receipt page, the same on paper and as a QR code, and how one leaves it.

Each is the answer to a POST that carries the page's sealed ticket: the digits stand in no
address, header or cookie, and nothing is written to a file (ADR 11).
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.web.receipt.ticket import Held, Told, posted_ticket
from services.complaints.web.receipt.words import receipt_on_paper
from services.complaints.web.report.drafts import Drafts
from shared.crypto import receipt
from shared.crypto.errors import MalformedTicket
from shared.paper.qr import qr_png
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.leaving import leave_no_trace
from shared.web.problems import Problem


class NotNotedYet(Refused):
    """Catat dulu 24 angka itu, lalu beri tanda di sini. Setelah ini halamannya hilang."""

    code = "not_noted_yet"


def paper_pages(house: House) -> Blueprint:
    """What the receipt page's buttons lead to."""
    pages = Blueprint("paper", __name__)

    def again(problems: Sequence[Problem] = ()) -> str:
        """The receipt, or why it is no longer shown."""
        try:
            return receipt_page(house, Held.posted(house), posted_ticket(), problems)
        except MalformedTicket:
            return render_template("complaints/receipt_over.html", problems=problems)

    @pages.get("/terima")
    @audience("reporter")
    def over() -> ResponseReturnValue:
        return render_template("complaints/receipt_over.html", problems=())

    @pages.post("/terima")
    @audience("reporter")
    @reshown_by(again)
    def shown_again() -> ResponseReturnValue:
        return receipt_page(house, Held.posted(house), posted_ticket())

    @pages.post("/terima/pdf")
    @audience("reporter")
    @reshown_by(again)
    def as_pdf() -> ResponseReturnValue:
        held = Held.posted(house)
        pdf = receipt_on_paper(house, held.digits, Told.of(house, held))
        # A name that says nothing to whoever looks through the phone's downloads.
        return _file(pdf, "application/pdf", 'attachment; filename="catatan.pdf"')

    @pages.post("/terima/qr")
    @audience("reporter")
    @reshown_by(again)
    def as_qr() -> ResponseReturnValue:
        png = qr_png(Held.posted(house).digits)
        return _file(png, "image/png", 'inline; filename="gambar.png"')

    def finish(problems: Sequence[Problem] = ()) -> ResponseReturnValue:
        """A form that has lost its session wipes all the same: nobody leaves by asking twice."""
        asks = any(problem.code == NotNotedYet.code for problem in problems)
        if asks:
            return again(problems)
        Drafts(house).drop()
        return leave_no_trace()

    @pages.post("/selesai")
    @audience("reporter")
    @reshown_by(finish)
    def finished() -> ResponseReturnValue:
        if not request.form.get("noted"):
            raise NotNotedYet("noted")
        return finish()

    return pages


def receipt_page(house: House, held: Held, ticket: str, problems: Sequence[Problem] = ()) -> str:
    """The page with the digits; raises MalformedTicket when the complaint is gone."""
    told = Told.of(house, held)
    return render_template(
        "complaints/receipt.html",
        problems=problems,
        groups=receipt.group(held.digits).split(" "),
        ticket=ticket,
        day=told.day,
        answer=told.answer,
        differs=held.differs,
    )


def _file(content: bytes, media: str, disposition: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = media
    answer.headers["Content-Disposition"] = disposition
    return answer
