"""Forms filled in wrongly, sent in the wrong order or by the wrong method, on every page."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator

import httpx
import pytest

from services.complaints.domain.steps import step_of
from tests.chaos.town import PEOPLE, Town
from tests.support import citizen
from tests.support.books import quiet_rows
from tests.support.browser_form import PlainBrowser, hidden, on_pages
from tests.support.desk import Desk
from tests.support.proof import Proving
from tests.system.broken import LOOK_ALIKE, STORY

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

GOOD = {
    "service": "sim",
    "story": "FIKTIF. Cerita ini tidak boleh tersimpan.",
    "found": "32.73",
    "office_kind": "kecamatan",
    "asked": "850 rb",
    "paid_how": "none",
    "wish": "anonymous",
}
# What is changed in a good form, and the field that is named.
FORMS = {
    "nothing told": ({"story": ""}, "story"),
    "a story without end": ({"story": "a" * 20_001}, "story"),
    "no region": ({"found": ""}, "region"),
    "an unknown region": ({"found": "99.99"}, "region"),
    "no service": ({"service": ""}, "service"),
    "an unknown service": ({"service": "ramalan"}, "service"),
    "an unknown office": ({"office_kind": "warung"}, "office_kind"),
    "a sum in words": ({"asked": "banyak sekali"}, "asked"),
    "a day that is none": ({"day": "31-02-2026"}, "day"),
    "an unknown wish": ({"wish": "semua"}, "wish"),
    "an address that is none": ({"wish": "contact", "email": "bukan surel"}, "email"),
    "an unknown class": ({"coercion": "x"}, "coercion"),
    "an unknown unit to avoid": ({"exclude": "unit-khayalan"}, "exclude"),
}
WRONG_METHODS = (
    ("public", "PUT", "/lapor"), ("public", "DELETE", "/kotak"), ("public", "POST", "/"),
    ("public", "POST", "/keluar"), ("desk", "PUT", "/masuk"), ("desk", "POST", "/"),
    ("stop", "PUT", "/berhenti/x"),
)  # fmt: skip


@pytest.fixture
def untouched(small_town: Town) -> Iterator[None]:
    """Nothing may be stored by this test."""
    before = quiet_rows(small_town)
    yield
    assert quiet_rows(small_town) == before


@pytest.fixture(scope="module")
def desk(small_town: Town) -> Desk:
    """An investigator with one case."""
    with httpx.Client(base_url=small_town.public_url, timeout=30, auth=Proving()) as client:
        sealed = citizen.seal(client.get("/api/v1/directory").json(), quick=True)
        kind = {"Content-Type": "application/json"}
        client.post("/api/v1/complaints", content=sealed.body, headers=kind).raise_for_status()
    one = Desk(small_town.settings.url("triage"), PEOPLE["people"][0])
    deadline = time.monotonic() + 60
    while not one.queue() and time.monotonic() < deadline:
        time.sleep(0.3)
    return one


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_with_a_fault_comes_back_with_what_was_typed(
    small_town: Town, name: str, language: str
) -> None:
    change, field = FORMS[name]
    browser = PlainBrowser(small_town.public_url)
    browser.page.get(f"/lapor?bahasa={language}")
    step = step_of(field)
    words = dict(on_pages({**GOOD, **change}))[step.number]
    browser.begin()

    answer = browser.press(step.number, words)
    browser.page.get("/keluar")

    assert answer.status_code == 422
    assert f'<html lang="{language}">' in answer.text
    summary = answer.text.partition("data-galat")[2].partition("</div>")[0]
    assert f'href="#f-{field}"' in summary
    assert f'id="f-{field}"' in answer.text
    assert change.get("story", GOOD["story"])[:40] in answer.text or step.number > 1


@pytest.mark.usefixtures("untouched")
def test_a_form_without_its_token_of_the_session_is_not_taken(small_town: Town) -> None:
    answer = httpx.post(f"{small_town.public_url}/lapor/1", data=GOOD, timeout=30)

    assert answer.status_code == 400
    assert GOOD["story"] not in answer.text, "nobody's page: it may come from Back after leaving"


@pytest.mark.usefixtures("untouched")
def test_a_form_from_another_site_is_not_taken(small_town: Town) -> None:
    browser = PlainBrowser(small_town.public_url)
    sent = {**hidden(browser.page.get("/lapor").text), **GOOD}

    headers = {"Origin": "https://lain.example", "Sec-Fetch-Site": "cross-site"}
    answer = browser.page.post("/lapor/1", data=sent, headers=headers)

    assert answer.status_code == 403
    assert GOOD["story"] not in answer.text


@pytest.mark.usefixtures("untouched")
def test_a_form_too_large_is_told_so(small_town: Town) -> None:
    browser = PlainBrowser(small_town.public_url)
    sent = {**hidden(browser.page.get("/lapor").text), **GOOD, "who": "a" * (3 << 20)}

    answer = browser.page.post("/lapor/3", data=sent)

    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("typed", ["", "1234", "dua puluh empat", "1" * 24, "9" * 400])
def test_a_code_that_is_none_is_told_at_once(small_town: Town, typed: str) -> None:
    browser = PlainBrowser(small_town.public_url)
    sent = {**hidden(browser.page.get("/kotak").text), "receipt": typed, "do": "open"}

    answer = browser.page.post("/kotak", data=sent)

    assert answer.status_code == 422
    assert 'href="#f-receipt"' in answer.text


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("ticket", ["x", "A" * 200, "é"])
def test_an_answer_with_a_foreign_ticket_goes_nowhere(small_town: Town, ticket: str) -> None:
    browser = PlainBrowser(small_town.public_url)
    form = hidden(browser.page.get("/kotak").text)
    sent = {**form, "ticket": ticket, "seq": "1", "text": "Halo", "do": "reply"}

    answer = browser.page.post("/kotak", data=sent)

    assert answer.status_code == 422
    assert "data-galat" in answer.text


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(("site", "method", "path"), WRONG_METHODS)
def test_the_wrong_method_is_refused(small_town: Town, site: str, method: str, path: str) -> None:
    service = {"public": "complaints", "desk": "triage", "stop": "notify"}[site]

    answer = httpx.request(method, small_town.settings.url(service) + path, timeout=30)

    assert answer.status_code in {400, 403, 405}
    assert re.search(r"Kode: 40[035] \w+", answer.text)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("path", ["/", "/kasus/KTG-1", "/kasus/KTG-1/pindah", "/kasus/KTG-1/kunci"])
def test_the_desk_is_closed_to_strangers(small_town: Town, path: str) -> None:
    answer = httpx.get(small_town.settings.url("triage") + path, timeout=30)

    assert answer.status_code in {303, 401}
    assert answer.headers.get("location", "/masuk").startswith("/masuk")


def test_a_letter_that_is_not_sealed_is_refused(desk: Desk, small_town: Town) -> None:
    path = f"/kasus/{desk.queue()[0]}/surat"
    form = hidden(desk.page.get(path).text)
    before = quiet_rows(small_town)

    for content in (STORY, LOOK_ALIKE, b""):
        sent = {**form, "amplop": base64.b64encode(content).decode()}
        answer = desk.page.post(path, data=sent)
        assert answer.status_code == 422, content[:20]
        assert "data-galat" in answer.text
    assert desk.page.post(path, data={**form, "amplop": STORY.decode()}).status_code == 422
    assert quiet_rows(small_town) == before


def test_a_move_that_cannot_be_is_refused(desk: Desk, small_town: Town) -> None:
    number = desk.queue()[0]
    before = quiet_rows(small_town)

    assert desk.move(number, "closed").status_code in {409, 422}
    assert desk.move(number, "khayalan").status_code == 422
    path = f"/kasus/{number}/pindah"
    form = hidden(desk.page.get(path).text)
    stale = desk.page.post(path, data={**form, "versi": "0", "ke": "verifying"})
    assert stale.status_code in {409, 422}
    assert desk.page.post("/kasus/KTG-0/pindah", data=form).status_code == 404
    assert quiet_rows(small_town) == before
