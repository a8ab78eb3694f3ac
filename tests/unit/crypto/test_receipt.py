"""Receipts: what is typed, what is refused, what keys they give."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import kdf, receipt
from shared.crypto.errors import MalformedReceipt, ReceiptCheck
from tests.unit.crypto.vectors import load, why

VECTORS = load("receipt")
DIGITS = st.integers(0, 10**23 - 1).map(receipt._with_check)


@pytest.mark.parametrize("case", VECTORS["typed"])
def test_what_people_type_becomes_24_digits(case: dict[str, str]) -> None:
    assert receipt.normalise(case["typed"]) == case["digits"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=why)
def test_a_code_that_cannot_be_is_refused_by_name(case: dict[str, str]) -> None:
    with pytest.raises(MalformedReceipt) as refusal:
        receipt.normalise(case["typed"])

    assert (refusal.value.code, refusal.value.field) == (case["code"], "receipt")


@pytest.mark.parametrize("case", VECTORS["tokens"])
def test_a_form_token_always_gives_the_same_code(case: dict[str, str]) -> None:
    assert receipt.receipt_from_token(bytes.fromhex(case["token"])) == case["digits"]


@pytest.mark.parametrize("token", [b"", bytes(31), bytes(33)])
def test_a_form_token_of_another_length_is_refused(token: bytes) -> None:
    with pytest.raises(MalformedReceipt):
        receipt.receipt_from_token(token)


@pytest.mark.parametrize("case", VECTORS["derived"])
def test_the_digits_give_the_keys_of_the_vector(case: dict[str, str]) -> None:
    keys = receipt.derive(case["digits"], case["deployment"])

    for name in ("prk", "lookup", "sign_seed", "sign_public", "events_key", "once_key"):
        assert getattr(keys, name).hex() == case[name], name
    assert keys.box_identity == case["box_identity"]
    assert keys.box_recipient == case["box_recipient"]
    assert receipt.ReceiptKeys.from_prk(keys.prk) == keys


def test_keys_do_not_print_themselves() -> None:
    keys = receipt.ReceiptKeys.from_prk(bytes(32))

    assert keys.box_identity not in repr(keys)


def test_fresh_codes_are_well_formed_and_differ() -> None:
    codes = {receipt.new_receipt() for _ in range(100)}

    assert len(codes) == 100
    assert all(receipt.normalise(code) == code for code in codes)


@given(DIGITS)
def test_a_grouped_code_reads_back(digits: str) -> None:
    assert receipt.normalise(receipt.group(digits)) == digits


@given(DIGITS, st.integers(0, 23), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(digits: str, place: int, shift: int) -> None:
    wrong = str((int(digits[place]) + shift) % 10)

    with pytest.raises(ReceiptCheck):
        receipt.normalise(digits[:place] + wrong + digits[place + 1 :])


@given(DIGITS, st.integers(0, 22))
def test_swapped_neighbours_are_noticed(digits: str, place: int) -> None:
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    if swapped != digits:
        with pytest.raises(ReceiptCheck):
            receipt.normalise(swapped)


def test_a_forked_process_derives_as_its_parent_did() -> None:
    def small() -> bytes:
        return kdf.argon2id(b"1234", kdf.salt("fork"), memory_kib=8, iterations=1)

    def tell(end: Connection) -> None:
        end.send(small())

    here, there = (context := multiprocessing.get_context("fork")).Pipe()
    expected = small()
    child = context.Process(target=tell, args=(there,))
    child.start()
    answered = here.poll(20)
    if not answered:
        child.kill()
    child.join()

    assert answered
    assert here.recv() == expected
