"""Rulebooks a test may change, and what administrators do with them."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

from werkzeug.test import TestResponse

from shared.rulebook.carrying import Packed
from shared.rulebook.loading import DATA
from tests.service.triage.desk import Browser, Desk

WHY = "SKB tiga menteri nomor 5: kalender dan tenggat pelapor"
SEEN = "Sudah dicocokkan dengan SKB dan lampirannya"
LIST = "/aturan/usulan"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def upload(browser: Browser, content: bytes) -> TestResponse:
    """Choose the file and send the form."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(LIST).text)
    assert token is not None
    form = {"csrf_token": token[1], "berkas": (io.BytesIO(content), "aturan.zip")}
    return browser.http.post(LIST, data=form, content_type="multipart/form-data")


def propose(browser: Browser, made: Packed, why: str = WHY) -> str:
    """Upload, look, ask; the proposal's page."""
    page = upload(browser, made.content).headers["Location"]
    assert browser.post(f"{page}/ajukan", {"alasan": why}, page=page).status_code == 303
    return str(page)


def decide(browser: Browser, page: str, digest: str, choice: str = "setuju") -> TestResponse:
    form = {"putusan": choice, "alasan": SEEN, "sidik": digest}
    return browser.post(f"{page}/putuskan", form, page=page)


def told(desk: Desk, type: str) -> list[tuple[str | None, dict[str, str]]]:
    query = "SELECT by, payload FROM fact WHERE type = :type ORDER BY position"
    return [(row[0], json.loads(row[1])) for row in desk.rows(query, type=type)]


def changed_rules(home: Path) -> Path:
    """Tables a test may change: one clock is shorter than ours."""
    folder = home / "rules"
    shutil.copytree(DATA, folder)
    edit(folder, "clocks.toml", 'limits = {all = "10wd"}', 'limits = {all = "9wd"}')
    return folder
