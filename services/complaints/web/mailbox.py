"""/kotak: what a receipt opens, for a browser that cannot open it itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import open_letters, open_mailbox
from services.complaints.actions.receive_reply import (
    Reply,
    is_kept,
    receive_reply,
    reply_digest,
    seal_reply,
)
from services.complaints.domain.admission import key_of
from services.complaints.domain.mailbox import Mailbox, MailboxEmpty
from services.complaints.domain.reading import MOST_LETTERS, Missing, StoryTooLong
from services.complaints.web.intake import Intake
from services.complaints.web.words import CLOCKS, STATES
from shared.crypto.errors import MalformedTicket
from shared.crypto.receipt import ReceiptKeys, derive, normalise
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.runtime.errors import Unavailable
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.problems import Problem

TICKET_LIVES = timedelta(minutes=30)
_PURPOSE = "mailbox"


def mailbox_form_pages(intake: Intake) -> Blueprint:
    """The code's form, and the opened mailbox behind it."""
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
            desks=[(kind.code, kind.in_language(asker_language())) for kind in kinds],
        )

    def again(problems: Sequence[Problem]) -> str:
        """The page the fault was met on, with what was typed there."""
        if any(problem.code == Unavailable.code for problem in problems):
            return render_template("complaints/mailbox_away.html", problems=problems)
        try:
            receipt_keys = _keys_of_ticket(house)
        except MalformedTicket:
            return closed(problems)
        return _opened(house, receipt_keys, problems)

    @pages.get("/kotak")
    @audience("reporter")
    def code_form() -> ResponseReturnValue:
        return closed()

    @pages.post("/kotak")
    @audience("reporter")
    @reshown_by(again)
    def open_code() -> ResponseReturnValue:
        if request.form.get("do") == "reply":
            receipt_keys = _keys_of_ticket(house)
            _reply(house, keys, receipt_keys)
            return _opened(house, receipt_keys, sent=True)
        if request.form.get("ticket"):
            return _opened(house, _keys_of_ticket(house))
        digits = normalise(request.form.get("receipt", ""))
        with intake.opening.one():
            receipt_keys = derive(digits, house.settings.deployment)
        return _opened(house, receipt_keys)

    return pages


def _opened(
    house: House,
    receipt_keys: ReceiptKeys,
    problems: Sequence[Problem] = (),
    *,
    sent: bool = False,
) -> str:
    mailbox = _mailbox(house, receipt_keys)
    until = house.clock.now() + TICKET_LIVES
    key = house.settings.session_key
    posted = mailbox.sent()
    return render_template(
        "complaints/mailbox_open.html",
        problems=problems,
        mailbox=mailbox,
        letters=open_letters(mailbox, receipt_keys),
        ticket=seal_ticket(key, receipt_keys.prk, until, purpose=_PURPOSE),
        next_seq=posted[-1].seq + 1 if posted else 1,
        typed="" if sent else request.form.get("text", ""),
        sent=sent,
    )


def _mailbox(house: House, receipt_keys: ReceiptKeys) -> Mailbox:
    with house.database.read() as connection:
        return open_mailbox(connection, receipt_keys.lookup, receipt_keys.sign_public)


def _keys_of_ticket(house: House) -> ReceiptKeys:
    """Raises MalformedTicket, StaleTicket."""
    ticket, now = request.form.get("ticket", ""), house.clock.now()
    return ReceiptKeys.from_prk(
        open_ticket(house.settings.session_key, ticket, now, purpose=_PURPOSE)
    )


def _reply(house: House, keys: UnitKeys, receipt_keys: ReceiptKeys) -> None:
    """Seal the typed letter in memory and take it in; the same one again changes nothing."""
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    if not text:
        raise Missing("text")
    if len(text) > MOST_LETTERS:
        raise StoryTooLong("text", most=MOST_LETTERS)
    seq = _seq()
    digest = reply_digest(receipt_keys, seq, text)
    with house.database.read() as connection:
        mailbox = open_mailbox(connection, receipt_keys.lookup, receipt_keys.sign_public)
        if is_kept(connection, mailbox, seq, digest):
            return
    if mailbox.unit is None:
        raise MailboxEmpty("text")
    envelope = seal_reply(
        mailbox,
        receipt_keys,
        seq=seq,
        text=text,
        unit_key=key_of(keys.current(), mailbox.unit),
        settings=house.settings,
    )
    reply = Reply(seq, envelope, digest)
    with house.transactions.begin() as tx:
        lookup, sign = receipt_keys.lookup, receipt_keys.sign_public
        receive_reply(tx, lookup=lookup, sign=sign, reply=reply)


def _seq() -> int:
    text = request.form.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
