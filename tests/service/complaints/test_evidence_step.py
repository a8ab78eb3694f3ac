"""Step 6 without JavaScript: files are sealed in memory, or refused by name and nothing is lost."""

from __future__ import annotations

import base64
import io
import re
import shutil
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.complaints.chores import CHORES
from services.complaints.domain.draft import MOST_FILES
from shared.crypto import receipt, unseal
from shared.media.kinds import MOST_BYTES
from shared.runtime.blobs import Blobs
from tests.service.complaints.citizen import FILLED, Citizen, digits_on, hidden
from tests.service.complaints.conftest import AT
from tests.service.complaints.test_secrecy import every_byte
from tests.service.complaints.world import DEPLOYMENT, UNIT_IDENTITY, World
from tests.support import media
from tests.support.media import CANARY, PAINTED_JPEG, form_with_files

File = tuple[str, bytes]
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One service for the module; every test has its own browser and draft."""
    folder = tmp_path_factory.mktemp("evidence")
    made = World(f"sqlite:///{folder / 'one.db'}", folder, AT)
    yield made
    made.close()


@pytest.fixture
def citizen(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Citizen:
    """Somebody with a draft, on a server whose folder for temporary files cannot be written."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    shutil.rmtree(world.folder / "blobs" / "parts", ignore_errors=True)
    one = Citizen(world.app.test_client())
    one.begin(**FILLED)
    return one


def send(citizen: Citizen, *files: File, do: str = "keep", **words: str) -> Any:
    """Post step 6 with these files."""
    form = hidden(citizen.see("/lapor/6").text)
    body, kind = form_with_files({**form, "do": do, **words}, files)
    return citizen.client.post(
        "/lapor/6", input_stream=io.BytesIO(body), content_length=len(body), content_type=kind
    )


def listed(citizen: Citizen) -> list[tuple[str, str]]:
    """(value of its button, name) of each file on the page."""
    page = citizen.see("/lapor/6").text
    return re.findall(r'<li><span>([^(]+) \([^<]+</span> <button[^>]+value="(\w+)"', page)


def parts_kept(world: World) -> list[str]:
    """The names below which parts lie."""
    folder = world.folder / "blobs" / "parts"
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_files_reach_the_unit_sealed_and_without_their_place(
    world: World, citizen: Citizen
) -> None:
    files = [("rumah.jpg", media.geotagged_jpeg()), ("rekaman.mp4", media.movie())]
    assert send(citizen, *files, do="next").status_code == 303

    sent = citizen.send(hidden(citizen.see("/lapor/8").text))

    keys = receipt.derive(digits_on(sent.text), DEPLOYMENT)
    envelope = base64.b64decode(world.look(keys)["letters"][0]["envelope"])
    header, body = unseal.open_record(envelope, [UNIT_IDENTITY])
    assert body["box"] == keys.box_recipient
    blobs = Blobs(world.folder / "blobs")
    opened = [
        unseal.open_attachment(blobs.open(one.sha256).read(), one) for one in header.attachments
    ]
    assert opened[0] == PAINTED_JPEG
    assert [one.media for one in header.attachments] == ["image/jpeg", "video/mp4"]
    assert CANARY not in opened[1]
    assert CANARY not in every_byte(world, world.folder)
    assert parts_kept(world) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        (b"MZ" + bytes(50), "Jenis berkas ini tidak diterima."),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "Berkas ini lebih dari 10 MB."),
        (media.with_zip(media.geotagged_jpeg()), "Berkas ini berisi berkas lain"),
        (b"<html>" + media.document(), "Berkas ini berisi berkas lain"),
        (media.png(50_000, 50_000), "Gambar ini lebih dari 64 juta piksel."),
        (media.geotagged_jpeg()[:300], "Berkas ini rusak atau terpotong"),
    ],
    ids=["empty", "wrong", "long", "polyglot", "masked", "flood", "cut"],
)
def test_a_refused_file_is_named_and_nothing_else_is_lost(
    world: World, citizen: Citizen, content: bytes, sentence: str
) -> None:
    files = [("jelek.bin", content), ("kwitansi.png", media.png())]

    answer = send(citizen, *files, do="next", evidence="lokasi")

    assert answer.status_code == 422
    assert f"“jelek.bin”: {sentence}" in answer.text
    assert [name for name, _ in listed(citizen)] == ["kwitansi.png"]
    assert 'value="lokasi" checked' in answer.text
    assert len(parts_kept(world)) == 1


