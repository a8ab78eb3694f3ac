"""Whoever waited as told goes first; who does not wait, or sends something else, gains nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from services.complaints.web.intake import OpeningBusy
from services.complaints.web.turn import FIELD
from shared.web.lanes import Lane
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.test_lanes import Site, site_with
from tests.service.complaints.world import World, random_receipt
from tests.support.browser_form import hidden


@pytest.fixture
def site(steady: World) -> Site:
    return site_with(steady, opening=Lane(1, waiting=1, wait_seconds=10, full=OpeningBusy))


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
    answers = list[int]()

    def send() -> None:
        answers.append(citizen.client.post("/kotak", data=form).status_code)

    press = threading.Thread(target=send)
    with crowded(site.intake.opening):
        press.start()
        while press.is_alive() and site.intake.opening.queued() < 2:
            time.sleep(0.002)
    press.join()
    return answers == [200]


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
