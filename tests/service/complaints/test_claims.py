"""What the front page says we do not keep is not kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from services.complaints.store import metadata
from tests.service.complaints.citizen import STORY, Citizen, digits_on, hidden
from tests.service.complaints.world import World

ADDRESS = "203.0.113.77"
BROWSER = "KENARI-Peramban/7 (Ponsel KENARI-X)"
SEARCHED = "kenari pelicin sim"


@pytest.fixture
def left_behind(world: World, capfd: pytest.CaptureFixture[str]) -> str:
    """Everything in the database, the blobs and the log after a search, a report and a reply."""
    client = world.browser
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    client.environ_base["HTTP_USER_AGENT"] = BROWSER
    client.environ_base["HTTP_X_FORWARDED_FOR"] = ADDRESS
    form = hidden(client.get("/tarif").get_data(as_text=True))
    client.post("/tarif", data={**form, "q": SEARCHED})
    citizen = Citizen(client)
    page = citizen.send(citizen.write()).get_data(as_text=True)
    assert digits_on(page)
    with world.house.database.read() as connection:
        rows = [
            repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    files = [
        path.read_bytes().decode("latin-1") for path in world.folder.rglob("*") if path.is_file()
    ]
    log = capfd.readouterr()
    assert any("complaint.submitted" in row for row in rows)
    return "\n".join([*rows, *files, log.out, log.err])


def test_no_address_and_no_browser_is_kept(left_behind: str) -> None:
    assert ADDRESS not in left_behind
    assert "KENARI-Peramban" not in left_behind
    assert "KENARI-X" not in left_behind


def test_the_minute_of_sending_is_not_kept(left_behind: str) -> None:
    # The clock stands at 03.32.10 UTC.
    assert "03:32" not in left_behind
    assert "3, 32, 10" not in left_behind
    assert "3, 32" not in left_behind


def test_the_story_is_nowhere_in_the_clear(left_behind: str) -> None:
    assert STORY not in left_behind
    assert "KENARI-42" not in left_behind


def test_what_was_searched_is_not_kept(left_behind: str) -> None:
    assert SEARCHED not in left_behind
    assert "kenari pelicin" not in left_behind


def test_a_report_needs_no_name_and_no_address(world: World) -> None:
    citizen = Citizen(world.browser)

    answer = citizen.send(citizen.write(name="", email="", who="", place=""))

    assert answer.status_code == 200
    assert digits_on(answer.get_data(as_text=True))


def test_the_price_pages_keep_one_session_cookie_and_nothing_else(world: World) -> None:
    answers = [world.browser.get(path) for path in ("/", "/tarif", "/urusan/paspor")]

    for answer in answers:
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert cookie.startswith("k=")
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            assert "Expires" not in cookie
            assert "Max-Age" not in cookie
