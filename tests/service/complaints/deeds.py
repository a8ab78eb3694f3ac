"""Builders of what a reporter decides in the mailbox."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.complaints.store import road
from shared.contracts.facts import CaseMoved, Promise
from shared.crypto.receipt import ReceiptKeys
from tests.service.complaints.letters import filed, open_case, reply_of
from tests.service.complaints.world import World

RESPONSE = [Promise("response", date(2026, 12, 7))]


def deed(world: World, keys: ReceiptKeys, path: str, **body: Any) -> tuple[int, str]:
    """A signed POST; its status, and the event or the code of the refusal."""
    sent = json.dumps(body).encode()
    answer = world.signed(keys, "POST", f"/api/v1/mailbox/{path}", sent)
    told = answer.get_json()
    return answer.status_code, told.get("event") or told["code"]


def told(world: World, case: str, kind: str) -> bytes:
    """The body of the fact of this type about `case`."""
    fact = road.fact
    rows = sa.select(fact.c.body).where(fact.c.type == kind, fact.c.subject == case)
    with world.house.database.read() as connection:
        return bytes(connection.execute(rows).scalar_one())


def with_result(world: World) -> tuple[str, ReceiptKeys, str]:
    """A case whose result has been told."""
    digits, keys, case = filed(world)
    open_case(world, case)
    world.hear(CaseMoved("proposed", "reporter_response", RESPONSE), case)
    return digits, keys, case


def sealed_reply(world: World, keys: ReceiptKeys, seq: int = 1) -> str:
    return base64.b64encode(reply_of(world, keys, seq, "Uang belum kembali")).decode()
