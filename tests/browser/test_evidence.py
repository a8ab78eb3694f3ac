"""Evidence from a phone: nothing leaves before "Kirim", a cut upload goes on, no place arrives."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FilePayload, Route
from werkzeug.serving import make_server

from shared.crypto import receipt, unseal
from tests.browser.phone import PhoneCitizen
from tests.service.complaints.world import DEPLOYMENT, UNIT_IDENTITY, World
from tests.support import media
from tests.support.media import CANARY, PAINTED_JPEG

pytestmark = pytest.mark.browser

FILM = media.movie(b"isom", media.box(b"free", CANARY * 12_000))
PHOTO: FilePayload = {
    "name": "rumah.jpg", "mimeType": "image/jpeg", "buffer": media.geotagged_jpeg(),
}  # fmt: skip
SECOND: FilePayload = {**PHOTO, "name": "kedua.jpg"}
VIDEO: FilePayload = {"name": "rekaman.mp4", "mimeType": "video/mp4", "buffer": FILM}
WRONG: FilePayload = {
    "name": "foto.jpg", "mimeType": "image/jpeg", "buffer": media.with_zip(media.geotagged_jpeg()),
}  # fmt: skip
# Tor's answer to whoever reads back what was painted; here from the second look on.
NOISE = """
const honest = CanvasRenderingContext2D.prototype.getImageData;
let looks = 0;
CanvasRenderingContext2D.prototype.getImageData = function (...where) {
  const seen = honest.apply(this, where);
  if (++looks > 1) crypto.getRandomValues(seen.data);
  return seen;
};
"""
_PART = re.compile(r"/api/v1/evidence/(\w+)(?:/(\d+))?$")


def write_with(citizen: PhoneCitizen, story: str, *files: FilePayload) -> None:
    """From the first step to the sixth, where these files are picked."""
    page = citizen.page
    citizen.begin()
    page.locator("[name=service]").select_option("kependudukan")
    page.locator("[name=story]").fill(story)
    citizen.go_on(2)
    page.locator("[name=search]").fill("Ilir Timur")
    page.locator("[name=search]").press("Enter")
    page.locator('[name=pilih][value="16.71.05"]').check()
    citizen.go_on(3)
    page.locator("[name=office_kind]").select_option("dukcapil")
    for step in (4, 5, 6):
        citizen.go_on(step)
    page.locator("#f-files:enabled").set_input_files(list(files))


def uploads(citizen: PhoneCitizen) -> list[tuple[str, str, str]]:
    """(method, name, part) of every request that had to do with evidence."""
    asked = [(one.method, _PART.search(one.url)) for one in citizen.notes.requests]
    return [(method, found[1], found[2] or "") for method, found in asked if found]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The public service alone, whose unit's key is at hand."""
    made = World(f"sqlite:///{tmp_path / 'one.db'}", tmp_path, datetime.now(UTC))
    yield made
    made.close()


@pytest.fixture
def citizen(world: World, browser: Browser) -> Iterator[PhoneCitizen]:
    """Somebody with a phone, and the service's pages over HTTP."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    one = PhoneCitizen(browser, f"http://127.0.0.1:{server.server_port}")
    yield one
    one.leave()
    server.shutdown()
    server.server_close()


def test_a_cut_upload_goes_on_and_a_photo_arrives_without_its_place(
    world: World, citizen: PhoneCitizen
) -> None:
    page = citizen.page
    citizen.context.add_init_script(NOISE)
    write_with(citizen, "FIKTIF. Bukti dari ponsel.", PHOTO, WRONG, VIDEO, SECOND)
    page.locator("[data-berkas] li", has_text="kedua.jpg").wait_for()
    page.get_by_text("“foto.jpg”: Berkas ini berisi berkas lain").wait_for()
    cuts = [1]

    def cut_once(route: Route) -> None:
        if cuts and route.request.url.endswith("/2"):
            cuts.clear()
            route.abort("connectionreset")
        else:
            route.continue_()

    citizen.context.route("**/api/v1/evidence/*/*", cut_once)
    citizen.go_on(7)
    citizen.go_on(8)
    page.locator("#jalur").wait_for()
    page.locator("#kode li").first.wait_for()
    assert uploads(citizen) == []
    page.locator("#f-noted").check()
    citizen.send()
    digits = citizen.receipt()

    names = list(dict.fromkeys(name for _, name, _ in uploads(citizen)))
    sent = [(method, part) for method, name, part in uploads(citizen) if name == names[1]]
    assert sent[:5] == [("PUT", "0"), ("PUT", "1"), ("PUT", "2"), ("GET", ""), ("PUT", "2")]
    assert CANARY not in citizen.notes.sent()

    keys = receipt.derive(digits, DEPLOYMENT)
    envelope = base64.b64decode(world.look(keys)["letters"][0]["envelope"])
    header, _ = unseal.open_record(envelope, [UNIT_IDENTITY])
    photo, film, second = [
        unseal.open_attachment(world.house.blobs.open(one.sha256).read(), one)
        for one in header.attachments
    ]
    assert photo.startswith(b"\xff\xd8")
    assert b"Exif" not in photo
    assert CANARY not in photo
    assert photo != PAINTED_JPEG  # painted anew
    assert second == PAINTED_JPEG  # cleaned by its structure
    assert len(film) == len(FILM)
    assert CANARY not in film
    assert b"PICTURE!" in film
