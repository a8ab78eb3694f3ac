"""Who works at the desk: invited by a link, enrolled by their own browser, removed at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.triage.actions.invite_person import LINK_LASTS
from services.triage.service import SERVICE
from tests.service.triage.desk import NOW, UNIT, Desk
from tests.service.triage.staff import NEW, PHRASE, enrol, invite, link_of, told


def test_an_invited_person_makes_keys_and_signs_in(desk: Desk) -> None:
    path = link_of(invite(desk))
    newcomer = desk.client()

    answer = enrol(newcomer, path, "wulan")

    assert (answer.status_code, answer.location) == (303, "/masuk?kabar=terdaftar")
    assert newcomer.sign_in("wulan", PHRASE).status_code == 303
    assert "Antrean unit" in newcomer.get("/").text
    assert "Wulan P." in desk.client("rani").get("/orang").text
    assert told(desk, "person.invited") == [
        ("nila", {"person": "wulan", "unit": UNIT, "role": "investigator"}, True)
    ]


def test_the_link_serves_once(desk: Desk) -> None:
    path = link_of(invite(desk))
    first, second = desk.client(), desk.client()
    page = second.get(path).text  # opened before the first has used it

    assert "Buat kunci Anda" in page
    enrol(first, path, "wulan")
    late = enrol(second, path, "wulan", NEW)

    assert late.status_code == 404
    assert second.get(path).status_code == 404
    assert first.sign_in("wulan", PHRASE).status_code == 303


def test_the_link_ends_after_forty_eight_hours(small_desk: Desk) -> None:
    path = link_of(invite(small_desk))
    small_desk.clock.advance(LINK_LASTS - timedelta(seconds=1))
    assert small_desk.client().get(path).status_code == 200

    small_desk.clock.advance(timedelta(seconds=1))

    assert timedelta(hours=48) == LINK_LASTS
    assert small_desk.client().get(path).status_code == 404


def test_a_new_invitation_ends_the_earlier_one(small_desk: Desk) -> None:
    first = link_of(invite(small_desk))
    second = link_of(invite(small_desk))

    assert small_desk.client().get(first).status_code == 404
    assert small_desk.client().get(second).status_code == 200


def test_the_database_keeps_no_link_and_nothing_that_opens_an_identity(small_desk: Desk) -> None:
    path = link_of(invite(small_desk))
    token = path.rsplit("/", 1)[1].encode()

    kept = small_desk.rows("SELECT token_hash FROM invitation")

    assert [bytes(row[0]) == token for row in kept] == [False]
    told = small_desk.rows("SELECT body FROM fact WHERE type = 'person.invited'")
    assert token not in bytes(told[0][0])


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("nama", "rani", 409),
        ("nama", "x", 422),
        ("nama", "wul an", 422),
        ("nama", "w\x00lan", 422),
        ("nama", "ｗulan\u202e", 422),
        ("sebutan", "", 422),
        ("sebutan", "W" * 81, 422),
        ("unit", "propam-polrestabes-surabaya", 422),
        ("unit", "tidak-ada", 422),
        ("peran", "raja", 422),
        ("ikatan", "tidak-ada", 422),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_and_kept_as_typed(
    small_desk: Desk, field: str, value: str, status: int
) -> None:
    answer = invite(small_desk, **{"nama": "wulan", field: value})

    assert answer.status_code == status
    assert "undangan/" not in answer.text
    assert field == "sebutan" or "Wulan P." in answer.text
    assert small_desk.rows("SELECT 1 FROM invitation") == []


def test_a_name_that_was_removed_is_never_given_again(small_desk: Desk) -> None:
    officer = small_desk.client("nila")
    officer.post("/orang/tirta/cabut", {"alasan": "pindah tugas"}, page="/orang/tirta")

    assert invite(small_desk, "tirta").status_code == 409


def test_a_key_officer_looks_after_the_units_below_and_no_other(small_desk: Desk) -> None:
    above = small_desk.client("wahyu")

    people = above.get("/orang").text

    assert "Rani N." in people
    assert "Sari W." not in people
    assert above.get("/orang/sari").status_code == 404
    assert invite(small_desk, by="wahyu").status_code == 200
    removed = above.post("/orang/sari/cabut", {"alasan": "x"}, page="/orang/rani")
    assert removed.status_code == 404
    assert "Sari W." in small_desk.client("sari").get("/orang").text


def test_a_key_officer_sees_no_case(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    officer = small_desk.client("nila")

    assert officer.get("/").location == "/orang"
    assert number not in officer.get("/orang").text
    for path in (f"/kasus/{number}", f"/kasus/{number}/kunci", "/antrean.csv", "/papan"):
        assert officer.get(path).status_code == 403


def test_a_removed_person_is_out_at_once_and_their_history_stays(desk: Desk) -> None:
    number = desk.number(desk.file())
    rani = desk.client("rani")
    rani.post(f"/kasus/{number}/pindah", {"ke": "verifying", "versi": "1"})
    rani.get(f"/kasus/{number}/amplop")

    officer = desk.client("nila")
    answer = officer.post("/orang/rani/cabut", {"alasan": "pindah tugas"}, page="/orang/rani")

    assert answer.status_code == 303
    assert rani.get("/").location.startswith("/masuk")
    assert rani.get(f"/kasus/{number}/kunci").location.startswith("/masuk")
    assert desk.client().sign_in("rani").status_code == 422
    assert "Rani N." not in desk.client("bagus").get("/orang").text
    assert told(desk, "person.removed") == [
        ("nila", {"person": "rani", "reason": "pindah tugas"}, True)
    ]
    assert [row[0] for row in desk.rows("SELECT by FROM move WHERE by IS NOT NULL")] == ["rani"]
    assert told(desk, "case.read")[0][0] == "rani"
    kept = desk.rows("SELECT identity, auth_hash FROM person WHERE name = 'rani'")[0]
    assert [bytes(one) for one in kept] == [b"", b""]


def test_another_role_ends_the_sessions_and_holds_at_once(desk: Desk) -> None:
    number = desk.number(desk.file())
    rani, officer = desk.client("rani"), desk.client("nila")

    officer.post("/orang/rani/peran", {"peran": "supervisor"}, page="/orang/rani")

    assert rani.get("/").location.startswith("/masuk")
    again = desk.client("rani")
    assert again.get(f"/kasus/{number}/kunci").status_code == 403
    assert again.get("/papan").status_code == 200
    assert told(desk, "person.role_changed") == [
        ("nila",
         {"person": "rani", "from_role": "investigator", "to_role": "supervisor"}, True)
    ]  # fmt: skip


def test_the_same_role_again_changes_nothing(small_desk: Desk) -> None:
    rani = small_desk.client("rani")

    small_desk.client("nila").post(
        "/orang/rani/peran", {"peran": "investigator"}, page="/orang/rani"
    )

    assert rani.get("/").status_code == 200
    assert told(small_desk, "person.role_changed") == []


@pytest.mark.parametrize(
    ("path", "form"),
    [("/orang/nila/cabut", {"alasan": "x"}), ("/orang/nila/peran", {"peran": "supervisor"})],
)
def test_nobody_changes_themselves(small_desk: Desk, path: str, form: dict[str, str]) -> None:
    officer = small_desk.client("nila")

    answer = officer.post(path, form, page="/orang/rani")

    assert answer.status_code == 422
    assert "petugas kunci lain" in answer.text
    assert officer.get("/orang").status_code == 200


def test_a_removal_needs_its_reason(small_desk: Desk) -> None:
    officer = small_desk.client("nila")

    answer = officer.post("/orang/rani/cabut", {"alasan": "  "}, page="/orang/rani")

    assert answer.status_code == 422
    assert small_desk.client("rani").get("/").status_code == 200


@pytest.mark.parametrize("field", ["kunci", "identitas", "penerima"])
@pytest.mark.parametrize("value", ["", "AAAA", "é" * 43, "\x00", "age1pq1" + "q" * 1959])
def test_what_is_no_key_enrols_nobody(small_desk: Desk, field: str, value: str) -> None:
    path = link_of(invite(small_desk))
    form = {"kunci": "A" * 43, "identitas": "A" * 123, "penerima": small_desk.unit_recipient()}

    answer = small_desk.client().post(path, {**form, field: value})

    assert answer.status_code == 422
    assert "Nyalakan JavaScript" in answer.text
    assert small_desk.client().get(path).status_code == 200


def test_the_operator_invites_the_first_two_key_officers_and_no_third(
    small_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    verb = SERVICE.verbs["invite-officer"]
    for name in ("satu", "dua", "tiga"):
        words = [f"petugas.{name}", "Petugas", "meja-nasional"]
        if name != "tiga":
            assert verb(small_desk.house, words) == 0
            link = capsys.readouterr().out.strip()
            enrol(small_desk.client(), link[link.index("/undangan") :], words[0])
            continue
        with pytest.raises(Exception, match="officers_enough"):
            verb(small_desk.house, words)

    officer = small_desk.client()
    assert officer.sign_in("petugas.satu", PHRASE).location == "/"
    assert "Rani N." in officer.get("/orang").text


def test_a_change_is_dated(small_desk: Desk) -> None:
    small_desk.client("nila").post("/orang/rani/peran", {"peran": "supervisor"}, page="/orang/rani")

    rows = small_desk.rows("SELECT changed_at FROM person WHERE name = 'rani'")

    assert str(rows[0][0]).startswith(f"{NOW:%Y-%m-%d %H:%M}")
