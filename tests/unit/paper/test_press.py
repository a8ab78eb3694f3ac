"""The press prints what it is given, as text, in our own fonts; the QR code holds any digits."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.paper.press import print_pdf
from shared.paper.qr import qr_png
from tests.support.qr import read_qr

PAGE = '#show: house.with(title: "x", language: "id", brand: "K")\n= #given.text\n'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(PAGE, encoding="utf-8")
    return path


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "*tebal* $x$ @a <b>", "Ḍaerah “Łódź” Ñandú – éèêâ"]
)
def test_values_are_printed_letter_for_letter(template: Path, text: str) -> None:
    paper = _read(print_pdf(template, {"text": text}))

    assert text in paper.pages[0].extract_text()


@pytest.mark.parametrize("text", ["ꦲꦏ꧀ꦱꦫ", "中文", "🙂"])
def test_a_letter_our_fonts_lack_does_not_stop_the_press(template: Path, text: str) -> None:
    paper = _read(print_pdf(template, {"text": f"Balai {text} Kota"}))

    assert "Balai" in paper.pages[0].extract_text()
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_fault_in_a_template_is_raised(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#given.nothing", encoding="utf-8")

    with pytest.raises(typst.TypstError):
        print_pdf(broken, {})


def test_the_same_page_printed_twice_is_the_same_file(template: Path) -> None:
    assert print_pdf(template, {"text": "sama"}) == print_pdf(template, {"text": "sama"})


def test_only_our_own_fonts_are_embedded(template: Path) -> None:
    fonts = _read(print_pdf(template, {"text": "Kode"})).pages[0]["/Resources"]["/Font"]

    assert all("PlusJakartaSans" in fonts[name]["/BaseFont"] for name in fonts)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**24 - 1))
def test_a_qr_code_reads_as_the_digits_it_was_made_of(number: int) -> None:
    digits = f"{number:024d}"

    assert read_qr(qr_png(digits)) == digits
