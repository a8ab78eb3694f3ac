"""A report worked together with others: its own mailbox, honest words and dates."""

from __future__ import annotations

from datetime import date

from shared.contracts.facts import CaseMoved, Promise
from shared.contracts.merging import MainCaseMoved
from shared.crypto.receipt import ReceiptKeys, derive
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.deeds import RESPONSE, deed, sealed_reply
from tests.service.complaints.letters import filed, open_case
from tests.service.complaints.test_deed_pages import Reporter
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


def _with_joint_result(world: World) -> tuple[str, ReceiptKeys, str]:
    digits, keys, case = filed(world)
    open_case(world, case)
    world.hear(CaseMoved("received", "merged", []), case)
    world.hear(MainCaseMoved("received", [Promise("verify", date(2026, 12, 3))]), case)
    assert {"withdraw"} == set(world.look(keys)["may"]) & {"withdraw", "rate", "object"}
    world.hear(MainCaseMoved("reporter_response", RESPONSE), case)
    return digits, keys, case


def test_a_merged_reporter_rates_and_objects_to_the_joint_result(steady: World) -> None:
    _, keys, _ = _with_joint_result(steady)
    seen = steady.look(keys)
    assert {"rate", "object", "withdraw"} <= set(seen["may"])
    assert (seen["result_round"], seen["object_until"]) == (1, "2026-12-07")

    rated = {"round": 1, "is_solved": False, "stars": 2}
    assert deed(steady, keys, "rating", **rated) == (201, "result_rated")
    objection = {"round": 1, "seq": 1, "envelope": sealed_reply(steady, keys)}
    assert deed(steady, keys, "objection", **objection) == (201, "result_objected")

    assert not {"rate", "object"} & set(steady.look(keys)["may"]), "once each"


def test_after_the_joint_work_closed_there_is_nothing_to_withdraw(steady: World) -> None:
    _, keys, case = _with_joint_result(steady)

    steady.hear(MainCaseMoved("closed", []), case)

    assert "withdraw" not in steady.look(keys)["may"]
    assert {"rate", "object"} <= set(steady.look(keys)["may"])


def test_the_pages_without_a_script_offer_a_merged_reporter_the_same(steady: World) -> None:
    digits, _, _ = _with_joint_result(steady)

    reporter = Reporter(steady, digits)

    assert all(reporter.offers(name) for name in ("rate", "object", "withdraw"))
