"""The routing question: the answer that admission gives later, and nothing kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.crypto import hybrid
from tests.service.complaints.world import DISCLOSED, UNIT_IDENTITY, World, random_receipt

TABLES = ("complaint", "fact", "letter", "progress", "evidence_part")


@pytest.fixture
def world(still_world: World) -> World:
    return still_world


def ask(world: World, **changes: Any) -> Any:
    return world.browser.post("/api/v1/route", json={**DISCLOSED, **changes})


def test_the_answer_says_who_handles_it_and_whom_to_seal_to(world: World) -> None:
    told = ask(world).get_json()

    assert (told["unit"], told["kind"]) == (world.unit, "propam")
    assert (told["epoch"], told["recipient"]) == (1, hybrid.recipient_of(UNIT_IDENTITY))
    assert told["oversight"] == world.settings.oversight_recipient
    assert told["notify"] == world.settings.notify_recipient


def test_who_never_sees_it_stands_with_the_reason(world: World) -> None:
    told = ask(world, exclude=["propam-polda-jabar"]).get_json()

    never = {
        one["unit"]: one["reason"] for one in told["considered"] if one["verdict"] == "excluded"
    }

    assert told["unit"] == "propam-mabes"
    assert never["propam-polda-jabar"] == "reporter_excluded"
    assert never["propam-polrestabes-bandung"] == "same_head"
    assert told["unit"] not in never


def test_admission_keeps_what_the_answer_promised(world: World) -> None:
    told = ask(world).get_json()

    filed = world.send(world.filing(random_receipt()[1], unit=told["unit"], epoch=told["epoch"]))

    assert filed.status_code == 201
    accepted = filed.get_json()
    never = [one for one in told["considered"] if one["verdict"] == "excluded"]
    assert accepted["promised"] == told["promised"]
    assert (accepted["desk"], accepted["excluded"]) == (told["kind"], len(never))


def test_asking_keeps_nothing_and_sets_no_cookie(world: World) -> None:
    before = [world.count(table) for table in TABLES]

    answer = ask(world)

    assert [world.count(table) for table in TABLES] == before
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "tidak-ada"),
        ("region", "99"),
        ("office_kind", "tidak-ada"),
        ("asked", 854999),
        ("story", "kenari"),
        ("exclude", ["tidak-ada"]),
    ],
)
def test_what_is_no_disclosed_fact_is_refused_by_its_field(
    world: World, field: str, value: Any
) -> None:
    answer = ask(world, **{field: value})

    assert answer.status_code in {404, 422}
    assert answer.get_json()["field"].startswith(field)
