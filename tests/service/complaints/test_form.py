"""The last step: one complaint, one receipt, whatever happens on the way."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from shared.contracts import decode
from shared.crypto import receipt
from shared.crypto.errors import CannotOpen
from shared.crypto.keeping import read_kept
from shared.crypto.record import check_place
from shared.crypto.unseal import open_record
from tests.service.complaints.citizen import FILLED, STORY, Citizen, digits_on
from tests.service.complaints.world import (
    DEPLOYMENT,
    KEEPER_IDENTITY,
    OVERSIGHT_IDENTITY,
    TRIAGE_IDENTITY,
    UNIT_IDENTITY,
    World,
)


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world.browser)


def test_a_walk_through_eight_pages_gives_24_digits_and_one_complaint(
    world: World, citizen: Citizen
) -> None:
    page = citizen.walk().text

    answer = citizen.press(8, "send", noted="1")

    assert answer.status_code == 200
    assert receipt.normalise(digits_on(page)) == digits_on(answer.text), "shown before sending"
    assert "Kamis, 26 November 2026" in answer.text
    assert world.count("complaint") == world.count("fact") == 1


def test_nothing_is_sent_before_the_digits_are_written_down(world: World, citizen: Citizen) -> None:
    answer = citizen.send(citizen.write(), noted="")

    assert answer.status_code == 422
    assert 'href="#f-noted"' in answer.text
    assert world.count("complaint") == 0


def test_sending_twice_and_reloading_give_the_same_receipt(world: World, citizen: Citizen) -> None:
    form = citizen.write()

    pages = [citizen.send(form).text for _ in range(3)]

    assert len({digits_on(page) for page in pages}) == 1
    assert world.count("complaint") == world.count("fact") == 1


def test_an_answer_lost_before_the_draft_gave_way_is_given_again(
    world: World, citizen: Citizen
) -> None:
    form = citizen.write()
    with world.drafts_as_before():
        first = digits_on(citizen.send(form).text)

    again = citizen.send(form)

    assert again.status_code == 200
    assert digits_on(again.text) == first
    assert world.count("complaint") == world.count("fact") == 1
    assert "sudah terkirim" in citizen.see("/lapor/1").text


def test_two_threads_racing_the_same_form_file_once(world: World, citizen: Citizen) -> None:
    form = citizen.write()
    cookie = world.browser.get_cookie("k")
    assert cookie is not None
    answers: list[Any] = []

    def race() -> None:
        with world.another_browser() as client:
            client.set_cookie("k", cookie.value)
            answer = Citizen(client).send(form)
            while answer.status_code == 503:  # the lane is full: whoever is told so presses again
                answer = Citizen(client).send(form)
            answers.append(answer)

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {200}
    assert len({digits_on(answer.text) for answer in answers}) == 1
    assert world.count("complaint") == world.count("fact") == 1


def test_a_report_changed_after_it_came_in_learns_that_the_first_version_stands(
    world: World, citizen: Citizen
) -> None:
    form = citizen.write()
    with world.drafts_as_before():
        first = digits_on(citizen.send(form).text)
    citizen.press(1, service="sim", story="cerita lain")

    answer = citizen.send(form)

    assert answer.status_code == 409
    assert "Laporan pertama tetap berlaku" in answer.text
    assert digits_on(answer.text) == first
    assert 'href="/kotak"' in answer.text
    assert world.count("complaint") == 1


def test_a_page_of_another_report_sends_nothing(world: World, citizen: Citizen) -> None:
    first = citizen.write()
    citizen.write(story="laporan kedua")

    answer = citizen.send(first)

    assert answer.status_code == 410
    assert world.count("complaint") == 0


def test_the_unit_opens_what_the_form_sealed(world: World, citizen: Citizen) -> None:
    digits = citizen.file(who="petugas loket 2", place="loket 2")
    keys = receipt.derive(digits, DEPLOYMENT)

    with world.house.database.read() as connection:
        body = bytes(connection.exec_driver_sql("SELECT body FROM fact").scalar_one())
    envelope = decode(body).parts["envelope"]
    for identity in (UNIT_IDENTITY, keys.box_identity):
        header, record = open_record(envelope, identity)
        assert header.kind == "complaint"
        assert record["story"] == STORY
        assert record["asked"] == FILLED["asked"]
        assert record["who"] == "petugas loket 2"


def test_a_confidential_name_is_sealed_apart_from_the_story(world: World, citizen: Citizen) -> None:
    digits = citizen.file(wish="confidential", name="KENARI-NAMA Sri")
    keys = receipt.derive(digits, DEPLOYMENT)

    with world.house.database.read() as connection:
        told = decode(bytes(connection.exec_driver_sql("SELECT body FROM fact").scalar_one()))
    _, story = open_record(told.parts["envelope"], UNIT_IDENTITY)
    assert story["contact_wish"] == "confidential"
    assert "KENARI-NAMA" not in str(story)
    kept = read_kept(story["kept"])
    for identity in (UNIT_IDENTITY, keys.box_identity, TRIAGE_IDENTITY):
        with pytest.raises(CannotOpen):
            open_record(kept, identity)
    for identity in (KEEPER_IDENTITY, OVERSIGHT_IDENTITY):
        header, said = open_record(kept, identity)
        check_place(header, str(told.subject), "keeper", 0, "")
        assert said == {"name": "KENARI-NAMA Sri"}


def test_a_keeper_the_reporter_shuts_out_is_not_given_the_name(
    world: World, citizen: Citizen
) -> None:
    citizen.file(wish="confidential", name="Sri", exclude=["lpsk"])

    with world.house.database.read() as connection:
        told = decode(bytes(connection.exec_driver_sql("SELECT body FROM fact").scalar_one()))
    _, story = open_record(told.parts["envelope"], UNIT_IDENTITY)
    header, _ = open_record(read_kept(story["kept"]), KEEPER_IDENTITY)
    assert header.unit == "penjaga-nama"


def test_the_last_step_names_who_handles_it_and_who_never_sees_it(
    world: World, citizen: Citizen
) -> None:
    citizen.write(exclude=["inspektorat:32.73.01"])

    page = citizen.see("/lapor/8").text

    route = world.house.rulebook.units.unit(world.unit)
    before, after = page.split("tidak akan pernah melihatnya")
    assert route.name in before
    for name, why in (
        ("Satpas SIM, Kota Bandung, Jawa Barat", "Kantor yang Anda laporkan"),
        ("Propam Polrestabes Bandung", "Satu pimpinan dengan kantor yang Anda laporkan"),
        ("Inspektorat Kota Bandung", "Anda minta tidak dikirimi"),
    ):
        assert f'<dt>{name}</dt><dd class="kecil redup">{why}</dd>' in after
    assert "Kamis, 26 November 2026" in after


def test_what_is_missing_is_named_with_the_way_to_it(world: World, citizen: Citizen) -> None:
    citizen.begin(story=STORY, asked="banyak sekali")

    page = citizen.see("/lapor/8").text

    for link in ("/lapor/1#f-service", "/lapor/2#f-region", "/lapor/3#f-office_kind"):
        assert f'href="{link}"' in page
    assert 'href="/lapor/4#f-asked"' in page
    assert digits_on(page) == ""
    assert 'name="noted"' not in page
    assert citizen.press(8, "send", noted="1").status_code == 422
    assert world.count("complaint") == 0
