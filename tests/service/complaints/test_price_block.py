"""The official price beside the question how much was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import render_template

from services.complaints.domain.questions import questions_of
from services.complaints.domain.typed import Typed
from services.complaints.web.prices.block import all_price_blocks, difference_words, price_blocks
from services.complaints.web.report.question_words import say, sentences
from shared.rulebook import load
from tests.service.complaints.test_prices import text_of
from tests.service.complaints.world import World

RULEBOOK = load()
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The service's templates and languages; no database is asked anything here."""
    folder = tmp_path_factory.mktemp("pages")
    world = World(f"sqlite:///{folder / 'pages.db'}", folder, datetime(2026, 11, 22, tzinfo=UTC))
    yield world
    world.close()


def shown(world: World, language: str = "id", **typed: str) -> str:
    """The partial as step 4 includes it."""
    with world.app.test_request_context(f"/?bahasa={language}"):
        blocks = price_blocks(RULEBOOK, Typed(typed, {}), on=TODAY, language=language)
        return "".join(
            render_template("complaints/steps/price_block.html", priced=block) for block in blocks
        )


def row(page: str, tariff: str) -> str:
    found = re.search(rf'<tr data-tarif="{tariff}".*?</tr>', page, re.DOTALL)
    return text_of(found.group()) if found else ""


def test_the_official_price_comes_with_law_day_and_difference(pages: World) -> None:
    page = shown(pages, service="sim", asked="800 ribu")

    assert row(page, "sim-3").endswith("Rp100.000 Rp700.000 di atas tarif")
    assert "PP 76/2020 · Dicek Sabtu, 21 November 2026" in text_of(page)
    assert page.count("PP 76/2020") == 1


def test_a_row_still_being_checked_shows_neither_sum_nor_difference(pages: World) -> None:
    told = row(shown(pages, service="sim", asked="800 ribu"), "sim-5")

    assert "Sedang dicek" in told
    assert "Rp" not in told
    assert "tarif" not in told


@pytest.mark.parametrize(
    ("asked", "difference"),
    [("50 ribu", "Rp50.000 di bawah tarif"), ("seratus ribu", "sama dengan tarif"), ("apa?", "")],
)
def test_less_the_same_and_unreadable_are_told_apart(
    pages: World, asked: str, difference: str
) -> None:
    assert row(shown(pages, service="sim", asked=asked), "sim-3").endswith(
        f"Rp100.000 {difference}".strip()
    )


def test_only_the_price_of_the_province_is_shown(pages: World) -> None:
    page = shown(pages, service="pertanahan_ptsl", found="32.73.01", asked="500 ribu")

    assert re.findall(r'data-tarif="([^"]*)"', page) == ["pertanahan_ptsl-5"]
    assert "Rp350.000 di atas tarif" in text_of(page)


def test_a_forbidden_charge_is_named_so(pages: World) -> None:
    told = row(shown(pages, service="pendidikan", asked="500 ribu"), "pendidikan-1")

    assert "Dilarang" in told
    assert "di atas tarif" not in told


def test_a_service_without_rows_is_being_checked_and_no_service_shows_nothing(
    pages: World,
) -> None:
    assert "Sedang dicek" in text_of(shown(pages, service="lalu_lintas"))
    assert shown(pages) == shown(pages, service="sihir") == ""


def test_the_page_that_asks_by_itself_holds_every_service_hidden(pages: World) -> None:
    with pages.app.test_request_context("/"):
        blocks = all_price_blocks(RULEBOOK, on=TODAY, language="id")
        shown = [render_template("complaints/steps/price_block.html", priced=b) for b in blocks]

    assert [block.code for block in blocks] == list(RULEBOOK.services)
    assert all(re.search(r'data-harga="\w+" hidden>', page) for page in shown)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", "Jumlah ini sama dengan tarif resmi SIM C, C I"),
        ("en", "This is the official price of New licence C"),
    ],
)
def test_a_question_names_the_price_in_the_asker_s_language(
    pages: World, language: str, told: str
) -> None:
    typed = Typed({"service": "sim", "asked": "100.000"}, {})
    with pages.app.test_request_context(f"/?bahasa={language}"):
        (question,) = questions_of(RULEBOOK, "berapa", typed, today=TODAY)

        assert say(RULEBOOK, question, language).startswith(told)


def test_a_sum_is_read_back_as_pages_write_sums(pages: World) -> None:
    typed = Typed({"asked": "dua juta lima ratus"}, {})
    with pages.app.test_request_context("/"):
        (question,) = questions_of(RULEBOOK, "berapa", typed, today=TODAY)

        assert "Kami membaca jumlahnya Rp2.000.500." in say(RULEBOOK, question, "id")
        assert "%(amount)s" in sentences()["read"]
        assert difference_words()["more"] == "%(amount)s di atas tarif"
