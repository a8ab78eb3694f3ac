"""schemathesis over the described API: no 5xx, no answer that the description does not name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.service.complaints.world import World

pytestmark = [pytest.mark.system, pytest.mark.timeout(200)]

PATH = "/api/v1/openapi.json"
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
# Whoever knows only the shape cannot seal, sign or know a region's code: a refusal is right there.
OPEN_TO_ALL = {"/api/v1/directory", "/api/v1/mailbox/nonce"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The public service on a real SQLite file."""
    folder = tmp_path_factory.mktemp("openapi")
    at = datetime(2026, 11, 23, 3, 32, 10, tzinfo=UTC)
    made = World(f"sqlite:///{folder / 'complaints.db'}", folder, at)
    yield made
    made.close()


@pytest.fixture(scope="module")
def described(world: World) -> Any:
    """The API as it describes itself."""
    return schemathesis.openapi.from_wsgi(PATH, world.app)


api = schemathesis.pytest.from_fixture("described")


@api.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case: schemathesis.Case, world: World) -> None:
    more = [positive_data_acceptance] if case.path in OPEN_TO_ALL else []
    case.call_and_validate(checks=[*CHECKS, *more])


def test_nothing_made_up_was_stored(world: World) -> None:
    for table in ("complaint", "fact", "letter"):
        assert world.count(table) == 0, table


def test_the_description_names_every_route(world: World) -> None:
    paths = world.browser.get(PATH).get_json()["paths"]

    routes = {rule.rule for rule in world.app.url_map.iter_rules()}
    asked = {route for route in routes if route.startswith("/api/v1/") and route != PATH}
    assert {path.replace("{", "<").replace("}", ">") for path in paths} == {
        route.replace("<int:", "<") for route in asked
    }
