"""Addresses, silence and refusals become one line and an exit code."""

from __future__ import annotations

import inspect
import socket

import click
import pytest

from client import refusals
from client.api import PAUSES, Api, check_address
from client.ending import ending
from client.refusals import NotKentongan, PlainHttp, ToldByServer, Unreachable
from client.words import REFUSALS, STATES, WORDS, sentence_of, state_word
from shared.crypto.errors import ReceiptLength
from shared.runtime.errors import Refusal


@pytest.mark.parametrize(
    "address",
    [
        "https://lapor.example.id/",
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://[::1]:1",
        "http://x.onion",
    ],
)
def test_encrypted_and_local_addresses_pass(address: str) -> None:
    assert check_address(address) == address.rstrip("/")


@pytest.mark.parametrize(
    "address", ["http://lapor.example.id", "http://127.evil.example", "http://localhost.evil"]
)
def test_a_plain_address_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(PlainHttp):
        check_address(address)


@pytest.mark.parametrize("address", ["", "lapor", "ftp://x", "http://", "https:///x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NotKentongan):
        check_address(address)


def test_silence_is_unreachable_after_every_attempt() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        paused: list[float] = []
        api = Api(f"http://127.0.0.1:{port}", "id", pause=paused.append)

        with pytest.raises(Unreachable):
            api.directory()

    assert tuple(paused) == PAUSES


@pytest.mark.parametrize(
    ("fault", "code", "word"),
    [
        (Unreachable("to"), 4, "Tidak terhubung"),
        (ToldByServer(503, "unavailable", None, "Tunggu."), 4, "Tidak terhubung: Tunggu."),
        (ToldByServer(422, "wrong_unit", "unit", "Salah unit."), 3, "[wrong_unit: unit]"),
        (ReceiptLength("receipt", digits=3), 3, "3 angka"),
    ],
)
def test_each_fault_ends_with_its_code(fault: Exception, code: int, word: str) -> None:
    with pytest.raises(click.ClickException) as end, ending("id"):
        raise fault

    assert end.value.exit_code == code
    assert word in end.value.format_message()


def test_every_refusal_of_the_client_speaks_english() -> None:
    own = [
        one
        for one in vars(refusals).values()
        if inspect.isclass(one) and issubclass(one, Refusal) and one.__module__ == refusals.__name__
    ]

    assert {one.code for one in own} == set(REFUSALS)
    assert sentence_of("en", Unreachable()) == REFUSALS["unreachable"]
    assert all(all(pair) for pair in (*WORDS.values(), *STATES.values()))
    assert state_word("en", "new_state") == "new_state"
