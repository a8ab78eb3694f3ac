"""What holds for every page of every service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask

from shared.service import Service
from shared.web.audience import OPEN, audience_of
from shared.web.csrf import is_exempt
from shared.web.headers import SECURITY_HEADERS

ROLES = frozenset(
    {"person", "investigator", "supervisor", "administrator", "staff", "key_officer", "auditor"}
)
FORMS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def _paths(app: Flask, methods: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """(method, path with made-up values, endpoint) of every route that takes one of `methods`."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<uuid:[^>]+>", "0192f000-0000-7000-8000-000000000000", path)
        path = re.sub(r"<[^>]+>", "x", path)
        for method in sorted((rule.methods or set()) & methods):
            yield method, path, rule.endpoint


def test_every_page_states_who_may_see_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        stated = audience_of(app.view_functions[rule.endpoint])

        assert stated, rule.rule
        assert stated <= OPEN | ROLES, f"{rule.rule}: {sorted(stated)} is nobody we know"


def test_a_page_for_people_is_closed_to_others(app: Flask) -> None:
    for method, path, endpoint in _paths(app, frozenset({"GET"})):
        if not (audience_of(app.view_functions[endpoint]) or OPEN) & OPEN:
            status = app.test_client().open(path, method=method).status_code

            assert status in {302, 303, 401, 403, 404}, f"{path}: {status}"


def test_every_form_demands_its_token(app: Flask) -> None:
    for method, path, endpoint in _paths(app, FORMS):
        if not is_exempt(path, app.view_functions[endpoint]):
            answer = app.test_client().open(path, method=method, data={"story": "x"})

            is_open = (audience_of(app.view_functions[endpoint]) or OPEN) & OPEN
            refused = {400, 403} if is_open else {302, 303, 400, 401, 403, 404}
            assert answer.status_code in refused, f"{method} {path}: {answer.status_code}"


def test_every_route_answers_with_the_security_headers(app: Flask) -> None:
    for method, path, _endpoint in _paths(app, FORMS | {"GET"}):
        answer = app.test_client().open(path, method=method)

        assert answer.status_code not in {500}, f"{method} {path}"
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers.get(name) == value, f"{method} {path}: {name}"


def test_the_api_never_sets_a_cookie(app: Flask) -> None:
    for method, path, _endpoint in _paths(app, FORMS | {"GET"}):
        if path.startswith("/api/"):
            answer = app.test_client().open(f"{path}?bahasa=en", method=method)

            assert "Set-Cookie" not in answer.headers, f"{method} {path}"


def test_no_page_loads_anything_from_another_host(app: Flask) -> None:
    for method, path, _endpoint in _paths(app, frozenset({"GET"})):
        answer = app.test_client().open(path, method=method)
        if answer.mimetype == "text/html":
            found = re.findall(
                r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(\w+:)?//', answer.text
            )

            assert not found, path
            assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", answer.text), (
                path
            )


def test_every_service_has_the_five_floors(service: Service) -> None:
    floors = {
        "__main__", "service", "settings", "web", "inbound", "actions", "store", "domain",
        "templates", "locale", "migrations",
    }  # fmt: skip

    assert not floors - {path.stem for path in service.folder.iterdir()}


def test_every_fact_a_service_hears_is_meant_for_it(service: Service) -> None:
    from shared.messaging.topology import types_for

    assert sorted(service.inbound) == types_for(service.name)
