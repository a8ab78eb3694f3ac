"""/kotak: what a receipt opens, for a browser that cannot open it itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import Opened, open_letters
from services.complaints.domain.deeds import Deeds, deeds_of, today_at
from services.complaints.domain.mailbox import Mailbox, days_late, next_place
from services.complaints.web.intake import Intake
from services.complaints.web.mailbox.deeds import DEEDS, PAGES
from services.complaints.web.mailbox.letters import Opening
from services.complaints.web.mailbox.words import BUTTONS, DONE, EVENTS, TITLES, late_words
from services.complaints.web.words import CLOCKS, STATES
from shared.crypto.errors import MalformedTicket
from shared.crypto.receipt import ReceiptKeys, derive, normalise
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.runtime.errors import Unavailable
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.packing import packed
from shared.web.problems import Problem

TICKET_LIVES = timedelta(minutes=30)
_PURPOSE = "mailbox"


def mailbox_form_pages(intake: Intake) -> Blueprint:
    """The code's form, the opened mailbox behind it, and a page for each thing to decide."""
    house, keys = intake.house, intake.keys
    pages = Blueprint("mailbox_form", __name__)
    kinds = house.rulebook.units.kinds.values()

    def closed(problems: Sequence[Problem] = ()) -> str:
        return render_template(
            "complaints/mailbox.html",
            problems=problems,
            deployment=house.settings.deployment,
            states=STATES,
            clocks=CLOCKS,
            events=EVENTS,
            done=DONE,
            deed_pages=PAGES,
            deed_titles=TITLES,
            deed_buttons=BUTTONS,
            typed={},
            desks=[(kind.code, kind.in_language(asker_language())) for kind in kinds],
        )

    def again(problems: Sequence[Problem]) -> str:
        """The page the fault was met on, with what was typed there."""
        if any(problem.code == Unavailable.code for problem in problems):
            return render_template("complaints/mailbox_away.html", problems=problems)
        try:
            opening = _opening_of_ticket(house, keys)
        except MalformedTicket:
            return closed(problems)
        do = request.form.get("do", "")
        return _shown(opening, do if do in PAGES else "", problems)

    @pages.get("/kotak")
    @audience("reporter")
    @packed
    def code_form() -> ResponseReturnValue:
        return closed()

    @pages.post("/kotak")
    @audience("reporter")
    @reshown_by(again)
    def open_code() -> ResponseReturnValue:
        do = request.form.get("do", "")
        if do in DEEDS:
            opening = _opening_of_ticket(house, keys)
            DEEDS[do](opening)
            return _shown(opening, done=do)
        if request.form.get("ticket"):
            page = do.removeprefix("page-")
            return _shown(_opening_of_ticket(house, keys), page if page in PAGES else "")
        digits = normalise(request.form.get("receipt", ""))
        with intake.opening.one():
            receipt_keys = derive(digits, house.settings.deployment)
        return _shown(Opening(house, keys, receipt_keys))

    return pages


def _shown(
    opening: Opening, page: str = "", problems: Sequence[Problem] = (), *, done: str = ""
) -> str:
    """The opened mailbox, or the page of one deed."""
    house, mailbox = opening.house, opening.mailbox()
    today = today_at(house.clock.now())
    letters = open_letters(mailbox, opening.receipt)
    until = house.clock.now() + TICKET_LIVES
    key = house.settings.session_key
    deeds = deeds_of(mailbox, today)
    return render_template(
        "complaints/mailbox_deed.html" if page else "complaints/mailbox_open.html",
        problems=problems,
        mailbox=mailbox,
        letters=letters,
        late=[_late(mailbox, number, today) for number in range(len(mailbox.steps))],
        ticket=seal_ticket(key, opening.receipt.prk, until, purpose=_PURPOSE),
        deeds=deeds,
        offered=offered(deeds, letters),
        page=page,
        deed_titles=TITLES,
        deed_buttons=BUTTONS,
        rounds=_rounds(deeds),
        next_seq=next_place(mailbox).seq if mailbox.case else 1,
        typed={} if done else request.form,
        done=DONE.get(done, ""),
    )


def _rounds(deeds: Deeds) -> dict[str, int]:
    """The number each page sends along, so that sending it twice is doing it once."""
    posted = request.form.get("round", "")
    if posted.isascii() and posted.isdigit() and request.form.get("do") in DEEDS:
        return dict.fromkeys(PAGES, int(posted[:6]))
    asked = deeds.withdrawal_round
    return dict.fromkeys(PAGES, deeds.result_round) | {"withdraw": asked + 1, "take_back": asked}


def offered(deeds: Deeds, letters: Sequence[Opened]) -> list[str]:
    """The deeds a page may offer; a name is given once, for there is no way back."""
    named = any(letter.is_named for letter in letters)
    could = set(deeds.may) | (set() if named or not letters else {"identity"})
    return [name for name in PAGES if name in could]


def _late(mailbox: Mailbox, number: int, today: Any) -> str:
    step = mailbox.steps[number]
    return late_words(days_late(mailbox.steps, number, today)) if step.late else ""


def _opening_of_ticket(house: House, keys: UnitKeys) -> Opening:
    """Raises MalformedTicket, StaleTicket."""
    ticket, now = request.form.get("ticket", ""), house.clock.now()
    prk = open_ticket(house.settings.session_key, ticket, now, purpose=_PURPOSE)
    return Opening(house, keys, ReceiptKeys.from_prk(prk))
