"""Every answer carries every security header, whatever its route and status."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.web.headers import SECURITY_HEADERS, set_headers_on
from tests.unit.web.demo import demo_app


def _ask(client: FlaskClient, method: str, path: str, size: int) -> TestResponse:
    return client.open(path, method=method, data=b"x" * size, content_type="text/plain")


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("GET", "/", 0, 200),
        ("POST", "/stop", 0, 200),
        ("OPTIONS", "/", 0, 200),
        ("GET", "/static/0/kentongan.css", 0, 200),
        ("GET", "/api/v1/openapi.json", 0, 200),
        ("GET", "/health/live", 0, 200),
        ("POST", "/plain", 0, 400),
        ("GET", "/nowhere", 0, 404),
        ("GET", "/static/0/nothing.css", 0, 404),
        ("GET", "/static/0/../app.py", 0, 404),
        ("GET", "/fault/missing", 0, 404),
        ("DELETE", "/", 0, 405),
        ("GET", "/fault/conflict", 0, 409),
        ("POST", "/", 50_001, 413),
        ("POST", "/api/v1/things", 50_001, 413),
        ("POST", "/api/v1/things", 1, 422),
        ("GET", "/fault/many", 0, 429),
        ("GET", "/fault/bug", 0, 500),
        ("GET", "/fault/away", 0, 503),
    ],
)
def test_every_answer_carries_the_headers(
    client: FlaskClient, method: str, path: str, size: int, status: int
) -> None:
    answer = _ask(client, method, path, size)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_redirect_carries_the_headers(client: FlaskClient) -> None:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/").text)[0]

    answer = client.post("/plain", data={"csrf_token": token})

    assert answer.status_code == 302
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_only_a_file_whose_address_is_its_hash_may_be_kept(client: FlaskClient) -> None:
    address = re.findall(r'href="(/static/[^"]+\.css)"', client.get("/").text)[0]

    assert client.get(address).headers["Cache-Control"].endswith("immutable")
    assert "Last-Modified" not in client.get(address).headers


def test_no_view_can_weaken_a_header_that_stands_on_every_answer() -> None:
    app = Flask("weak")
    set_headers_on(app, https=False)
    weak = {"cache-control": "public", "Content-Security-Policy": "default-src *"}
    app.add_url_rule("/", view_func=lambda: ("x", 200, weak))

    answer = app.test_client().get("/")

    assert answer.headers.getlist("Cache-Control") == ["no-store"]
    policy = answer.headers.getlist("Content-Security-Policy")
    assert policy == [SECURITY_HEADERS["Content-Security-Policy"]]


def test_https_asks_for_itself_and_marks_the_cookie_secure(tmp_path: Path) -> None:
    answer = demo_app(tmp_path, url="https://kentongan.example").test_client().get("/")

    assert "Strict-Transport-Security" in answer.headers
    assert "Secure" in answer.headers["Set-Cookie"]


def test_the_session_cookie_is_the_only_cookie_and_ends_with_the_browser(app: Flask) -> None:
    cookies = app.test_client().get("/").headers.getlist("Set-Cookie")

    assert len(cookies) == 1
    assert cookies[0].startswith("k=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} == set(cookies[0].split("; ")[1:])


def test_the_api_sets_no_cookie(client: FlaskClient) -> None:
    answer = client.post("/api/v1/things?bahasa=en", json={"lines": []})

    assert answer.status_code == 201
    assert "Set-Cookie" not in answer.headers


def test_a_page_carries_no_style_or_script_that_the_policy_would_refuse(
    client: FlaskClient,
) -> None:
    page = client.get("/").text

    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", page)
