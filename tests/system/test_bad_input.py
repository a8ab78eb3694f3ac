"""What must not come in gets a 4xx, a code, a field and a sentence, and nothing is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.chaos.town import Town
from tests.support import citizen
from tests.support.books import quiet_rows
from tests.support.citizen import Sealed
from tests.support.proof import Proving
from tests.system.broken import CALLS, FILINGS, Body

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def client(small_town: Town) -> Iterator[httpx.Client]:
    """A program that asks the public site."""
    with httpx.Client(base_url=small_town.public_url, timeout=30, auth=Proving()) as one:
        yield one


@pytest.fixture(scope="module")
def directory(client: httpx.Client) -> dict[str, Any]:
    """Whom to seal to."""
    found: dict[str, Any] = client.get("/api/v1/directory").json()
    return found


@pytest.fixture(scope="module")
def good(directory: dict[str, Any]) -> Sealed:
    """A filing that would come in."""
    return citizen.seal(directory, quick=True)


@pytest.fixture
def untouched(small_town: Town) -> Iterator[None]:
    """Nothing may be stored by this test."""
    before = quiet_rows(small_town)
    yield
    assert quiet_rows(small_town) == before


def refusals(ask: Callable[[str], httpx.Response]) -> tuple[int, Body]:
    """Ask in both languages; the status and the Indonesian refusal."""
    told = {}
    for language in ("id", "en"):
        answer = ask(language)
        body = answer.json()
        assert set(body) == {"code", "field", "message", "errors"}
        assert body["message"]
        assert {key: body[key] for key in ("code", "field", "message")} == body["errors"][0]
        told[language] = (answer.status_code, body)
    assert told["id"][0] == told["en"][0]
    assert told["id"][1]["code"] == told["en"][1]["code"]
    assert told["id"][1]["message"] != told["en"][1]["message"], "said in the asker's language"
    return told["id"]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("name", FILINGS)
def test_a_broken_filing_is_refused_by_its_field(
    client: httpx.Client, good: Sealed, name: str
) -> None:
    change, code, field = FILINGS[name]
    body = change(json.loads(good.body))

    status, told = refusals(
        lambda language: client.post(
            "/api/v1/complaints", json=body, headers={"Accept-Language": language}
        )
    )

    assert (status, told["code"], told["field"]) == (422, code, field)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("name", CALLS)
def test_a_broken_call_is_refused(client: httpx.Client, name: str) -> None:
    method, path, kind, content, status, code = CALLS[name]

    found, told = refusals(
        lambda language: client.request(
            method,
            f"/api/v1{path}",
            content=content,
            headers={"Accept-Language": language, **({"Content-Type": kind} if kind else {})},
        )
    )

    assert (found, told["code"]) == (status, code)


@pytest.mark.usefixtures("untouched")
def test_evidence_that_never_came_is_missed(client: httpx.Client, good: Sealed) -> None:
    named = {"name": "0" * 32, "size": 9, "sha256": "0" * 64}
    body = {**json.loads(good.body), "evidence": [named]}

    status, told = refusals(
        lambda language: client.post(
            "/api/v1/complaints", json=body, headers={"Accept-Language": language}
        )
    )

    assert (status, told["code"], told["field"]) == (404, "evidence_missing", "evidence")


def test_another_body_under_a_known_mailbox_changes_nothing(
    client: httpx.Client, directory: dict[str, Any], small_town: Town
) -> None:
    first = citizen.seal(directory, quick=True)
    assert client.post("/api/v1/complaints", json=json.loads(first.body)).status_code == 201
    before = quiet_rows(small_town)["complaints.complaint"]
    other = {**json.loads(citizen.seal(directory, quick=True).body)}

    for kept in ("case", "mailbox"):
        status, _ = refusals(
            lambda language, kept=kept: client.post(  # type: ignore[misc]
                "/api/v1/complaints",
                json={**other, kept: json.loads(first.body)[kept]},
                headers={"Accept-Language": language},
            )
        )
        assert status == 409

    again = client.post(
        "/api/v1/complaints", content=first.body, headers={"Content-Type": "application/json"}
    )
    assert again.status_code in {200, 409}, "the same bytes are the same filing"
    assert quiet_rows(small_town)["complaints.complaint"] == before
