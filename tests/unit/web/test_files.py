"""Static texts travel compressed, and only they do."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient

ADDRESS = "/static/0/kentongan.css"


def test_a_static_text_is_compressed_for_who_takes_it(client: FlaskClient) -> None:
    plain = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers


def test_who_refuses_gzip_or_wants_a_part_gets_it_plain(client: FlaskClient) -> None:
    for headers in (
        {"Accept-Encoding": "gzip;q=0"},
        {"Accept-Encoding": "br"},
        {"Accept-Encoding": "gzip", "Range": "bytes=0-9"},
    ):
        assert "Content-Encoding" not in client.get(ADDRESS, headers=headers).headers


def test_a_page_is_never_compressed_beside_its_secrets(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
