"""The part of the walk that leads past the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Investigator, Person

UNIT, NATIONAL = "inspektorat-kota-palembang", "meja-nasional"
QUESTION = "Terima kasih. Pada hari apa petugas itu biasanya ada di loket 2?"

# Pages that are only gone to: role → name → path; {n} is a case's number, {late} the one that waits
# longest on the queue: a P1 that nobody opened.
TOURS: Mapping[str, Mapping[str, str]] = {
    "investigator": {
        "rules": "/aturan", "units": "/aturan/unit", "unit": f"/aturan/unit/{UNIT}",
        "dossiers": "/berkas", "views": "/tampilan", "account": "/akun", "code": "/akun/kode",
        "passkeys": "/akun/kunci-sandi", "unit-keys": "/kunci-unit", "merge": "/kasus/{n}/gabung",
        "priority": "/kasus/{n}/prioritas", "tasks": "/kasus/{n}/tugas",
        "note": "/kasus/{n}/catatan", "handover": "/kasus/{n}/alih/bekal",
        "rewrap": "/kasus/{n}/bungkus-ulang",
        "name": "/kasus/{n}/identitas", "names": "/nama",
    },
    "supervisor": {
        "climbed": "/naik", "duty": "/piket", "reroute": "/kasus/{n}/alih",
        "excuse": "/kasus/{late}/alasan-terlambat",
    },
    "key_officer": {"people": "/orang", "invite": "/orang/undang", "person": "/orang/rani"},
    "administrator": {"proposals": "/aturan/usulan", "versions": "/aturan/versi",
        "setup": "/pengaturan", "setup-units": "/pengaturan/unit", "second": "/menunggu",
        "setup-languages": "/pengaturan/bahasa",
    },
    "auditor": {"trail": "/jejak", "trail-case": "/jejak/{n}", "sample": "/cuplikan"},
}  # fmt: skip

DESK = (
    "door", "door-refused", "queue", "queue-filtered", "queue-empty", "case-locked",
    "case-wrong-passphrase", "case-unlocked", "move", "move-refused", "letter", "letter-sent",
    "case-with-letters", "board", "case-supervisor", "desk-not-found", "queue-en", "case-en",
    *(name for tour in TOURS.values() for name in tour),
)  # fmt: skip

Stop = tuple[str, Person]


def person_of(table: dict[str, Any], role: str, unit: str = UNIT) -> dict[str, str]:
    """Somebody of the demo with this role in this unit."""
    found: dict[str, str] = next(
        one for one in table["people"] if one["unit"] == unit and one["role"] == role
    )
    return found


def at_the_desk(browser: Browser, table: dict[str, Any]) -> Iterator[Stop]:
    """Door, queue, case, move, letter; as an investigator and a supervisor see them."""
    one = Investigator(browser, table["urls"]["desk"], person_of(table, "investigator"))
    page = one.page
    page.goto("/masuk")
    yield "door", one
    one.try_the_door("bukan ini")
    page.locator("[data-galat]").wait_for()
    yield "door-refused", one
    one.sign_in()
    yield "queue", one
    number = max(one.numbers())
    page.goto("/?status=received&prioritas=P3")
    yield "queue-filtered", one
    page.goto("/?status=reopened")
    yield "queue-empty", one
    page.goto("/tidak-ada")
    yield "desk-not-found", one
    yield from _tour(one, number)
    yield from _case(one, number)
    other = Investigator(browser, table["urls"]["desk"], person_of(table, "supervisor"))
    other.sign_in()
    other.page.goto("/papan")
    yield "board", other
    other.open(number)
    yield "case-supervisor", other
    yield from _tour(other, number)
    other.leave()
    for role in ("key_officer", "auditor", "administrator"):
        another = Investigator(browser, table["urls"]["desk"], person_of(table, role, NATIONAL))
        another.sign_in()
        yield from _tour(another, number)
        another.leave()
    page.goto("/?bahasa=en")
    yield "queue-en", one
    one.open(number)
    yield "case-en", one
    one.leave()


def _tour(one: Investigator, number: str) -> Iterator[Stop]:
    tour = TOURS[one.who["role"]]
    late = one.numbers()[0] if any("{late}" in path for path in tour.values()) else ""
    for name, path in tour.items():
        one.page.goto(path.format(n=number, late=late))
        yield name, one


def _case(one: Investigator, number: str) -> Iterator[Stop]:
    page = one.page
    one.open(number)
    yield "case-locked", one
    page.locator("#sandi").fill("bukan ini")
    page.locator("#buka button").click()
    page.locator("#galat").wait_for(state="visible")
    yield "case-wrong-passphrase", one
    one.unlock()
    yield "case-unlocked", one
    page.goto(f"/kasus/{number}/pindah")
    yield "move", one
    one.move(number, "verifying")
    one.move(number, "rejected")
    yield "move-refused", one
    page.goto(f"/kasus/{number}/surat")
    yield "letter", one
    one.write(number, QUESTION)
    yield "letter-sent", one
    one.unlock()
    yield "case-with-letters", one
