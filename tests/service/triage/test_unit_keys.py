"""A unit's key: made in a member's browser, anew on every change of members and every month."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from services.triage.chores import due_unit_keys, look_after_keys
from shared.crypto import person
from shared.crypto.errors import CannotOpen
from shared.crypto.unseal import decrypt
from tests.service.triage.desk import STORY, UNIT, Desk, passphrase
from tests.service.triage.staff import (
    PHRASE,
    enrol,
    invite,
    link_of,
    make_key,
    next_key,
    secret,
    told,
)

MONTH = timedelta(days=30)


def _enrolled(desk: Desk, name: str = "wulan") -> None:
    enrol(desk.client(), link_of(invite(desk, name)), name)


def _remove(desk: Desk, name: str) -> None:
    desk.client("nila").post(f"/orang/{name}/cabut", {"alasan": "pindah"}, page=f"/orang/{name}")


def _needs(desk: Desk) -> bool:
    return "perlu baru" in desk.client("rani").get("/kunci-unit").text


def test_a_newcomer_reads_what_came_before_once_a_colleague_made_the_next_key(desk: Desk) -> None:
    number = desk.number(desk.file())
    _enrolled(desk)
    wulan = desk.client()
    wulan.sign_in("wulan", PHRASE)
    with pytest.raises((CannotOpen, ValueError)):
        wulan.open_case("wulan", number, PHRASE)

    answer = make_key(desk, "rani", passphrase("rani"))

    assert (answer.status_code, answer.location) == (303, "/kunci-unit?jadi=2")
    assert wulan.open_case("wulan", number, PHRASE)["in", 0] == STORY
    assert desk.client("rani").open_case("rani", number)["in", 0] == STORY
    published = told(desk, "unit_key.published")[-1]
    assert (published[0], published[1]["unit"], published[1]["epoch"]) == ("rani", UNIT, 2)
    assert not published[2]
    assert told(desk, "unit_key.shared") == [
        ("rani", {"unit": UNIT, "epoch": 2, "rewrapped": 1, "members": 3}, True)
    ]


def test_what_is_handed_out_after_a_removal_opens_for_who_left_no_more(desk: Desk) -> None:
    """Even with the whole database in hand: the files have no place for the removed person."""
    kept = desk.rows("SELECT identity FROM person WHERE name = 'tirta'")[0][0]
    seeds = person.unwrap_identity(secret("tirta", passphrase("tirta")).kek, bytes(kept))
    files = "SELECT wrapped FROM unit_key WHERE unit = :unit ORDER BY epoch"
    before = bytes(desk.rows(files, unit=UNIT)[0][0])
    assert decrypt(before, person.identity_of(seeds)).startswith(b"AGE-SECRET-KEY-PQ-1")
    _remove(desk, "tirta")

    make_key(desk, "rani", passphrase("rani"))

    after = [bytes(row[0]) for row in desk.rows(files, unit=UNIT)]
    assert len(after) == 2
    for file in after:
        with pytest.raises(CannotOpen):
            decrypt(file, person.identity_of(seeds))


@pytest.mark.parametrize("change", ["enrolled", "removed", "role", "other_passphrase"])
def test_a_change_of_members_asks_for_a_new_key_and_no_other_change_does(
    small_desk: Desk, change: str
) -> None:
    assert not _needs(small_desk)

    if change == "enrolled":
        _enrolled(small_desk)
    elif change == "removed":
        _remove(small_desk, "tirta")
    elif change == "role":
        small_desk.client("nila").post(
            "/orang/tirta/peran", {"peran": "supervisor"}, page="/orang/tirta"
        )
    else:
        _remove(small_desk, "bagus")  # a supervisor holds no key

    assert _needs(small_desk) == (change != "other_passphrase")


def test_a_month_asks_for_a_new_key_once_and_making_it_ends_the_asking(desk: Desk) -> None:
    desk.clock.advance(MONTH - timedelta(seconds=1))
    look_after_keys(desk.house)
    assert (due_unit_keys(desk.house), told(desk, "unit_key.due")) == (0, [])

    desk.clock.advance(timedelta(seconds=1))
    for _ in range(2):
        look_after_keys(desk.house)

    assert due_unit_keys(desk.house) == 2
    due = told(desk, "unit_key.due")
    assert [one[1]["unit"] for one in due] == [UNIT, "propam-polrestabes-surabaya"]
    assert "berumur 30 hari" in desk.client("rani").get("/kunci-unit").text
    make_key(desk, "rani", passphrase("rani"))
    assert due_unit_keys(desk.house) == 1
    assert not _needs(desk)


def test_a_list_that_changed_meanwhile_must_be_looked_at_again(desk: Desk) -> None:
    rani = desk.client("rani")
    form = next_key(rani, "rani", passphrase("rani"))
    _enrolled(desk)

    answer = rani.post("/kunci-unit", form)

    assert answer.status_code == 409
    assert "Muat ulang" in answer.text
    assert len(desk.rows("SELECT 1 FROM unit_key WHERE unit = :unit", unit=UNIT)) == 1


def test_of_two_members_at_once_one_makes_the_key(desk: Desk) -> None:
    rani, tirta = desk.client("rani"), desk.client("tirta")
    first = next_key(rani, "rani", passphrase("rani"))
    second = next_key(tirta, "tirta", passphrase("tirta"))

    answers = [rani.post("/kunci-unit", first), tirta.post("/kunci-unit", second)]

    assert [one.status_code for one in answers] == [303, 409]
    published = told(desk, "unit_key.published")
    assert [one[1]["epoch"] for one in published if one[1]["unit"] == UNIT] == [1, 2]


def test_the_list_must_be_confirmed(small_desk: Desk) -> None:
    rani = small_desk.client("rani")
    form = next_key(rani, "rani", passphrase("rani"))
    del form["kenal"]

    answer = rani.post("/kunci-unit", form)

    assert answer.status_code == 422
    assert "mengenal semuanya" in answer.text
    assert "Tirta K." in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bungkus", ""),
        ("bungkus", "AAAA"),
        ("penerima", "age1pq1xyz"),
        ("terdahulu", "nothing"),
        ("terdahulu", "[[1, 2]]"),
        ("terdahulu", '[[7, "AAAA"]]'),
        ("terdahulu", '[[1, "AAAA"]]'),
        ("terdahulu", "[" * 3000),
        ("epok", "²"),
        ("epok", ""),
    ],
)
def test_what_is_no_key_replaces_nothing(small_desk: Desk, field: str, value: str) -> None:
    rani = small_desk.client("rani")
    form = next_key(rani, "rani", passphrase("rani"))
    before = small_desk.rows("SELECT unit, epoch, wrapped FROM unit_key ORDER BY unit, epoch")

    answer = rani.post("/kunci-unit", {**form, field: value})

    assert answer.status_code == 422
    assert (
        small_desk.rows("SELECT unit, epoch, wrapped FROM unit_key ORDER BY unit, epoch") == before
    )


def test_a_file_for_fewer_people_than_the_unit_has_is_refused(small_desk: Desk) -> None:
    rani = small_desk.client("rani")
    form = next_key(rani, "rani", passphrase("rani"))
    alone = person.wrap_unit_key("AGE-SECRET-KEY-PQ-1X", [small_desk.unit_recipient()])

    form["bungkus"] = base64.urlsafe_b64encode(alone).decode()

    assert rani.post("/kunci-unit", form).status_code == 422


def test_replaced_files_are_kept_a_month_for_the_operator_alone(small_desk: Desk) -> None:
    make_key(small_desk, "rani", passphrase("rani"))
    kept = "SELECT unit, epoch, by FROM unit_key_past"
    assert [tuple(row) for row in small_desk.rows(kept)] == [(UNIT, 1, "rani")]

    small_desk.clock.advance(MONTH + timedelta(seconds=1))
    look_after_keys(small_desk.house)

    assert small_desk.rows(kept) == []


def test_the_material_is_the_askers_own_unit_only(small_desk: Desk) -> None:
    given = small_desk.client("sari").get("/kunci-unit/bahan").get_json()

    assert len(given["recipients"]) == 1
    assert UNIT not in json.dumps(given)
    assert [one["epoch"] for one in given["earlier"]] == [1]
