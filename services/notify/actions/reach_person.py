"""Keep, exchange or forget the work address of a person of the desk."""

from __future__ import annotations

from services.notify import store
from services.notify.actions.keep_address import MalformedContact, read_contact
from services.notify.actions.queue_notice import queue
from services.notify.domain.address import parse_address
from services.notify.domain.holders import person_holder, stop_name
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import LANGUAGES
from shared.contracts import Fact
from shared.contracts.reach import PersonAddressDropped, PersonAddressKept
from shared.messaging.tx import Tx


def keep_person(
    tx: Tx, fact: Fact, told: PersonAddressKept, *, identity: str, stop_keys: StopKeys
) -> None:
    """Store the sealed address under the person's name and queue a mail that confirms it.

    The contact opens to {"person", "address"}, in memory. Raises MalformedContact (also where it
    was sealed for somebody else), MalformedAddress and what unsealing raises.
    """
    sealed = fact.parts["contact"]
    contact = read_contact(sealed, identity)
    if contact.get("person") != told.person:
        raise MalformedContact("contact.person")
    parse_address(contact.get("address"))
    holder = person_holder(told.person)
    lang = told.lang if told.lang in LANGUAGES else "id"
    row = store.Recipient(holder, sealed, lang, stopped=False)
    store.keep_recipient(tx.connection, row, stop_keys.mark(stop_name(holder, sealed)))
    queue(tx, fact, holder=holder, subject="")


def drop_person(tx: Tx, told: PersonAddressDropped) -> None:
    """Forget the address, and end what waits for it."""
    holder = person_holder(told.person)
    waiting = [one.id for one in store.waiting_for(tx.connection, holder)]
    store.finish(tx.connection, waiting, "stopped", None)
    store.drop_recipient(tx.connection, holder)
