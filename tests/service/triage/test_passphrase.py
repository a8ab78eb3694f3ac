"""Another passphrase: the same keys, wrapped again in the person's browser."""

from __future__ import annotations

from tests.service.triage.desk import Desk, passphrase
from tests.service.triage.staff import NEW, change_passphrase, invite, link_of, told


def test_another_passphrase_opens_the_same_keys_and_ends_every_session(desk: Desk) -> None:
    number = desk.number(desk.file())
    here, elsewhere = desk.client("rani"), desk.client("rani")

    answer = change_passphrase(here, "rani", passphrase("rani"), NEW)

    assert (answer.status_code, answer.location) == (303, "/masuk?kabar=sandi")
    assert here.get("/").location.startswith("/masuk")
    assert elsewhere.get("/").location.startswith("/masuk")
    assert desk.client().sign_in("rani").status_code == 422
    back = desk.client()
    assert back.sign_in("rani", NEW).status_code == 303
    assert "KANARI" in back.open_case("rani", number, NEW)["in", 0]
    assert told(desk, "person.passphrase_changed") == [("rani", {}, True)]


def test_an_open_page_without_the_old_passphrase_changes_nothing(small_desk: Desk) -> None:
    here = small_desk.client("rani")

    answer = change_passphrase(here, "rani", "tebakan-orang-lewat", NEW)

    assert answer.status_code == 422
    assert "Frasa sandi lama tidak cocok" in answer.text
    assert here.get("/").status_code == 200
    assert told(small_desk, "person.refused") == [("rani", {}, True)]
    assert small_desk.client().sign_in("rani").status_code == 303


def test_no_passphrase_field_has_a_name(small_desk: Desk) -> None:
    pages = [small_desk.client().get(link_of(invite(small_desk))).text]
    pages.append(small_desk.client("rani").get("/akun").text)

    for page in pages:
        fields = [one.split(">")[0] for one in page.split("<input")[1:]]
        secret = [one for one in fields if 'type="password"' in one]
        assert len(secret) >= 2
        assert not any("name=" in one for one in secret)
