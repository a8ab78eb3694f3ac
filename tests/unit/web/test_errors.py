"""A refusal says what to do, in the asker's language, and loses nothing."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

STORY = "Saya diminta <b>dua ratus</b> ribu."


def _token(client: FlaskClient) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/").text)[0]


def test_the_api_names_every_field_at_fault(client: FlaskClient) -> None:
    answer = client.post("/api/v1/things", json={"lines": [{"amount": 0, "more": 1}]})

    assert answer.status_code == 422
    assert {(e["field"], e["code"]) for e in answer.json["errors"]} == {
        ("lines.0.amount", "out_of_range"),
        ("lines.0.name", "required"),
        ("lines.0.more", "unknown_field"),
    }
    assert set(answer.json) == {"code", "field", "message", "errors"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en-GB, id;q=0.5", "This field is required."),
        ("id", "Isian ini wajib ada."),
        ("", "Isian ini wajib ada."),
        ("fr", "Isian ini wajib ada."),
    ],
)
def test_the_api_speaks_the_language_it_is_asked_in(
    client: FlaskClient, language: str, sentence: str
) -> None:
    answer = client.post("/api/v1/things", json={}, headers={"Accept-Language": language})

    assert answer.json["message"] == sentence
    assert answer.headers["Content-Language"] == ("en" if "en" in language else "id")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "not_json"),
        (b"\xff", "application/json", 400, "not_json"),
        (b"[]", "application/json", 422, "wrong_type"),
        (b'"text"', "application/json", 422, "wrong_type"),
        (b"", "application/json", 422, "required"),
        (b"lines=1", "application/x-www-form-urlencoded", 422, "required"),
    ],
)
def test_a_malformed_body_is_refused_by_name(
    client: FlaskClient, body: bytes, content_type: str, status: int, code: str
) -> None:
    answer = client.post("/api/v1/things", data=body, content_type=content_type)

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_refused_form_comes_back_with_its_text_and_a_summary(client: FlaskClient) -> None:
    form = {"amount": "banyak", "story": STORY, "csrf_token": _token(client)}

    answer = client.post("/", data=form)

    assert answer.status_code == 422
    assert html.escape(STORY) in answer.text
    assert 'href="#f-amount">Jumlah harus berupa angka.' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Perlu diperbaiki" in answer.text


def test_a_form_without_its_token_is_refused_and_keeps_its_text(client: FlaskClient) -> None:
    answer = client.post("/", data={"amount": "1", "story": STORY})

    assert answer.status_code == 400
    assert html.escape(STORY) in answer.text
    assert "kedaluwarsa" in answer.text


def test_a_page_that_cannot_show_its_form_offers_to_send_the_text_again(
    client: FlaskClient,
) -> None:
    answer = client.post("/plain", data={"story": STORY, "csrf_token": "stale"})

    assert answer.status_code == 400
    again = dict(
        re.findall(r'<input type="hidden" name="(csrf_token)" value="([^"]+)"', answer.text)
    )
    assert f">\n{html.escape(STORY)}</textarea>" in answer.text
    assert client.post("/plain", data={"story": STORY, **again}).status_code == 302


def test_a_form_sent_by_another_site_is_refused_and_its_text_is_not_shown(
    client: FlaskClient,
) -> None:
    form = {"amount": "1", "story": STORY, "csrf_token": _token(client)}

    answer = client.post("/", data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "dua ratus" not in answer.text


def test_one_click_needs_no_token(client: FlaskClient) -> None:
    assert client.post("/stop").status_code == 200


def test_the_language_switch_lasts_for_the_session(client: FlaskClient) -> None:
    client.get("/?bahasa=en")

    page = client.get("/nowhere", headers={"Accept-Language": "id"})

    assert "This page does not exist." in page.text
    assert '<html lang="en">' in page.text


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    assert '<html lang="id">' in client.get("/?bahasa=xx").text


def test_a_fault_is_logged_without_path_or_message(
    client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/fault/bug?secret=canary-in-a-path", headers={"User-Agent": "canary-ua"})

    written = "".join(capfd.readouterr())
    assert answer.status_code == 500
    assert "canary" not in written + answer.text
    assert "/fault/<kind>" in written


def test_a_busy_or_absent_service_says_when_to_come_back(client: FlaskClient) -> None:
    assert client.get("/fault/many").headers["Retry-After"] == "60"
    assert client.get("/fault/away").headers["Retry-After"] == "30"


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    answer: Any = client.delete("/")

    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_program_gets_json_outside_the_api_too(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "application/json"})

    assert json.loads(answer.text)["code"] == "not_found"
