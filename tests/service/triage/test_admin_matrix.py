"""Who may open the pages about rules and set-up: every route, every role."""

from __future__ import annotations

import pytest

from tests.service.triage.admin_routes import ADMIN_ROUTES
from tests.service.triage.desk import Desk
from tests.service.triage.test_matrix import ROLES, _status


@pytest.mark.parametrize(("method", "rule"), ADMIN_ROUTES)
def test_pages_of_rules_answer_each_role_as_stated(
    small_desk: Desk, method: str, rule: str
) -> None:
    path = rule.replace("<version>", "0" * 12).replace("<int:number>", "7")
    roles = (*ROLES, "officer", "auditor", "administrator")

    answers = tuple(_status(small_desk, role, method, path) for role in roles)

    assert answers == ADMIN_ROUTES[method, rule]
