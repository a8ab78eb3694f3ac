"""Keep the address a reporter left, sealed as it came."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from services.notify import store
from services.notify.domain.address import parse_address
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import LANGUAGES
from shared.contracts import Fact
from shared.crypto.unseal import open_json
from shared.messaging.tx import Tx
from shared.runtime.errors import Refused

_KEY_BYTES = 32


class MalformedContact(Refused):
    """Alamat yang disegel tidak dapat dibaca. Tinggalkan alamat sekali lagi."""

    code = "contact_malformed"


def keep_address(tx: Tx, fact: Fact, *, identity: str, stop_keys: StopKeys) -> None:
    """Store the sealed contact and the key our facts about this complaint are committed with.

    The contact opens to {"address", "lang", "events_key" (32 bytes, base64url)}; it is looked at
    in memory, so that what no mail could reach is refused now. The newest contact replaces an
    older one and takes back a stop. Raises MalformedContact, MalformedAddress and what unsealing
    raises.
    """
    if fact.subject is None:
        raise MalformedContact("subject")
    sealed = fact.parts["contact"]
    contact = read_contact(sealed, identity)
    parse_address(contact.get("address"))
    tx.know(fact.subject, _events_key(contact))
    lang = contact.get("lang")
    row = store.Recipient(fact.subject, sealed, lang if lang in LANGUAGES else "id", stopped=False)
    store.keep_recipient(tx.connection, row, stop_keys.mark(fact.subject))


def read_contact(sealed: bytes, identity: str) -> dict[str, Any]:
    """Open a contact in memory; raises MalformedContact when it is not a JSON object."""
    contact = open_json(sealed, [identity])
    if not isinstance(contact, dict):
        raise MalformedContact("contact")
    return contact


def _events_key(contact: dict[str, Any]) -> bytes:
    text = contact.get("events_key")
    if not isinstance(text, str):
        raise MalformedContact("contact.events_key")
    try:
        padded = text + "=" * (-len(text) % 4)
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise MalformedContact("contact.events_key") from fault
    if len(key) != _KEY_BYTES:
        raise MalformedContact("contact.events_key")
    return key
