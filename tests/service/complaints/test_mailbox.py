"""The mailbox: the same empty answer for whoever does not own it, letters both ways, once."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from shared.contracts.facts import CaseMoved, CaseOpened, ClockBreached, LetterWritten, Promise
from shared.crypto import record, sealing, signing
from shared.crypto.receipt import ReceiptKeys, derive
from tests.service.complaints.citizen import Citizen, hidden
from tests.service.complaints.world import DEPLOYMENT, World, random_receipt

EMPTY = {
    "status": None,
    "desk": None,
    "case": None,
    "unit": None,
    "epoch": None,
    "steps": [],
    "letters": [],
}


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world.browser)


def letter_to(world: World, keys: ReceiptKeys, case: str, text: str, seq: int = 1) -> bytes:
    return sealing.seal_letter(
        case=case,
        direction="out",
        seq=seq,
        prev="",
        unit=world.unit,
        epoch=1,
        text=text,
        recipients=[keys.box_recipient],
    )


def reply_of(world: World, keys: ReceiptKeys, seq: int, text: str) -> bytes:
    sent = [one for one in world.look(keys)["letters"] if one["direction"] == "in"]
    return sealing.seal_letter(
        case=world.look(keys)["case"],
        direction="in",
        seq=seq,
        prev=hashlib.sha256(sent[-1]["envelope"].encode()).hexdigest(),
        unit=world.unit,
        epoch=1,
        text=text,
        recipients=world.readers(keys),
    )


def filed(world: World) -> tuple[str, ReceiptKeys, str]:
    digits, keys = random_receipt()
    answer = world.send(world.filing(keys))
    assert answer.status_code == 201
    return digits, keys, answer.get_json()["case"]


def open_case(world: World, case: str) -> None:
    promised = [Promise("verify", date(2026, 11, 26))]
    opened = CaseOpened(unit=world.unit, desk="propam", state="received", promises=promised)
    world.hear(opened, case)


def test_an_unknown_code_opens_an_empty_mailbox(world: World) -> None:
    _, keys = random_receipt()

    assert world.look(keys) == EMPTY


def test_another_key_sees_the_same_empty_answer_byte_for_byte(world: World) -> None:
    _, keys, _ = filed(world)
    _, stranger = random_receipt()
    from dataclasses import replace

    from services.complaints.domain.base64url import to_base64url

    thief = replace(stranger, lookup=keys.lookup)
    assert to_base64url(thief.lookup) == to_base64url(keys.lookup)

    foreign = world.signed(thief, "GET", "/api/v1/mailbox").get_data()
    unknown = world.signed(stranger, "GET", "/api/v1/mailbox").get_data()

    assert foreign == unknown


def test_a_filed_complaint_shows_its_status_and_itself(world: World) -> None:
    _, keys, case = filed(world)

    seen = world.look(keys)

    assert seen["status"] == "received"
    assert seen["desk"] is None
    assert seen["case"] == case
    assert [(one["direction"], one["seq"]) for one in seen["letters"]] == [("in", 0)]
    assert seen["steps"][0]["promised"][0] == {"clock": "verify", "due_on": "2026-11-26"}


def test_what_triage_tells_reaches_the_mailbox(world: World) -> None:
    _, keys, case = filed(world)

    open_case(world, case)
    promised = [Promise("accept", date(2026, 11, 27))]
    world.hear(CaseMoved("received", "verifying", promised), case)
    breach = ClockBreached("accept", date(2026, 11, 27), date(2026, 12, 1))
    world.hear(breach, case)
    envelope = letter_to(world, keys, case, "Jam berapa kejadiannya?")
    world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    seen = world.look(keys)
    assert seen["status"] == "verifying"
    assert seen["desk"] == "propam"
    assert [(s["state"], s["late"]) for s in seen["steps"]] == [
        ("received", False),
        ("verifying", False),
        ("verifying", True),
    ]
    assert seen["letters"][-1]["direction"] == "out"


def test_a_letter_delivered_twice_stands_once(world: World) -> None:
    _, keys, case = filed(world)
    envelope = letter_to(world, keys, case, "satu")

    for _ in range(2):
        world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    assert world.count("letter") == 1


def test_a_reply_comes_in_once_and_in_its_place(world: World) -> None:
    _, keys, _ = filed(world)
    first = reply_of(world, keys, 1, "Pukul sembilan")

    answers = [world.reply(keys, 1, first).status_code for _ in range(2)]
    skipped = world.reply(keys, 3, first)

    assert answers == [201, 200]
    assert skipped.status_code == 409
    assert skipped.get_json()["code"] == "wrong_seq"
    assert "2" in skipped.get_json()["message"]
    assert world.count("letter") == 1
    assert world.count("fact") == 2


def test_nobody_replies_from_an_empty_mailbox(world: World) -> None:
    _, keys = random_receipt()
    _, other, _ = filed(world)

    answer = world.reply(keys, 1, reply_of(world, other, 1, "x"))

    assert answer.status_code == 409
    assert answer.get_json()["code"] == "mailbox_empty"


def test_a_signature_serves_its_own_request_only(world: World) -> None:
    _, keys, _ = filed(world)

    moved = world.signed(keys, "GET", "/api/v1/mailbox?x=1")
    assert moved.status_code == 200
    nonce = world.browser.post("/api/v1/mailbox/nonce").get_json()["nonce"]
    from services.complaints.domain.base64url import to_base64url

    text = signing.request_string("GET", "/api/v1/mailbox", nonce, b"")
    headers = {
        "Kentongan-Mailbox": to_base64url(keys.lookup),
        "Kentongan-Key": to_base64url(keys.sign_public),
        "Kentongan-Nonce": nonce,
        "Kentongan-Signature": to_base64url(signing.sign(keys.sign_seed, text)),
    }
    other_path = world.browser.get("/api/v1/mailbox?x=1", headers=headers)
    world.clock.advance(timedelta(minutes=6))
    too_late = world.browser.get("/api/v1/mailbox", headers=headers)

    assert (other_path.status_code, other_path.get_json()["code"]) == (422, "bad_signature")
    assert (too_late.status_code, too_late.get_json()["code"]) == (422, "stale_nonce")


def test_the_page_opens_the_mailbox_in_any_spelling_and_sends_a_reply_once(
    world: World, citizen: Citizen
) -> None:
    digits = citizen.file()
    keys = derive(digits, DEPLOYMENT)
    case = world.look(keys)["case"]
    open_case(world, case)
    envelope = letter_to(world, keys, case, "Siapa <b>namanya</b>?")
    world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    spelled = ".".join(digits[i : i + 4] for i in range(0, 24, 4))
    page = citizen.open_mailbox(spelled).get_data(as_text=True)
    assert "Propam Polri" in page
    assert "Siapa &lt;b&gt;namanya&lt;/b&gt;?" in page
    assert "KENARI-42" in page
    assert hidden(page)["seq"] == "1"

    sent = [citizen.reply(page, "Pak Anu, loket 2") for _ in range(2)]

    assert [answer.status_code for answer in sent] == [200, 200]
    assert "Balasan Anda sudah masuk" in sent[1].get_data(as_text=True)
    assert "Pak Anu, loket 2" in sent[1].get_data(as_text=True)
    assert world.count("letter") == 2


def test_a_page_too_long_open_asks_for_the_code_again(world: World, citizen: Citizen) -> None:
    page = citizen.open_mailbox(citizen.file()).get_data(as_text=True)

    world.clock.advance(timedelta(minutes=31))
    answer = citizen.reply(page, "terlambat")

    assert answer.status_code == 422
    assert 'name="receipt"' in answer.get_data(as_text=True)
    assert world.count("letter") == 0


@pytest.mark.parametrize("typed", ["", "123", "1" * 25, "abc", "1" * 23 + "0"])
def test_a_malformed_code_is_told_at_once(citizen: Citizen, typed: str) -> None:
    answer = citizen.open_mailbox(typed)

    assert answer.status_code == 422
    assert 'id="g-receipt"' in answer.get_data(as_text=True)


def test_an_empty_reply_and_one_too_long_are_refused_and_kept(
    world: World, citizen: Citizen
) -> None:
    page = citizen.open_mailbox(citizen.file()).get_data(as_text=True)

    empty = citizen.reply(page, "   ")
    long = citizen.reply(page, "panjang " * 3000)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "panjang panjang" in long.get_data(as_text=True)
    assert world.count("letter") == 0


def test_a_letter_in_the_wrong_place_is_shown_as_unreadable(world: World, citizen: Citizen) -> None:
    digits = citizen.file()
    keys = derive(digits, DEPLOYMENT)
    case = world.look(keys)["case"]
    envelope = letter_to(world, keys, case, "RAHASIA-9", seq=2)
    world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    page = citizen.open_mailbox(digits).get_data(as_text=True)

    assert "RAHASIA-9" not in page
    assert "tidak dapat dibuka" in page
    assert record.sha256_hex(envelope)
