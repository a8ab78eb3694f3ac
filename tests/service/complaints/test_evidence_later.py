"""Files for a case that runs, on /kotak without JavaScript: sealed as they arrive, sent once."""

from __future__ import annotations

import base64
import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from services.complaints.domain.draft import MOST_FILES
from shared.contracts import decode
from shared.contracts.reporting import EvidenceAdded
from shared.crypto import unseal
from shared.crypto.receipt import ReceiptKeys
from shared.media.kinds import MOST_BYTES
from shared.runtime.blobs import Blobs
from tests.service.complaints.citizen import Citizen, hidden
from tests.service.complaints.deeds import told
from tests.service.complaints.letters import filed
from tests.service.complaints.test_evidence_step import File, parts_kept
from tests.service.complaints.test_secrecy import every_byte
from tests.service.complaints.world import UNIT_IDENTITY, World
from tests.support import media
from tests.support.media import CANARY, PAINTED_JPEG, form_with_files


class Sri(Citizen):
    """Has a case, and its mailbox open at the page that takes files."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch, nowhere: Path) -> None:
        super().__init__(world.app.test_client())
        monkeypatch.setattr(tempfile, "tempdir", str(nowhere))
        shutil.rmtree(world.folder / "blobs" / "parts", ignore_errors=True)
        self.world = world
        digits, self.keys, self.case = filed(world)
        opened = self.open_mailbox(digits).text
        form = {**hidden(opened), "do": "page-evidence"}
        self.page = self.client.post("/kotak", data=form).text

    def send(self, *files: File, do: str = "evidence", page: str = "", **typed: str) -> Any:
        """Press a button of the page with these files and words."""
        form = {**hidden(page or self.page), "do": do, **typed}
        body, kind = form_with_files(form, files)
        answer = self.client.post(
            "/kotak/bukti", input_stream=io.BytesIO(body), content_length=len(body),
            content_type=kind,
        )  # fmt: skip
        self.page = answer.text
        return answer

    def listed(self) -> list[str]:
        """The files the page shows."""
        return [
            part.split(" (")[0] for part in self.page.split("<li><span>")[1:] if "Hapus" in part
        ]


@pytest.fixture
def sri(steady: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sri:
    return Sri(steady, monkeypatch, tmp_path / "nowhere")


def letter_at(world: World, keys: ReceiptKeys, seq: int) -> tuple[str, list[bytes]]:
    """The text of the reporter's letter and the files it brings, as the unit opens them."""
    sent = [one for one in world.look(keys)["letters"] if one["direction"] == "in"]
    envelope = base64.b64decode(sent[seq]["envelope"])
    header, body = unseal.open_record(envelope, [UNIT_IDENTITY])
    blobs = Blobs(world.folder / "blobs")
    return body["text"], [
        unseal.open_attachment(blobs.open(one.sha256).read(), one) for one in header.attachments
    ]


def test_files_sent_later_reach_the_unit_sealed_and_without_their_place(
    steady: World, sri: Sri
) -> None:
    files = [("rumah.jpg", media.geotagged_jpeg()), ("rekaman.mp4", media.movie())]

    answer = sri.send(*files, text="Ini rekamannya")

    assert answer.status_code == 200
    assert "Bukti Anda sudah masuk" in sri.page
    assert "2 berkas terlampir" in sri.page
    text, (photo, film) = letter_at(steady, sri.keys, 1)
    assert text == "Ini rekamannya"
    assert photo == PAINTED_JPEG
    assert CANARY not in film
    assert CANARY not in every_byte(steady, steady.folder)
    assert parts_kept(steady) == []
    added = decode(told(steady, sri.case, "evidence.added")).payload
    assert isinstance(added, EvidenceAdded)
    assert (added.seq, len(added.files)) == (1, 2)


