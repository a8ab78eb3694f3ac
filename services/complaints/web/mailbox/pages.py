"""/kotak: what a receipt opens, for a browser that cannot open it itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.domain.mailbox import MailboxEmpty
from services.complaints.web.intake import Intake
from services.complaints.web.mailbox.deeds import DEEDS, PAGES
from services.complaints.web.mailbox.evidence import LetterFiles
from services.complaints.web.mailbox.letters import Opening
from services.complaints.web.mailbox.showing import closed, opening_of_ticket, shown
from services.complaints.web.taking import HEARD_OUT_BYTES
from shared.crypto.errors import MalformedTicket
from shared.crypto.receipt import derive, normalise
from shared.runtime.errors import Unavailable
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.limits import body_limit
from shared.web.packing import packed
from shared.web.problems import Problem
from shared.web.uploads import takes_files


def mailbox_form_pages(intake: Intake) -> Blueprint:
    """The code's form, the opened mailbox behind it, and a page for each thing to decide."""
    house, keys = intake.house, intake.keys
    pages = Blueprint("mailbox_form", __name__)
    files = LetterFiles(intake)

    def again(problems: Sequence[Problem]) -> str:
        """The page the fault was met on, with what was typed there."""
        if any(problem.code == Unavailable.code for problem in problems):
            return render_template("complaints/mailbox_away.html", problems=problems)
        try:
            opening = opening_of_ticket(house, keys)
        except MalformedTicket:
            return closed(house, problems)
        do = request.form.get("do", "")
        if request.endpoint == "mailbox_form.send_files":
            return shown(opening, "evidence", problems, files=files.here(opening))
        return shown(opening, do if do in PAGES else "", problems)

    @pages.get("/kotak")
    @audience("reporter")
    @packed
    def code_form() -> ResponseReturnValue:
        return closed(house)

    @pages.post("/kotak")
    @audience("reporter")
    @reshown_by(again)
    def open_code() -> ResponseReturnValue:
        do = request.form.get("do", "")
        if do in DEEDS:
            opening = opening_of_ticket(house, keys)
            DEEDS[do](opening)
            return shown(opening, done=do)
        if request.form.get("ticket"):
            page = do.removeprefix("page-")
            return shown(opening_of_ticket(house, keys), page if page in PAGES else "")
        digits = normalise(request.form.get("receipt", ""))
        intake.opening.spend()
        return shown(Opening(house, keys, derive(digits, house.settings.deployment)))

    @pages.get("/kotak/bukti")
    @audience("reporter")
    def files_form() -> ResponseReturnValue:
        return redirect("/kotak", 303)

    @pages.post("/kotak/bukti")
    @audience("reporter")
    @body_limit(HEARD_OUT_BYTES)
    @takes_files(files.taking.takes)
    @reshown_by(again)
    def send_files() -> ResponseReturnValue:
        opening = opening_of_ticket(house, keys)
        if opening.mailbox().case is None:
            raise MailboxEmpty("files")
        held = files.here(opening)
        if problems := files.taking.problems():
            return shown(opening, "evidence", problems, files=held), 422
        if request.form.get("do") != "evidence":
            return shown(opening, "evidence", files=held)
        files.send(opening, held)
        return shown(opening, done="evidence")

    pages.teardown_request(files.taking.leave)
    return pages
