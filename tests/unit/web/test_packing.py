"""Pages are compressed only where their length tells nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from shared.web.app import Frame, build
from shared.web.audience import audience
from shared.web.packing import packed

_PAGE = "<p>" + "sama untuk semua orang " * 100


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    pages = Blueprint("one", __name__)

    def page() -> str:
        return _PAGE

    pages.add_url_rule("/marked", "marked", audience("public")(packed(page)))
    pages.add_url_rule("/other", "other", audience("public")(lambda: _PAGE))
    frame = Frame(name="one", folder=tmp_path, url="http://127.0.0.1", session_key=b"k" * 32)
    return build(frame, [pages]).test_client()


@pytest.mark.parametrize("path", ["/marked", "/marked?bahasa=en"])
def test_a_page_that_shows_the_same_to_all_is_sent_small(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.data).decode() == _PAGE


@pytest.mark.parametrize(
    ("path", "accepts"),
    [("/other", "gzip"), ("/marked?q=x", "gzip"), ("/marked", ""), ("/marked", "gzip;q=0")],
)
def test_any_other_answer_has_the_length_of_its_text(
    client: FlaskClient, path: str, accepts: str
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": accepts})

    assert "Content-Encoding" not in answer.headers
    assert answer.text == _PAGE
