"""Reading a case: sealed bytes go out, openings are recorded, the browser opens them."""

from __future__ import annotations

import hashlib

import pytest

from shared.contracts.reporting import EvidenceAdded
from shared.crypto.attachment import seal_attachment
from shared.crypto.errors import Misplaced
from shared.crypto.record import check_place
from shared.crypto.unseal import open_attachment, open_record
from tests.service.triage.desk import STORY, Desk


def test_the_investigators_browser_reads_the_story(desk: Desk) -> None:
    number = desk.number(desk.file())

    opened = desk.client("rani").open_case("rani", number)

    assert opened == {("in", 0): STORY}


def test_no_page_holds_the_story(desk: Desk) -> None:
    number = desk.number(desk.file())
    browser = desk.client("rani")

    for path in ("/", f"/kasus/{number}", f"/kasus/{number}/pindah", f"/kasus/{number}/surat"):
        assert "KANARI" not in browser.get(path).text, path


def test_the_case_page_shows_what_was_disclosed(desk: Desk) -> None:
    number = desk.number(desk.file(timing="ongoing", evidence=["foto"]))

    page = desk.client("rani").get(f"/kasus/{number}").text

    for words in ("Rp250.000", "Rp150.000", "Masih berlangsung", "Foto", "Diterima", "WIB",
                  "Inspektorat Kota Palembang", "Rani N."):  # fmt: skip
        assert words in page, words


def test_the_case_page_speaks_english_throughout(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    page = small_desk.client("rani").get(f"/kasus/{number}?bahasa=en").text

    assert "Received" in page
    assert "Verification" in page
    assert "Diterima" not in page


def test_only_the_case_page_may_frame_and_only_what_it_holds(small_desk: Desk) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")

    policies = {
        path: rani.get(path).headers["Content-Security-Policy"]
        for path in (f"/kasus/{number}", f"/kasus/{number}/surat", "/")
    }

    assert [path for path, told in policies.items() if "frame-src" in told] == [f"/kasus/{number}"]
    framing = policies[f"/kasus/{number}"]
    assert "frame-src blob:" in framing
    assert framing.startswith("default-src 'none'; script-src 'self'; ")
    assert "connect-src 'self'" in framing
    assert "*" not in framing
    assert "http" not in framing


def test_every_fetch_is_a_private_fact_with_a_name(desk: Desk) -> None:
    case = desk.file()
    number = desk.number(case)

    desk.client("rani").get(f"/kasus/{number}/amplop")

    told = desk.rows("SELECT by, private, payload FROM fact WHERE type = 'case.read'")
    assert [(row[0], bool(row[1]), row[2]) for row in told] == [("rani", True, '{"what":"story"}')]
    assert "Uraian diambil untuk dibaca" in desk.client("rani").get(f"/kasus/{number}").text


def test_evidence_goes_out_sealed_and_only_from_its_own_case(desk: Desk) -> None:
    sealed, attachment = seal_attachment(b"foto kuitansi", "image/jpeg")
    desk.house.blobs.put_part("ab" * 16, 0, sealed)
    desk.house.blobs.join("ab" * 16, len(sealed), hashlib.sha256(sealed).hexdigest())
    files = [{"name": attachment.name, "size": len(sealed), "sha256": attachment.sha256}]
    mine = desk.number(desk.file(evidence_files=files, attachments=[attachment]))
    other = desk.number(desk.file())
    browser = desk.client("rani")

    fetched = browser.get(f"/kasus/{mine}/bukti/{attachment.sha256}")

    assert open_attachment(fetched.data, attachment) == b"foto kuitansi"
    assert browser.get(f"/kasus/{other}/bukti/{attachment.sha256}").status_code == 404
    assert browser.get(f"/kasus/{mine}/bukti/{'0' * 64}").status_code == 404


def test_the_reporters_letter_can_be_read_in_its_place(desk: Desk) -> None:
    complaint = desk.complaint()
    desk.hear(complaint)
    case = str(complaint.subject)
    desk.hear(desk.reply(case, "Ini balasannya", seq=1, prev=complaint.parts["envelope"]))

    opened = desk.client("rani").open_case("rani", desk.number(case))

    assert opened == {("in", 0): STORY, ("in", 1): "Ini balasannya"}


def test_a_letter_that_arrives_twice_is_kept_once(desk: Desk) -> None:
    complaint = desk.complaint()
    desk.hear(complaint)
    reply = desk.reply(str(complaint.subject), "sekali", seq=1, prev=complaint.parts["envelope"])

    desk.hear(reply)
    desk.hear(reply)

    assert len(desk.rows("SELECT 1 FROM letter WHERE direction = 'in' AND seq = 1")) == 1


@pytest.mark.parametrize("path", ["amplop/out/1", "amplop/in/7", "amplop/up/1", "amplop/in/x"])
def test_a_letter_nobody_wrote_is_not_found(small_desk: Desk, path: str) -> None:
    number = small_desk.number(small_desk.file())

    assert small_desk.client("rani").get(f"/kasus/{number}/{path}").status_code == 404


def test_a_story_sealed_to_another_unit_says_who_must_help(desk: Desk) -> None:
    number = desk.number(desk.file(unit="propam-polrestabes-surabaya"))

    page = desk.client("rani").get(f"/kasus/{number}").text

    assert "disegel untuk unit lain" in page


def test_sealed_text_of_another_case_is_not_taken_for_this_one(desk: Desk) -> None:
    """What the browser checks: the header names case, direction, seq and prev."""
    one, two = desk.complaint(), desk.complaint()
    header, _ = open_record(two.parts["envelope"], [desk.boxes[str(two.subject)]])

    with pytest.raises(Misplaced):
        check_place(header, str(one.subject), "in", 0, "")


def test_files_of_a_later_letter_stand_behind_the_first(small_desk: Desk) -> None:
    first, later = "a1" * 32, "b2" * 32
    case = small_desk.file(evidence_files=[{"name": "c" * 32, "sha256": first, "size": 9}])
    added = small_desk.fact(EvidenceAdded(1, [{"sha256": later, "size": 7}]), case, {})

    for _ in range(2):
        small_desk.hear(added)

    rows = small_desk.rows("SELECT sha256, place FROM evidence ORDER BY place")
    assert [tuple(row) for row in rows] == [(first, 0), (later, 100)]
    number = small_desk.number(case)
    assert "2 berkas tersegel" in small_desk.client("rani").get(f"/kasus/{number}").text
