"""Prices by need: the sure with law and day, the unsure never as if it were sure."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest

from shared.rulebook import load
from tests.service.complaints.citizen import hidden
from tests.service.complaints.world import World

RULEBOOK = load()
UNSURE = [row for row in RULEBOOK.tariffs if not row.is_official]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def rows_of(page: str) -> list[str]:
    """The text of every price: a body of two rows, on the front page one row."""
    rows = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    return [text_of(row) for row in rows or re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]


def look(world: World, path: str) -> str:
    answer = world.browser.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def search(world: World, typed: str) -> str:
    form = hidden(look(world, "/tarif"))
    answer = world.browser.post("/tarif", data={**form, "q": typed})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("need", list(RULEBOOK.needs))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_need_has_a_page_with_its_services(
    still_world: World, need: str, language: str
) -> None:
    page = text_of(look(still_world, f"/urusan/{need}?bahasa={language}&dari=portal"))

    assert RULEBOOK.needs[need].in_language(language) in page
    for service in RULEBOOK.services.values():
        if service.need == need:
            assert service.in_language(language) in page


def test_an_unknown_need_leads_back_to_the_front_page(still_world: World) -> None:
    answer = still_world.browser.get("/urusan/sihir")

    assert answer.status_code == 404
    assert 'href="/"' in answer.get_data(as_text=True)


def test_an_official_price_has_its_law_its_day_and_its_source(still_world: World) -> None:
    rows = rows_of(look(still_world, "/urusan/penduduk?bahasa=id"))

    assert len(rows) == 1
    for part in ("Gratis", "UU 24/2013", "Dicek Sabtu, 21 November 2026", "kompas.com"):
        assert part in rows[0]


@pytest.mark.parametrize("path", ["/", "/tarif", *(f"/urusan/{need}" for need in RULEBOOK.needs)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_row_that_is_not_reported_is_never_shown_as_official(
    still_world: World, path: str, language: str
) -> None:
    checking = {"id": "Sedang dicek", "en": "Being checked"}[language]

    rows = rows_of(look(still_world, f"{path}?bahasa={language}"))

    for tariff in UNSURE:
        name = RULEBOOK.wording.tariffs[tariff.id].in_language(language)
        for row in (row for row in rows if row.startswith(f"{name} ")):
            assert checking in row
            assert not re.search(r"Rp\d|Gratis|Free|Dilarang|Forbidden", row), row
            assert tariff.legal_basis == "-" or tariff.legal_basis not in row


def test_the_table_holds_every_row_once(still_world: World) -> None:
    rows = rows_of(look(still_world, "/tarif?bahasa=id"))

    assert len(rows) == len(RULEBOOK.tariffs)
    assert sum("Sedang dicek" in row for row in rows) == len(UNSURE)


@pytest.mark.parametrize(
    ("typed", "first", "says"),
    [
        ("buat ktp", "KTP, KK, akta", "Gratis"),
        ("sim c hilang", "SIM C, C I, atau C II baru", "Rp100.000"),
        ("perpanjng sim c", "Perpanjang SIM C", "Rp75.000"),
        ("nembak sim", "SIM A baru", "Rp120.000"),
        ("potongan pkh", "Potongan PKH", "Sedang dicek"),
    ],
)
def test_the_search_finds_what_people_type(
    still_world: World, typed: str, first: str, says: str
) -> None:
    rows = rows_of(search(still_world, typed))

    assert rows[0].startswith(first)
    assert says in rows[0]


def test_the_search_says_what_it_could_not_answer(still_world: World) -> None:
    assert "tentang: hilang" in text_of(search(still_world, "sim c hilang"))
    assert "“papsor” sebagai “paspor”" in text_of(search(still_world, "papsor"))


def test_the_name_of_a_bribe_leads_to_a_report(still_world: World) -> None:
    page = search(still_world, "uang pelicin")

    assert "“uang pelicin” bukan nama tarif resmi" in text_of(page)
    assert 'href="/lapor"' in page
    assert rows_of(page) == []


def test_unknown_words_get_help_instead_of_nothing(still_world: World) -> None:
    page = search(still_world, "zzqx <script>alert(1)</script>")

    assert "Belum ketemu" in text_of(page)
    assert page.count('href="/urusan/') == len(RULEBOOK.needs)
    assert "<script>alert" not in page


def test_an_empty_search_shows_the_whole_table(still_world: World) -> None:
    assert len(rows_of(search(still_world, "  "))) == len(RULEBOOK.tariffs)


def test_a_search_without_its_session_is_answered_all_the_same(still_world: World) -> None:
    with still_world.another_browser() as browser:
        answer = browser.post("/tarif", data={"q": "buat ktp"})

    assert answer.status_code == 400
    assert "Gratis" in answer.get_data(as_text=True)


def test_what_is_searched_is_in_no_address(still_world: World) -> None:
    for path in ("/", "/tarif", "/urusan/paspor"):
        page = look(still_world, path)

        assert '<form class="cari" action="/tarif" method="post"' in page
        assert 'method="get"' not in page
    assert "zzqx" not in text_of(look(still_world, "/tarif?q=zzqx"))


def test_the_front_page_promises_what_the_clocks_say(still_world: World) -> None:
    page = text_of(look(still_world, "/?bahasa=id"))

    for promise in ("Paling lama 3 hari kerja", "Kabar setiap 14 hari", "Paling lama 60 hari"):
        assert promise in page


def test_the_front_page_has_twelve_needs_and_other_doors(still_world: World) -> None:
    page = look(still_world, "/?bahasa=id")

    assert page.count('href="/urusan/') == 12
    for door in ("137", "1708", "198", "ombudsman.go.id"):
        assert door in page


def test_the_front_page_fits_its_budget(still_world: World) -> None:
    page = look(still_world, "/?bahasa=id")
    wanted = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="(/static/[^"]+)"', page)
    takes = {"Accept-Encoding": "gzip"}
    sizes = [len(still_world.browser.get(path, headers=takes).data) for path in wanted]

    assert 1 + len(wanted) <= 4
    # The page itself travels as it is (shared/web/files.py says why), so it is counted as it is.
    assert len(page.encode()) + sum(sizes) <= 20_000


@pytest.mark.parametrize("path", ["/tarif", *(f"/urusan/{need}" for need in RULEBOOK.needs)])
def test_a_page_of_prices_is_light_once_compressed(still_world: World, path: str) -> None:
    assert len(gzip.compress(look(still_world, path).encode())) <= 15_000


def test_icons_are_decoration_without_words(still_world: World) -> None:
    for picture in re.findall(r"<svg.*?</svg>", look(still_world, "/"), re.DOTALL):
        assert 'aria-hidden="true"' in picture
        assert not text_of(picture)
