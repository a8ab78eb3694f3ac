"""schemathesis over the described API: no 5xx, no answer that the description does not name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.chaos.town import Town
from tests.support.books import quiet_rows

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
PATH = "/api/v1/openapi.json"
# Of the checks two are left out. positive_data_acceptance: whoever knows only the shape can neither
# seal nor sign, so refusing what fits the schema is right. ignored_auth: the API has no accounts.
_WORDS = (
    "--checks=all",
    "--exclude-checks=positive_data_acceptance,ignored_auth",
    "--phases=coverage,fuzzing",
    "--max-examples=20",
    "--max-time=40",
    "--generation-deterministic",
    "--continue-on-failure",
    "--warnings=off",
    "--no-color",
)


def test_every_answer_is_one_that_is_described(small_town: Town, tmp_path: Path) -> None:
    before = quiet_rows(small_town)
    program = Path(sys.executable).parent / "schemathesis"

    done = subprocess.run(
        [program, "run", f"{small_town.public_url}{PATH}", *_WORDS],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.system.honest", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6000:]
    assert "16 passed" in done.stdout
    assert quiet_rows(small_town) == before


def test_what_is_free_to_all_is_given_to_all(small_town: Town) -> None:
    with httpx.Client(base_url=small_town.public_url, timeout=20) as client:
        assert client.get("/api/v1/directory").status_code == 200
        assert client.get("/api/v1/directory/regions?within=32.73").status_code == 200
        assert client.post("/api/v1/mailbox/nonce").status_code == 200


def test_the_description_names_every_operation(small_town: Town) -> None:
    paths = httpx.get(f"{small_town.public_url}{PATH}", timeout=20).json()["paths"]

    found = {f"{method.upper()} {path}" for path, one in paths.items() for method in one}
    assert found >= {
        "GET /api/v1/directory",
        "GET /api/v1/directory/regions",
        "POST /api/v1/challenge",
        "POST /api/v1/complaints",
        "PUT /api/v1/evidence/{name}/{part}",
        "GET /api/v1/evidence/{name}",
        "POST /api/v1/mailbox/nonce",
        "GET /api/v1/mailbox",
        "POST /api/v1/mailbox/letters",
    }
