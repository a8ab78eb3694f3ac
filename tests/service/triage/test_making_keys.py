"""Keys made, shared, wrapped anew and doubled by a code: in real browsers on the desk's own server.

What the pages' scripts do is played in Python elsewhere (staff.py); here the scripts do it.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from shared.crypto import totp
from tests.browser.chromium import chromium, program
from tests.browser.people import Investigator
from tests.browser.seen import findings
from tests.service.triage.desk import STORY, Desk, passphrase
from tests.service.triage.staff import NEW, PHRASE, enrol, invite, link_of, secret, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

At = Callable[..., Investigator]
STEP = timedelta(seconds=totp.STEP_SECONDS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module; each person has their own profile."""
    if program() is None:
        pytest.skip("Chromium is not installed")
    with chromium() as running:
        yield running


@pytest.fixture
def at(browser: Browser, small_desk: Desk) -> Iterator[At]:
    """Somebody at a browser of their own; `inside` has them signed in already."""
    server = make_server("127.0.0.1", 0, small_desk.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    people: list[Investigator] = []

    def sit_down(name: str, phrase: str = "", *, inside: bool = False) -> Investigator:
        who = {"name": name, "passphrase": phrase or passphrase(name)}
        one = Investigator(browser, f"http://127.0.0.1:{server.server_port}", who)
        people.append(one)
        if inside:
            cookie = small_desk.client(name).http.get_cookie("k")
            assert cookie is not None
            one.context.add_cookies([{"name": "k", "value": cookie.value, "url": one.url}])
        return one

    yield sit_down
    for one in people:
        one.leave()
    server.shutdown()
    server.server_close()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _choose(page: Page, phrase: str) -> None:
    for field in ("#baru", "#ulang"):
        page.locator(field).fill(phrase)


def _auth(name: str) -> str:
    return text(secret(name, passphrase(name)).auth_key)


def _kept(who: Investigator, *secrets: str) -> None:
    """None of these left this browser, and its console is silent."""
    sent = who.notes.sent()
    assert not [one for one in secrets if one.encode() in sent]
    assert who.notes.complaints == []


def test_a_newcomer_reads_once_a_colleague_has_shared_the_units_keys(
    small_desk: Desk, at: At
) -> None:
    number = small_desk.number(small_desk.file())
    wulan, rani = at("wulan", PHRASE), at("rani", inside=True)
    wulan.page.goto(link_of(invite(small_desk)))
    _choose(wulan.page, "pendek")
    _press(wulan.page, "Buat kunci")
    assert "15 huruf" in wulan.page.locator("#galat").inner_text()
    _choose(wulan.page, PHRASE)
    _press(wulan.page, "Buat kunci")
    wulan.page.wait_for_url("**/masuk?kabar=terdaftar")
    wulan.try_the_door(PHRASE)
    wulan.page.wait_for_url("**/")

    wulan.open(number)
    wulan.page.locator("#sandi").fill(PHRASE)
    wulan.page.locator("#buka button").click()
    wulan.page.get_by_text("Minta seorang rekan penyidik membuat kunci").wait_for()
    assert STORY not in wulan.page.content()

    rani.page.goto("/kunci-unit")
    rani.page.locator("#sandi").fill(passphrase("rani"))
    _press(rani.page, "Buat dan umumkan")
    assert rani.page.evaluate("document.activeElement.id") == "kenal"  # the list comes first
    rani.page.locator("#kenal").check()
    _press(rani.page, "Buat dan umumkan")
    rani.page.wait_for_url("**/kunci-unit?jadi=2")

    wulan.open(number)
    wulan.unlock()
    assert wulan.story() == STORY
    _kept(wulan, PHRASE, "AGE-SECRET-KEY", "KANARI")
    _kept(rani, passphrase("rani"), "AGE-SECRET-KEY")


def test_another_passphrase_opens_the_same_story_and_ends_every_session(
    small_desk: Desk, at: At
) -> None:
    number = small_desk.number(small_desk.file())
    here, elsewhere = at("rani", inside=True), small_desk.client("rani")
    here.page.goto("/akun")
    here.page.locator("#lama").fill("bukan frasa sandi lama")
    _choose(here.page, NEW)
    _press(here.page, "Ganti frasa sandi")
    here.page.get_by_text("Frasa sandi lama tidak cocok").wait_for()
    assert here.page.evaluate("() => document.activeElement.id") == "lama"
    here.page.locator("#lama").fill(passphrase("rani"))
    _press(here.page, "Ganti frasa sandi")
    here.page.wait_for_url("**/masuk?kabar=sandi")

    assert elsewhere.get("/").location.startswith("/masuk")
    here.open(number)
    assert "/masuk?" in here.page.url
    assert elsewhere.sign_in("rani").status_code == 422
    assert elsewhere.sign_in("rani", NEW).status_code == 303
    assert elsewhere.open_case("rani", number, NEW)["in", 0] == STORY
    _kept(here, NEW, passphrase("rani"), "AGE-SECRET-KEY")


def test_a_code_is_put_on_then_asked_for_and_serves_once(small_desk: Desk, at: At) -> None:
    rani = at("rani", inside=True)
    page = rani.page
    page.goto("/akun/kode")
    page.locator("#lama").fill(passphrase("rani"))
    _press(page, "Mulai memasang")
    shown = page.locator(".tautan-sekali").inner_text()
    assert page.locator("main img").evaluate("one => one.decode().then(() => one.naturalWidth)")
    key = base64.b32decode(shown.replace(" ", ""))
    code = totp.code_of(key, totp.step_at(small_desk.clock.now()))
    page.locator("#f-kode").fill(code)
    _press(page, "Pasang")
    page.wait_for_url("**/masuk?kabar=kode")

    small_desk.clock.advance(STEP)
    code = totp.code_of(key, totp.step_at(small_desk.clock.now()))
    page.locator("#kode").fill(code)
    rani.try_the_door(passphrase("rani"))
    page.wait_for_url("**/")
    again = {"siapa": "rani", "kunci": _auth("rani"), "kode": code}
    assert small_desk.client().post("/masuk", again).status_code == 422
    small_desk.clock.advance(STEP)
    again["kode"] = totp.code_of(key, totp.step_at(small_desk.clock.now()))
    assert small_desk.client().post("/masuk", again).status_code == 303
    _kept(rani, passphrase("rani"))


def test_axe_finds_nothing_on_the_pages_where_keys_are_made(small_desk: Desk, at: At) -> None:
    newcomer, rani, officer = at("wulan"), at("rani", inside=True), at("wahyu", inside=True)
    found: dict[str, list[str]] = {}

    def look(one: Investigator, name: str, path: str = "") -> None:
        if path:
            one.page.goto(path)
        for width, scheme in ((1280, "light"), (320, "dark")):
            one.page.set_viewport_size({"width": width, "height": 800})
            one.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found[f"{name}, {width} px, {scheme}"] = findings(one.page)

    link = link_of(invite(small_desk))
    look(newcomer, "invitation", link)
    enrol(small_desk.client(), link, "wulan")
    look(rani, "a unit key is due", "/kunci-unit")
    small_desk.client("rani").post("/akun/kode/mulai", {"kunci": _auth("rani")}, page="/akun/kode")
    rani.page.goto("/akun/kode")
    rani.page.locator("#f-kode").fill("1")
    _press(rani.page, "Pasang")
    rani.page.locator("[data-galat]").wait_for()
    look(rani, "a wrong code")
    asked = {"sebab": "lupa frasa"}
    small_desk.client("nila").post("/orang/rani/ulang", asked, page="/orang/rani")
    look(officer, "a reset to agree to", "/orang/rani")
    _press(officer.page, "Setujui dan buat tautan")
    officer.page.locator("#tautan").wait_for()
    look(officer, "the link, once")
    look(newcomer, "a reset's invitation", officer.page.locator("#tautan").inner_text())

    assert len(found) == 12
    assert {where: what for where, what in found.items() if what} == {}
