"""Files in a form are held in memory one at a time, and no disk ever sees them."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, request
from flask.testing import FlaskClient

from shared.web.app import Frame, build
from shared.web.arriving import ArrivingLane
from shared.web.audience import audience
from shared.web.csrf import one_click
from shared.web.limits import MIB, body_limit
from shared.web.uploads import Arrived, Takes, takes_files

ONE_FILE = 2 * MIB
BOUNDARY = "b0undary"


class Desk:
    """A page that takes files of up to 2 MiB and one that takes none; both tell what came."""

    def __init__(self, folder: Path) -> None:
        self.arrived: list[tuple[str, int, bool]] = []
        self.places = ArrivingLane(1, wait_seconds=0.01)
        pages = Blueprint("desk", __name__)
        takes = Takes(ONE_FILE, self.places, self._take)

        @pages.post("/takes")
        @audience("public")
        @one_click
        @body_limit(20 * MIB)
        @takes_files(takes)
        def takes_some() -> str:
            return request.form.get("story", "")

        @pages.post("/none")
        @audience("public")
        @one_click
        @body_limit(20 * MIB)
        def takes_none() -> str:
            return request.form.get("story", "")

        frame = Frame(name="demo", folder=folder, url="http://127.0.0.1:1", session_key=b"k" * 32)
        self.client: FlaskClient = build(frame, [pages]).test_client()

    def _take(self, one: Arrived) -> None:
        self.arrived.append((one.filename, len(one.content), one.is_long))

    def send(self, path: str, *files: bytes) -> Any:
        body = form(*files)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.client.post(
            path, input_stream=io.BytesIO(body), content_length=len(body), content_type=kind
        )


def form(*files: bytes) -> bytes:
    """A form with these files, and a text behind them."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    parts = [
        (head % ("files", f'; filename="foto-{n}.jpg"')).encode() + one + b"\r\n"
        for n, one in enumerate(files)
    ]
    return b"".join(parts) + (head % ("story", "")).encode() + f"cerita\r\n--{BOUNDARY}--".encode()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """On a machine whose folder for temporary files cannot be written."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    return Desk(tmp_path)


def test_a_file_of_a_form_needs_no_folder_for_temporary_files(desk: Desk) -> None:
    answer = desk.send("/takes", b"a" * ONE_FILE, b"b" * 10)

    assert answer.get_data(as_text=True) == "cerita"
    assert desk.arrived == [("foto-0.jpg", ONE_FILE, False), ("foto-1.jpg", 10, False)]


def test_a_page_that_takes_no_files_reads_past_them(desk: Desk) -> None:
    answer = desk.send("/none", b"a" * ONE_FILE)

    assert answer.get_data(as_text=True) == "cerita"
    assert desk.arrived == []


def test_a_file_that_is_too_long_is_dropped_and_the_rest_stays(desk: Desk) -> None:
    answer = desk.send("/takes", b"a" * (ONE_FILE + 1), b"b")

    assert answer.get_data(as_text=True) == "cerita"
    assert desk.arrived == [("foto-0.jpg", 0, True), ("foto-1.jpg", 1, False)]


def test_an_untouched_file_field_is_no_file(desk: Desk) -> None:
    body = form(b"").replace(b"foto-0.jpg", b"")

    desk.client.post("/takes", data=body, content_type=f"multipart/form-data; boundary={BOUNDARY}")

    assert desk.arrived == []


def test_many_files_need_no_more_memory_than_one(desk: Desk) -> None:
    files = [bytes([n]) * ONE_FILE for n in range(6)]
    desk.send("/takes", b"warm")
    body = io.BytesIO(form(*files))
    size = body.getbuffer().nbytes
    tracemalloc.start()

    desk.client.post(
        "/takes",
        input_stream=body,
        content_length=size,
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(desk.arrived) == 7
    assert peak < 2 * ONE_FILE


def test_more_forms_than_places_are_asked_to_wait(desk: Desk) -> None:
    with desk.places.one():
        answer = desk.send("/takes", b"a")

    assert answer.status_code == 503
    assert desk.arrived == []
    assert desk.send("/takes", b"a").status_code == 200
