"""The same deeds on /kotak without JavaScript: a page each, asked once, kept when refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shared.contracts import decode
from shared.contracts.facts import ClockBreached
from shared.crypto import keeping, record, unseal
from shared.crypto.errors import CannotOpen
from tests.service.complaints.citizen import Citizen, hidden
from tests.service.complaints.deeds import told, with_result
from tests.service.complaints.letters import filed, open_case
from tests.service.complaints.world import KEEPER_IDENTITY, NOTIFY_IDENTITY, UNIT_IDENTITY, World


class Reporter(Citizen):
    """Has opened the mailbox; goes from page to page by its buttons."""

    def __init__(self, world: World, digits: str) -> None:
        super().__init__(world.app.test_client())
        self.page = self.open_mailbox(digits).get_data(as_text=True)

    def press(self, do: str, **typed: str) -> Any:
        """Press a button of the page with what is typed there."""
        answer = self.client.post("/kotak", data={**hidden(self.page), **typed, "do": do})
        if answer.status_code == 200:
            self.page = answer.get_data(as_text=True)
        return answer

    def offers(self, deed: str) -> bool:
        """Whether the opened mailbox has a button for it."""
        return f'value="page-{deed}"' in self.page


def test_withdrawing_asks_about_pressure_and_can_be_taken_back(steady: World) -> None:
    digits, _, case = filed(steady)
    sri = Reporter(steady, digits)

    sri.press("page-withdraw")
    assert "Apakah ada yang menekan Anda" in sri.page
    unanswered = sri.press("withdraw")
    sent = [sri.press("withdraw", round="1", pressed="yes") for _ in range(2)]

    assert unanswered.status_code == 422
    assert "Isian ini belum diisi" in unanswered.get_data(as_text=True)
    assert [one.status_code for one in sent] == [200, 200]
    assert sri.page.count("Anda meminta laporan ini dicabut") == 1
    assert not sri.offers("withdraw")
    assert b"yes" not in told(steady, case, "withdrawal.asked")

    sri.press("page-take_back")
    sri.press("take_back")
    assert "Anda melanjutkan laporan ini" in sri.page
    assert sri.offers("withdraw")


def test_a_name_goes_to_people_and_there_is_no_way_back(steady: World) -> None:
    digits, _, case = filed(steady)
    sri = Reporter(steady, digits)

    sri.press("page-identity")
    assert "tidak ada jalan kembali" in sri.page
    sri.press("identity", name="Sri Wahyuni")

    assert "Nama Anda disimpan terpisah" in sri.page
    assert not sri.offers("identity")
    envelope = decode(told(steady, case, "reply.received")).parts["envelope"]
    header, body = unseal.open_record(envelope, [UNIT_IDENTITY])
    assert (header.kind, list(body)) == ("identity", ["kept"])
    kept = keeping.read_kept(body["kept"])
    with pytest.raises(CannotOpen):
        unseal.open_record(kept, [UNIT_IDENTITY])
    inner, said = unseal.open_record(kept, [KEEPER_IDENTITY])
    record.check_place(inner, case, "keeper", 1, "")
    assert (inner.unit, said) == ("lpsk", {"name": "Sri Wahyuni"})


def test_an_address_goes_to_notify_and_stands(steady: World) -> None:
    digits, _, case = filed(steady)
    sri = Reporter(steady, digits)

    sri.press("page-contact")
    wrong = sri.press("contact", email="bukan-surel")
    sent = [sri.press("contact", email="sri@contoh.id") for _ in range(2)]

    assert wrong.status_code == 422
    assert "bukan-surel" in wrong.get_data(as_text=True)
    assert [one.status_code for one in sent] == [200, 200]
    assert not sri.offers("contact")
    sealed = decode(told(steady, case, "contact.left")).parts["contact"]
    opened = unseal.open_json(sealed, [NOTIFY_IDENTITY])
    assert isinstance(opened, dict)
    assert opened["address"] == "sri@contoh.id"


def test_a_result_is_rated_and_objected_to_on_pages(steady: World) -> None:
    digits, keys, case = with_result(steady)
    sri = Reporter(steady, digits)

    sri.press("page-rate")
    sri.press("rate", solved="no", stars="2")
    assert "belum terselesaikan, 2 dari 5" in sri.page
    assert not sri.offers("rate")
    sri.press("page-object")
    assert "Senin, 7 Desember 2026" in sri.page
    empty = sri.press("object", text=" ")
    asked = sri.page
    first = sri.press("object", text="Uang belum kembali")
    sri.page = asked
    again = sri.press("object", text="Uang belum kembali")

    assert empty.status_code == 422
    assert (first.status_code, again.status_code) == (200, 200)
    assert "Uang belum kembali" in sri.page
    assert [one["seq"] for one in steady.look(keys)["letters"]] == [0, 1]
    assert b'"seq":1' in told(steady, case, "result.objected")


def test_deleting_asks_twice_and_says_what_stays(steady: World) -> None:
    digits, keys, _ = filed(steady)
    sri = Reporter(steady, digits)

    sri.press("page-delete")
    assert "salinan tersegel di unit pemeriksa" in sri.page
    unsure = sri.press("delete")
    assert unsure.status_code == 422
    assert len(steady.look(keys)["letters"]) == 1

    sri.press("delete", sure="yes")
    assert "KENARI-42" not in sri.page
    assert "Tidak ada surat di sini" in sri.page
    sri.press("reply", text="Masih ada satu hal")
    assert "Masih ada satu hal" in sri.page


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "kurang dari satu hari"), (1, "Terlambat 1 hari."), (2, "Terlambat 2 hari.")],
)
def test_a_missed_promise_says_by_how_much(steady: World, days: int, words: str) -> None:
    digits, keys, case = filed(steady)
    open_case(steady, case)
    today = date(2026, 11, 23)
    missed = ClockBreached("verify", today - timedelta(days=days), date(2026, 11, 30))
    steady.hear(missed, case)

    page = Reporter(steady, digits).page

    assert words in page
    assert "Penyelia sudah diberi tahu otomatis." in page
    assert steady.look(keys)["steps"][-1]["days_late"] == days


def test_a_deed_of_another_state_is_refused_by_name(steady: World) -> None:
    digits, _, _ = filed(steady)
    sri = Reporter(steady, digits)

    early = sri.press("rate", solved="yes", stars="5")

    assert early.status_code == 409
    assert "Penilaian dibuka setelah hasil disampaikan" in early.get_data(as_text=True)
