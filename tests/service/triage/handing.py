"""What an investigator's browser does to hand a case over, played in Python."""

from __future__ import annotations

import base64
import json
from typing import Any

from werkzeug.test import TestResponse

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.store.people import keys_of, readers_of
from shared.crypto.unseal import rewrap
from tests.service.triage.desk import UNIT, Browser, Desk
from tests.service.triage.test_rerouting import FREE, NAMED


def with_two_units(desk: Desk) -> Desk:
    """Sari investigates in another unit of the route, which has a key; so has a third."""
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{FREE}' WHERE name = 'sari'")
        sari = keys_of(tx.connection, "sari")
        assert sari is not None
        publish_unit_key(tx, FREE, [sari.recipient])
        publish_unit_key(tx, NAMED, readers_of(tx.connection, UNIT))
    return desk


def material(browser: Browser, number: str, unit: str = FREE) -> Any:
    """What the page's script asks for."""
    return browser.get(f"/kasus/{number}/alih/bekal/bahan/{unit}").get_json()


def form_of(
    browser: Browser, number: str, unit: str = FREE, name: str = "rani", *, notes: bool = False
) -> dict[str, str]:
    """What bekal.js fills in: one header for each file; of the unit's notes only where `notes`."""
    given = material(browser, number, unit)
    keys = browser.unit_identities(name, given)
    made = [
        [one["direction"], one["seq"], text_of(rewrap(bytes_of(one["header"]), keys, given["to"]))]
        for one in given["files"]
        if notes or one["direction"] != "unit"
    ]
    return {"unit": unit, "epok": str(given["epoch"]), "kepala": json.dumps(made)}


def prepare(
    browser: Browser, number: str, unit: str = FREE, name: str = "rani", *, notes: bool = False
) -> TestResponse:
    """Fill the form in and send it."""
    form = form_of(browser, number, unit, name, notes=notes)
    return browser.post(f"/kasus/{number}/alih/bekal", form)


def text_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


def bytes_of(text: str) -> bytes:
    return base64.b64decode(text)


def with_letter(desk: Desk) -> tuple[str, str]:
    """A case with a letter of its reporter; (case, number)."""
    case = desk.file()
    sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
    desk.hear(desk.reply(case, "lagi", seq=1, prev=sealed))
    return case, desk.number(case)


def prepared(desk: Desk) -> int:
    """How many headers lie ready."""
    count: int = desk.rows("SELECT count(*) FROM handover_header")[0][0]
    return count


def newer_key(desk: Desk) -> None:
    """The unit prepared for makes its next epoch key."""
    with desk.house.transactions.begin() as tx:
        publish_unit_key(tx, FREE, readers_of(tx.connection, FREE))
