"""Browsers that ask for a name, open it and read it, as identitas.js does."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any

from services.triage.actions.seed_demo import Enrolment, enrol, seed_demo
from services.triage.chores import end_name_requests
from shared.crypto import age, keeping, person, record
from shared.crypto.unseal import decrypt, open_record
from tests.service.triage.desk import DEPLOYMENT, Browser, Desk, passphrase

NAME = "KENARI-NAMA Sri Wahyuni"
WHY = "Pelapor diancam dan harus dibawa ke tempat aman."
PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "harum", "title": "Harum P.", "unit": "lpsk", "role": "investigator"},
    {"name": "putu", "title": "Putu A.", "unit": "lpsk", "role": "investigator",
     "ties": ["inspektorat-sumsel"]},
    {"name": "ilham", "title": "Ilham S.", "unit": "penjaga-nama", "role": "investigator"},
    {"name": "seno", "title": "Seno B.", "unit": "lpsk", "role": "supervisor"},
)  # fmt: skip


@cache
def _enrolled() -> tuple[Enrolment, ...]:
    return tuple(
        enrol({**one, "passphrase": passphrase(one["name"])}, DEPLOYMENT) for one in PEOPLE
    )


def with_keepers(desk: Desk) -> Desk:
    """The desk, with both units that keep names and their people."""
    with desk.house.transactions.begin() as tx:
        seed_demo(tx, _enrolled(), ["lpsk", "penjaga-nama"])
    return desk


def file_named(desk: Desk, **facts: Any) -> tuple[str, str]:
    """A complaint whose reporter left a name: (case, number)."""
    fact = desk.complaint(name=NAME, **facts)
    desk.hear(fact)
    return str(fact.subject), desk.number(str(fact.subject))


def unit_identities(desk: Desk, name: str, unit: str) -> list[str]:
    """The unit's keys as this member opens them."""
    seeds = seeds_of(desk, name)
    rows = desk.rows("SELECT wrapped FROM unit_key WHERE unit = :unit", unit=unit)
    return [decrypt(bytes(row[0]), person.identity_of(seeds)).decode() for row in rows]


def seeds_of(desk: Desk, name: str) -> bytes:
    """A person's seeds, by their passphrase."""
    row = desk.rows("SELECT identity FROM person WHERE name = :name", name=name)[0]
    kek = person.stretch(name, passphrase(name), DEPLOYMENT).kek
    return person.unwrap_identity(kek, bytes(row[0]))


def lifted(desk: Desk, number: str, name: str = "rani") -> bytes:
    """The sealed name out of the story, opened with the unit's key."""
    sealed = desk.client(name).get(f"/kasus/{number}/amplop").data
    unit = desk.rows('SELECT unit FROM "case" WHERE number = :n', n=number)[0][0]
    _, body = open_record(sealed, unit_identities(desk, name, unit))
    return keeping.read_kept(body["kept"])


def ask(browser: Browser, number: str, file: bytes, **form: str) -> Any:
    """Post the request."""
    typed = {"tujuan": "protection", "dasar": "witness", "alasan": WHY, "seq": "0"}
    sent = base64.b64encode(file).decode()
    path = f"/kasus/{number}/identitas"
    return browser.post(path, {**typed, "berkas": sent, **form}, page="/")


def opened(desk: Desk, browser: Browser, number: str, name: str = "harum") -> bytes:
    """What the keeper's browser makes of it: checked, then sealed to who asked."""
    file = browser.get(f"/nama/{number}/naskah").data
    plain = decrypt(file, unit_identities(desk, name, "lpsk"))
    header, _ = record.unpack(plain)
    case = desk.rows('SELECT id FROM "case" WHERE number = :n', n=number)[0][0]
    record.check_place(header, case, "keeper", 0, "")
    recipient = desk.rows("SELECT recipient FROM person WHERE name = 'rani'")[0][0]
    return age.encrypt(plain, [recipient])


def answer(browser: Browser, number: str, choice: str, file: bytes = b"", **form: str) -> Any:
    """The keeper's word."""
    sent = base64.b64encode(file).decode()
    typed = {"putusan": choice, "ke": "1", "berkas": sent, "alasan": "", **form}
    return browser.post(f"/nama/{number}", typed, page="/nama")


def told(desk: Desk, case: str, type: str) -> list[Any]:
    """Payloads of the facts of this kind."""
    query = "SELECT payload FROM fact WHERE subject = :case AND type = :type ORDER BY position"
    return [json.loads(row[0]) for row in desk.rows(query, case=case, type=type)]


def tick(desk: Desk) -> int:
    """Let happen what time alone does."""
    return end_name_requests(desk.house)
