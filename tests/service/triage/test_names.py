"""A confidential reporter's name: two people of two houses, a purpose, a basis, and it is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from shared.crypto import age, person
from shared.crypto.errors import CannotOpen
from shared.crypto.unseal import decrypt, open_record
from shared.rulebook import load
from tests.service.triage.desk import STORY, UNIT, Desk
from tests.service.triage.names import (
    NAME,
    WHY,
    answer,
    ask,
    file_named,
    lifted,
    opened,
    seeds_of,
    tick,
    told,
    unit_identities,
    with_keepers,
)

SAID = {"purpose": "protection", "basis": "witness", "desk": "apip_kab", "keeper": "penjaga_nama"}


def _words(page: str) -> str:
    """Without what differs each time, and without the number that was asked for."""
    return re.sub(r"KTG-[0-9-]+", "KTG", re.sub(r'value="[^"]{40,}"', "", page))


@pytest.fixture
def kept(desk: Desk) -> Desk:
    return with_keepers(desk)


@pytest.fixture
def small(small_desk: Desk) -> Desk:
    return with_keepers(small_desk)


def test_two_people_open_a_name_and_the_reporter_is_told_each_step(kept: Desk) -> None:
    case, number = file_named(kept)
    rani, harum = kept.client("rani"), kept.client("harum")

    assert ask(rani, number, lifted(kept, number)).status_code == 303
    listed, page = harum.get("/nama").text, harum.get(f"/nama/{number}").text
    assert answer(harum, number, "buka", opened(kept, harum, number)).status_code == 303

    assert number in listed
    assert "Melindungi pelapor dari ancaman" in page
    assert "UU 31/2014), belum diperiksa ahli hukum" in page
    assert WHY in page
    assert STORY not in page
    assert harum.get(f"/kasus/{number}").status_code == 404, "the keeper never has the case"
    file = rani.get(f"/kasus/{number}/identitas/naskah").data
    _, said = open_record(file, person.identity_of(seeds_of(kept, "rani")))
    assert said == {"name": NAME}
    assert told(kept, case, "name.asked") == [{"round": 1, **SAID, "due_on": "2026-11-30"}]
    answered = {"round": 1, **SAID, "answer": "agreed", "until": "2026-11-30"}
    assert told(kept, case, "name.answered") == [answered]
    assert told(kept, case, "name.read") == [
        {"round": 1, "what": "sealed"},
        {"round": 1, "what": "opened"},
    ]
    assert number not in harum.get("/nama").text


def test_nothing_a_person_wrote_is_told_to_the_reporter(small: Desk) -> None:
    case, number = file_named(small)
    ask(small.client("rani"), number, lifted(small, number))
    answer(small.client("harum"), number, "tolak", alasan="Tujuannya tercapai tanpa nama.")

    for type in ("name.asked", "name.answered"):
        assert WHY not in str(told(small, case, type))
        assert "tanpa nama" not in str(told(small, case, type))
    assert [one["reason"] for one in told(small, case, "name.reasoned")] == [
        WHY,
        "Tujuannya tercapai tanpa nama.",
    ]
    private = "SELECT private FROM fact WHERE type IN ('name.reasoned', 'name.read')"
    assert all(row[0] for row in small.rows(private))


def test_whoever_asked_does_not_answer_even_after_moving_to_the_keeper(small: Desk) -> None:
    _, number = file_named(small)
    ask(small.client("rani"), number, lifted(small, number))
    with small.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE person SET unit = 'lpsk' WHERE name = 'rani'")
    rani = small.client("rani")

    assert "Anda yang memintanya" in rani.get(f"/nama/{number}").text
    assert rani.get(f"/nama/{number}/naskah").status_code == 409
    for choice in ("buka", "tolak"):
        sealed = age.encrypt(bytes(2048), [age.recipient_of(age.new_identity())])
        assert answer(rani, number, choice, sealed, alasan=WHY).status_code == 409
    assert small.rows("SELECT * FROM name_answer") == []


@pytest.mark.parametrize("who", ["ilham", "sari", "rani", "tirta"])
def test_another_unit_has_no_request(small: Desk, who: str) -> None:
    _, number = file_named(small)
    ask(small.client("rani"), number, lifted(small, number))
    browser = small.client(who)

    assert number not in browser.get("/nama").text
    for path in ("", "/kunci", "/naskah"):
        assert browser.get(f"/nama/{number}{path}").status_code == 404
    assert answer(browser, number, "tolak", alasan=WHY).status_code == 404


def test_an_excluded_keepers_person_sees_no_sign_of_the_request(small: Desk) -> None:
    _, number = file_named(small, exclude=["inspektorat-sumsel"])
    before = _words(small.client("putu").get("/nama").text)
    ask(small.client("rani"), number, lifted(small, number))
    putu = small.client("putu")

    assert _words(putu.get("/nama").text) == before
    for path in ("", "/kunci", "/naskah"):
        real, none = (putu.get(f"/nama/{one}{path}") for one in (number, "KTG-2026-11-9999"))
        assert (real.status_code, _words(real.text)) == (none.status_code, _words(none.text))
    assert number in small.client("harum").get("/nama").text


def test_a_supervisor_of_the_keeper_opens_nothing(small: Desk) -> None:
    _, number = file_named(small)
    ask(small.client("rani"), number, lifted(small, number))

    assert small.client("seno").get("/nama").status_code == 403
    assert small.client("seno").get(f"/nama/{number}/naskah").status_code == 403


def test_what_nobody_answers_is_over_and_told(kept: Desk) -> None:
    case, number = file_named(kept)
    ask(kept.client("rani"), number, lifted(kept, number))
    kept.clock.advance(timedelta(days=8))
    harum = kept.client("harum")

    assert harum.get(f"/nama/{number}").status_code == 404
    assert answer(harum, number, "tolak", alasan=WHY).status_code == 404
    assert tick(kept) == 1
    assert tick(kept) == 0

    assert told(kept, case, "name.answered") == [
        {"round": 1, **SAID, "answer": "expired", "until": None}
    ]
    assert (
        "tidak dijawab pada waktunya" in kept.client("rani").get(f"/kasus/{number}/identitas").text
    )
    assert kept.rows("SELECT * FROM name_file") == []


def test_an_opened_name_is_put_away_after_a_week_and_asked_for_anew(kept: Desk) -> None:
    case, number = file_named(kept)
    rani, harum = kept.client("rani"), kept.client("harum")
    ask(rani, number, lifted(kept, number))
    answer(harum, number, "buka", opened(kept, harum, number))
    kept.clock.advance(timedelta(days=8))
    rani = kept.client("rani")

    assert rani.get(f"/kasus/{number}/identitas/naskah").status_code == 404, "before any sweep"
    assert tick(kept) == 1

    assert told(kept, case, "name.put_away") == [{"round": 1}]
    assert kept.rows("SELECT * FROM name_file") == []
    assert ask(rani, number, lifted(kept, number)).status_code == 303
    assert [one["round"] for one in told(kept, case, "name.asked")] == [1, 2]


def test_its_history_cannot_vanish(kept: Desk) -> None:
    case, number = file_named(kept)
    rani, harum = kept.client("rani"), kept.client("harum")
    ask(rani, number, lifted(kept, number))
    answer(harum, number, "buka", opened(kept, harum, number))
    rani.get(f"/kasus/{number}/identitas/naskah")
    stood = kept.rows("SELECT * FROM name_request"), kept.rows("SELECT * FROM name_answer")

    for table, column in (("name_request", "purpose"), ("name_answer", "answer")):
        for deed in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'lain'"):
            with pytest.raises(sa.exc.DBAPIError), kept.house.transactions.begin() as tx:
                tx.connection.exec_driver_sql(deed)
    kept.clock.advance(timedelta(days=60))
    tick(kept)

    assert stood == (
        kept.rows("SELECT * FROM name_request"),
        kept.rows("SELECT * FROM name_answer"),
    )
    facts = "SELECT type, length(entry) FROM fact WHERE subject = :c AND type LIKE 'name.%'"
    assert sorted(tuple(row) for row in kept.rows(facts, c=case)) == [
        ("name.answered", 65),
        ("name.asked", 65),
        ("name.put_away", 65),
        ("name.read", 65),
        ("name.read", 65),
        ("name.reasoned", 65),
    ], "each with the commitment that stands in the ledger"


def test_the_units_key_and_the_whole_database_do_not_open_a_name(small: Desk) -> None:
    _, number = file_named(small)
    ask(small.client("rani"), number, lifted(small, number))
    keys = [*unit_identities(small, "rani", UNIT), small.identity]
    keys += [person.identity_of(seeds_of(small, name)) for name in ("rani", "bagus")]
    [story] = [bytes(row[0]) for row in small.rows("SELECT envelope FROM letter")]

    assert NAME.encode() not in decrypt(story, keys)
    for row in small.rows("SELECT file FROM name_file"):
        with pytest.raises(CannotOpen):
            decrypt(bytes(row[0]), keys)
    with pytest.raises(CannotOpen):
        decrypt(lifted(small, number), keys)


def test_the_keepers_key_and_the_whole_database_do_not_open_a_name_nobody_asked_for(
    small: Desk,
) -> None:
    file_named(small)
    keys = [*unit_identities(small, "harum", "lpsk"), small.identity]
    [story] = [bytes(row[0]) for row in small.rows("SELECT envelope FROM letter")]

    with pytest.raises(CannotOpen):
        decrypt(story, keys)
    assert small.rows("SELECT * FROM name_file") == []


def test_no_case_ever_goes_to_who_keeps_names(small: Desk) -> None:
    case, number = file_named(small, exclude=["lpsk"])
    page = small.client("bagus").get(f"/kasus/{number}/alih").text
    assert "Lembaga Perlindungan Saksi dan Korban" not in page
    keepers = load().units.keepers
    for unit in keepers:
        sent = small.client("bagus").post(
            f"/kasus/{number}/alih", {"unit": unit, "alasan": WHY, "versi": "1"}, page="/"
        )
        assert sent.status_code == 422
    assert told(small, case, "case.rerouted") == []
