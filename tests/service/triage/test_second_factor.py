"""A second factor, and that nobody's guessing keeps its owner out."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest

from services.triage.actions.pacing import FREE_TRIES
from services.triage.actions.sign_in import sign_in
from shared.crypto import totp
from tests.service.triage.desk import Browser, Desk, passphrase
from tests.service.triage.staff import secret, text, told

STEP = timedelta(seconds=30)


def _code(desk: Desk, key: bytes) -> str:
    return totp.code_of(key, totp.step_at(desk.clock.now()))


def _auth(name: str, phrase: str | None = None) -> str:
    return text(secret(name, phrase or passphrase(name)).auth_key)


def _begin(browser: Browser, name: str) -> bytes:
    """Begin; returns the secret the page shows."""
    browser.post("/akun/kode/mulai", {"kunci": _auth(name)}, page="/akun/kode")
    shown = re.search(r'class="tautan-sekali">([A-Z2-7 ]+)<', browser.get("/akun/kode").text)
    assert shown is not None
    return base64.b32decode(shown[1].replace(" ", ""))


def _put_on(desk: Desk, name: str = "rani") -> bytes:
    browser = desk.client(name)
    key = _begin(browser, name)
    answer = browser.post("/akun/kode/pasang", {"kode": _code(desk, key)}, page="/akun/kode")
    assert answer.location == "/masuk?kabar=kode"
    desk.clock.advance(STEP)
    return key


def _enter(desk: Desk, name: str, code: str, phrase: str | None = None) -> int:
    form = {"siapa": name, "kunci": _auth(name, phrase), "kode": code}
    return desk.client().post("/masuk", form).status_code


def test_signing_in_takes_passphrase_and_code_once_it_is_on(desk: Desk) -> None:
    key = _put_on(desk)

    assert _enter(desk, "rani", "") == 422
    assert _enter(desk, "rani", "000000") == 422
    assert _enter(desk, "rani", _code(desk, key), "bukan-frasanya-ini") == 422
    assert _enter(desk, "rani", _code(desk, key)) == 303
    assert told(desk, "person.factor_added") == [("rani", {"what": "totp"}, True)]


def test_a_code_serves_once(desk: Desk) -> None:
    key = _put_on(desk)
    code = _code(desk, key)

    assert _enter(desk, "rani", code) == 303
    assert _enter(desk, "rani", code) == 422
    desk.clock.advance(STEP)
    assert _enter(desk, "rani", code) == 422
    assert _enter(desk, "rani", _code(desk, key)) == 303


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1} "])
def test_a_code_may_be_typed_in_groups(small_desk: Desk, typed: str) -> None:
    key = _put_on(small_desk)
    code = _code(small_desk, key)

    assert _enter(small_desk, "rani", typed.format(code[:3], code[3:])) == 303


def test_sessions_die_when_a_second_factor_comes_or_goes(desk: Desk) -> None:
    other = desk.client("rani")
    key = _put_on(desk)
    assert other.get("/").location.startswith("/masuk")

    here, there = desk.client(), desk.client()
    for browser in (here, there):
        form = {"siapa": "rani", "kunci": _auth("rani"), "kode": _code(desk, key)}
        assert browser.post("/masuk", form).status_code == 303
        desk.clock.advance(STEP)
    here.post("/akun/kode/lepas", {"kode": _code(desk, key)}, page="/akun/kode")

    assert there.get("/").location.startswith("/masuk")
    assert here.get("/").location.startswith("/masuk")
    assert desk.client().sign_in("rani").status_code == 303
    assert told(desk, "person.factor_removed") == [("rani", {"what": "totp"}, True)]


def test_an_open_page_binds_no_stranger_to_the_account(small_desk: Desk) -> None:
    browser = small_desk.client("rani")

    wrong = {"kunci": _auth("rani", "tebakan-orang-lewat")}
    answer = browser.post("/akun/kode/mulai", wrong, page="/akun/kode")

    assert answer.status_code == 422
    assert small_desk.rows("SELECT 1 FROM second_factor") == []


def test_it_is_not_asked_before_the_first_code_came_back(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    _begin(browser, "rani")

    assert browser.post("/akun/kode/pasang", {"kode": "1"}, page="/akun/kode").status_code == 422
    assert small_desk.client().sign_in("rani").status_code == 303


def test_the_secret_is_shown_until_confirmed_and_stored_sealed(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    key = _begin(browser, "rani")
    assert browser.get("/akun/kode/gambar").data.startswith(b"\x89PNG")

    sealed = bytes(small_desk.rows("SELECT sealed FROM second_factor")[0][0])
    assert key not in sealed
    assert base64.b32encode(key) not in sealed
    browser.post("/akun/kode/pasang", {"kode": _code(small_desk, key)}, page="/akun/kode")

    small_desk.clock.advance(STEP)
    form = {"siapa": "rani", "kunci": _auth("rani"), "kode": _code(small_desk, key)}
    browser.post("/masuk", form)
    assert totp.spelled(key) not in browser.get("/akun/kode").text
    assert browser.get("/akun/kode/gambar").status_code == 404


def test_a_thousand_failures_do_not_keep_the_owner_out(small_desk: Desk) -> None:
    """Somebody who never stops trying owns the waiting time; passphrase and code pass it."""
    key = _put_on(small_desk)
    identity, wrong = small_desk.house.settings.identity, bytes(32)
    for tried in range(1000):
        with small_desk.house.transactions.begin() as tx:
            outcome = sign_in(tx, identity, "rani", wrong, "000000")
        assert outcome.is_refused
        if tried % 10 == 9:
            small_desk.clock.advance(timedelta(seconds=1))

    assert _enter(small_desk, "rani", _code(small_desk, key)) == 303


def test_the_waiting_time_is_no_way_round_the_code(small_desk: Desk) -> None:
    """Who knows the passphrase gets five tries at the code, then one in ever longer times."""
    key = _put_on(small_desk)
    for _ in range(FREE_TRIES):
        assert _enter(small_desk, "rani", "000000") == 422

    assert _enter(small_desk, "rani", _code(small_desk, key)) in {422, 429}
    small_desk.clock.advance(timedelta(seconds=301))
    assert _enter(small_desk, "rani", _code(small_desk, key)) == 303


def test_without_a_second_factor_a_thousand_failures_delay_by_half_a_minute(
    small_desk: Desk,
) -> None:
    identity = small_desk.house.settings.identity
    for _ in range(1000):
        with small_desk.house.transactions.begin() as tx:
            sign_in(tx, identity, "rani", bytes(32))
        small_desk.clock.advance(STEP)

    assert _enter(small_desk, "rani", "") == 303


def test_the_list_says_who_has_one(small_desk: Desk) -> None:
    assert "Kode aplikasi" not in small_desk.client("bagus").get("/orang").text
    _put_on(small_desk)

    page = small_desk.client("bagus").get("/orang").text

    assert page.count("Kode aplikasi") == 1
