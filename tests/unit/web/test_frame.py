"""Audiences, words, limits and readiness."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from shared.runtime.errors import NotFound
from shared.web.app import Frame, build
from shared.web.audience import UnstatedAudience, audience
from shared.web.errors import reshown_by
from shared.web.lanes import Busy, Lane
from shared.web.words import clock_time, digits, long_date, money
from tests.unit.web.demo import demo_app


def _with_route(tmp_path: Path, *who: str, **frame: object) -> Flask:
    pages = Blueprint("one", __name__)

    def view() -> str:
        return "seen"

    pages.add_url_rule("/one", view_func=audience(*who)(view) if who else view)
    return build(
        Frame(name="one", folder=tmp_path, url="http://127.0.0.1", session_key=b"k", **frame),  # type: ignore[arg-type]
        [pages],
    )


def test_a_page_without_an_audience_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(UnstatedAudience, match=r"one\.view"):
        _with_route(tmp_path)


def test_a_page_for_people_does_not_start_where_nobody_knows_people(tmp_path: Path) -> None:
    with pytest.raises(UnstatedAudience, match="investigator"):
        _with_route(tmp_path, "investigator")


def test_the_guard_decides_who_sees_a_page_for_people(tmp_path: Path) -> None:
    asked: list[frozenset[str]] = []

    def guard(who: frozenset[str]) -> tuple[str, int]:
        asked.append(who)
        return "sign in", 401

    client = _with_route(tmp_path, "investigator", guard=guard).test_client()

    assert client.get("/one").status_code == 401
    assert client.get("/health/live").status_code == 200
    assert asked == [frozenset({"investigator"})]


def test_a_form_is_never_shown_again_to_an_asker_the_guard_has_not_let_in(tmp_path: Path) -> None:
    def guard(_who: frozenset[str]) -> None:
        raise NotFound

    pages = Blueprint("desk", __name__)

    @pages.post("/move")
    @audience("investigator")
    @reshown_by(lambda _problems: "a case nobody else may see")
    def move() -> str:
        return "moved"

    frame = Frame(
        name="one", folder=tmp_path, url="http://127.0.0.1", session_key=b"k", guard=guard
    )
    answer = build(frame, [pages]).test_client().post("/move")

    assert answer.status_code == 404
    assert "a case" not in answer.text


def test_readiness_names_what_is_away(tmp_path: Path) -> None:
    checks = {"database": lambda: True, "broker": lambda: False}

    answer = demo_app(tmp_path, checks=checks).test_client().get("/health/ready")

    assert (answer.status_code, answer.json) == (503, {"status": "away", "away": ["broker"]})


def test_a_body_of_unknown_length_is_refused(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/things",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )

    assert (answer.status_code, answer.json["code"]) == (411, "length_required")


def test_a_place_that_does_not_come_free_is_busy() -> None:
    slots = Lane(1, wait_seconds=0.01)

    with slots.one(), pytest.raises(Busy), slots.one():
        pass

    with slots.one():
        assert threading.active_count() >= 1


def test_money_dates_and_times_are_written_as_people_write_them(app: Flask) -> None:
    at = datetime(2026, 11, 24, 20, 32, tzinfo=UTC)

    with app.test_request_context("/"):
        assert money(250000) == "Rp250.000"
        assert digits(48113) == "48.113"
        assert long_date(date(2026, 11, 25)) == "Rabu, 25 November 2026"
        assert long_date(at) == "Rabu, 25 November 2026"
        assert clock_time(at) == "03.32 WIB"
        assert clock_time(at, "WIT") == "05.32 WIT"

    with app.test_request_context("/?bahasa=en"):
        assert long_date(at) == "Wednesday, 25 November 2026"


def test_the_openapi_document_describes_refusals_in_our_shape(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json

    assert set(document["components"]["schemas"]["Refusal"]["properties"]) == {
        "code", "field", "message", "errors",
    }  # fmt: skip