def test_a_file_that_is_taken_out_is_gone(world: World, citizen: Citizen) -> None:
    send(citizen, ("a.png", media.png()), ("b.pdf", media.document()))
    (_, first), _ = listed(citizen)

    answer = send(citizen, drop=first)

    assert answer.status_code == 303
    assert [name for name, _ in listed(citizen)] == ["b.pdf"]
    assert len(parts_kept(world)) == 1
    assert first not in parts_kept(world)


def test_a_sixth_file_is_refused(world: World, citizen: Citizen) -> None:
    answer = send(citizen, *[(f"{n}.png", media.png()) for n in range(MOST_FILES + 1)])

    assert answer.status_code == 422
    assert "“5.png”: Paling banyak 5 berkas." in answer.text
    assert len(parts_kept(world)) == MOST_FILES


def test_a_forged_form_leaves_no_file(world: World, citizen: Citizen) -> None:
    answer = send(citizen, ("a.png", media.png()), csrf_token="palsu")

    assert answer.status_code == 400
    assert parts_kept(world) == []


def test_leaving_takes_the_files_along(world: World, citizen: Citizen) -> None:
    send(citizen, ("a.png", media.png()))
    assert len(parts_kept(world)) == 1

    citizen.see("/keluar")

    assert parts_kept(world) == []


def test_files_of_a_draft_that_is_over_go_with_its_row(world: World, citizen: Citizen) -> None:
    chore = next(one for one in CHORES if one.name == "drafts.forget")
    send(citizen, ("a.png", media.png()))
    world.clock.advance(timedelta(minutes=30))
    chore.run(world.house)
    assert len(parts_kept(world)) == 1

    world.clock.advance(timedelta(hours=3))
    chore.run(world.house)

    assert parts_kept(world) == []
    assert (world.count("evidence_part"), world.count("draft")) == (0, 0)


class Zeros(io.RawIOBase):
    """A body of `size` bytes that nobody has to hold."""

    def __init__(self, size: int) -> None:
        self.size, self.at = size, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = self.size if whence == io.SEEK_END else offset
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self.size - self.at)
        self.at += taken
        return bytes(taken)


def test_a_form_past_its_limit_is_told_so_and_the_draft_stands(
    world: World, citizen: Citizen
) -> None:
    send(citizen, ("a.png", media.png()))

    answer = citizen.client.post(
        "/lapor/6",
        input_stream=Zeros(80 * MIB),
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code == 413
    assert "Kiriman terlalu besar." in answer.text
    assert [name for name, _ in listed(citizen)] == ["a.png"]


def test_a_form_of_fifty_megabytes_needs_the_memory_of_one_file(
    world: World, citizen: Citizen
) -> None:
    flat = media.movie(b"isom", media.box(b"free", bytes(MOST_BYTES - 2000)))
    form = hidden(citizen.see("/lapor/6").text)
    files = [(f"{n}.mp4", flat) for n in range(MOST_FILES)]
    body, kind = form_with_files({**form, "do": "keep"}, files)
    stream = io.BytesIO(body)
    tracemalloc.start()

    answer = citizen.client.post(
        "/lapor/6", input_stream=stream, content_length=len(body), content_type=kind
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.status_code == 303
    assert len(listed(citizen)) == MOST_FILES
    assert peak < 40 * MIB
