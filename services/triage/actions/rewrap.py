"""Hand out the headers that wait for oversight, and take them back re-wrapped.

    {"v": 1, "letters": [{"case", "unit", "direction", "seq", "header": base64, "to": [age1…]}]}

Only headers travel: who re-wraps them holds no story, and `to` is left out on the way back.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, case_by_id
from services.triage.store.headers import put_header, set_sealed, waiting_letters
from services.triage.store.letters import envelope_at
from services.triage.store.people import newest_epoch, unit_key_at
from shared.contracts.rerouting import CaseRewrapped
from shared.crypto.age import check
from shared.crypto.age_format import header_of
from shared.crypto.errors import MalformedEnvelope
from shared.messaging.tx import Tx
from shared.runtime.errors import Refused

RECIPIENTS = 2  # the new unit and oversight; the reporter's own copy lies in the mailbox


class MalformedHeaders(Refused):
    """Berkas kepala naskah ini tidak cocok dengan yang menunggu. Ambil daftarnya lagi."""

    code = "malformed_headers"


def waiting_headers(connection: Connection, oversight: str) -> dict[str, Any]:
    """What oversight is asked to re-wrap."""
    asked = []
    for row in waiting_letters(connection):
        key = unit_key_at(connection, row.unit, newest_epoch(connection, row.unit))
        if key is None:
            continue
        header = base64.b64encode(header_of(row.envelope)).decode()
        place = {"case": row.case, "unit": row.unit, "direction": row.direction, "seq": row.seq}
        asked.append({**place, "header": header, "to": [key[0], oversight]})
    return {"v": 1, "letters": asked}


def take_headers(tx: Tx, content: Any) -> int:
    """Keep every header that belongs to a letter that waits; returns how many cases open now.

    A case is opened to its unit when all of its letters are. Raises MalformedHeaders; a case that
    went on to another unit meanwhile is passed over.
    """
    try:
        found = [_read(one) for one in content["letters"]]
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise MalformedHeaders from None
    waiting = {(row.case, row.direction, row.seq) for row in waiting_letters(tx.connection)}
    opened: dict[str, Case] = {}
    for id, unit, direction, seq, header in found:
        one = case_by_id(tx.connection, id)
        if one is None or one.unit != unit or (id, direction, seq) not in waiting:
            continue
        check_header(header, envelope_at(tx.connection, id, direction, seq) or b"")
        put_header(tx.connection, id, unit, (direction, seq), header, tx.at)
        waiting.discard((id, direction, seq))
        opened[id] = one
    ready = [one for one in opened.values() if one.id not in {id for id, _, _ in waiting}]
    for one in ready:
        set_sealed(tx.connection, one.id, one.unit, newest_epoch(tx.connection, one.unit))
        tx.record(CaseRewrapped(one.unit), subject=one.id)
    return len(ready)


def _read(one: Any) -> tuple[str, str, str, int, bytes]:
    header = base64.b64decode(one["header"], validate=True)
    return str(one["case"]), str(one["unit"]), str(one["direction"]), int(one["seq"]), header


def check_header(header: bytes, envelope: bytes) -> None:
    """Raises MalformedHeaders unless it is a header for the new unit and oversight that fits before
    the envelope's payload; whether it opens that is known to who can open it."""
    try:
        whole = header + envelope[len(header_of(envelope)) :]
        if check(whole) != RECIPIENTS or header_of(whole) != header:
            raise MalformedHeaders
    except MalformedEnvelope:
        raise MalformedHeaders from None
