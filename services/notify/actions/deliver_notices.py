"""Send the notices whose time has come: at least once each, never inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.notify import store
from services.notify.actions.post import Post
from services.notify.channels import ChannelDown, NoticeDeferred, NoticeRefused
from services.notify.domain.holders import is_person
from services.notify.domain.retry import is_hopeless, next_try_after
from services.notify.store.turn import turn_to_deliver
from shared.contracts.private import NoticeSent
from shared.messaging.tx import Transactions
from shared.runtime.errors import Refusal
from shared.runtime.logs import log

# So many messages that fail in one round mean that the server is down, not the messages odd.
_DOWNS_BELIEVED = 3


@dataclass(frozen=True)
class Parcel:
    """Notices of one holder that go out as one message."""

    notices: Sequence[store.Notice]
    to: store.Recipient

    @property
    def attempts(self) -> int:
        """How often it will have been tried with the attempt at hand."""
        return 1 + max(notice.attempts for notice in self.notices)


def deliver_notices(transactions: Transactions, post: Post) -> int:
    """Send what is due, one message a holder; returns how many left.

    Raises ChannelDown at the end of a round in which the way out failed; the caller waits it out.
    Nothing is written then, everything is still due. Killed between sending and noting it, a
    notice is sent again under the same Message-ID. Does nothing while another process delivers.
    """
    left, seen, downs = 0, set[str](), list[ChannelDown]()
    with turn_to_deliver(transactions.database) as is_ours:
        while is_ours and (parcel := _next_parcel(transactions, seen)) is not None:
            seen.add(parcel.to.holder)
            try:
                left += _deliver(transactions, post, parcel)
            except ChannelDown as down:
                # One message the server hangs up on must not hold up all that are behind it.
                downs.append(down)
                if len(downs) >= _DOWNS_BELIEVED:
                    break
    if downs:
        raise downs[-1]
    return left


def _deliver(transactions: Transactions, post: Post, parcel: Parcel) -> bool:
    try:
        mail = post.write(parcel.notices, parcel.to, transactions.clock.now())
        post.channel.send(mail, str(mail["To"]))
    except NoticeDeferred:
        _put_back(transactions, parcel)
        return False
    except NoticeRefused:
        if is_hopeless(parcel.attempts):
            _finish(transactions, parcel, "refused")
        else:
            _put_back(transactions, parcel)
        return False
    except Refusal as refusal:
        # An address no mail can reach, or a contact our key no longer opens: waiting mends neither.
        log().error("notice.unaddressable", code=refusal.code)
        _finish(transactions, parcel, "refused")
        return False
    _finish(transactions, parcel, "sent", post.gather)
    return True


def _next_parcel(transactions: Transactions, seen: Collection[str]) -> Parcel | None:
    """What goes out next; notices of holders who want none are ended on the way."""
    with transactions.begin() as tx:
        while (first := store.next_due(tx.connection, tx.now, seen)) is not None:
            notices = store.waiting_for(tx.connection, first.holder)
            to = store.recipient_of(tx.connection, first.holder)
            if to is not None and not to.stopped:
                return Parcel(notices, to)
            store.finish(tx.connection, [notice.id for notice in notices], "stopped", None)
    return None


def _put_back(transactions: Transactions, parcel: Parcel) -> None:
    with transactions.begin() as tx:
        again = next_try_after(tx.now, parcel.attempts)
        store.put_back(tx.connection, [notice.id for notice in parcel.notices], again)


def _finish(
    transactions: Transactions, parcel: Parcel, state: str, gather: timedelta = timedelta()
) -> None:
    first = parcel.notices[0]
    with transactions.begin(cause=first.cause) as tx:
        day = tx.now.date() if state == "sent" else None
        store.finish(tx.connection, [notice.id for notice in parcel.notices], state, day)
        if is_person(parcel.to.holder):
            store.quieten(tx.connection, parcel.to.holder, tx.now + gather)
        if state == "sent":
            tx.record(NoticeSent(what=first.kind), subject=first.subject or None)
