"""One complaint that has become a case, for the tests at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Citizen, Investigator
from tests.browser.walk import wait_for_case
from tests.browser.walk_desk import person_of

MARK = "kenari-meja-4711"
STORY = f"FIKTIF. {MARK} diminta di belakang loket."


@dataclass
class Filed:
    """A complaint that has become a case."""

    receipt: str
    number: str


def file_one(browser: Browser, table: dict[str, Any]) -> Filed:
    """One complaint, filed without JavaScript, and the number of its case."""
    citizen = Citizen(browser, table["urls"]["public"])
    receipt = citizen.report(STORY)
    wait_for_case(citizen, receipt)
    citizen.leave()
    one = Investigator(browser, table["urls"]["desk"], person_of(table, "investigator"))
    one.sign_in()
    number = max(one.numbers())
    one.leave()
    return Filed(receipt, number)