def test_a_refused_file_is_named_and_words_and_other_files_stay(steady: World, sri: Sri) -> None:
    answer = sri.send(
        ("jelek.bin", b"MZ" + bytes(50)), ("a.png", media.png()), text="Dua berkas"
    )  # fmt: skip

    assert answer.status_code == 422
    assert "“jelek.bin”: Jenis berkas ini tidak diterima." in sri.page
    assert "Dua berkas</textarea>" in sri.page
    assert sri.listed() == ["a.png"]
    assert len(steady.look(sri.keys)["letters"]) == 1

    assert sri.send().status_code == 200
    assert letter_at(steady, sri.keys, 1)[1] == [media.png()]


def test_files_are_gathered_taken_out_and_never_more_than_five(steady: World, sri: Sri) -> None:
    for name in ("a", "b", "c", "d"):
        assert sri.send((f"{name}.png", media.png()), do="keep").status_code == 200
    over = sri.send(("e.png", media.png()), ("f.png", media.png()), do="keep")
    assert over.status_code == 422
    assert "“f.png”: Paling banyak 5 berkas." in sri.page
    assert sri.listed() == ["a.png", "b.png", "c.png", "d.png", "e.png"]
    assert len(parts_kept(steady)) == MOST_FILES

    first = sri.page.split('name="drop" value="')[1].split('"')[0]
    sri.send(do="keep", drop=first)

    assert sri.listed() == ["b.png", "c.png", "d.png", "e.png"]
    assert first not in parts_kept(steady)


def test_the_same_form_sent_twice_is_one_letter(steady: World, sri: Sri) -> None:
    page, file = sri.page, ("a.png", media.png())

    sent = [sri.send(file, page=page, text="sekali") for _ in range(2)]

    assert [one.status_code for one in sent] == [200, 200]
    assert len(steady.look(sri.keys)["letters"]) == 2
    assert parts_kept(steady) == []


def test_a_letter_sent_in_between_costs_no_file(steady: World, sri: Sri) -> None:
    page = sri.page
    sri.client.post("/kotak", data={**hidden(page), "do": "reply", "text": "dari tab lain"})

    answer = sri.send(("a.png", media.png()), page=page)
    assert answer.status_code == 409
    assert sri.listed() == ["a.png"]

    assert sri.send().status_code == 200
    assert letter_at(steady, sri.keys, 2)[1] == [media.png()]


def test_a_file_past_ten_megabytes_is_told_so_and_the_page_stays(sri: Sri) -> None:
    answer = sri.send(("film.mp4", media.movie() + bytes(6 * MOST_BYTES)), text="Filmnya")

    assert answer.status_code == 422
    assert "“film.mp4”: Berkas ini lebih dari 10 MB." in sri.page
    assert "Filmnya</textarea>" in sri.page


def test_nothing_picked_is_told(sri: Sri) -> None:
    answer = sri.send(text="tanpa berkas")

    assert answer.status_code == 422
    assert "Pilih berkasnya dulu" in sri.page


def test_a_form_without_a_mailbox_leaves_no_file(steady: World, sri: Sri) -> None:
    answer = sri.send(("a.png", media.png()), ticket="palsu")

    assert answer.status_code == 422
    assert parts_kept(steady) == []


def test_a_page_whose_session_is_over_shows_its_file_and_words_again(sri: Sri) -> None:
    answer = sri.send(("a.png", media.png()), csrf_token="basi", text="Ini buktinya")

    assert answer.status_code == 400
    assert sri.listed() == ["a.png"]
    assert "Ini buktinya</textarea>" in sri.page


def test_files_held_by_one_mailboxs_page_do_not_open_in_another(steady: World, sri: Sri) -> None:
    sri.send(("a.png", media.png()), do="keep")
    held = sri.page.split('name="held" value="')[1].split('"')[0]
    other = Sri.__new__(Sri)
    Citizen.__init__(other, steady.app.test_client())
    digits, other.keys, _ = filed(steady)
    other.page = other.open_mailbox(digits).text

    answer = other.send(held=held)

    assert answer.status_code == 422
    assert "Pilih berkasnya dulu" in other.page
