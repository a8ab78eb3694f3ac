"""What holds for every page a reporter may meet, error pages included."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shared.service import Service
from shared.web.audience import OPEN, audience_of
from shared.web.i18n import LANGUAGES
from tests.architecture.conftest import declared

PUBLIC = ("complaints", "notify", "ledger")
# Words a line of the browser's history shall not hold (docs/adr/0019).
_TELLING = re.compile(
    r"lapor|pungli|pungut|suap|peras|korup|kode|report|complain|brib|extort|lev(?:y|ies)|code", re.I
)


@pytest.fixture(scope="session", params=PUBLIC)
def service(request: pytest.FixtureRequest) -> Service:
    """One public service after the other."""
    return declared(request.param)


@pytest.fixture(scope="session")
def answers(app: Flask) -> list[tuple[str, TestResponse]]:
    """Every page in every language, and what is said to the wrong question."""
    return list(pages_of(app))


def pages_of(app: Flask) -> Iterator[tuple[str, TestResponse]]:
    """(method, path, language and status; the answer) of every page of `app` that is open."""
    found = []
    for rule in app.url_map.iter_rules():
        if (audience_of(app.view_functions[rule.endpoint]) or frozenset()) & OPEN:
            path = re.sub(r"<int:[^>]+>", "1", rule.rule)
            path = re.sub(r"<[^>]+>", "x", path)
            found += [(method, path) for method in sorted((rule.methods or set()) - {"OPTIONS"})]
    asked = {(method, path) for method, path in found if method != "HEAD"}
    asked |= {("PUT", path) for _, path in found} | {("GET", "/tidak-ada")}
    for language in LANGUAGES:
        for method, path in sorted(asked):
            answer = app.test_client().open(f"{path}?bahasa={language.code}", method=method)
            is_page = answer.mimetype == "text/html" and "Location" not in answer.headers
            if is_page and "Clear-Site-Data" not in answer.headers:
                yield f"{method} {path} ({language.code}): {answer.status_code}", answer


def test_every_public_page_has_the_quick_exit(answers: list[tuple[str, TestResponse]]) -> None:
    for name, answer in answers:
        link = re.search(r"<a [^>]*href=\"/keluar\"[^>]*>", answer.text)

        assert link, name
        assert "data-keluar" in link[0], name
        assert "noreferrer" in link[0], name
        assert re.search(r"<script type=\"module\" src=\"/static/\w+/keluar\.js\">", answer.text), (
            f"{name}: Shift three times does nothing"
        )
    assert {answer.status_code for _, answer in answers} >= {200, 404, 405}


def test_quick_exit_makes_the_browser_forget(app: Flask) -> None:
    answer = app.test_client().get("/keluar")

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert re.sub(r"<[^>]+>", "", answer.text).strip() == "Halaman baru"


def test_a_title_in_the_history_tells_nothing(answers: list[tuple[str, TestResponse]]) -> None:
    for name, answer in answers:
        title = re.search(r"<title>(.+?)</title>", answer.text)

        assert title, name
        assert not _TELLING.search(title[1]), f"{name}: {title[1]}"


def test_every_public_page_is_in_the_same_house(answers: list[tuple[str, TestResponse]]) -> None:
    for name, answer in answers:
        text = answer.text

        assert text.count("<h1") == 1, name
        assert '<a class="merek" href="/">' in text, name
        assert text.count('aria-current="true" lang="') == 1, f"{name}: no language switch"
        assert '<a class="lompat" href="#isi">' in text, name
        assert f'<html lang="{answer.headers["Content-Language"]}">' in text, name
