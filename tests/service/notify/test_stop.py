"""The journey of a stop link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from services.notify.domain.stop import StopKeys
from services.notify.service import SERVICE
from services.notify.store import recipient_by_mark
from shared.service.build import create_app
from tests.service.notify.room import Room, letter, moved, open_room, opened

_TOKEN = re.compile(r"https://kabar\.example(/berhenti/[\w-]+)")
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_WRONG = [
    "A" * 32,
    "a",
    "A" * 31,
    "A" * 33,
    "%00",
    "ä",
    "..%5C..",
    "A" * 2000,
    "' OR 1=1 --",
]


@pytest.fixture
def room(tmp_path: Path, identity: str) -> Iterator[Room]:
    """One kind of database is enough here: the pages ask nothing the actions' tests do not."""
    room = open_room(f"sqlite:///{tmp_path}/t.db", tmp_path, identity)
    yield room
    room.house.database.dispose()


@pytest.fixture
def visitor(room: Room) -> FlaskClient:
    return create_app(SERVICE, room.house).test_client()


def link_of(room: Room, subject: str) -> str:
    """The path of the stop link in a message to `subject`."""
    room.hear(moved(subject))
    room.deliver()
    found = [_TOKEN.findall(str(mail)) for mail in room.mails()]
    return str(found[-1][0])


def without_token(page: str, path: str) -> str:
    return _CSRF.sub("", page.replace(path.rpartition("/")[2], "TOKEN"))


def test_one_click_stops_the_notices(room: Room, visitor: FlaskClient) -> None:
    subject = room.leave_contact()
    path = link_of(room, subject)

    answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"})

    room.hear(letter(subject))
    assert answer.status_code == 200
    assert "Kabar dihentikan" in answer.text
    assert room.deliver() == 0
    assert room.facts() == [("notice.sent", subject), ("notices.stopped", subject)]


def test_following_the_link_stops_nothing_yet(room: Room, visitor: FlaskClient) -> None:
    subject = room.leave_contact()
    path = link_of(room, subject)

    assert "Berhenti menerima kabar?" in visitor.get(path).text

    room.hear(letter(subject))
    assert room.deliver() == 1


def test_a_stop_can_be_taken_back_on_its_page(room: Room, visitor: FlaskClient) -> None:
    subject = room.leave_contact()
    path = link_of(room, subject)
    (token,) = _CSRF.findall(visitor.post(path).text)

    answer = visitor.post(f"{path}/batal", data={"csrf_token": token})

    room.hear(letter(subject))
    assert "Kabar dikirim lagi" in answer.text
    assert room.deliver() == 1


def test_taking_a_stop_back_needs_the_form(room: Room, visitor: FlaskClient) -> None:
    path = link_of(room, room.leave_contact())

    assert visitor.post(f"{path}/batal").status_code == 400
    assert "Kirim kabar lagi?" in visitor.get(f"{path}/batal").text


def test_stopping_twice_is_one_fact(room: Room, visitor: FlaskClient) -> None:
    path = link_of(room, room.leave_contact())

    pages = {without_token(visitor.post(path).text, path) for _ in range(3)}

    assert len(pages) == 1
    assert [kind for kind, _ in room.facts()].count("notices.stopped") == 1


def test_a_stop_ends_what_waits(room: Room, visitor: FlaskClient) -> None:
    subject = room.leave_contact()
    path = link_of(room, subject)
    room.hear(letter(subject))
    visitor.post(path)

    room.deliver()

    assert [row.state for row in room.notices()].count("stopped") == 1
    assert room.deliver() == 0


def test_a_units_notices_have_a_stop_link_too(room: Room, visitor: FlaskClient) -> None:
    room.hear(opened("0190a3b2-0000-4000-8000-000000000001"))
    room.deliver()
    (mail,) = room.mails()

    visitor.post(_TOKEN.findall(str(mail))[0])

    room.hear(opened("0190a3b2-0000-4000-8000-000000000002"))
    assert room.deliver() == 0


@pytest.mark.parametrize("wrong", _WRONG)
def test_an_unknown_token_gets_the_answers_of_a_known_one(
    room: Room, visitor: FlaskClient, wrong: str
) -> None:
    path = link_of(room, room.leave_contact())
    unknown = f"/berhenti/{wrong}"

    for method in ("get", "post"):
        known = getattr(visitor, method)(path)
        other = getattr(visitor, method)(unknown)
        size = {without_token(known.text, path), _plain(other.text)}
        assert (known.status_code, other.status_code) == (200, 200)
        assert len(size) == 1


def _plain(page: str) -> str:
    return _CSRF.sub("", re.sub(r"/berhenti/[^\"]*?(?=\"|/batal)", "/berhenti/TOKEN", page))


def test_pages_speak_english_when_asked(room: Room, visitor: FlaskClient) -> None:
    path = link_of(room, room.leave_contact())

    assert "Stop receiving news?" in visitor.get(f"{path}?bahasa=en").text
    assert "News stopped" in visitor.post(f"{path}?bahasa=en").text


def test_the_front_page_answers(visitor: FlaskClient) -> None:
    assert visitor.get("/").status_code == 200
    assert visitor.get("/berhenti").status_code == 404
    assert visitor.put("/berhenti/" + "A" * 32).status_code == 405


def test_the_database_cannot_make_a_link(room: Room) -> None:
    subject = room.leave_contact()
    keys = StopKeys.of(room.identity)
    (row,) = room.addresses()

    assert row.stop_mark == keys.mark(subject)
    assert keys.token(subject) not in repr(row)
    assert StopKeys.of("another key").mark_of(keys.token(subject)) != row.stop_mark
    with room.house.database.read() as connection:
        found = recipient_by_mark(connection, keys.mark_of(keys.token(subject)) or b"")
    assert found is not None
    assert found.holder == subject
