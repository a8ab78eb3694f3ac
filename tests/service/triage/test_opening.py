"""A complaint becomes one case, routed by the rule, with its first clock."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from services.triage.actions.open_case import MalformedFiling
from shared.crypto import sealing
from shared.crypto.age import recipient_of
from shared.messaging.inbox import NotYet
from tests.service.triage.desk import OTHER_UNIT, UNIT, Desk
from tests.service.triage.test_ticking import told


def test_a_complaint_opens_one_case_however_often_it_arrives(desk: Desk) -> None:
    fact = desk.complaint()

    desk.hear(fact)
    desk.hear(fact)

    rows = desk.rows('SELECT id, number, unit, state FROM "case"')
    assert [tuple(row) for row in rows] == [(fact.subject, "KTG-2026-11-0001", UNIT, "received")]


def test_opening_tells_the_unit_the_promise_and_who_was_considered(desk: Desk) -> None:
    case = desk.file()

    told = desk.rows("SELECT type FROM fact WHERE subject = :id ORDER BY position", id=case)
    assert [row[0] for row in told] == [
        "case.opened",
        "case.routed",
        "case.candidates_considered",
        "desk.called",
    ]
    clocks = desk.rows('SELECT name FROM clock WHERE "case" = :id', id=case)
    assert "verify" in {row[0] for row in clocks}


def test_the_unit_is_called_to_its_new_case_by_its_own_address(desk: Desk) -> None:
    desk.file()

    (called,) = _calls(desk)
    assert (called["why"], called["unit"]) == ("new", UNIT)
    assert {"rani", "tirta"} <= set(called["people"])


def test_its_post_says_nothing_of_a_case_that_somebody_there_must_not_know(desk: Desk) -> None:
    desk.file(exclude=["inspektorat-sumsel"])  # tirta of this unit is tied to it

    (called,) = _calls(desk)
    assert called["unit"] == ""
    assert "rani" in called["people"]
    assert "tirta" not in called["people"]


def test_the_rule_decides_the_unit_when_the_sender_chose_another(desk: Desk) -> None:
    case = desk.file(unit=OTHER_UNIT)

    row = desk.rows('SELECT unit, sealed_unit, route_reason FROM "case" WHERE id = :id', id=case)[0]
    assert tuple(row) == (UNIT, OTHER_UNIT, "sealed_elsewhere")


def test_a_unit_the_reporter_named_is_passed_over_and_the_reason_kept(desk: Desk) -> None:
    case = desk.file(exclude=[UNIT])

    unit = desk.rows('SELECT unit, excluded FROM "case" WHERE id = :id', id=case)[0]
    assert unit[0] != UNIT
    assert unit[1] == 1
    kept = desk.rows(
        'SELECT reason FROM case_candidate WHERE "case" = :id AND unit = :unit', id=case, unit=UNIT
    )
    assert kept[0][0] == "reporter_excluded"


def test_effects_carry_the_hour_of_the_complaint(desk: Desk) -> None:
    desk.clock.advance(timedelta(minutes=37))

    case = desk.file()

    times = {str(row[0]) for row in desk.rows("SELECT at FROM fact WHERE subject = :id", id=case)}
    assert len(times) == 1
    assert ":00:00" in times.pop()


def test_numbers_count_by_the_month(desk: Desk) -> None:
    first, second = desk.file(), desk.file()

    assert desk.number(first) == "KTG-2026-11-0001"
    assert desk.number(second) == "KTG-2026-11-0002"


@pytest.mark.parametrize("content", [{}, [], {"disclosed": {}, "events_key": "AA", "box": "x"}])
def test_a_filing_that_makes_no_sense_is_refused_and_leaves_nothing(
    small_desk: Desk, content: object
) -> None:
    fact = small_desk.complaint()
    parts = dict(fact.parts)
    parts["disclosed"] = sealing.seal_json(content, recipient_of(small_desk.identity))

    with pytest.raises(MalformedFiling):
        small_desk.hear(small_desk.fact(fact.payload, str(fact.subject), parts))

    assert small_desk.rows('SELECT 1 FROM "case"') == []
    assert small_desk.rows("SELECT 1 FROM fact WHERE subject IS NOT NULL") == []


def test_a_letter_before_its_case_waits(desk: Desk) -> None:
    complaint = desk.complaint()
    early = desk.reply(str(complaint.subject), "halo", seq=1, prev=complaint.parts["envelope"])

    with pytest.raises(NotYet):
        desk.hear(early)
    desk.hear(complaint)
    desk.hear(early)

    assert len(desk.rows("SELECT 1 FROM letter WHERE direction = 'in'")) == 2


def _calls(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told(desk, "desk.called")]
