"""The reporter is told that the name was asked for and what became of it, in every way in."""

from __future__ import annotations

from datetime import date

from shared.contracts.names import NameAnswered, NameAsked
from shared.crypto.receipt import derive
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.letters import filed
from tests.service.complaints.world import DEPLOYMENT, World

WHY = {"purpose": "protection", "basis": "witness", "desk": "apip_kab", "keeper": "penjaga_nama"}
ASKED = NameAsked(1, **WHY, due_on=date(2026, 11, 30))


def _answered(answer: str, until: date | None = None) -> NameAnswered:
    return NameAnswered(1, **WHY, answer=answer, until=until)


def test_the_api_tells_for_what_by_which_basis_and_by_whom(steady: World) -> None:
    _, keys, case = filed(steady)

    steady.hear(ASKED, case)
    steady.hear(_answered("agreed", date(2026, 12, 1)), case)

    *_, asked, agreed = steady.look(keys)["steps"]
    assert (asked["event"], asked["name"]) == ("name_asked", {**WHY, "until": "2026-11-30"})
    assert (agreed["event"], agreed["name"]) == ("name_agreed", {**WHY, "until": "2026-12-01"})


def test_the_page_says_it_in_words_from_the_lists(steady: World) -> None:
    citizen = Citizen(steady.browser)
    digits = citizen.file()
    case = steady.look(derive(digits, DEPLOYMENT))["case"]
    steady.hear(ASKED, case)
    steady.hear(_answered("refused"), case)
    steady.hear(_answered("expired"), case)
    steady.hear(_answered("agreed", date(2026, 12, 1)), case)

    page = citizen.open_mailbox(digits).get_data(as_text=True)

    for words in (
        "Nama Anda diminta",
        "Tujuan: Melindungi pelapor dari ancaman",
        "Dasar: Perlindungan saksi dan korban (UU 13/2006 jo. UU 31/2014), belum diperiksa",
        "Yang meminta: Inspektorat kabupaten/kota. Yang menjaga: Penjaga nama.",
        "Dijawab paling lambat Senin, 30 November 2026",
        "Nama Anda tidak dibuka: penjaga menolak permintaan itu",
        "Nama Anda tidak dibuka: permintaan itu tidak dijawab",
        "Nama Anda dibuka untuk petugas yang meminta",
        "Dapat dibaca sampai Selasa, 1 Desember 2026, lalu dihapus lagi.",
    ):
        assert words in page
    assert "KTG-" not in page


def test_a_code_the_lists_no_longer_have_is_shown_as_it_is(steady: World) -> None:
    citizen = Citizen(steady.browser)
    digits = citizen.file()
    case = steady.look(derive(digits, DEPLOYMENT))["case"]
    old = {**WHY, "purpose": "lama", "basis": "dulu"}
    steady.hear(NameAsked(1, **old, due_on=date(2026, 11, 30)), case)

    page = citizen.open_mailbox(digits).get_data(as_text=True)

    assert "Tujuan: lama" in page
    assert "Dasar: dulu" in page
