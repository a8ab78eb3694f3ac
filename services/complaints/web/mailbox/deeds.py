"""What a reporter decides on /kotak without JavaScript: a page for each, and what it does."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping

from flask import request

from services.complaints.actions.delete_letters import delete_letters
from services.complaints.actions.judge_result import Rating, object_to_result, rate_result
from services.complaints.actions.leave_contact import leave_contact
from services.complaints.actions.receive_reply import receive_reply
from services.complaints.actions.seal_form import seal_contact
from services.complaints.actions.withdraw import (
    ask_withdrawal,
    seal_pressed,
    take_back_withdrawal,
)
from services.complaints.domain.address import parse_address
from services.complaints.domain.deeds import MOST_STARS, PRESSED
from services.complaints.domain.form_refusals import Missing, UnknownChoice
from services.complaints.domain.reading import MOST_NAME
from services.complaints.web.mailbox.letters import Opening, typed_letter, typed_number
from shared.runtime.errors import Refused
from shared.web.i18n import asker_language


class NameTooLong(Refused):
    """Nama paling panjang %(most)s huruf. Pendekkan, lalu kirim lagi."""

    code = "name_too_long"


def _reply(opening: Opening) -> None:
    letter = typed_letter(opening)
    with opening.house.transactions.begin() as tx:
        receive_reply(tx, **opening.who, reply=letter)


def _identity(opening: Opening) -> None:
    if len(request.form.get("name", "")) > MOST_NAME:
        raise NameTooLong("name", most=MOST_NAME)
    letter = typed_letter(opening, "name", kind="identity")
    with opening.house.transactions.begin() as tx:
        receive_reply(tx, **opening.who, reply=letter)


def _contact(opening: Opening) -> None:
    address = parse_address(request.form.get("email", ""))
    recipient = opening.house.settings.notify_recipient
    lang = asker_language()
    sealed = seal_contact(address, opening.receipt, lang, recipient)
    typed = b"contact\x00" + address.encode()
    digest = hmac.digest(opening.receipt.once_key, typed, hashlib.sha256)
    with opening.house.transactions.begin() as tx:
        leave_contact(tx, **opening.who, contact=sealed, digest=digest, lang=lang)


def _withdraw(opening: Opening) -> None:
    pressed = _chosen("pressed", PRESSED)
    sealed = seal_pressed(pressed, opening.house.settings.triage_recipient)
    with opening.house.transactions.begin() as tx:
        ask_withdrawal(tx, **opening.who, nth=typed_number("round"), disclosed=sealed)


def _take_back(opening: Opening) -> None:
    with opening.house.transactions.begin() as tx:
        take_back_withdrawal(tx, **opening.who, nth=typed_number("round"))


def _rate(opening: Opening) -> None:
    is_solved = _chosen("solved", ("yes", "no")) == "yes"
    stars = typed_number("stars")
    if stars > MOST_STARS:
        raise UnknownChoice("stars")
    rating = Rating(typed_number("round"), is_solved, stars)
    with opening.house.transactions.begin() as tx:
        rate_result(tx, **opening.who, rating=rating)


def _object(opening: Opening) -> None:
    letter = typed_letter(opening)
    with opening.house.transactions.begin() as tx:
        object_to_result(tx, **opening.who, nth=typed_number("round"), reply=letter)


def _delete(opening: Opening) -> None:
    if request.form.get("sure") != "yes":
        raise Missing("sure")
    with opening.house.transactions.begin() as tx:
        delete_letters(tx, **opening.who)


def _chosen(name: str, known: tuple[str, ...]) -> str:
    text = request.form.get(name, "")
    if not text:
        raise Missing(name)
    if text not in known:
        raise UnknownChoice(name)
    return text


# By the value of the button `do`; all but the reply have a page of their own to fill in.
DEEDS: Mapping[str, Callable[[Opening], None]] = {
    "reply": _reply,
    "identity": _identity,
    "contact": _contact,
    "withdraw": _withdraw,
    "take_back": _take_back,
    "rate": _rate,
    "object": _object,
    "delete": _delete,
}
# Files come by a way of their own, which lets them in (evidence.py beside this).
PAGES = ("evidence", *(name for name in DEEDS if name != "reply"))
