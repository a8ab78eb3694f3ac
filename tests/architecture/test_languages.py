"""Indonesian and English are both complete: pages, refusals, scripts, data, to the last error."""

from __future__ import annotations

import dataclasses
import html
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import gettext
from werkzeug.test import TestResponse

import services
import shared
from shared.rulebook import load
from shared.runtime.errors import Refusal
from shared.service import Service
from tests.architecture.conftest import ROOT, declared
from tests.architecture.test_public_pages import pages_of

# Words hardly an Indonesian sentence does without, and none an English one has.
_INDONESIAN = re.compile(
    r"\b(yang|dan|atau|untuk|dengan|tidak|anda|kami|dari|ini|itu|sudah|belum|bisa|dapat|akan|pada"
    r"|boleh|supaya|kalau|hanya|juga|lalu|jangan|laporan|halaman|coba|lagi|isi|pilih|kirim|buka)\b",
    re.I,
)
_SELECTOR = re.compile(r"[#\[\]<>=]|\.\w")
_HOLDS = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_CATALOGUES = sorted(ROOT.glob("s*/**/locale/en/LC_MESSAGES/*.po"))
_TEMPLATES = sorted([*ROOT.glob("services/*/templates/**/*.html"), *ROOT.glob("shared/**/*.html")])
_SCRIPTS = sorted(
    path
    for root in ("services", "shared")
    for path in (ROOT / root).rglob("*.js")
    if "build" not in path.parts
)


@pytest.fixture(scope="session", params=("complaints", "notify", "ledger", "triage"))
def service(request: pytest.FixtureRequest) -> Service:
    """One service after the other."""
    return declared(request.param)


def _refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for found in kind.__subclasses__():
        yield found
        yield from _refusals(found)


def _seen(page: str) -> str:
    """The words people see or hear, without those marked as Indonesian."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<(\w+)[^>]* lang="id"[^>]*>.*?</\1>', " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', page)
    return html.unescape(" | ".join([re.sub(r"<[^>]+>", " | ", page), *spoken]))


def _indonesian_in(text: str) -> list[str]:
    pieces = [" ".join(piece.split()) for piece in text.split("|")]
    return [piece for piece in pieces if " " in piece and _INDONESIAN.search(piece)]


def test_every_refusal_has_its_english_sentence(app: Flask, service: Service) -> None:
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" not in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    own = (f"services.{service.name}.", "shared.")
    mine = [kind for kind in _refusals() if kind.__module__.startswith(own)]

    with app.test_request_context("/?bahasa=en"):
        wrong = [
            kind.__name__
            for kind in mine
            if (said := gettext(source := kind.__new__(kind).sentence)) == source
            or _INDONESIAN.search(said)
        ]

    assert len(mine) > 20
    assert wrong == []


def test_an_english_page_holds_no_indonesian_sentence(app: Flask, service: Service) -> None:
    found: list[tuple[str, TestResponse]] = [
        (name, answer) for name, answer in pages_of(app) if "(en)" in name
    ]
    left = {name: _indonesian_in(_seen(answer.text)) for name, answer in found}

    assert found
    assert {name: pieces for name, pieces in left.items() if pieces} == {}


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_what_stands_as_english_is_english_and_fills_the_same_gaps(path: Path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source, locale="en")
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for said in strings:
            assert said, message.id
            assert not message.fuzzy, message.id
            assert not _INDONESIAN.search(said), said
            assert set(_HOLDS.findall(said)) == set(_HOLDS.findall(ids[0])), said


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_says_nothing_outside_the_catalogue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)

    assert _indonesian_in(_seen(text)) == []


@pytest.mark.parametrize("path", _SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_what_its_page_gave_it(path: Path) -> None:
    text = re.sub(r"^\s*(?://|\*|/\*).*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    literals = [found[2] for found in re.finditer(r"([\"'`])((?:(?!\1)[^\\\n]|\\.)*)\1", text)]

    spoken = [one for one in literals if " " in one and not _SELECTOR.search(one)]

    assert [one for one in spoken if _INDONESIAN.search(one)] == []


def test_the_rulebook_has_an_english_name_for_everything_it_shows() -> None:
    found: list[tuple[str, str]] = []
    _english_in(load(), found, set())

    assert len(found) > 100
    assert [key for key, text in found if _INDONESIAN.search(text)] == []


def _english_in(value: object, found: list[tuple[str, str]], met: set[int]) -> None:
    """Every field `x_en` below `value`; one that is empty although `x` is not is found as `x`."""
    if id(value) in met:
        return
    met.add(id(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            below = getattr(value, field.name)
            if field.name.endswith("_en"):
                found.append((field.name, below or getattr(value, field.name[:-3])))
            elif not isinstance(below, str):
                _english_in(below, found, met)
    elif hasattr(value, "values"):
        for below in value.values():
            _english_in(below, found, met)
    elif isinstance(value, list | tuple):
        for below in value:
            _english_in(below, found, met)
