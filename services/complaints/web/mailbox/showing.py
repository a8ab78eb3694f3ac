"""What /kotak shows without JavaScript: the code's form, the open mailbox, a page for each deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import render_template, request

from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import Opened, open_letters
from services.complaints.domain.deeds import Deeds, deeds_of, today_at
from services.complaints.domain.mailbox import Mailbox, WrongSeq, days_late, next_place
from services.complaints.web.mailbox.deeds import DEEDS, PAGES
from services.complaints.web.mailbox.held import Held, seal_held
from services.complaints.web.mailbox.letters import Opening
from services.complaints.web.mailbox.words import BUTTONS, DONE, EVENTS, TITLES, late_words
from services.complaints.web.words import CLOCKS, STATES, basis_words
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.service import House
from shared.web.i18n import asker_language
from shared.web.problems import Problem

TICKET_LIVES = timedelta(minutes=30)
_PURPOSE = "mailbox"


def closed(house: House, problems: Sequence[Problem] = ()) -> str:
    """The code's form, and every word the script needs."""
    kinds, names = house.rulebook.units.kinds.values(), house.rulebook.names
    language = asker_language()
    return render_template(
        "complaints/mailbox.html",
        problems=problems,
        in_phone=True,
        deployment=house.settings.deployment,
        states=STATES,
        clocks=CLOCKS,
        events=EVENTS,
        done=DONE,
        deed_pages=PAGES,
        deed_titles=TITLES,
        deed_buttons=BUTTONS,
        typed={},
        desks=[(kind.code, kind.in_language(language)) for kind in kinds],
        purposes=[(one.code, one.in_language(language)) for one in names.purposes.values()],
        bases=[(code, basis_words(one, code, language)) for code, one in names.bases.items()],
    )


def shown(
    opening: Opening,
    page: str = "",
    problems: Sequence[Problem] = (),
    *,
    done: str = "",
    files: Sequence[Held] = (),
) -> str:
    """The opened mailbox, or the page of one deed; `files` are what the next letter will bring."""
    house, mailbox = opening.house, opening.mailbox()
    today = today_at(house.clock.now())
    letters = open_letters(mailbox, opening.receipt)
    until = house.clock.now() + TICKET_LIVES
    key = house.settings.session_key
    deeds = deeds_of(mailbox, today)
    next_seq = next_place(mailbox).seq if mailbox.case else 1
    codes = {problem.code for problem in problems}
    return render_template(
        "complaints/mailbox_deed.html" if page else "complaints/mailbox_open.html",
        problems=problems,
        mailbox=mailbox,
        letters=letters,
        late=[_late(mailbox, number, today) for number in range(len(mailbox.steps))],
        ticket=seal_ticket(key, opening.receipt.prk, until, purpose=_PURPOSE),
        files=files,
        held=seal_held(opening, files, until),
        deeds=deeds,
        offered=offered(mailbox, deeds, letters),
        page=page,
        deed_titles=TITLES,
        deed_buttons=BUTTONS,
        rounds=_rounds(deeds),
        next_seq=next_seq,
        seq=next_seq if WrongSeq.code in codes else request.form.get("seq") or next_seq,
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


def offered(mailbox: Mailbox, deeds: Deeds, letters: Sequence[Opened]) -> list[str]:
    """The deeds a page may offer. A name is given once, for there is no way back; whether it stood
    in letters that were deleted nobody can know, so then it is not asked for again."""
    named = any(letter.is_named for letter in letters) or "in" in mailbox.gone
    could = set(deeds.may) | (set() if named or not letters else {"identity"})
    could |= {"evidence"} if mailbox.case else set()
    return [name for name in PAGES if name in could]


def _late(mailbox: Mailbox, number: int, today: Any) -> str:
    step = mailbox.steps[number]
    return late_words(days_late(mailbox.steps, number, today)) if step.late else ""


def opening_of_ticket(house: House, keys: UnitKeys) -> Opening:
    """Raises MalformedTicket, StaleTicket."""
    ticket, now = request.form.get("ticket", ""), house.clock.now()
    prk = open_ticket(house.settings.session_key, ticket, now, purpose=_PURPOSE)
    return Opening(house, keys, ReceiptKeys.from_prk(prk))
