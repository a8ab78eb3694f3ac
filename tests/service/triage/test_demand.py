"""A second factor can be demanded: from a day on nothing opens but setting one up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.triage.domain.demand import Demand, demand_of
from tests.service.triage import desk as building
from tests.service.triage.desk import NOW, Desk
from tests.service.triage.keyring import ADD, enter, with_passkey
from tests.service.triage.test_matrix import CASE_ROUTES, OTHER_ROUTES, STAFF_ROUTES, _path
from tests.service.triage.test_second_factor import _put_on

TOMORROW = (NOW + timedelta(days=1)).date()
OPEN = {
    "/masuk", "/masuk/tantangan", "/keluar", "/undangan/<token>", "/akun", "/akun/kunci",
    "/akun/kode", "/akun/kode/gambar", "/akun/kode/mulai", "/akun/kode/pasang", "/akun/kode/lepas",
    ADD, f"{ADD}/tantangan", f"{ADD}/bahan", f"{ADD}/<uuid:id>/lepas",
}  # fmt: skip


@pytest.fixture
def strict_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that demands a second factor from tomorrow on."""
    url, day = f"sqlite:///{tmp_path / 'test.db'}", TOMORROW.isoformat()
    with building.desk(url, tmp_path, KENTONGAN_SECOND_FACTOR_FROM=day) as made:
        yield made


def test_before_the_day_everything_opens_and_the_page_says_from_when(strict_desk: Desk) -> None:
    page = strict_desk.client("rani").get("/")

    assert page.status_code == 200
    assert "Mulai Selasa, 24 November 2026 masuk butuh faktor kedua." in page.text
    assert "Antrean unit" in page.text


def test_from_the_day_on_the_queue_is_shut_until_one_is_set_up(strict_desk: Desk) -> None:
    number = strict_desk.number(strict_desk.file())
    strict_desk.clock.advance(timedelta(days=1))
    browser = strict_desk.client("rani")

    for path in ("/", f"/kasus/{number}", f"/kasus/{number}/kunci", f"/kasus/{number}/amplop"):
        assert browser.get(path).location == "/akun"
    assert "Pasang faktor kedua untuk bekerja lagi" in browser.get("/akun").text
    device = with_passkey(strict_desk)
    enter(browser, device)

    page = browser.get("/")
    assert page.status_code == 200
    assert "faktor kedua" not in page.text
    assert browser.get(f"/kasus/{number}").status_code == 200


def test_a_code_is_enough_as_well(strict_desk: Desk) -> None:
    strict_desk.clock.advance(timedelta(days=1))
    key = _put_on(strict_desk, "bagus")

    assert key
    assert strict_desk.client().sign_in("bagus").status_code == 422  # it is asked for now


def test_of_nobody_anything_opens_but_setting_one_up(strict_desk: Desk) -> None:
    number = strict_desk.number(strict_desk.file())
    strict_desk.clock.advance(timedelta(days=1))
    routes = [*CASE_ROUTES, *OTHER_ROUTES, *STAFF_ROUTES]

    for name in ("rani", "nila", "kirana"):
        browser = strict_desk.client(name)
        for method, rule in routes:
            if rule in OPEN:
                continue
            path = _path(rule.replace("<name>", "tirta").replace("<unit>", "x"), number)
            asked = browser.get(path) if method == "GET" else browser.post(path, {}, page="/akun")
            assert (asked.status_code, asked.location) == (303, "/akun"), (name, method, path)
    assert strict_desk.rows("SELECT 1 FROM fact WHERE type = 'case.read'") == []


def test_without_the_setting_it_is_offered_only(small_desk: Desk) -> None:
    small_desk.clock.advance(timedelta(days=3650))
    page = small_desk.client("rani").get("/")

    assert page.status_code == 200
    assert "faktor kedua" not in page.text


@pytest.mark.parametrize(
    ("now", "is_now"),
    [
        (datetime(2026, 11, 30, 16, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), True),  # midnight in Jakarta
        (datetime(2027, 1, 1, tzinfo=UTC), True),
    ],
)
def test_the_day_begins_at_midnight_in_jakarta(now: datetime, is_now: bool) -> None:
    day = date(2026, 12, 1)

    assert demand_of(day, now, has_one=False) == Demand(day, is_now)
    assert demand_of(day, now, has_one=True) is None
    assert demand_of(None, now, has_one=False) is None
