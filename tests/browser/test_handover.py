"""A case goes to another unit: prepared in one browser, re-routed in a second, read in a third."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.store.people import readers_of
from shared.contracts.facts import ReplyReceived
from shared.crypto.age import encrypt, new_identity, recipient_of
from tests.browser.people import SLOW_MS
from tests.service.triage import desk as building
from tests.service.triage.desk import STORY, Desk
from tests.service.triage.test_rerouting import FREE, WHY

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The desk alone; Sari investigates in another unit of the route, which has a key."""
    with building.desk(f"sqlite:///{tmp_path / 'one.db'}", tmp_path) as made:
        with made.house.transactions.begin() as tx:
            tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{FREE}' WHERE name = 'sari'")
            publish_unit_key(tx, FREE, readers_of(tx.connection, FREE))
        yield made


@pytest.fixture
def at(browser: Browser, desk: Desk) -> Iterator[Callable[[str], Page]]:
    """A browser of one's own, signed in."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    contexts = []

    def signed_in(name: str) -> Page:
        context = browser.new_context(base_url=address, locale="id-ID")
        contexts.append(context)
        for one in desk.client(name).http._cookies.values():
            context.add_cookies([{"name": one.key, "value": one.value, "url": address}])
        return context.new_page()

    yield signed_in
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()


def _prepare(page: Page, number: str, phrase: str) -> None:
    page.goto(f"/kasus/{number}/alih/bekal")
    page.locator(f'input[name="unit"][value="{FREE}"]').check()
    page.locator("#sandi").fill(phrase)
    page.locator("#bekal button").click()


def test_the_next_unit_reads_at_once_and_the_old_one_no_more(
    desk: Desk, at: Callable[[str], Page]
) -> None:
    case = desk.file()
    number = desk.number(case)
    sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
    desk.hear(desk.reply(case, "kenari surat 4713", seq=1, prev=sealed))
    rani, bagus, sari = at("rani"), at("bagus"), at("sari")
    sent: list[bytes] = []
    rani.on("request", lambda asked: sent.append(asked.post_data_buffer or b""))

    _prepare(rani, number, "bukan ini")
    expect(rani.locator("#galat")).to_contain_text("tidak cocok", timeout=SLOW_MS)
    _prepare(rani, number, building.passphrase("rani"))
    expect(rani.locator("main")).to_contain_text("Bekal siap untuk", timeout=SLOW_MS)
    assert sari.goto(f"/kasus/{number}").status == 404  # type: ignore[union-attr]
    bagus.goto(f"/kasus/{number}/alih")
    expect(bagus.locator("main")).to_contain_text("Bekal siap: langsung membaca")
    bagus.locator(f'input[name="unit"][value="{FREE}"]').check()
    bagus.locator('[name="alasan"]').fill(WHY)
    bagus.get_by_role("button", name="Alihkan").click()
    bagus.wait_for_url("**/")

    assert rani.goto(f"/kasus/{number}").status == 404  # type: ignore[union-attr]
    sari.goto(f"/kasus/{number}")
    sari.locator("#sandi").fill(building.passphrase("sari"))
    sari.locator("#buka button").click()
    sari.locator("#terbuka").wait_for(state="visible")
    assert sari.locator('[data-surat="in-0"]').inner_text() == STORY
    assert sari.locator('[data-surat="in-1"]').inner_text() == "kenari surat 4713"
    for secret in (b"kenari", b"KANARI", building.passphrase("rani").encode(), b"AGE-SECRET"):
        assert not [body for body in sent if secret in body], "headers only left the browser"


def test_a_letter_that_does_not_open_is_named_and_nothing_is_sent(
    desk: Desk, at: Callable[[str], Page]
) -> None:
    case = desk.file()
    number, rani = desk.number(case), at("rani")
    nobodys = encrypt(b"x" * 100, [recipient_of(new_identity()) for _ in range(2)])
    desk.hear(desk.fact(ReplyReceived(1), case, {"envelope": nobodys}))

    _prepare(rani, number, building.passphrase("rani"))

    expect(rani.locator("#galat")).to_contain_text("Naskah in 1 tidak terbuka", timeout=SLOW_MS)
    assert desk.rows("SELECT 1 FROM handover") == []
