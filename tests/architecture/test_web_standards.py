"""Every route under every status it can be brought to: headers, cookies, addresses, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shared.runtime.migrate import migrate
from shared.service import Service, create_app, open_house
from shared.web.files import SHARED_FOLDERS
from shared.web.headers import SECURITY_HEADERS
from tests.architecture.conftest import NAMES, ROOT, an_environment, declared

_POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "require-trusted-types-for 'script'",
}  # fmt: skip
_SHIPPED = sorted(
    path
    for folder in (*SHARED_FOLDERS.values(), *(ROOT / "services").glob("*/static"))
    for path in Path(folder).rglob("*")
    if path.suffix in {".js", ".mjs", ".css", ".svg"}
)
_KEEPS = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|caches|serviceWorker|cookieStore|openDatabase"
    r"|requestFileSystem|showSaveFilePicker)\b|document\.cookie|navigator\.storage"
)
_UNSAFE = re.compile(
    r"\.(innerHTML|outerHTML)\b|\binsertAdjacentHTML\b|document\.write\b|\beval\(|new Function\b"
    r"|sendBeacon|new WebSocket|new EventSource|importScripts"
)
_LOADED = re.compile(r'\s(?:src|srcset|poster|data|action|formaction)="([^"]+)"')
_SENDS_SAFELY = re.compile(r'method="(?:post|dialog)"')  # a dialog's form is never sent
_LINKED = re.compile(r'<link[^>]+href="([^"]+)"')
_INLINE = re.compile(
    r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=|javascript:|<base|http-equiv="
    r"|<iframe(?![^>]* sandbox)"
)
# Names, not places: nothing is ever fetched from them.
_NAMESPACES = ("http://www.w3.org/", "http://ns.adobe.com/")


@pytest.fixture(scope="session", params=NAMES)
def service(request: pytest.FixtureRequest) -> Service:
    """One service after the other."""
    return declared(request.param)


@pytest.fixture(scope="session")
def away(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service after its database has gone."""
    folder = tmp_path_factory.mktemp(f"{service.name}-away")
    house = open_house(service, service.settings.read(an_environment(folder)))
    migrate(service.migrations, house.database)
    app = create_app(service, house)
    house.database.dispose()
    for path in folder.glob("service.db*"):
        path.unlink()
    (folder / "service.db").mkdir()
    return app


@pytest.fixture(scope="session")
def answers(app: Flask, away: Flask) -> list[tuple[str, TestResponse]]:
    """(what was asked and answered, the answer)."""
    return [*_asked(app, "well"), *_asked(away, "away")]


def _asked(app: Flask, state: str) -> Iterator[tuple[str, TestResponse]]:
    paths = {re.sub(r"<[^>]+>", "1", rule.rule) for rule in app.url_map.iter_rules()}
    for path in sorted({*paths, "/tidak-ada"}):
        for method, more in (
            ("GET", {}),
            ("HEAD", {}),
            ("GET", {"query_string": "bahasa=en"}),
            ("PUT", {}),
            ("POST", {"data": {"story": "x", "csrf_token": "x"}}),
            ("POST", {"data": b"x" * (3 << 20), "content_type": "application/json"}),
            ("POST", {"json": {"v": 1}}),
        ):
            answer = app.test_client().open(path, method=method, **more)  # type: ignore[arg-type]
            yield f"{state}: {method} {path}: {answer.status_code}", answer


def test_every_status_was_met(service: Service, answers: list[tuple[str, TestResponse]]) -> None:
    met = {answer.status_code for _, answer in answers}

    assert met >= {200, 404, 405, 413}
    assert 400 in met or service.name == "ledger", "it has no form"
    assert 500 not in met, [name for name, answer in answers if answer.status_code == 500]
    assert 503 in met, "without its database"


def test_the_policy_is_the_strict_one_whatever_the_answer(
    answers: list[tuple[str, TestResponse]],
) -> None:
    for name, answer in answers:
        policy = set(answer.headers["Content-Security-Policy"].split("; "))

        assert policy == _POLICY, name
        assert "unsafe" not in " ".join(policy)
        for header, value in SECURITY_HEADERS.items():
            assert answer.headers.get(header) == value, f"{name}: {header}"
        assert answer.headers["Cache-Control"] == "no-store", name


def test_no_answer_sets_another_cookie_than_the_session(
    answers: list[tuple[str, TestResponse]],
) -> None:
    for name, answer in answers:
        for line in answer.headers.getlist("Set-Cookie"):
            ((key, cookie),) = SimpleCookie(line).items()

            assert key == "k", name
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Strict", name
            deleted = cookie["max-age"] == "0"
            assert deleted or not (cookie["max-age"] or cookie["expires"]), f"{name}: it stays"


def test_no_page_names_another_host_or_styles_itself(
    answers: list[tuple[str, TestResponse]],
) -> None:
    for name, answer in answers:
        if answer.mimetype == "text/html":
            loaded = _LOADED.findall(answer.text) + _LINKED.findall(answer.text)

            assert [one for one in loaded if not re.match(r"/(?!/)|#|\?", one)] == [], name
            assert not _INLINE.search(answer.text), name


def test_a_page_for_reporters_puts_nothing_typed_into_an_address(
    service: Service, answers: list[tuple[str, TestResponse]]
) -> None:
    if service.name == "triage":
        return  # The queue's filters stand in its address on purpose; stories never do.
    for name, answer in answers:
        if answer.mimetype == "text/html":
            forms = re.findall(r"<form\b[^>]*>", answer.text)
            queries = re.findall(r'(?:href|action)="([^"?]*\?[^"]+)"', answer.text)

            assert [form for form in forms if not _SENDS_SAFELY.search(form)] == [], name
            assert [one for one in queries if not re.search(r"\?bahasa=\w\w$", one)] == [], name


@pytest.mark.parametrize("path", _SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_keeps_nothing_and_calls_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = re.sub(r"/\*.*?\*/|^\s*//.*$", "", text, flags=re.DOTALL | re.MULTILINE)
    hosts: list[str] = re.findall(r"(?:https?|wss?)://[^\s\"'`)]*", said)

    assert _KEEPS.findall(said) == []
    assert _UNSAFE.findall(said) == []
    assert [one for one in hosts if not one.startswith(_NAMESPACES)] == []
    assert not re.search(r"url\((?!['\"]?(?:data:|#))", said) or path.suffix != ".css"
