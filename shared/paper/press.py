"""The press: a typst template and plain values become one PDF, in memory (ADR 10)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).parent
# ISO 14289-1: a tagged file that a screen reader walks like the page it came from.
_ACCESSIBLE: typst.PDFStandards = ["ua-1"]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


@cache
def _house() -> str:
    return (_HERE / "house.typ").read_text(encoding="utf-8")


def print_pdf(template: Path, values: Mapping[str, Any]) -> bytes:
    """The PDF of `template`, a .typ file that finds `values` (JSON) as `given`.

    What `house.typ` defines stands in front of the template. Values are text, never markup, and
    nothing of them is written to a file. Letters our fonts lack are left blank; then, and only
    then, the file is tagged but does not call itself PDF/UA. Raises typst.TypstError for a fault
    in the template.
    """
    source = (_house() + template.read_text(encoding="utf-8")).encode()
    given = {"given": json.dumps(values, ensure_ascii=False)}

    def compiled(standards: typst.PDFStandards) -> bytes:
        # A compiler of its own: one that is shared keeps the values of the page before.
        compiler = typst.Compiler(
            source, root=str(_HERE / "fonts"), font_paths=_fonts(), sys_inputs=given
        )
        pdf = compiler.compile(format="pdf", pdf_standards=standards)
        if not isinstance(pdf, bytes):
            raise TypeError
        return pdf

    try:
        return compiled(_ACCESSIBLE)
    except typst.TypstError as fault:
        if "could not be displayed" not in fault.message:
            raise
        return compiled([])
