"""The mailbox: the same empty answer for whoever does not own it, letters both ways, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from shared.contracts.facts import CaseMoved, ClockBreached, LetterWritten, Promise
from shared.crypto import signing
from shared.crypto.encoding import to_base64url
from tests.service.complaints.letters import filed, letter_to, open_case, reply_of
from tests.service.complaints.world import World, random_receipt

EMPTY = {
    "status": None,
    "desk": None,
    "case": None,
    "unit": None,
    "epoch": None,
    "keepers": None,
    "steps": [],
    "letters": [],
    "gone": {"in": None, "out": None},
    "may": [],
    "withdrawal_round": 0,
    "result_round": 0,
    "object_until": None,
}


def test_an_unknown_code_opens_an_empty_mailbox(world: World) -> None:
    _, keys = random_receipt()

    assert world.look(keys) == EMPTY


def test_another_key_sees_the_same_empty_answer_byte_for_byte(world: World) -> None:
    _, keys, _ = filed(world)
    _, stranger = random_receipt()
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


def test_a_first_step_that_arrives_late_is_still_the_first(world: World) -> None:
    _, keys, case = filed(world)

    world.hear(CaseMoved("received", "verifying", []), case)
    open_case(world, case)

    assert world.look(keys)["status"] == "verifying"


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
