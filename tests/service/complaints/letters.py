"""Builders of complaints that stand and of letters both ways."""

from __future__ import annotations

import hashlib
from datetime import date

from shared.contracts.facts import CaseOpened, Promise
from shared.crypto import sealing
from shared.crypto.receipt import ReceiptKeys
from tests.service.complaints.world import World, random_receipt


def letter_to(world: World, keys: ReceiptKeys, case: str, text: str, seq: int = 1) -> bytes:
    return sealing.seal_letter(
        case=case,
        direction="out",
        seq=seq,
        prev="",
        unit=world.unit,
        epoch=1,
        text=text,
        recipients=[keys.box_recipient],
    )


def reply_of(world: World, keys: ReceiptKeys, seq: int, text: str) -> bytes:
    sent = [one for one in world.look(keys)["letters"] if one["direction"] == "in"]
    return sealing.seal_letter(
        case=world.look(keys)["case"],
        direction="in",
        seq=seq,
        prev=hashlib.sha256(sent[-1]["envelope"].encode()).hexdigest(),
        unit=world.unit,
        epoch=1,
        text=text,
        recipients=world.readers(keys),
    )


def filed(world: World) -> tuple[str, ReceiptKeys, str]:
    digits, keys = random_receipt()
    answer = world.send(world.filing(keys))
    assert answer.status_code == 201
    return digits, keys, answer.get_json()["case"]


def open_case(world: World, case: str) -> None:
    promised = [Promise("verify", date(2026, 11, 26))]
    opened = CaseOpened(unit=world.unit, desk="propam", state="received", promises=promised)
    world.hear(opened, case)
