"""The API keeps its own description: no fault, no answer that is not documented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from shared.crypto.proof import HEADER
from tests.service.complaints.world import World

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
]
OPERATIONS = [
    "POST /api/v1/complaints",
    "POST /api/v1/challenge",
    "GET /api/v1/directory",
    "GET /api/v1/directory/regions",
    "POST /api/v1/route",
    "PUT /api/v1/evidence/{name}/{part}",
    "GET /api/v1/evidence/{name}",
    "POST /api/v1/mailbox/nonce",
    "GET /api/v1/mailbox",
    "POST /api/v1/mailbox/letters",
    "POST /api/v1/mailbox/letters/deletion",
    "POST /api/v1/mailbox/withdrawal",
    "POST /api/v1/mailbox/withdrawal/taken-back",
    "POST /api/v1/mailbox/rating",
    "POST /api/v1/mailbox/objection",
    "POST /api/v1/mailbox/contact",
]


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("openapi")
    at = datetime(2026, 11, 23, 3, 32, tzinfo=UTC)
    world = World(f"sqlite:///{folder / 'openapi.db'}", folder, at)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", world.app)
    found = [one.ok() for one in schema.get_all_operations()]
    yield {f"{one.method.upper()} {one.path}": one for one in found}
    world.close()


def test_every_operation_is_tried_below(operations: dict[str, Any]) -> None:
    assert sorted(operations) == sorted(OPERATIONS)


@pytest.mark.parametrize(
    "mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
)
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_documented(
    operations: dict[str, Any], name: str, mode: schemathesis.GenerationMode
) -> None:
    if mode is schemathesis.GenerationMode.NEGATIVE and name in {
        "GET /api/v1/directory",
        "POST /api/v1/mailbox/nonce",
    }:
        return  # nothing can be sent wrongly
    cases = operations[name].as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def try_one(case: schemathesis.Case) -> None:
        if name == "POST /api/v1/complaints":
            case.headers.pop(HEADER, None)  # an honest sender puts its own
        case.call_and_validate(checks=CHECKS)

    try_one()
