"""A report worked together with others: its own mailbox, honest words and dates."""

from __future__ import annotations

from datetime import date

from shared.contracts.facts import CaseMoved, Promise
from shared.contracts.merging import MainCaseMoved
from shared.crypto.receipt import derive
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.letters import filed
from tests.service.complaints.world import DEPLOYMENT, World


def test_the_mailbox_shows_where_the_joint_work_stands_and_its_dates(steady: World) -> None:
    _, keys, case = filed(steady)

    steady.hear(CaseMoved("verifying", "merged", []), case)
    steady.hear(MainCaseMoved("investigating", [Promise("final", date(2027, 2, 19))]), case)

    seen = steady.look(keys)
    assert seen["status"] == "merged"
    last = seen["steps"][-1]
    assert (last["event"], last["main_state"]) == ("main_moved", "investigating")
    assert last["promised"] == [{"clock": "final", "due_on": "2027-02-19"}]


def test_parted_again_it_goes_its_own_way(steady: World) -> None:
    _, keys, case = filed(steady)
    steady.hear(CaseMoved("verifying", "merged", []), case)

    steady.hear(CaseMoved("merged", "verifying", [Promise("verify", date(2026, 12, 3))]), case)

    assert steady.look(keys)["status"] == "verifying"
    assert "withdraw" in steady.look(keys)["may"]


def test_the_page_says_it_in_words_and_names_no_other_report(steady: World) -> None:
    citizen = Citizen(steady.browser)
    digits = citizen.file()
    case = steady.look(derive(digits, DEPLOYMENT))["case"]
    steady.hear(CaseMoved("verifying", "merged", []), case)
    steady.hear(MainCaseMoved("investigating", [Promise("final", date(2027, 2, 19))]), case)

    page = citizen.open_mailbox(digits).get_data(as_text=True)

    assert "Digabung ke dalam satu pemeriksaan; kotak ini tetap milik Anda" in page
    assert "Pemeriksaan itu kini: Diperiksa" in page
    assert "19 Februari 2027" in page
    assert "KTG-" not in page
