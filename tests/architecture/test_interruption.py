"""The proxy's own pages: built from today's templates, with today's headers, and all in place."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from shared.web.headers import CONTENT_SECURITY_POLICY
from tests.architecture.conftest import ROOT

NGINX = ROOT / "deploy/nginx"
PAGES = sorted(path.name for path in (NGINX / "gangguan").glob("t*.html"))


def _built() -> dict[Path, str]:
    path = ROOT / "scripts/interruption.py"
    spec = importlib.util.spec_from_file_location("interruption", path)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found: dict[Path, str] = script.built()
    return found


def test_the_proxys_pages_are_those_of_todays_templates() -> None:
    stale = [
        path.name for path, text in _built().items() if path.read_text(encoding="utf-8") != text
    ]

    assert stale == [], "make interruption"


@pytest.mark.parametrize("name", PAGES)
def test_the_proxys_page_needs_nothing_that_is_down(name: str) -> None:
    text = (NGINX / "gangguan" / name).read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"', text)

    assert loaded
    for address in loaded:
        beside = address.removeprefix("/gangguan/static/")
        assert beside != address, address
        assert (ROOT / "shared/web/static" / beside).is_file()
    assert 'href="/keluar"' in text
    assert 'lang="id"' in text
    assert '<section lang="en"' in text
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)", text)


def test_the_proxy_names_pages_that_exist_and_keeps_the_headers() -> None:
    conf = (NGINX / "gangguan.conf").read_text()
    hosts = (NGINX / "hosts.conf.template").read_text()
    named = set(re.findall(r"/gangguan/([\w-]+\.(?:html|json))", conf + hosts))

    assert named == {path.name for path in (NGINX / "gangguan").iterdir()}
    assert conf.count("location") == conf.count("include /etc/nginx/headers.conf;")
    assert f'"{CONTENT_SECURITY_POLICY}"' in (NGINX / "headers.conf").read_text()
    assert "proxy_intercept_errors" not in re.sub(r"#.*", "", conf + hosts), (
        "a 503 of the service shows again what somebody typed"
    )
