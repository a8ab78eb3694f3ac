"""The one document as the server hands it out."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from services.complaints.domain.steps import ASKED
from tests.service.complaints.world import World

MOST_BYTES = 15 * 1024  # ux.md: any reporter step, on the wire
# Regions have one field there; whom not to send to is asked when the answer is known.
NOT_ASKED_THERE = {"province", "regency", "district", "exclude", "found"}


@pytest.fixture
def world(still_world: World) -> World:
    return still_world


def look(world: World, language: str = "id") -> Any:
    with world.another_browser() as browser:
        return browser.get(
            "/lapor/di-hp", headers={"Accept-Language": language, "Accept-Encoding": "gzip"}
        )


def text_of(answer: Any) -> str:
    return gzip.decompress(answer.data).decode()


def test_the_browser_itself_cannot_send_the_form(world: World) -> None:
    page = text_of(look(world))

    form = re.search(r'<form id="laporan"[^>]*>', page)

    assert form
    assert 'method="dialog"' in form[0]
    assert "action" not in form[0]
    assert "formaction" not in page


def test_every_step_of_the_pages_is_in_the_document(world: World) -> None:
    page = text_of(look(world))

    named = set(re.findall(r' name="(\w+)"', page))

    assert set(ASKED) - NOT_ASKED_THERE <= named
    assert page.count("data-langkah=") == 8


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_document_is_light_on_the_wire(world: World, language: str) -> None:
    answer = look(world, language)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < MOST_BYTES


def test_the_document_is_the_same_for_everybody(world: World) -> None:
    one, other = (
        re.sub(r'name="csrf_token" value="[^"]+"', "", text_of(look(world))) for _ in range(2)
    )

    assert one == other
