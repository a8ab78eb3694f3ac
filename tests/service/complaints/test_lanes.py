"""Lanes: nobody's flood takes another's way in. Shown by what is full, never by the clock."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import Client

from services.complaints.service import SERVICE, pages_of
from services.complaints.web.api.proving import Proving
from services.complaints.web.intake import BeginningBusy, Intake, OpeningBusy, SendingBusy
from shared.service import create_app
from shared.web.lanes import Bucket, Lane
from tests.service.complaints.citizen import STORY, Citizen, digits_on
from tests.service.complaints.world import World, random_receipt
from tests.support.browser_form import hidden
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
def site(steady: World) -> Site:
    return site_with(steady)


def site_with(
    world: World,
    pace: Bucket | None = None,
    opening: Lane | None = None,
    pages: Lane | None = None,
) -> Site:
    intake = dataclasses.replace(
        Intake.of(world.house),
        sending=Lane(1, waiting=0, pace=pace, full=SendingBusy),
        opening=opening or Lane(1, waiting=0, full=OpeningBusy),
        beginning=Lane(1, waiting=0, full=BeginningBusy),
        pages=pages or Lane(1, waiting=0),
        api=Lane(1, waiting=0),
    )
    own = dataclasses.replace(SERVICE, pages=lambda house: pages_of(intake, Proving(house)))
    return Site(world, create_app(own, world.house), intake)


def test_with_every_place_for_sending_taken_the_api_and_the_mailbox_go_on(site: Site) -> None:
    digits = site.citizen().file()

    with site.intake.sending.one():
        by_api = site.files_by_api()
        opened = site.citizen().open_mailbox(digits)

    assert by_api == 201
    assert opened.status_code == 200


def test_a_person_who_must_come_again_loses_no_word_and_is_told_when(site: Site) -> None:
    citizen, before = site.citizen(), site.world.count("complaint")
    form = citizen.write()

    with site.intake.sending.one():
        busy = citizen.send(form)

    assert busy.status_code == 503
    assert 5 <= int(busy.headers["Retry-After"]) <= 12
    assert "belum terkirim" in busy.text
    assert f"Tunggu kira-kira {busy.headers['Retry-After']} detik" in busy.text
    assert STORY in citizen.see("/lapor/8").text
    assert digits_on(citizen.post(8, hidden(busy.text)).text), "one press of the page's own button"
    assert site.world.count("complaint") == before + 1


def test_who_must_come_again_to_the_mailbox_types_no_digit_twice(site: Site) -> None:
    digits, citizen = site.citizen().file(), site.citizen()

    with site.intake.opening.one():
        busy = citizen.open_mailbox(digits)
    opened = citizen.client.post("/kotak", data=hidden(busy.text))

    assert busy.status_code == 503
    assert "Kotak Anda aman" in busy.text
    assert opened.status_code == 200
    assert 'name="ticket"' in opened.text


def test_an_opened_mailbox_is_read_and_answered_while_others_cannot_open_theirs(site: Site) -> None:
    citizen = site.citizen()
    opened = citizen.open_mailbox(citizen.file())

    with site.intake.opening.one():
        answered = citizen.reply(opened.text, "Besok saya ke loket lagi.")

    assert answered.status_code == 200


def test_with_every_place_for_pages_taken_the_api_and_the_quick_exit_go_on(site: Site) -> None:
    form = site.citizen().write()
    citizen = site.citizen()

    with site.intake.pages.one():
        by_api, page = site.files_by_api(), citizen.see("/")
        left, style = citizen.see("/keluar"), citizen.see("/health/live")

    assert form
    assert (by_api, page.status_code, left.status_code, style.status_code) == (201, 503, 200, 200)
    assert 'href="/?giliran=' in page.text


def test_with_every_place_for_the_api_taken_a_person_without_javascript_files(site: Site) -> None:
    with site.intake.api.one():
        turned_away = site.app.test_client().post("/api/v1/challenge", json={"for": "00" * 32})
        filed = site.citizen().file()

    assert (turned_away.status_code, turned_away.json["code"]) == (503, "busy")
    assert int(turned_away.headers["Retry-After"]) >= 5
    assert filed


def test_a_story_posted_into_a_full_lane_is_sent_on_with_one_press(site: Site) -> None:
    citizen = site.citizen()
    citizen.begin()
    page = hidden(citizen.see("/lapor/1").text)
    written = {**page, "do": "next", "service": "sim", "story": f'"{STORY}" <b>&amp;'}

    with site.intake.pages.one():
        busy = citizen.post(1, written)
    on = citizen.post(1, hidden(busy.text))

    assert busy.status_code == 503
    assert on.headers["Location"] == "/lapor/2"
    assert "&#34;KENARI-42" in citizen.see("/lapor/1").text


def test_a_full_lane_shows_no_word_to_whoever_presses_back_after_somebody_left(site: Site) -> None:
    citizen = site.citizen()
    citizen.begin()
    page = hidden(citizen.see("/lapor/1").text)
    citizen.begin()

    with site.intake.pages.one():
        busy = citizen.post(1, {**page, "service": "sim", "story": STORY})

    assert busy.status_code == 503
    assert STORY not in busy.text


def test_who_is_sent_away_costs_no_query_and_no_page(site: Site) -> None:
    citizen = site.citizen()
    form = citizen.write()
    code = {**hidden(citizen.see("/kotak").text), "receipt": random_receipt()[0], "do": "open"}
    with site.intake.sending.one(), site.intake.opening.one():
        citizen.send(form), citizen.client.post("/kotak", data=code)

        with counted(site) as asked:
            answers = [citizen.send(form), citizen.client.post("/kotak", data=code)]

    assert [one.status_code for one in answers] == [503, 503]
    assert asked == []


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    """The statements and templates of the block."""
    engine, asked = site.world.house.database.engine, list[str]()
    made = site.app.jinja_env.get_template("complaints/busy.html")

    def note(*words: object) -> None:
        asked.append(str(words[2]))

    rendered = type(made).render
    event.listen(engine, "before_cursor_execute", note)
    type(made).render = lambda self, *a, **k: (  # type: ignore[method-assign]
        asked.append(str(self.name)) or rendered(self, *a, **k)  # type: ignore[func-returns-value]
    )
    try:
        yield asked
    finally:
        type(made).render = rendered  # type: ignore[method-assign]
        event.remove(engine, "before_cursor_execute", note)


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


def test_beyond_its_pace_a_lane_says_when_and_holds_nobody(steady: World) -> None:
    time = [0.0]
    site = site_with(steady, Bucket(0.05, 1, clock=lambda: time[0]))
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
