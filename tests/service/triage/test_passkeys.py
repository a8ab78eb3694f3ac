"""Passkeys: they sign in, alone or beside the passphrase, and what they prove serves once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.triage.actions.pacing import FREE_TRIES
from services.triage.chores import sweep_door
from tests.service.triage.desk import Desk, passphrase
from tests.service.triage.keyring import add, asked, enter, with_passkey
from tests.service.triage.staff import secret, text, told
from tests.service.triage.test_second_factor import _code, _put_on
from tests.support.authenticator import PRESENT, Authenticator


def test_a_passkey_that_checks_its_person_signs_in_alone(desk: Desk) -> None:
    device, browser = with_passkey(desk), desk.client()

    answer = enter(browser, device)

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Rani N." in browser.get("/").text
    assert told(desk, "person.factor_added") == [("rani", {"what": "passkey"}, True)]
    assert told(desk, "person.signed_in")[-1][0] == "rani"


def test_the_passphrase_alone_no_longer_enters_beside_a_passkey_it_does(desk: Desk) -> None:
    device = with_passkey(desk)

    assert desk.client().sign_in("rani").status_code == 422
    assert enter(desk.client(), device, "rani", "bukan-frasanya").status_code == 422
    assert enter(desk.client(), device, "rani").status_code == 303


def test_a_passkey_that_checks_nobody_needs_the_passphrase(small_desk: Desk) -> None:
    device = with_passkey(small_desk, flags=PRESENT)

    alone = enter(small_desk.client(), device)

    assert alone.status_code == 422
    assert "Isi juga nama dan frasa sandi" in alone.text
    assert enter(small_desk.client(), device, "rani").status_code == 303


def test_a_passkey_stands_in_for_the_code_and_the_code_for_it(small_desk: Desk) -> None:
    key = _put_on(small_desk)
    browser = small_desk.client()
    form = {"siapa": "rani", "kunci": text(secret("rani", passphrase("rani")).auth_key)}
    browser.post("/masuk", {**form, "kode": _code(small_desk, key)})
    device = Authenticator()
    assert add(browser, "rani", device).status_code == 303
    small_desk.clock.advance(timedelta(seconds=30))

    assert enter(small_desk.client(), device, "rani").status_code == 303
    coded = {**form, "kode": _code(small_desk, key)}
    assert small_desk.client().post("/masuk", coded).status_code == 303
    assert small_desk.client().post("/masuk", form).status_code == 422


def test_anothers_passkey_is_no_second_factor_of_mine(small_desk: Desk) -> None:
    with_passkey(small_desk)
    theirs = with_passkey(small_desk, "sari")

    answer = enter(small_desk.client(), theirs, "rani", owner="sari")

    assert answer.status_code == 422
    assert "tidak cocok" in answer.text
    # Nor beside the passphrase of somebody who has no second factor at all.
    assert enter(small_desk.client(), theirs, "tirta", owner="sari").status_code == 422


def test_an_answer_serves_once_even_with_the_old_cookie(desk: Desk) -> None:
    device, browser = with_passkey(desk), desk.client()
    signed = device.sign(asked(browser, "/masuk/tantangan"))
    kept = browser.http.get_cookie("k")
    assert kept is not None
    assert browser.post("/masuk", {"pernyataan": signed}).status_code == 303

    again = desk.client()
    again.http.set_cookie("k", kept.value)
    again.http.get("/masuk")
    device.signatures = 0  # the count alone would refuse it as well
    answer = again.post("/masuk", {"pernyataan": signed})

    assert answer.status_code == 422
    assert "sudah dipakai atau lewat lima menit" in answer.text


def test_an_answer_serves_its_own_cookie_and_for_five_minutes(small_desk: Desk) -> None:
    device, mine, other = with_passkey(small_desk), small_desk.client(), small_desk.client()
    signed = device.sign(asked(mine, "/masuk/tantangan"))
    asked(other, "/masuk/tantangan")

    assert other.post("/masuk", {"pernyataan": signed}).status_code == 422
    assert small_desk.client().post("/masuk", {"pernyataan": signed}).status_code == 422
    small_desk.clock.advance(timedelta(minutes=5, seconds=1))
    assert mine.post("/masuk", {"pernyataan": signed}).status_code == 422
    assert enter(small_desk.client(), device).status_code == 303


@pytest.mark.parametrize("place", ["origin", "rp_id"])
def test_a_signature_for_another_site_enters_nothing(small_desk: Desk, place: str) -> None:
    device = with_passkey(small_desk)
    stands = getattr(device, place)

    setattr(device, place, stands.replace("localhost", "meja.jahat.example"))
    assert enter(small_desk.client(), device).status_code == 422
    setattr(device, place, stands)
    assert enter(small_desk.client(), device).status_code == 303


def test_a_foreign_key_and_an_unknown_passkey_get_the_same_answer(small_desk: Desk) -> None:
    device = with_passkey(small_desk)
    forged = Authenticator(id=device.id)
    browser = small_desk.client()

    wrong, unknown = enter(browser, forged), enter(browser, Authenticator())

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.split("csrf_token")[0] == unknown.text.split("csrf_token")[0]
    assert [one[0] for one in told(small_desk, "person.refused")] == ["rani", None]


def test_a_count_that_goes_back_is_refused_by_name_and_told(desk: Desk) -> None:
    device = with_passkey(desk)
    for _ in range(3):
        assert enter(desk.client(), device).status_code == 303

    device.signatures = 2  # a copy made earlier: it signs for the third time
    copy = enter(desk.client(), device)

    assert copy.status_code == 422
    assert "mungkin ada salinannya" in copy.text
    assert told(desk, "person.passkey_doubted") == [("rani", {"label": "telepon saya"}, True)]
    trail = desk.client("kirana").get("/jejak").text
    assert "Kunci sandi ditolak, mungkin disalin" in trail
    device.signatures = 3
    assert enter(desk.client(), device).status_code == 303


def test_a_device_that_does_not_count_is_let_in_again_and_again(small_desk: Desk) -> None:
    device = with_passkey(small_desk)

    for _ in range(2):
        browser = small_desk.client()
        signed = device.sign(asked(browser, "/masuk/tantangan"), counted=False)
        assert browser.post("/masuk", {"pernyataan": signed}).status_code == 303


def test_no_strangers_guessing_keeps_the_owner_out(small_desk: Desk) -> None:
    device = with_passkey(small_desk)
    for _ in range(FREE_TRIES + 3):
        small_desk.client().sign_in("rani", "tebakan")

    assert small_desk.client().sign_in("rani", "tebakan").status_code == 429
    assert enter(small_desk.client(), device, "rani").status_code == 303
    assert enter(small_desk.client(), device).status_code == 303


def test_old_challenges_are_forgotten(small_desk: Desk) -> None:
    device = with_passkey(small_desk)
    enter(small_desk.client(), device)
    assert len(small_desk.rows("SELECT 1 FROM answered_challenge")) == 2

    small_desk.clock.advance(timedelta(minutes=6))
    sweep_door(small_desk.house)

    assert small_desk.rows("SELECT 1 FROM answered_challenge") == []
