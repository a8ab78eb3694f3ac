"""Lanes: nobody's flood takes another's way in. Shown by what is full, never by the clock."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import Client

from services.complaints.service import SERVICE, pages_of
from services.complaints.web.api.proving import Proving
from services.complaints.web.intake import Intake, OpeningBusy, SendingBusy
from shared.service import create_app
from shared.web.limits import Bucket, Busy, Slots
from tests.service.complaints.citizen import STORY, Citizen, digits_on
from tests.service.complaints.world import World, random_receipt
from tests.support.proof import HonestSender


@dataclass(frozen=True)
class Site:
    """The public site with lanes of one place, nobody waiting."""

    world: World
    app: Flask
    intake: Intake

    def citizen(self) -> Citizen:
        return Citizen(self.app.test_client())

    def files_by_api(self) -> int:
        body = json.dumps(self.world.filing(random_receipt()[1]))
        sender = Client(HonestSender(self.app.wsgi_app))
        kind = "application/json"
        return sender.post("/api/v1/complaints", data=body, content_type=kind).status_code


@pytest.fixture
def site(world: World) -> Site:
    return site_with(world)


def site_with(world: World, pace: Bucket | None = None) -> Site:
    intake = dataclasses.replace(
        Intake.of(world.house),
        slots=Slots(1, waiting=0, pace=pace, full=SendingBusy),
        opening=Slots(1, waiting=0, full=OpeningBusy),
    )
    own = dataclasses.replace(SERVICE, pages=lambda house: pages_of(intake, Proving(house)))
    return Site(world, create_app(own, world.house), intake)


def test_with_every_place_for_sending_taken_the_api_and_the_mailbox_go_on(site: Site) -> None:
    digits = site.citizen().file()

    with site.intake.slots.one():
        by_api = site.files_by_api()
        opened = site.citizen().open_mailbox(digits)

    assert by_api == 201
    assert opened.status_code == 200


def test_a_person_who_must_come_again_loses_no_word_and_is_told_when(site: Site) -> None:
    citizen = site.citizen()
    form = citizen.write()

    with site.intake.slots.one():
        busy = citizen.send(form)

    assert busy.status_code == 503
    assert 5 <= int(busy.headers["Retry-After"]) <= 12
    assert "belum terkirim" in busy.get_data(as_text=True)
    assert STORY in busy.get_data(as_text=True)
    assert digits_on(citizen.send(form).get_data(as_text=True))
    assert site.world.count("complaint") == 1


def test_a_flood_of_mailbox_forms_does_not_stop_a_report(site: Site) -> None:
    with site.intake.opening.one():
        turned_away = site.citizen().open_mailbox(random_receipt()[0])
        filed = site.citizen().file()

    assert turned_away.status_code == 503
    assert filed


def test_a_flood_without_work_does_not_stop_a_person_without_javascript(site: Site) -> None:
    bot = site.app.test_client()
    for _ in range(50):
        assert bot.post("/api/v1/complaints", data=b"{}" * 1000).status_code == 422

    assert site.citizen().file()


def test_beyond_its_pace_a_lane_says_when_and_holds_nobody(world: World) -> None:
    time = [0.0]
    site = site_with(world, Bucket(0.05, 1, clock=lambda: time[0]))
    citizen = site.citizen()
    form = citizen.write()
    assert digits_on(citizen.send(form).get_data(as_text=True))

    other = site.citizen()
    form = other.write()
    away = other.send(form)
    time[0] += 20.0
    later = other.send(form)

    assert away.status_code == 503
    assert 25 <= int(away.headers["Retry-After"]) <= 31, "20 s until the next token, 5 to 10 more"
    assert digits_on(later.get_data(as_text=True))


def test_a_full_lane_turns_everybody_away_and_forgets_no_place() -> None:
    lane = Slots(2, waiting=1, wait_seconds=0.01)

    with lane.one(), lane.one():
        for _ in range(5):
            with pytest.raises(Busy), lane.one():
                pass

    with lane.one(), lane.one():
        assert lane
