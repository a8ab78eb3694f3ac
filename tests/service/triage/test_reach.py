"""Warnings reach the person: a work address is sealed to notify, and the desk forgets it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.triage.store.tables import road
from shared.contracts.wire import decode
from shared.crypto.unseal import CannotOpen, open_json
from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move
from tests.service.triage.test_ticking import ticks, told

WORK = "kenari.7731@inspektorat.example"


def give(desk: Desk, name: str = "rani", address: str = WORK) -> int:
    return desk.client(name).post("/akun/surel", {"surel": address}, page="/akun").status_code


def _bodies(desk: Desk) -> list[bytes]:
    rows = desk.rows("SELECT body FROM fact WHERE type = 'person.address_kept' ORDER BY position")
    return [bytes(row[0]) for row in rows]


def _calls(desk: Desk, why: str) -> list[list[str]]:
    found = [json.loads(one) for one in told(desk, "desk.called")]
    return [one["people"] for one in found if one["why"] == why]


def _sent(desk: Desk) -> None:
    with desk.house.transactions.begin() as tx:
        tx.connection.execute(road.fact.update().values(sent=True))


def test_an_address_opens_to_notify_alone_and_is_kept_nowhere_here(desk: Desk) -> None:
    assert give(desk) == 303

    (body,) = _bodies(desk)
    fact = decode(body)
    sealed = fact.parts["contact"]
    assert open_json(sealed, [desk.notify_identity]) == {"person": "rani", "address": WORK}
    for other in (desk.identity, desk.oversight_identity):
        with pytest.raises(CannotOpen):
            open_json(sealed, [other])
    for table in sa.inspect(desk.house.database.engine).get_table_names():
        assert "kenari.7731" not in repr(desk.rows(f'SELECT * FROM "{table}"'))
    page = desk.client("rani").get("/akun").text
    assert "tersimpan sejak" in page
    assert WORK not in page


def test_what_is_no_address_is_shown_again_and_nothing_told(small_desk: Desk) -> None:
    for wrong in ("", "rani", "rani@kantor", "a@b.example\nBcc: x@y.example", "x" * 260):
        assert give(small_desk, address=wrong) == 422

    rani = small_desk.client("rani")
    again = rani.post("/akun/surel", {"surel": "rani@kantor"}, page="/akun").text
    assert "nama@instansi.go.id" in again
    assert 'value="rani@kantor"' in again
    assert _bodies(small_desk) == []


def test_another_address_empties_what_was_sealed_before(small_desk: Desk) -> None:
    give(small_desk)
    _sent(small_desk)

    give(small_desk, address="rani@pindah.example")

    first, second = _bodies(small_desk)
    assert b"age-encryption" not in first
    assert b"age-encryption" in second


def test_an_address_can_be_taken_back(small_desk: Desk) -> None:
    give(small_desk)
    _sent(small_desk)
    rani = small_desk.client("rani")

    answer = rani.post("/akun/surel/hapus", {}, page="/akun")

    assert answer.status_code == 303
    assert [json.loads(one) for one in told(small_desk, "person.address_dropped")] == [
        {"person": "rani"}
    ]
    assert "Belum ada alamat" in rani.get("/akun").text
    assert b"age-encryption" not in _bodies(small_desk)[0]
    rani.post("/akun/surel/hapus", {}, page="/akun")
    assert len(told(small_desk, "person.address_dropped")) == 1


def test_who_is_removed_is_written_to_no_more(small_desk: Desk) -> None:
    give(small_desk)
    form = {"alasan": "Pindah tugas ke kota lain."}

    small_desk.client("nila").post("/orang/rani/cabut", form, page="/orang/rani")

    assert [json.loads(one) for one in told(small_desk, "person.address_dropped")] == [
        {"person": "rani"}
    ]
    assert small_desk.rows("SELECT * FROM reach") == []


def test_who_is_given_a_case_is_told_and_who_takes_it_is_not(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    rani, bagus = small_desk.client("rani"), small_desk.client("bagus")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned", penerima="rani")
    assert _calls(small_desk, "offered") == []
    other = small_desk.number(small_desk.file())
    _move(bagus, other, "verifying")

    _move(bagus, other, "assigned", penerima="rani")

    assert _calls(small_desk, "offered") == [["rani"]]


def test_the_holder_is_told_of_a_breach_beside_the_supervisor(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    rani = small_desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned", penerima="rani")
    small_desk.clock.advance(timedelta(days=3))
    ticks(small_desk)

    assert ["bagus", "rani"] in _calls(small_desk, "breach")

    form = {"tenggat": "accept-0", "alasan": "Kantor tutup karena banjir."}
    small_desk.client("bagus").post(f"/kasus/{number}/alasan-terlambat", form)
    assert _calls(small_desk, "excused") == [["rani"]]


def test_nobody_in_conflict_is_named_in_any_call(small_desk: Desk) -> None:
    small_desk.file(exclude=["inspektorat-sumsel"], coercion="violence")
    number = small_desk.number(
        small_desk.file(exclude=["inspektorat-sumsel"])
    )  # tirta is tied to it
    give(small_desk, "tirta", "tirta@inspektorat.example")
    _move(small_desk.client("rani"), number, "verifying")
    for _ in range(20):
        small_desk.clock.advance(timedelta(days=1))
        ticks(small_desk, 3)

    found = [json.loads(one) for one in told(small_desk, "desk.called")]

    assert len(found) > 5
    assert all("tirta" not in one["people"] for one in found)
