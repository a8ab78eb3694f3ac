"""The walk from page to page: words are kept, and one can always go back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from services.complaints.domain.steps import ASKED, STEPS, step_of
from tests.service.complaints.citizen import STORY, Citizen, hidden
from tests.service.complaints.world import World


@pytest.fixture
def citizen(still_world: World) -> Iterator[Citizen]:
    with still_world.another_browser() as browser:
        one = Citizen(browser)
        one.begin()
        yield one


def test_every_field_is_asked_for_once_and_on_its_own_page(citizen: Citizen) -> None:
    citizen.begin(found="32.73.01", office_kind="satpas")
    shown = {
        step.number: set(re.findall(r' name="(\w+)"', citizen.see(f"/lapor/{step.number}").text))
        for step in STEPS
    }

    for name in ASKED:
        on = [number for number, names in shown.items() if name in names]
        assert on in ([step_of(name).number], []), name
        assert on or name in {"province", "regency", "district"}, name


def test_words_stay_where_they_were_written(citizen: Citizen) -> None:
    citizen.press(1, service="sim", story=STORY, coercion="withhold")
    citizen.press(4, asked="850 rb", vulnerable=["anak", "sakit"])
    citizen.press(4, asked="850 rb", vulnerable=["sakit"])

    first, fourth = citizen.see("/lapor/1").text, citizen.see("/lapor/4").text
    assert STORY in first
    assert 'value="sim" selected' in first
    assert 'value="withhold" checked' in first
    assert 'value="850 rb"' in fourth
    assert 'value="sakit" checked' in fourth
    assert 'value="anak" checked' not in fourth, "a tick that was taken away stays away"


@pytest.mark.parametrize("do", ["back", "keep"])
def test_going_back_and_switching_the_language_keep_words_as_they_are(
    citizen: Citizen, do: str
) -> None:
    answer = citizen.press(4, do, asked="belum jadi ditulis")

    assert answer.status_code == 303
    assert answer.headers["Location"] == {"back": "/lapor/3", "keep": "/lapor/4"}[do]
    assert "belum jadi ditulis" in citizen.see("/lapor/4").text


def test_the_language_changes_in_the_middle_and_the_draft_stays(citizen: Citizen) -> None:
    form = hidden(citizen.see("/lapor/1").text)
    words = {**form, "do": "keep", "service": "sim", "story": STORY}

    citizen.client.post("/lapor/1?bahasa=en", data=words)

    page = citizen.see("/lapor/1").text
    assert "Step 1 of 8" in page
    assert "What happened?" in page
    assert STORY in page


def test_a_change_from_the_last_step_leads_back_there(citizen: Citizen) -> None:
    citizen.begin(service="sim", story=STORY)
    assert citizen.press(4, asked="1 juta").headers["Location"] == "/lapor/5"
    citizen.see("/lapor/8")

    answer = citizen.press(4, asked="2 juta")

    assert answer.headers["Location"] == "/lapor/8"
    assert "2 juta" in citizen.see("/lapor/8").text


def test_the_place_is_found_by_search_and_namesakes_are_told_apart(citizen: Citizen) -> None:
    answer = citizen.press(2, "search", search="Sukasari")

    page = citizen.see(answer.headers["Location"]).text
    assert "<span>Sukasari <small>Kota Bandung, Jawa Barat</small>" in page
    assert "<span>Sukasari <small>Kabupaten Sumedang, Jawa Barat</small>" in page
    assert citizen.press(2, search="Sukasari", found="32.73.01").headers["Location"] == "/lapor/3"
    assert "Sukasari, Kota Bandung, Jawa Barat" in citizen.see("/lapor/2").text


def test_enter_in_the_search_field_searches(citizen: Citizen) -> None:
    answer = citizen.press(2, "next", search="Cibeber")

    assert answer.headers["Location"] == "/lapor/2"
    assert 'value="32.03.03"' in citizen.see("/lapor/2").text


def test_the_place_is_chosen_level_by_level_and_any_level_may_be_the_last(
    citizen: Citizen,
) -> None:
    assert 'value="32"' in citizen.see("/lapor/2").text
    assert citizen.press(2, found="32").headers["Location"] == "/lapor/2"
    assert 'value="32.73"' in citizen.see("/lapor/2").text
    assert citizen.press(2, found="32.73").headers["Location"] == "/lapor/2"
    page = citizen.see("/lapor/2").text

    assert 'value="32.73.01"' in page
    assert 'value="32.73" checked><span>Tidak tahu kecamatannya' in page
    assert citizen.press(2, found="32.73").headers["Location"] == "/lapor/3"


def test_there_is_a_way_back_up_from_every_level(citizen: Citizen) -> None:
    citizen.begin(found="32.73.01")
    page = citizen.see("/lapor/2").text
    assert re.findall(r'name="to" value="([\d.]*)"', page) == ["", "32"]

    citizen.press(2, found="32.73.01", to="32")
    assert 'value="32" checked' in citizen.see("/lapor/2").text
    citizen.press(2, found="32", to="")
    assert "checked" not in citizen.see("/lapor/2").text


def test_units_and_offices_that_must_not_get_it_can_be_named(citizen: Citizen) -> None:
    citizen.begin(found="32.73.01")
    citizen.press(3, "list", office_kind="satpas")
    listed = citizen.see("/lapor/3").text
    assert 'type="checkbox" name="exclude"' in listed
    unit = re.search(r'type="checkbox" name="exclude" value="([\w-]+)"', listed)
    assert unit

    citizen.press(3, "list", office_kind="satpas", exclude=[unit[1], "setda:32.73.01", ""])

    page = citizen.see("/lapor/3").text
    assert f'value="{unit[1]}" checked' in page
    assert 'value="setda:32.73.01" checked' in page
    assert "Sekretariat daerah" in page


def test_only_offices_that_would_keep_a_unit_away_are_offered(citizen: Citizen) -> None:
    citizen.begin(found="32.73.01", office_kind="kecamatan")

    page = citizen.see("/lapor/3").text

    offered = set(re.findall(r'<option value="(\w+):32\.73\.01">', page))
    assert {"inspektorat", "setda"} <= offered
    assert not offered & {"kua", "samsat", "polsek", "tidak_tahu"}


def test_a_service_may_come_along_from_another_page(citizen: Citizen) -> None:
    answer = citizen.begin(service="sim")

    assert answer.headers["Location"] == "/lapor/1"
    assert 'value="sim" selected' in citizen.see("/lapor/1").text


@pytest.mark.parametrize("path", ["/lapor/0", "/lapor/9", "/lapor/99999999999999999999"])
def test_there_is_no_ninth_step(citizen: Citizen, path: str) -> None:
    assert citizen.see(path).status_code == 404
    assert citizen.client.post(path, data=hidden(citizen.see("/lapor").text)).status_code == 404


def test_a_stale_page_keeps_every_word_and_can_be_sent_again(citizen: Citizen) -> None:
    form = hidden(citizen.see("/lapor/1").text)
    words = {**form, "service": "sim", "story": STORY}

    answer = citizen.post(1, {**words, "csrf_token": "lama"})

    assert answer.status_code == 400
    assert STORY in answer.text
    assert 'value="sim" selected' in answer.text
    again = citizen.post(1, {**words, **hidden(answer.text)})
    assert again.headers["Location"] == "/lapor/2"


def test_a_page_that_comes_back_after_leaving_shows_no_word(citizen: Citizen) -> None:
    form = hidden(citizen.see("/lapor/1").text)
    words = {**form, "service": "sim", "story": STORY}
    citizen.see("/keluar")

    for fresh in (False, True):
        if fresh:
            words |= {"csrf_token": hidden(citizen.see("/lapor").text)["csrf_token"]}
        answer = citizen.post(1, words)
        assert answer.status_code in {400, 410}
        assert STORY not in answer.text
