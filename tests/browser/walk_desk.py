"""The part of the walk that leads past the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Investigator, Person

UNIT = "inspektorat-kota-palembang"
QUESTION = "Terima kasih. Pada hari apa petugas itu biasanya ada di loket 2?"

DESK = (
    "door", "door-refused", "queue", "queue-filtered", "queue-empty", "case-locked",
    "case-wrong-passphrase", "case-unlocked", "move", "move-refused", "letter", "letter-sent",
    "case-with-letters", "board", "case-supervisor", "desk-not-found", "rules", "units",
    "unit", "queue-en", "case-en",
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
    for name, path in (
        ("rules", "/aturan"),
        ("units", "/aturan/unit"),
        ("unit", f"/aturan/unit/{UNIT}"),
    ):
        page.goto(path)
        yield name, one
    yield from _case(one, number)
    other = Investigator(browser, table["urls"]["desk"], person_of(table, "supervisor"))
    other.sign_in()
    other.page.goto("/papan")
    yield "board", other
    other.open(number)
    yield "case-supervisor", other
    other.leave()
    page.goto("/?bahasa=en")
    yield "queue-en", one
    one.open(number)
    yield "case-en", one
    one.leave()


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
