"""Say whether it is solved, or object to the result: once each for every result."""

from __future__ import annotations

from dataclasses import dataclass

from services.complaints import store
from services.complaints.actions.open_mailbox import hold_mailbox
from services.complaints.actions.receive_reply import Reply, receive_reply
from services.complaints.domain.deeds import (
    OBJECTED,
    RATED,
    NotRateable,
    TooLateToObject,
    deeds_of,
    has_done,
    today_at,
)
from shared.contracts.reporting import ResultObjected, ResultRated
from shared.messaging.tx import Tx


@dataclass(frozen=True)
class Rating:
    """`stars` 1-5, 0 when none were given; `round` counts the results told."""

    round: int
    is_solved: bool
    stars: int


def rate_result(tx: Tx, *, lookup: bytes, sign: bytes, rating: Rating) -> bool:
    """Keep the rating and tell of it; False when this very one stands already.

    Raises MailboxEmpty, and NotRateable where no result was told or another rating stands.
    """
    mailbox = hold_mailbox(tx, lookup, sign)
    told = {"round": rating.round, "is_solved": rating.is_solved, "stars": rating.stars}
    if any(step.event == RATED and step.told == told for step in mailbox.steps):
        return False
    deeds = deeds_of(mailbox, today_at(tx.now))
    if "rate" not in deeds.may or rating.round != deeds.result_round or mailbox.case is None:
        raise NotRateable("round")
    store.add_progress(tx.connection, mailbox.case, tx.at.date(), event=RATED, told=told)
    fact = ResultRated(rating.round, rating.is_solved, rating.stars)
    tx.record(fact, subject=mailbox.case)
    return True


def object_to_result(tx: Tx, *, lookup: bytes, sign: bytes, nth: int, reply: Reply) -> bool:
    """Keep the letter that says why and tell of the objection; False when both stand already.

    Raises MailboxEmpty, WrongSeq, and TooLateToObject after the promised day or a second time.
    """
    mailbox = hold_mailbox(tx, lookup, sign)
    if has_done(mailbox.steps, OBJECTED, nth):
        return receive_reply(tx, lookup=lookup, sign=sign, reply=reply)
    deeds = deeds_of(mailbox, today_at(tx.now))
    if "object" not in deeds.may or nth != deeds.result_round or mailbox.case is None:
        raise TooLateToObject("round")
    receive_reply(tx, lookup=lookup, sign=sign, reply=reply)
    told = {"round": nth}
    store.add_progress(tx.connection, mailbox.case, tx.at.date(), event=OBJECTED, told=told)
    tx.record(ResultObjected(nth, reply.seq), subject=mailbox.case)
    return True
