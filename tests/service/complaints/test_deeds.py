"""What a reporter decides in the mailbox: once each, in its state, and alike when repeated."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.complaints.domain.deeds import ENDED
from services.triage.domain.states import STATES
from shared.contracts import decode
from shared.contracts.facts import CaseMoved
from shared.contracts.reporting import WithdrawalDecided
from shared.crypto import hybrid, sealing, unseal
from tests.service.complaints.deeds import deed, sealed_reply, told, with_result
from tests.service.complaints.letters import filed
from tests.service.complaints.world import (
    NOTIFY_IDENTITY,
    TRIAGE_IDENTITY,
    World,
    random_receipt,
)


def test_asking_twice_to_withdraw_is_asking_once(steady: World) -> None:
    _, keys, case = filed(steady)
    assert "withdraw" in steady.look(keys)["may"]

    answers = [deed(steady, keys, "withdrawal", round=1, pressed="yes") for _ in range(2)]

    assert answers == [(201, "withdrawal_asked"), (200, "withdrawal_asked")]
    body = told(steady, case, "withdrawal.asked")
    assert b"yes" not in body, "the answer is stored sealed only"
    opened = unseal.open_json(decode(body).parts["disclosed"], [TRIAGE_IDENTITY])
    assert opened == {"v": 1, "pressed": "yes"}
    seen = steady.look(keys)
    assert seen["status"] == "received"
    assert [step["event"] for step in seen["steps"]] == [None, "withdrawal_asked"]
    assert "take_back" in seen["may"]
    assert "withdraw" not in seen["may"]


def test_a_withdrawal_is_taken_back_while_nobody_has_decided(steady: World) -> None:
    _, keys, case = filed(steady)
    deed(steady, keys, "withdrawal", round=1, pressed="no")

    taken = [deed(steady, keys, "withdrawal/taken-back", round=1) for _ in range(2)]
    again = deed(steady, keys, "withdrawal", round=2, pressed="unsaid")
    steady.hear(WithdrawalDecided(2, False), case)
    late = deed(steady, keys, "withdrawal/taken-back", round=2)

    assert taken == [(201, "withdrawal_taken_back"), (200, "withdrawal_taken_back")]
    assert again == (201, "withdrawal_asked")
    assert late == (409, "nothing_to_take_back")
    assert steady.look(keys)["steps"][-1]["event"] == "withdrawal_refused"


def test_a_confirmed_withdrawal_ends_the_case(steady: World) -> None:
    _, keys, case = filed(steady)
    deed(steady, keys, "withdrawal", round=1, pressed="no")

    steady.hear(CaseMoved("received", "closed", []), case)
    steady.hear(WithdrawalDecided(1, True), case)

    seen = steady.look(keys)
    assert seen["status"] == "closed"
    assert seen["may"] == ["contact", "delete"]
    assert deed(steady, keys, "withdrawal", round=2, pressed="no") == (
        409,
        "not_withdrawable",
    )


def test_every_open_state_can_be_withdrawn_and_no_other() -> None:
    assert {state.code for state in STATES.values() if not state.is_open} == ENDED


def test_a_result_is_rated_once(steady: World) -> None:
    _, keys, _ = with_result(steady)
    rating = {"round": 1, "is_solved": True, "stars": 4}

    answers = [deed(steady, keys, "rating", **rating) for _ in range(2)]
    other = deed(steady, keys, "rating", **{**rating, "stars": 1})

    assert answers == [(201, "result_rated"), (200, "result_rated")]
    assert other == (409, "not_rateable")
    step = steady.look(keys)["steps"][-1]
    assert (step["event"], step["is_solved"], step["stars"]) == ("result_rated", True, 4)


def test_nothing_is_rated_before_there_is_a_result(steady: World) -> None:
    _, keys, _ = filed(steady)

    rated = deed(steady, keys, "rating", round=0, is_solved=True, stars=0)
    objected = deed(steady, keys, "objection", round=1, seq=1, envelope=sealed_reply(steady, keys))

    assert rated == (409, "not_rateable")
    assert objected == (409, "too_late_to_object")
    assert len(steady.look(keys)["letters"]) == 1


def test_an_objection_comes_in_with_its_letter_once(steady: World) -> None:
    _, keys, _ = with_result(steady)
    assert steady.look(keys)["object_until"] == "2026-12-07"
    envelope = sealed_reply(steady, keys)

    answers = [deed(steady, keys, "objection", round=1, seq=1, envelope=envelope) for _ in range(2)]

    assert answers == [(201, "result_objected"), (200, "result_objected")]
    seen = steady.look(keys)
    assert [one["seq"] for one in seen["letters"]] == [0, 1]
    assert "object" not in seen["may"]


def test_an_objection_after_the_promised_day_is_refused_by_name(steady: World) -> None:
    _, keys, _ = with_result(steady)
    envelope = sealed_reply(steady, keys)
    steady.clock.advance(timedelta(days=14, hours=13))  # 23.32 WIB on the last day
    assert "object" in steady.look(keys)["may"]

    steady.clock.advance(timedelta(hours=1))
    late = deed(steady, keys, "objection", round=1, seq=1, envelope=envelope)

    assert late == (409, "too_late_to_object")
    assert len(steady.look(keys)["letters"]) == 1


def test_an_address_left_later_reaches_notify_alone(steady: World) -> None:
    _, keys, _ = filed(steady)
    recipient = hybrid.recipient_of(NOTIFY_IDENTITY)
    note = {"address": "sri@contoh.id", "lang": "id", "events_key": "x"}
    sealed = base64.b64encode(sealing.seal_json(note, recipient)).decode()
    other = base64.b64encode(sealing.seal_json(note, recipient)).decode()

    answers = [deed(steady, keys, "contact", contact=sealed, lang="id") for _ in range(2)]
    second = deed(steady, keys, "contact", contact=other, lang="id")

    assert answers == [(201, "contact_left"), (200, "contact_left")]
    assert second == (409, "contact_stands")
    assert "contact" not in steady.look(keys)["may"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("withdrawal", {"round": 1, "pressed": "no"}),
        ("withdrawal/taken-back", {"round": 1}),
        ("rating", {"round": 1, "is_solved": True, "stars": 0}),
        ("letters/deletion", {"is_sure": True}),
    ],
)
def test_an_unknown_mailbox_and_a_strangers_key_are_refused_alike(
    steady: World, path: str, body: dict[str, Any]
) -> None:
    _, keys, _ = filed(steady)
    _, stranger = random_receipt()
    thief = replace(stranger, lookup=keys.lookup)
    sent = json.dumps(body).encode()

    answers = [
        steady.signed(one, "POST", f"/api/v1/mailbox/{path}", sent) for one in (stranger, thief)
    ]

    assert [one.status_code for one in answers] == [409, 409]
    assert answers[0].get_data() == answers[1].get_data()
    assert answers[0].get_json()["code"] == "mailbox_empty"
