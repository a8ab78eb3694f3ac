"""How many drafts are begun is bounded, and no draft that lies here is touched for it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from flask import Flask

from services.complaints.service import SERVICE, pages_of
from services.complaints.web.api.proving import Proving
from services.complaints.web.intake import BeginningBusy, Intake
from shared.service import create_app
from shared.web.lanes import Bucket, Lane
from tests.service.complaints.citizen import STORY, Citizen
from tests.service.complaints.conftest import AT
from tests.service.complaints.world import World
from tests.support.browser_form import hidden


def site_with(world: World, beginning: Lane) -> Flask:
    intake = dataclasses.replace(Intake.of(world.house), beginning=beginning)
    own = dataclasses.replace(SERVICE, pages=lambda house: pages_of(intake, Proving(house)))
    return create_app(own, world.house)


def test_beyond_the_ceiling_nobody_begins_and_who_has_begun_goes_on(
    database_url: str, tmp_path: Path
) -> None:
    world = World(database_url, tmp_path, AT, env={"KENTONGAN_MOST_DRAFTS": "2"})
    first, second, third = (Citizen(world.app.test_client()) for _ in "123")
    first.begin(story=STORY)
    second.begin(story=STORY)

    refused = third.begin(story="jangan hilang")
    on = first.press(1, story=STORY, service="sim")

    assert refused.status_code == 503
    assert "Laporan baru belum bisa dimulai" in refused.text
    assert "jangan hilang" in refused.text, "the words go along with the button"
    assert on.headers["Location"] == "/lapor/2"
    assert world.count("draft") == 2
    second.see("/keluar")
    again = Citizen(create_app(SERVICE, world.house).test_client())
    assert again.begin().status_code == 303
    world.close()


def test_beyond_the_pace_a_new_report_waits_and_the_one_before_stays(steady: World) -> None:
    time = [0.0]
    pace = Bucket(0.05, 1, clock=lambda: time[0])
    app = site_with(steady, Lane(1, pace=pace, full=BeginningBusy))
    citizen = Citizen(app.test_client())
    citizen.begin(story=STORY)

    refused = citizen.begin()
    kept = citizen.see("/lapor/1").text
    time[0] += 20
    begun = citizen.client.post("/lapor", data=hidden(refused.text))

    assert refused.status_code == 503
    assert 25 <= int(refused.headers["Retry-After"]) <= 31
    assert STORY in kept
    assert begun.status_code == 303
    assert STORY not in citizen.see("/lapor/1").text
