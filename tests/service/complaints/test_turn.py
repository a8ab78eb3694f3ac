"""Whoever waited as told goes first, then who is in the middle of a report; bots gain nothing."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from services.complaints.web.intake import OpeningBusy
from services.complaints.web.turn import AT_ONCE, EVERY_SECONDS, FIELD, Walkers
from shared.web.lanes import Lane
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.test_lanes import Site, site_with
from tests.service.complaints.world import World, random_receipt
from tests.support.browser_form import hidden


@pytest.fixture
def site(steady: World) -> Site:
    return site_with(
        steady,
        opening=Lane(1, waiting=1, wait_seconds=10, full=OpeningBusy),
        pages=Lane(1, waiting=1, wait_seconds=10),
    )


@contextmanager
def crowded(lane: Lane) -> Iterator[None]:
    """The place is taken and the queue of those who come new is full, until the block ends."""

    def wait() -> None:
        with lane.one():
            pass

    other = threading.Thread(target=wait)
    with lane.one():
        other.start()
        while not lane.queued():
            time.sleep(0.002)
        yield
    other.join()


def sent_away(site: Site) -> tuple[Citizen, dict[str, str], int]:
    """Somebody at a full mailbox lane: their browser, the busy page's form, the seconds told."""
    citizen = site.citizen()
    with crowded(site.intake.opening):
        busy = citizen.open_mailbox(random_receipt()[0])
    return citizen, hidden(busy.text), int(busy.headers["Retry-After"])


def comes_first(site: Site, citizen: Citizen, form: dict[str, str]) -> bool:
    """Whether this press is let into the queue of those who come again, and is served."""
    return is_served(site.intake.opening, lambda: citizen.client.post("/kotak", data=form))


def is_served(lane: Lane, ask: Callable[[], TestResponse]) -> bool:
    """Whether `ask` is let in though the queue of those who come new is full."""
    answers = list[int]()
    press = threading.Thread(target=lambda: answers.append(ask().status_code))
    with crowded(lane):
        press.start()
        while press.is_alive() and lane.queued() < 2:
            time.sleep(0.002)
    press.join()
    return answers[0] < 400


def test_who_waited_as_told_goes_first(site: Site) -> None:
    citizen, form, seconds = sent_away(site)

    site.world.clock.advance(timedelta(seconds=seconds))

    assert comes_first(site, citizen, form)


@pytest.mark.parametrize("wrong", ["too early", "other code", "too late", "forged"])
def test_who_did_not_wait_or_sends_something_else_comes_as_new(site: Site, wrong: str) -> None:
    citizen, form, seconds = sent_away(site)
    waited = {"too early": seconds - 2, "too late": seconds + 90}.get(wrong, seconds)
    if wrong == "other code":
        form["receipt"] = random_receipt()[0]
    if wrong == "forged":
        form[FIELD] = form[FIELD][:-2] + "AA"

    site.world.clock.advance(timedelta(seconds=waited))

    assert not comes_first(site, citizen, form)


def test_a_ticket_serves_once(site: Site) -> None:
    citizen, form, seconds = sent_away(site)
    site.world.clock.advance(timedelta(seconds=seconds))

    assert comes_first(site, citizen, form)
    assert not comes_first(site, citizen, form)


def test_who_looked_for_a_page_in_vain_goes_first_by_the_busy_pages_own_link(site: Site) -> None:
    citizen, pages = site.citizen(), site.intake.pages
    with crowded(pages):
        busy = citizen.see("/aman")
    link = re.findall(r'class="tombol" href="([^"]+)"', busy.text)[0]

    assert link.startswith(f"/aman?{FIELD}=")
    assert not is_served(pages, lambda: citizen.see(link)), "the seconds are not over"
    site.world.clock.advance(timedelta(seconds=int(busy.headers["Retry-After"])))
    assert not is_served(pages, lambda: citizen.see(link.replace("/aman", "/tarif")))
    assert is_served(pages, lambda: citizen.see(link))


def test_bots_who_ask_for_fresh_pages_cannot_push_out_somebody_at_step_5(site: Site) -> None:
    citizen, stranger = site.citizen(), site.citizen()
    citizen.begin()
    form = hidden(citizen.see("/lapor/5").text)
    words = {**form, "do": "next"}

    assert is_served(site.intake.pages, lambda: citizen.post(5, words))
    assert is_served(site.intake.pages, lambda: citizen.see("/lapor/6"))
    assert not is_served(site.intake.pages, lambda: stranger.see("/lapor/6"))


def test_who_never_rests_goes_ahead_no_more_often_than_people_do(site: Site) -> None:
    bot = site.citizen()
    bot.begin()

    went = [is_served(site.intake.pages, lambda: bot.see("/lapor/6")) for _ in range(AT_ONCE + 3)]

    assert went == [True] * AT_ONCE + [False] * 3


def test_a_person_who_reads_and_writes_goes_ahead_at_every_step() -> None:
    now = [0.0]
    walkers = Walkers(clock=lambda: now[0])

    for _ in range(20):
        assert walkers.goes_ahead("draft")  # the press
        assert walkers.goes_ahead("draft")  # the page it leads to
        now[0] += 2 * EVERY_SECONDS
    assert all(walkers.goes_ahead("draft") for _ in range(AT_ONCE))
    assert not walkers.goes_ahead("draft")
    assert walkers.goes_ahead("another")
    assert not walkers.goes_ahead(None)
