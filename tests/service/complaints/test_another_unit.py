"""The mailbox says that another unit has the report, also one that was to be left out."""

from __future__ import annotations

import pytest

from shared.contracts.facts import CaseRouted
from shared.contracts.rerouting import CaseRerouted
from shared.crypto.receipt import derive
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.world import DEPLOYMENT, World


@pytest.mark.parametrize(
    ("is_override", "words"),
    [
        (False, "Laporan Anda kini ditangani unit lain"),
        (True, "Dua petugas memutuskan bahwa unit yang Anda minta dikecualikan"),
    ],
)
def test_the_reporter_is_told_who_has_it_now(steady: World, is_override: bool, words: str) -> None:
    citizen = Citizen(steady.browser)
    digits = citizen.file()
    case = steady.look(derive(digits, DEPLOYMENT))["case"]
    steady.hear(CaseRouted("ombudsman-sumsel", "ombudsman", 1, "rerouted"), case)

    steady.hear(CaseRerouted("ombudsman", is_override), case)

    page = citizen.open_mailbox(digits).get_data(as_text=True)
    assert words in page
    assert "Ombudsman" in page
