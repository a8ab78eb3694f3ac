"""Each status people may meet, from a real server: what happened, what to do, when to come back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.support.odd_house import odd_house

STORY = "FIKTIF. Petugas loket meminta uang untuk blangko, dan saya menolak membayarnya hari itu."
# What is asked, the answer's status, its heading in both languages.
PAGES = {
    "nothing there": (
        "GET", "/tidak-ada", 404, "Halaman ini tidak ada.", "This page does not exist."),
    "no such need": (
        "GET", "/urusan/x", 404, "Urusan ini tidak ada dalam daftar.",
        "This matter is not on the list."),
    "the wrong method": (
        "GET", "/selesai", 405, "Cara membukanya keliru.", "It cannot be opened this way."),
    "things have changed": (
        "GET", "/uji/conflict", 409, "Keadaannya sudah berubah.", "Things have changed meanwhile."),
    "too large": (
        "POST", "/lapor", 413, "Kiriman terlalu besar.", "What you sent is too large."),
    "too many": (
        "GET", "/uji/many", 429, "Terlalu banyak permintaan sekaligus.",
        "Too many requests at once."),
    "a fault": (
        "GET", "/uji/bug", 500, "Ada kesalahan pada kami, bukan pada Anda.",
        "The fault is ours, not yours."),
    "not available": (
        "GET", "/uji/away", 503, "Layanan sedang tidak tersedia.",
        "The service is not available now."),
    "no database": (
        "GET", "/uji/database", 503, "Layanan sedang tidak tersedia.",
        "The service is not available now."),
}  # fmt: skip
WAITS = {
    "/uji/many": ("60", "Coba lagi dalam 1 menit, mulai pukul 10.34 WIB."),
    "/uji/later": ("600", "Coba lagi dalam 10 menit, mulai pukul 10.43 WIB."),
    "/uji/away": ("30", "Coba lagi dalam 1 menit, mulai pukul 10.33 WIB."),
    "/uji/database": ("30", "Coba lagi dalam 1 menit, mulai pukul 10.33 WIB."),
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with its odd pages."""
    with odd_house(tmp_path_factory.mktemp("odd")) as one:
        yield one


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    """A browser without scripts."""
    with httpx.Client(base_url=url, timeout=30) as one:
        yield one


def _token(client: httpx.Client) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/kotak").text)[0]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_error_is_a_page_of_the_house(client: httpx.Client, name: str, language: str) -> None:
    method, path, status, *headings = PAGES[name]
    body = b"x" * (3 << 20) if status == 413 else None

    page = client.request(method, f"{path}?bahasa={language}", content=body)

    assert page.status_code == status
    assert f"{html.escape(headings[language == 'en'])}</h1>" in page.text
    assert 'class="merek"' in page.text
    assert "data-keluar" in page.text
    assert 'aria-current="true"' in page.text, "the language switch"
    for way in ("/", "/lapor", "/kotak", "/tarif"):
        assert re.search(rf'<main.+<a href="{way}">.+</main>', page.text, re.DOTALL), way
    assert "canary" not in page.text


@pytest.mark.parametrize("path", WAITS)
def test_when_to_come_back_stands_in_the_header_and_in_words(
    client: httpx.Client, path: str
) -> None:
    page = client.get(path)

    assert (page.headers["Retry-After"], True) == (WAITS[path][0], WAITS[path][1] in page.text)
    assert f'<a class="tombol" href="{path}">Coba lagi</a>' in page.text


def test_a_form_that_must_wait_says_for_how_long(client: httpx.Client) -> None:
    answer = client.post("/uji/busy", data={"csrf_token": _token(client), "story": STORY})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Tunggu kira-kira 30 detik" in answer.text
    assert STORY in answer.text


def test_a_program_is_told_when_to_come_back_too(client: httpx.Client) -> None:
    answer = client.get("/uji/many", headers={"Accept": "application/json"})

    assert answer.headers["Retry-After"] == "60"
    assert answer.json()["code"] == "too_many"


def test_a_fault_of_ours_loses_nothing_of_what_was_typed(client: httpx.Client) -> None:
    typed = {"story": STORY, "service": "sim"}

    page = client.post("/uji/bug", data={"csrf_token": _token(client), **typed})

    assert page.status_code == 500
    assert f">\n{html.escape(STORY)}</textarea>" in page.text
    assert '<input type="hidden" name="service" value="sim">' in page.text
    assert "Kirim sekali lagi" in page.text


def test_a_form_without_its_token_is_not_kept_by_a_fault(client: httpx.Client) -> None:
    page = client.post("/uji/bug", data={"story": STORY}, headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403
    assert "blangko" not in page.text


def test_what_is_too_large_is_told_the_limit(client: httpx.Client) -> None:
    page = client.post("/lapor", content=b"x" * (3 << 20))

    assert "Batasnya 2 MB sekali kirim." in page.text


def test_a_title_of_an_error_is_short(client: httpx.Client) -> None:
    titles = [
        re.findall(r"<title>(.+?)</title>", client.request(method, path).text)[0]
        for method, path, status, *_ in PAGES.values()
        if status != 413
    ]

    assert [title for title in titles if len(title) > 30 or "Perlu" in title] == []
