"""What a request for a name, or an answer to one, must not be."""

from __future__ import annotations

import pytest

from shared.crypto import age
from tests.service.triage.desk import Desk
from tests.service.triage.names import (
    NAME,
    answer,
    ask,
    file_named,
    lifted,
    opened,
    told,
    with_keepers,
)


@pytest.fixture
def small(small_desk: Desk) -> Desk:
    return with_keepers(small_desk)


@pytest.mark.parametrize(
    "form",
    [{"tujuan": ""}, {"tujuan": "ingin tahu"}, {"dasar": ""}, {"dasar": "x"}, {"alasan": "perlu"}],
    ids=str,
)
def test_purpose_basis_and_reason_are_owed(small: Desk, form: dict[str, str]) -> None:
    case, number = file_named(small)

    assert ask(small.client("rani"), number, lifted(small, number), **form).status_code == 422
    assert told(small, case, "name.asked") == []


def test_what_is_no_sealed_name_is_not_taken(small: Desk) -> None:
    case, number = file_named(small)
    rani = small.client("rani")
    key = age.recipient_of(age.new_identity())
    story = rani.get(f"/kasus/{number}/amplop").data
    wrong = [b"", NAME.encode(), story, *(age.encrypt(bytes(2048), [key] * n) for n in (1, 3))]
    wrong.append(age.encrypt(bytes(16384), [key] * 2))

    for file in wrong:
        assert ask(rani, number, file).status_code == 422
    assert ask(rani, number, lifted(small, number), seq="7").status_code == 422
    assert told(small, case, "name.asked") == []


def test_an_answer_for_two_keys_is_not_taken(small: Desk) -> None:
    _, number = file_named(small)
    harum = small.client("harum")
    ask(small.client("rani"), number, lifted(small, number))
    key = age.recipient_of(age.new_identity())

    for file in (b"", age.encrypt(bytes(2048), [key] * 2), age.encrypt(bytes(64), [key])):
        assert answer(harum, number, "buka", file).status_code == 422
    assert small.rows("SELECT * FROM name_answer") == []


def test_asking_twice_is_asking_once_and_a_colleague_waits(small: Desk) -> None:
    case, number = file_named(small)
    file = lifted(small, number)

    first, again = (ask(small.client("rani"), number, file) for _ in range(2))
    other = ask(small.client("tirta"), number, file)

    assert [one.status_code for one in (first, again, other)] == [303, 303, 409]
    assert len(told(small, case, "name.asked")) == 1


def test_a_case_that_went_elsewhere_opens_to_nobody_who_lost_it(small: Desk) -> None:
    case, number = file_named(small)
    harum = small.client("harum")
    ask(small.client("rani"), number, lifted(small, number))
    file = opened(small, harum, number)
    with small.house.transactions.begin() as tx:
        moved = f"UPDATE \"case\" SET unit = 'propam-polrestabes-surabaya' WHERE id = '{case}'"
        tx.connection.exec_driver_sql(moved)

    assert answer(harum, number, "buka", file).status_code == 409
    sealed = age.encrypt(bytes(2048), [age.recipient_of(age.new_identity())] * 2)
    assert ask(small.client("sari"), number, sealed).status_code == 303
    assert [one["answer"] for one in told(small, case, "name.answered")] == ["expired"]


def test_only_who_asked_reads_it(small: Desk) -> None:
    _, number = file_named(small)
    harum = small.client("harum")
    ask(small.client("rani"), number, lifted(small, number))
    answer(harum, number, "buka", opened(small, harum, number))

    for name in ("tirta", "sari", "harum"):
        read = small.client(name).get(f"/kasus/{number}/identitas/naskah")
        assert read.status_code == 404


def test_a_refused_request_opens_nothing_and_says_why(small: Desk) -> None:
    _, number = file_named(small)
    rani, harum = small.client("rani"), small.client("harum")
    ask(rani, number, lifted(small, number))

    assert answer(harum, number, "tolak").status_code == 422, "a reason is owed"
    assert answer(harum, number, "tolak", alasan="Tanyakan lewat surat saja.").status_code == 303
    assert answer(harum, number, "tolak", alasan="Tanyakan lewat surat saja.").status_code == 404

    assert "Tanyakan lewat surat saja." in rani.get(f"/kasus/{number}/identitas").text
    assert rani.get(f"/kasus/{number}/identitas/naskah").status_code == 404
    assert small.rows("SELECT * FROM name_file") == []
