"""The suite's one running system and one browser; skipped, by name, where Chromium is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.case import Filed, file_one
from tests.browser.chromium import chromium, program
from tests.browser.people import Citizen, Investigator
from tests.browser.seen import Seen, look_round
from tests.browser.walk_desk import person_of
from tests.support.system import Town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The whole system with its demo, as `make run` starts it.

    KENTONGAN_RUNNING names the state folder of one that runs already, to write tests against.
    """
    if program() is None:
        pytest.skip("Chromium is not installed")
    if running := os.environ.get("KENTONGAN_RUNNING"):
        yield Town(Path(running))
        return
    one = Town(tmp_path_factory.mktemp("browser") / "var").start(seconds=240)
    yield one
    one.stop()


@pytest.fixture(scope="session")
def table(town: Town) -> dict[str, Any]:
    """Its demo.json."""
    return town.table


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    if program() is None:
        pytest.skip("Chromium is not installed")
    with chromium() as one:
        yield one


@pytest.fixture(scope="session")
def seen(browser: Browser, table: dict[str, Any]) -> dict[str, Seen]:
    """What one walk past every page saw."""
    return look_round(browser, table)


@pytest.fixture
def citizen(browser: Browser, table: dict[str, Any]) -> Iterator[Citizen]:
    """Somebody with an ordinary browser."""
    one = Citizen(browser, table["urls"]["public"])
    yield one
    one.leave()


@pytest.fixture
def plain_citizen(browser: Browser, table: dict[str, Any]) -> Iterator[Citizen]:
    """Somebody whose browser runs no JavaScript."""
    one = Citizen(browser, table["urls"]["public"], script=False)
    yield one
    one.leave()


@pytest.fixture
def investigator(browser: Browser, table: dict[str, Any]) -> Iterator[Investigator]:
    """An investigator of the unit that the people of this suite report to; not signed in yet."""
    one = Investigator(browser, table["urls"]["desk"], person_of(table, "investigator"))
    yield one
    one.leave()


@pytest.fixture
def home(town: Town) -> Path:
    """The folder of all the system's files."""
    return town.home


@pytest.fixture(scope="session")
def filed(browser: Browser, table: dict[str, Any]) -> Filed:
    """One complaint, filed with the form, and the number of its case."""
    return file_one(browser, table)


@pytest.fixture
def inside(investigator: Investigator) -> Investigator:
    """An investigator who is signed in, and has unlocked nothing."""
    investigator.sign_in()
    return investigator
