"""Passkeys in real Chromium with a device of its own making: added, signed in with, unlocked with.

Nothing a passkey's PRF gives may leave the page: every request is looked through.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession
from werkzeug.serving import make_server

from tests.browser.chromium import chromium, program
from tests.browser.people import Investigator
from tests.service.triage import desk as building
from tests.service.triage.desk import STORY, Desk, passphrase
from tests.service.triage.staff import NEW, change_passphrase
from tests.support.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Before any script of the page: keeps, for the test alone, what each PRF gave.
_LISTEN = """
const given = globalThis.__prf = [];
const ask = PublicKeyCredential.prototype.getClientExtensionResults;
PublicKeyCredential.prototype.getClientExtensionResults = function () {
  const found = ask.call(this);
  if (found.prf?.results) given.push([...new Uint8Array(found.prf.results.first)]);
  return found;
};
"""


_URL = bytes.maketrans(b"+/", b"-_")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if program() is None:
        pytest.skip("Chromium is not installed")
    with chromium() as running:
        yield running


@dataclass
class Sitting:
    """Rani at her browser with a device, and the desk it talks to."""

    desk: Desk
    rani: Investigator
    tools: CDPSession
    device: str = ""

    def plug_in(self, **options: Any) -> None:
        """A device as Chromium plays it."""
        kind = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal",
                "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True, "hasPrf": True, **options}  # fmt: skip
        if self.device:
            self.tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.device})
        made = self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
        self.device = made["authenticatorId"]

    def private_keys(self) -> list[str]:
        """What only the device may know (base64, PKCS #8)."""
        told = self.tools.send("WebAuthn.getCredentials", {"authenticatorId": self.device})
        return [one["privateKey"] for one in told["credentials"]]

    def walk_in(self) -> None:
        self.rani.page.goto("/masuk")
        self.rani.try_the_door(passphrase("rani"))
        self.rani.page.wait_for_url("**/")

    def add(self, label: str = "telepon saya") -> None:
        """Add this device's passkey; afterwards one stands at the door again."""
        page = self.rani.page
        page.goto("/akun/kunci-sandi")
        page.locator("#f-sebutan").fill(label)
        page.locator("#lama").fill(passphrase("rani"))
        page.get_by_role("button", name="Pasang kunci sandi").click()
        page.wait_for_url("**/masuk?kabar=kunci-sandi")

    def press_passkey(self) -> None:
        self.rani.page.get_by_role("button", name="Masuk dengan kunci sandi").click()


@pytest.fixture
def sitting(browser: Browser, tmp_path: Path) -> Iterator[Sitting]:
    """A desk under a name, for addresses of numbers have no passkeys."""
    port = free_port()
    url = f"http://localhost:{port}"
    with building.desk(f"sqlite:///{tmp_path / 't.db'}", tmp_path, KENTONGAN_DESK_URL=url) as desk:
        server = make_server("127.0.0.1", port, desk.app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        rani = Investigator(browser, url, {"name": "rani", "passphrase": passphrase("rani")})
        rani.context.add_init_script(_LISTEN)
        tools = rani.context.new_cdp_session(rani.page)
        tools.send("WebAuthn.enable")
        yield Sitting(desk, rani, tools)
        rani.leave()
        server.shutdown()
        server.server_close()


def test_a_passkey_signs_in_unlocks_and_survives_a_change_of_passphrase(sitting: Sitting) -> None:
    number = sitting.desk.number(sitting.desk.file())
    rani, page = sitting.rani, sitting.rani.page
    sitting.plug_in()
    sitting.walk_in()
    sitting.add()
    page.goto("/masuk")
    seen = _prf(sitting)
    sitting.press_passkey()
    page.wait_for_url("**/")
    assert change_passphrase(_signed_in(sitting), "rani", passphrase("rani"), NEW).location
    page.goto("/masuk")
    sitting.press_passkey()
    page.wait_for_url("**/")

    rani.open(number)
    assert STORY not in page.content()
    page.get_by_role("button", name="Buka dengan kunci sandi").click()
    page.locator("#terbuka").wait_for(state="visible")
    assert rani.story() == STORY
    seen += _prf(sitting)
    page.goto(f"/kasus/{number}/surat")
    page.locator("#isi-surat").fill("Kapan petugas itu biasanya ada di loket?")
    page.get_by_role("button", name="Buka dengan kunci sandi").click()
    page.get_by_text("Surat siap disegel").wait_for()
    page.get_by_role("button", name="Segel dan kirim").click()
    page.get_by_text("terkirim ke kotak pelapor").wait_for()

    assert seen
    _kept(sitting, [passphrase("rani").encode(), *map(bytes.fromhex, seen)])


def test_a_device_without_prf_signs_in_and_unlocks_nothing(sitting: Sitting) -> None:
    number = sitting.desk.number(sitting.desk.file())
    rani, page = sitting.rani, sitting.rani.page
    sitting.plug_in(hasPrf=False)
    sitting.walk_in()
    sitting.add()
    sitting.press_passkey()
    page.wait_for_url("**/")

    page.goto("/akun/kunci-sandi")
    assert (
        "Masuk saja: perangkat ini tidak dapat membuka naskah" in page.locator("main").inner_text()
    )
    rani.open(number)
    assert page.get_by_role("button", name="Buka dengan kunci sandi").count() == 0
    rani.unlock()
    assert rani.story() == STORY
    _kept(sitting, [])


def test_passkey_and_passphrase_together_must_be_the_same_persons(sitting: Sitting) -> None:
    page = sitting.rani.page
    sitting.plug_in()
    sitting.walk_in()
    sitting.add()

    for name, refused in (("tirta", True), ("rani", False)):
        page.locator("#nama").fill(name)
        page.locator("#sandi").fill(passphrase(name))
        sitting.press_passkey()
        if refused:
            page.locator("[data-galat]").wait_for()
    page.wait_for_url("**/")
    sitting.rani.notes.complaints.clear()  # the refusal above
    _kept(sitting, [passphrase("rani").encode(), passphrase("tirta").encode()])


def test_a_passkey_taken_off_no_longer_signs_in(sitting: Sitting) -> None:
    page = sitting.rani.page
    sitting.plug_in()
    sitting.walk_in()
    sitting.add()
    sitting.press_passkey()
    page.wait_for_url("**/")
    page.goto("/akun/kunci-sandi")
    page.get_by_role("link", name="Lepas telepon saya").click()
    page.locator("#lama").fill(passphrase("rani"))
    page.get_by_role("button", name="Lepas").click()
    page.wait_for_url("**/masuk?kabar=kunci-lepas")

    sitting.press_passkey()
    page.get_by_text("Kunci sandi ini tidak dikenal di sini").first.wait_for()
    sitting.walk_in()


def test_the_same_device_twice_is_told(sitting: Sitting) -> None:
    page = sitting.rani.page
    sitting.plug_in()
    sitting.walk_in()
    sitting.add()
    sitting.press_passkey()
    page.wait_for_url("**/")
    page.goto("/akun/kunci-sandi")
    page.locator("#f-sebutan").fill("lagi")
    page.locator("#lama").fill(passphrase("rani"))
    page.get_by_role("button", name="Pasang kunci sandi").click()

    page.get_by_text("Perangkat ini sudah terpasang").wait_for()


def test_at_another_address_the_page_says_where_passkeys_are_added(sitting: Sitting) -> None:
    page = sitting.rani.page
    elsewhere = sitting.rani.url.replace("localhost", "127.0.0.1")
    page.goto(f"{elsewhere}/masuk")
    assert page.get_by_role("button", name="Masuk dengan kunci sandi").count() == 0
    sitting.rani.try_the_door(passphrase("rani"))
    page.wait_for_url("**/")

    page.goto(f"{elsewhere}/akun/kunci-sandi")

    page.get_by_text(f"hanya dapat dipasang di {sitting.rani.url}").wait_for()
    assert not page.locator("#pasang-kunci").is_visible()


def _prf(sitting: Sitting) -> list[str]:
    """What the PRF gave on this page (hexadecimal)."""
    return [bytes(one).hex() for one in sitting.rani.page.evaluate("() => globalThis.__prf")]


def _signed_in(sitting: Sitting) -> Any:
    """The same session in a browser played in Python."""
    other = sitting.desk.client()
    cookie = next(one for one in sitting.rani.context.cookies() if one["name"] == "k")
    other.http.set_cookie("k", cookie["value"])
    return other


def _kept(sitting: Sitting, secrets: list[bytes]) -> None:
    """No secret left this browser, in any spelling; its console is silent."""
    sent = sitting.rani.notes.sent()
    keys = [base64.b64decode(one) for one in sitting.private_keys()]
    assert keys
    for one in [*secrets, *keys]:
        text = base64.b64encode(one)
        for spelled in (one, text, text.translate(_URL).rstrip(b"="), one.hex().encode()):
            assert spelled not in sent
    assert b"AGE-SECRET-KEY" not in sent
    assert sitting.rani.notes.complaints == []
