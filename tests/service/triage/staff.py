"""What a person's browser does with keys, played in Python."""

from __future__ import annotations

import base64
import json
import re
from functools import cache

from werkzeug.test import TestResponse

from shared.crypto import person
from shared.crypto.age import new_identity, recipient_of
from shared.crypto.errors import CannotOpen
from shared.crypto.unseal import decrypt
from tests.service.triage.desk import DEPLOYMENT, UNIT, Browser, Desk

PHRASE = "kenari-lumbung-senja-tujuh"
NEW = "rembulan-pagar-cangkir-dua"


def text(content: bytes) -> str:
    """base64url as a form carries it."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@cache
def secret(name: str, phrase: str) -> person.PersonSecret:
    """Stretched once a run for each pair."""
    return person.stretch(name, phrase, DEPLOYMENT)


def invite(desk: Desk, name: str = "wulan", *, by: str = "nila", **typed: str) -> TestResponse:
    """A key officer fills in the invitation."""
    form = {"nama": name, "sebutan": "Wulan P.", "unit": UNIT, "peran": "investigator", **typed}
    return desk.client(by).post("/orang/undang", form)


def link_of(answer: TestResponse) -> str:
    """The path of the link a page shows once."""
    found = re.search(r"/undangan/[\w-]+", answer.text)
    assert found is not None, answer.text
    return found[0]


def enrol(browser: Browser, path: str, name: str, phrase: str = PHRASE) -> TestResponse:
    """What daftar.js does: make keys, wrap them, post them."""
    seeds, made = person.new_seeds(), secret(name, phrase)
    form = {"kunci": text(made.auth_key), "penerima": person.recipient_of(seeds)}
    form["identitas"] = text(person.wrap_identity(made.kek, seeds))
    return browser.post(path, form, page="/masuk")


def change_passphrase(browser: Browser, name: str, old: str, new: str) -> TestResponse:
    """What sandi.js does: unwrap with the old, wrap with the new."""
    before, after = secret(name, old), secret(name, new)
    wrapped = base64.b64decode(browser.get("/akun/kunci").get_json()["identity"])
    try:
        seeds = person.unwrap_identity(before.kek, wrapped)
    except CannotOpen:  # the page would stop here; a forged request goes on
        seeds = person.new_seeds()
    form = {"kunci-lama": text(before.auth_key), "kunci": text(after.auth_key)}
    form["identitas"] = text(person.wrap_identity(after.kek, seeds))
    return browser.post("/akun/sandi", form, page="/akun")


def told(desk: Desk, type: str) -> list[tuple[str | None, dict[str, str], bool]]:
    """(by, payload, whether it stays in the house) of every fact of this type."""
    rows = desk.rows("SELECT by, payload, private FROM fact WHERE type = :type "
                     "ORDER BY position", type=type)  # fmt: skip
    return [(row[0], json.loads(row[1]), bool(row[2])) for row in rows]


def next_key(browser: Browser, name: str, phrase: str) -> dict[str, str]:
    """The form kunci_unit.js fills in: the next epoch, earlier ones wrapped again."""
    given = browser.get("/kunci-unit/bahan").get_json()
    seeds = person.unwrap_identity(secret(name, phrase).kek, base64.b64decode(given["identity"]))
    made, recipients = new_identity(), given["recipients"]
    again = []
    for one in given["earlier"]:
        try:
            held = decrypt(base64.b64decode(one["wrapped"]), person.identity_of(seeds)).decode()
        except CannotOpen:
            continue
        file = person.wrap_unit_key(held, recipients)
        again.append([one["epoch"], base64.b64encode(file).decode()])
    return {
        "kenal": "on",
        "epok": str(given["epoch"]),
        "penerima": recipient_of(made),
        "bungkus": text(person.wrap_unit_key(made, recipients)),
        "terdahulu": json.dumps(again),
        "anggota": given["members"],
    }


def make_key(desk: Desk, name: str, phrase: str) -> TestResponse:
    """A member signs in and makes the unit's next key."""
    browser = desk.client()
    browser.sign_in(name, phrase)
    return browser.post("/kunci-unit", next_key(browser, name, phrase))
