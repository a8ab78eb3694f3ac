"""Sign-in: the server learns an auth key, never a passphrase, and tells strangers nothing."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest

from services.triage.actions.pacing import FREE_TRIES, PEACE
from services.triage.actions.sign_in import SESSION
from tests.service.triage.desk import Desk


def test_a_person_signs_in_and_sees_the_queue(desk: Desk) -> None:
    browser = desk.client()

    answer = browser.sign_in("rani")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Antrean unit" in browser.get("/").text


def test_a_name_is_the_same_however_it_is_typed(small_desk: Desk) -> None:
    assert small_desk.client().sign_in(" Rani ", "frasa-rani-sawah").status_code == 303


def test_a_wrong_passphrase_and_an_unknown_name_get_the_same_answer(desk: Desk) -> None:
    browser = desk.client()

    wrong = browser.sign_in("rani", "bukan-frasanya")
    unknown = browser.sign_in("rano", "bukan-frasanya")

    assert wrong.status_code == unknown.status_code == 422
    assert (
        wrong.text.replace("rani", "rano").split("csrf_token")[0]
        == unknown.text.split("csrf_token")[0]
    )
    assert "Nama, frasa sandi, atau kode tidak cocok" in wrong.text


def test_every_try_is_a_private_fact_that_names_known_people_only(desk: Desk) -> None:
    browser = desk.client()
    browser.sign_in("rani", "salah")
    browser.sign_in("frasa yang salah kotak", "salah")
    browser.sign_in("rani")

    told = desk.rows("SELECT type, by, private FROM fact WHERE type LIKE 'person.%ed%' "
                     "AND type != 'person.enrolled' ORDER BY position")  # fmt: skip
    assert [(row[0], row[1]) for row in told] == [
        ("person.refused", "rani"),
        ("person.refused", None),
        ("person.signed_in", "rani"),
    ]
    assert all(row[2] for row in told)


def test_guessing_is_slowed_for_known_and_unknown_names_alike(desk: Desk) -> None:
    browser = desk.client()

    for name in ("rani", "rano"):
        answers = [browser.sign_in(name, "salah").status_code for _ in range(FREE_TRIES + 1)]
        assert answers == [422] * FREE_TRIES + [429]
    told = desk.rows("SELECT 1 FROM fact WHERE type = 'person.refused'")
    assert len(told) == 2 * FREE_TRIES


def test_nobody_is_locked_out_by_somebody_elses_guessing(desk: Desk) -> None:
    browser = desk.client()
    for _ in range(FREE_TRIES + 1):
        browser.sign_in("rani", "salah")

    at_once = browser.sign_in("rani")
    desk.clock.advance(timedelta(seconds=2))
    later = browser.sign_in("rani")

    assert (at_once.status_code, later.status_code) == (429, 303)
    assert "Tunggu" in at_once.text


def test_a_session_ends_by_signing_out_and_by_time(desk: Desk) -> None:
    browser = desk.client("rani")
    other = desk.client("rani")

    browser.post("/keluar", {}, page="/")
    desk.clock.advance(SESSION + timedelta(seconds=1))

    assert browser.get("/").headers["Location"].startswith("/masuk")
    assert other.get("/").headers["Location"].startswith("/masuk")


def test_signing_out_on_one_machine_leaves_the_other(small_desk: Desk) -> None:
    browser, other = small_desk.client("rani"), small_desk.client("rani")

    browser.post("/keluar", {}, page="/")

    assert other.get("/").status_code == 200


def test_the_database_keeps_no_token_and_no_auth_key(small_desk: Desk) -> None:
    browser = small_desk.client("rani")

    with browser.http.session_transaction() as cookie:
        token = cookie["meja"].encode()

    for row in small_desk.rows("SELECT token_hash FROM session"):
        assert bytes(row[0]) != token


@pytest.mark.parametrize("key", ["", "AAAA", "x" * 43, "é" * 43, "A" * 4000])
def test_what_is_no_key_is_refused_with_a_sentence(small_desk: Desk, key: str) -> None:
    answer = small_desk.client().post("/masuk", {"siapa": "rani", "kunci": key})

    assert answer.status_code == 422
    assert "Nyalakan JavaScript" in answer.text or "tidak cocok" in answer.text


@pytest.mark.parametrize("onward", ["https://jahat.example/", "//jahat.example", "/keluar", "\\"])
def test_signing_in_leads_to_our_own_pages_only(small_desk: Desk, onward: str) -> None:
    page = small_desk.client().http.get("/masuk", query_string={"ke": onward}).text

    assert 'name="ke" value="/"' in page


def test_the_form_cannot_send_the_passphrase(small_desk: Desk) -> None:
    page = small_desk.client().get("/masuk").text

    assert 'id="sandi" type="password"' in page
    assert 'name="sandi"' not in page
    assert 'name="nama"' not in page
    assert "<noscript>" in page


def test_an_unknown_name_takes_as_long_as_a_known_one(small_desk: Desk) -> None:
    """The work is the same row for row; the medians of interleaved tries stay close."""
    browser = small_desk.client()
    page = browser.get("/masuk").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    took: dict[str, list[float]] = {"rani": [], "rano": []}

    for _ in range(60):
        for name, times in took.items():
            small_desk.clock.advance(PEACE + timedelta(seconds=1))
            form = {"csrf_token": token, "siapa": name, "kunci": "A" * 43}
            start = time.perf_counter()
            browser.http.post("/masuk", data=form)
            times.append(time.perf_counter() - start)

    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.7 < known / unknown < 1.4
