"""Ask to withdraw a complaint, or take that back: nothing ends before a supervisor has looked.

What triage's service key opens (the part `disclosed` of withdrawal.asked) is canonical JSON:
{"v": 1, "pressed": "yes", "no" or "unsaid"}. It is stored here sealed only (ADR 17).
"""

from __future__ import annotations

from services.complaints import store
from services.complaints.actions.open_mailbox import hold_mailbox
from services.complaints.domain.deeds import (
    ASKED,
    TAKEN_BACK,
    NothingToTakeBack,
    NotWithdrawable,
    deeds_of,
    has_done,
    today_at,
)
from shared.contracts.reporting import WithdrawalAsked, WithdrawalTakenBack
from shared.crypto.sealing import seal_json
from shared.messaging.tx import Tx


def seal_pressed(pressed: str, triage_recipient: str) -> bytes:
    """The answer to "is somebody pressing you", of one length whatever it is."""
    return seal_json({"v": 1, "pressed": pressed}, triage_recipient)


def ask_withdrawal(tx: Tx, *, lookup: bytes, sign: bytes, nth: int, disclosed: bytes) -> bool:
    """Ask for the `nth` time; False when this was asked before.

    Raises MailboxEmpty, and NotWithdrawable where the case has ended or one is being looked at.
    """
    mailbox = hold_mailbox(tx, lookup, sign)
    deeds = deeds_of(mailbox, today_at(tx.now))
    if has_done(mailbox.steps, ASKED, nth):
        return False
    if "withdraw" not in deeds.may or nth != deeds.withdrawal_round + 1 or mailbox.case is None:
        raise NotWithdrawable("round")
    day = tx.at.date()
    store.add_progress(tx.connection, mailbox.case, day, event=ASKED, told={"round": nth})
    tx.record(WithdrawalAsked(nth), subject=mailbox.case, parts={"disclosed": disclosed})
    return True


def take_back_withdrawal(tx: Tx, *, lookup: bytes, sign: bytes, nth: int) -> bool:
    """Go on after all; False when this was said before. Raises MailboxEmpty, NothingToTakeBack."""
    mailbox = hold_mailbox(tx, lookup, sign)
    deeds = deeds_of(mailbox, today_at(tx.now))
    if has_done(mailbox.steps, TAKEN_BACK, nth):
        return False
    if "take_back" not in deeds.may or nth != deeds.withdrawal_round or mailbox.case is None:
        raise NothingToTakeBack("round")
    day = tx.at.date()
    store.add_progress(tx.connection, mailbox.case, day, event=TAKEN_BACK, told={"round": nth})
    tx.record(WithdrawalTakenBack(nth), subject=mailbox.case)
    return True
