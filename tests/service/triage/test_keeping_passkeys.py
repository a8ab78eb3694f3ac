"""Passkeys of one's own: added, listed, taken off, and gone with whoever goes."""

from __future__ import annotations

import base64

from shared.crypto import person
from tests.service.triage.desk import STORY, Desk, passphrase
from tests.service.triage.keyring import ADD, add, enter, prf, take_off, with_passkey
from tests.service.triage.staff import NEW, change_passphrase, secret, text, told
from tests.service.triage.test_reset import _approve, _ask
from tests.support.authenticator import Authenticator


def test_sessions_die_when_a_passkey_comes_or_goes(desk: Desk) -> None:
    other = desk.client("rani")
    device = with_passkey(desk)
    assert other.get("/").location.startswith("/masuk")

    here, there = desk.client(), desk.client()
    for browser in (here, there):
        enter(browser, device)
    assert take_off(here, "rani", "bukan-frasanya").status_code == 422
    assert take_off(here, "rani").location == "/masuk?kabar=kunci-lepas"

    assert there.get("/").location.startswith("/masuk")
    assert enter(desk.client(), device).status_code == 422
    assert desk.client().sign_in("rani").status_code == 303
    assert told(desk, "person.factor_removed") == [("rani", {"what": "passkey"}, True)]
    assert "kunci sandi" in desk.client("kirana").get("/jejak").text


def test_an_open_page_binds_no_strangers_device(small_desk: Desk) -> None:
    browser = small_desk.client("rani")

    answer = add(browser, "rani", Authenticator(), phrase="tebakan-orang-lewat")

    assert answer.status_code == 422
    assert "Frasa sandi lama tidak cocok" in answer.text
    assert small_desk.rows("SELECT 1 FROM passkey") == []


def test_what_is_no_passkey_of_mine_is_not_kept(small_desk: Desk) -> None:
    browser, far = small_desk.client("rani"), Authenticator(origin="https://jahat.example")

    for answer, status in (
        (add(browser, "rani", far), 422),
        (add(browser, "rani", Authenticator(), sebutan=" "), 422),
        (add(browser, "rani", Authenticator(), bungkus="AAAA"), 422),
        (add(browser, "rani", Authenticator(), pernyataan="{}"), 422),
    ):
        assert answer.status_code == status
    assert small_desk.rows("SELECT 1 FROM passkey") == []
    device = with_passkey(small_desk, "sari")
    assert add(browser, "rani", device).status_code == 409


def test_eight_passkeys_are_enough(small_desk: Desk) -> None:
    device = with_passkey(small_desk)
    for _ in range(7):
        browser = small_desk.client()
        enter(browser, device)
        assert add(browser, "rani", Authenticator(), bungkus="").status_code == 303
    enter(browser, device)

    assert "pasang-kunci" not in browser.get(ADD).text
    assert add(browser, "rani", Authenticator(), bungkus="").status_code == 409


def test_the_list_says_what_each_does_and_when_it_was_used(small_desk: Desk) -> None:
    device, browser = with_passkey(small_desk), small_desk.client()
    enter(browser, device)
    add(browser, "rani", Authenticator(), sebutan="kunci <laci>", bungkus="")
    enter(browser, device)

    page = browser.get(ADD).text

    assert page.count("Masuk dan membuka naskah.") == page.count("Masuk saja:") == 1
    assert page.count("terakhir dipakai masuk") == page.count("belum pernah dipakai masuk") == 1
    assert "kunci &lt;laci&gt;" in page
    assert small_desk.client("bagus").get("/orang").text.count("Kunci sandi") == 1


def test_the_wrap_opens_to_the_passkeys_prf_and_outlives_a_change_of_passphrase(
    desk: Desk,
) -> None:
    number = desk.number(desk.file())
    device, browser = with_passkey(desk), desk.client()
    enter(browser, device)
    assert change_passphrase(browser, "rani", passphrase("rani"), NEW).status_code == 303
    enter(browser, device)

    (given,) = browser.get(f"{ADD}/bahan").get_json()["keys"]
    seeds = person.unwrap_identity(
        person.kek_of_prf(prf(device)), base64.b64decode(given["wrapped"])
    )

    assert browser.open_case("rani", number, NEW)["in", 0] == STORY
    again = base64.b64decode(browser.get("/akun/kunci").get_json()["identity"])
    assert seeds == person.unwrap_identity(secret("rani", NEW).kek, again)


def test_a_passkey_without_prf_leaves_nothing_to_unlock_with(small_desk: Desk) -> None:
    browser, device = small_desk.client("rani"), Authenticator()
    add(browser, "rani", device, bungkus="")
    enter(browser, device)

    assert browser.get(f"{ADD}/bahan").get_json() == {"keys": []}


def test_a_colleague_sees_and_takes_off_none_of_mine(small_desk: Desk) -> None:
    with_passkey(small_desk)
    (id,) = small_desk.rows("SELECT id FROM passkey")[0]
    colleague = small_desk.client("tirta")

    assert colleague.get(f"{ADD}/{id}/lepas").status_code == 404
    key = text(secret("tirta", passphrase("tirta")).auth_key)
    assert colleague.post(f"{ADD}/{id}/lepas", {"kunci": key}, page="/akun").status_code == 404
    assert colleague.get(f"{ADD}/bahan").get_json() == {"keys": []}
    assert small_desk.rows("SELECT count(*) FROM passkey")[0][0] == 1


def test_a_reset_and_a_removal_take_passkeys_and_wraps_away(desk: Desk) -> None:
    mine, theirs = with_passkey(desk), with_passkey(desk, "tirta")
    _ask(desk)
    _approve(desk)
    page = "/orang/tirta"
    desk.client("nila").post(f"{page}/cabut", {"alasan": "pindah tugas"}, page=page)

    assert desk.rows("SELECT 1 FROM passkey") == []
    assert enter(desk.client(), mine).status_code == 422
    assert enter(desk.client(), theirs, owner="tirta").status_code == 422


def test_only_the_page_of_passkeys_may_ask_the_browser_for_one(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    refused = add(browser, "rani", Authenticator(), phrase="bukan-frasanya")

    for answer in (browser.get(ADD), refused):
        assert "publickey-credentials-create=(self)" in answer.headers["Permissions-Policy"]
    for path in ("/", "/akun", "/masuk"):
        policy = browser.get(path).headers["Permissions-Policy"]
        assert "publickey-credentials-create=()" in policy
