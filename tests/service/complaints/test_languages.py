"""Every sentence also in English, refusals included."""

from __future__ import annotations

import pytest

from tests.service.complaints.citizen import Citizen
from tests.service.complaints.world import World


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/", "Asked to pay more than the official price?"),
        ("/lapor", "Make a report"),
        ("/kotak", "Your mailbox"),
        ("/aman", "Reporting safely"),
    ],
)
def test_a_page_speaks_english_when_asked(world: World, path: str, sentence: str) -> None:
    page = world.browser.get(f"{path}?bahasa=en").get_data(as_text=True)

    assert '<html lang="en">' in page
    assert sentence in page


def test_the_whole_path_is_in_english(world: World) -> None:
    citizen = Citizen(world.browser, language="en")

    receipt = citizen.send(citizen.write()).get_data(as_text=True)
    citizen.begin()
    refused = citizen.press(4, asked="much").get_data(as_text=True)

    assert "We have received your report" in receipt
    assert "Thursday, 26 November 2026" in receipt
    assert "Police internal affairs" in receipt
    assert "Write one amount in rupiah" in refused


def test_a_refusal_of_the_api_speaks_the_askers_language(world: World) -> None:
    body = {"v": 1}
    said = [
        world.browser.post(
            "/api/v1/complaints", json=body, headers={"Accept-Language": language}
        ).get_json()["message"]
        for language in ("id", "en")
    ]

    assert said[0] != said[1]
