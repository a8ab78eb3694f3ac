"""Who may open the pages about rules and set-up: every route, every role."""

from __future__ import annotations

import pytest

from tests.service.triage.admin_routes import ADMIN_ROUTES
from tests.service.triage.desk import Desk
from tests.service.triage.test_matrix import (
    CASE_ROUTES,
    OPEN_TO_OFFICERS,
    OTHER_ROUTES,
    ROLES,
    _ask,
    _path,
    _status,
)

CASELESS = ("nila", "laras")


@pytest.mark.parametrize(("method", "rule"), ADMIN_ROUTES)
def test_pages_of_rules_answer_each_role_as_stated(
    small_desk: Desk, method: str, rule: str
) -> None:
    path = rule.replace("<version>", "0" * 12).replace("<int:number>", "7")
    roles = (*ROLES, "officer", "auditor", "administrator")

    answers = tuple(_status(small_desk, role, method, path) for role in roles)

    assert answers == ADMIN_ROUTES[method, rule]


@pytest.mark.parametrize("who", CASELESS)
def test_who_looks_after_people_or_rules_enters_no_page_of_cases(
    small_desk: Desk, who: str
) -> None:
    number = small_desk.number(small_desk.file())
    browser = small_desk.client(who)
    routes = {*CASE_ROUTES, *OTHER_ROUTES} - set(OPEN_TO_OFFICERS)

    answers = {one: _ask(browser, one[0], _path(one[1], number)) for one in sorted(routes)}

    assert answers == dict.fromkeys(sorted(routes), 403)
    opened = {one: _ask(browser, *one) for one in OPEN_TO_OFFICERS}
    assert opened == OPEN_TO_OFFICERS
