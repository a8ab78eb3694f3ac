"""The form without JavaScript: one complaint, one receipt, every word kept."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from shared.crypto import receipt
from tests.service.complaints.citizen import FILLED, STORY, Citizen, digits_on
from tests.service.complaints.world import DEPLOYMENT, UNIT_IDENTITY, World


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world.browser)


def test_a_filled_form_gives_24_digits_and_one_complaint(world: World, citizen: Citizen) -> None:
    answer = citizen.send(citizen.open_form())

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert receipt.normalise(digits_on(page)) == digits_on(page)
    assert "Kamis, 26 November 2026" in page
    assert world.count("complaint") == world.count("fact") == 1


def test_sending_twice_and_reloading_give_the_same_receipt(world: World, citizen: Citizen) -> None:
    form = citizen.open_form()

    pages = [citizen.send(form).get_data(as_text=True) for _ in range(3)]

    assert len({digits_on(page) for page in pages}) == 1
    assert world.count("complaint") == world.count("fact") == 1


def test_two_threads_racing_the_same_form_file_once(world: World, citizen: Citizen) -> None:
    form = citizen.open_form()
    cookie = world.browser.get_cookie("k")
    assert cookie is not None
    answers: list[Any] = []

    def race() -> None:
        with world.another_browser() as client:
            client.set_cookie("k", cookie.value)
            answers.append(Citizen(client).send(form))

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {200}
    assert len({digits_on(answer.get_data(as_text=True)) for answer in answers}) == 1
    assert world.count("complaint") == world.count("fact") == 1


def test_a_changed_form_learns_that_the_first_version_stands(
    world: World, citizen: Citizen
) -> None:
    form = citizen.open_form()
    first = digits_on(citizen.send(form).get_data(as_text=True))

    answer = citizen.send(form, story="cerita lain")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Laporan pertama tetap berlaku" in page
    assert digits_on(page) == first
    assert 'href="/kotak"' in page
    assert world.count("complaint") == 1


def test_a_stale_form_keeps_every_word_and_can_be_sent_again(
    world: World, citizen: Citizen
) -> None:
    form = citizen.open_form()

    answer = citizen.send({**form, "csrf_token": "lama"}, vulnerable=["anak", "sakit"])

    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert STORY in page
    assert f'name="token" value="{form["token"]}"' in page
    for kept in ('value="anak" checked', 'value="sakit" checked', 'value="sim" selected'):
        assert kept in page
    assert world.count("complaint") == 0


def test_the_region_is_found_by_search_and_by_lists_without_losing_a_word(
    citizen: Citizen,
) -> None:
    form = citizen.open_form()

    found = citizen.send(form, do="search", search="Sukasari", found="")
    listed = citizen.send(form, do="browse", province="32", regency="32.73", found="")

    assert 'value="32.73.01"' in found.get_data(as_text=True)
    page = listed.get_data(as_text=True)
    assert '<option value="32.73" selected>' in page
    assert '<option value="32.73.01"' in page
    assert STORY in page


def test_the_form_says_who_handles_it_and_offers_exclusions(citizen: Citizen) -> None:
    page = citizen.send(citizen.open_form(), do="browse").get_data(as_text=True)

    assert "Propam Polri" in page
    assert 'name="exclude"' in page


def test_a_lost_form_token_files_nothing_and_keeps_the_words(
    world: World, citizen: Citizen
) -> None:
    answer = citizen.send({**citizen.open_form(), "token": "rusak"})

    assert answer.status_code == 422
    assert STORY in answer.get_data(as_text=True)
    assert world.count("complaint") == 0


def test_the_unit_opens_what_the_form_sealed(world: World, citizen: Citizen) -> None:
    from shared.contracts import decode
    from shared.crypto.unseal import open_record

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
