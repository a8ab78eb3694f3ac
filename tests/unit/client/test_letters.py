"""Letters are opened only in their places; answers follow the one before."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from client.api import Directory, UnitKey
from client.letters import check_mailbox, compose_reply, read_letters
from client.printing import harmless, mailbox_lines
from client.refusals import MailboxEmpty, NotKentongan, UnitWithoutKey
from shared.crypto import age, record, unseal
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.sealing import seal_complaint, seal_letter
from shared.rulebook import load

KEYS = ReceiptKeys.from_prk(bytes(32))
UNIT = age.identity_from_seed(bytes([1]) * 32)
OVERSIGHT = age.recipient_of(age.identity_from_seed(bytes([2]) * 32))
DIRECTORY = Directory(
    "uji", "x", OVERSIGHT, OVERSIGHT, {"u": UnitKey(2, age.recipient_of(UNIT))}, 1 << 20, 5
)
EMPTY: dict[str, Any] = {
    "status": None,
    "desk": None,
    "case": None,
    "unit": None,
    "epoch": None,
    "steps": [],
    "letters": [],
}


def letter(seq: int, prev: bytes | None, text: str, case: str = "c") -> bytes:
    return seal_letter(
        case=case,
        direction="out",
        seq=seq,
        prev="" if prev is None else record.sha256_hex(prev),
        unit="u",
        epoch=1,
        text=text,
        recipients=[KEYS.box_recipient],
    )


def listed(direction: str, seq: int, envelope: bytes) -> dict[str, Any]:
    text = base64.b64encode(envelope).decode()
    return {"direction": direction, "seq": seq, "on": "2026-11-23", "envelope": text}


def mailbox(*letters: dict[str, Any]) -> dict[str, Any]:
    complaint = seal_complaint(
        case="c", unit="u", epoch=1, body={"story": "s"}, recipients=[KEYS.box_recipient]
    )
    step = {
        "state": "verifying",
        "on": "2026-11-23",
        "promised": [{"clock": "verify", "due_on": "2026-11-26"}],
        "late": True,
    }
    return {
        **EMPTY,
        "status": "verifying",
        "case": "c",
        "unit": "u",
        "steps": [step],
        "letters": [listed("in", 0, complaint), *letters],
    }


def test_letters_open_in_their_order_and_the_complaint_is_none() -> None:
    one = letter(1, None, "Satu")
    two = letter(2, one, "Dua")

    read = read_letters(mailbox(listed("out", 1, one), listed("out", 2, two)), KEYS)

    assert [(each.direction, each.seq, each.text, each.fault) for each in read] == [
        ("out", 1, "Satu", None),
        ("out", 2, "Dua", None),
    ]
    assert read[0].as_json() == {
        "direction": "out",
        "seq": 1,
        "on": "2026-11-23",
        "text": "Satu",
    }


def test_a_swapped_dropped_or_foreign_letter_is_not_shown() -> None:
    one, two = letter(1, None, "Satu"), letter(1, None, "Palsu", case="d")
    after = letter(2, one, "Dua")

    swapped = read_letters(mailbox(listed("out", 2, after)), KEYS)
    foreign = read_letters(mailbox(listed("out", 1, two)), KEYS)
    garbled = read_letters(mailbox(listed("out", 1, one[:-1] + b"\x00")), KEYS)

    assert [(each[0].text, each[0].fault) for each in (swapped, foreign, garbled)] == [
        (None, "misplaced"),
        (None, "misplaced"),
        (None, "envelope_malformed"),
    ]


def test_an_answer_takes_the_next_place() -> None:
    box = mailbox()
    first = compose_reply(box, directory=DIRECTORY, keys=KEYS, text="Halo")
    box["letters"].append({**first, "direction": "in", "on": "2026-11-23"})
    second = compose_reply(box, directory=DIRECTORY, keys=KEYS, text="Lagi")

    for seq, sent, before in ((1, first, box["letters"][0]), (2, second, first)):
        header, body = unseal.open_record(base64.b64decode(sent["envelope"]), UNIT)
        prev = record.sha256_hex(base64.b64decode(before["envelope"]))
        record.check_place(header, "c", "in", seq, prev)
        assert (sent["seq"], header.epoch) == (seq, 2)
    assert body == {"text": "Lagi"}
    assert [each.text for each in read_letters(box, KEYS)] == ["Halo"]


def test_an_empty_mailbox_has_nothing_to_answer() -> None:
    with pytest.raises(MailboxEmpty):
        compose_reply(EMPTY, directory=DIRECTORY, keys=KEYS, text="Halo")


def test_a_unit_without_key_gets_no_answer() -> None:
    with pytest.raises(UnitWithoutKey):
        compose_reply({**mailbox(), "unit": "v"}, directory=DIRECTORY, keys=KEYS, text="Halo")


def test_what_is_no_mailbox_is_refused() -> None:
    with pytest.raises(NotKentongan):
        check_mailbox({"status": None})
    with pytest.raises(NotKentongan):
        read_letters({**mailbox(), "letters": [{"direction": "out", "seq": 1, "on": "x"}]}, KEYS)


def test_a_letter_cannot_steer_the_terminal() -> None:
    read = read_letters(mailbox(listed("out", 1, letter(1, None, "\x1b[2Jhalo\u202e"))), KEYS)

    shown = "\n".join(mailbox_lines(mailbox(), read, load(), "id"))

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "halo" in shown
    assert "26/11/2026" in shown
    assert "terlambat" in shown
    assert harmless("a\tb\nc") == "a\tb\nc"


def test_an_empty_mailbox_says_so_in_both_languages() -> None:
    rulebook = load()

    assert "kosong" in mailbox_lines(EMPTY, [], rulebook, "id")[0]
    assert "empty" in mailbox_lines(EMPTY, [], rulebook, "en")[0]


def test_an_answer_follows_letters_that_were_deleted() -> None:
    gone = {"in": {"seq": 3, "sha256": "ab" * 32}, "out": None}
    found = {**mailbox(), "letters": [], "gone": gone}

    sent = compose_reply(found, directory=DIRECTORY, keys=KEYS, text="lanjut")

    header, _ = unseal.open_record(base64.b64decode(sent["envelope"]), KEYS.box_identity)
    assert (sent["seq"], header.seq, header.prev) == (4, 4, "ab" * 32)
