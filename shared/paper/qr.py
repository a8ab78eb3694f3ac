"""QR codes (ISO/IEC 18004) of digits or an address, with nothing else in them."""

from __future__ import annotations

from io import BytesIO

import segno

# 24 digits fit version 1 at level Q: a quarter of the 21 × 21 modules may be unreadable.
_LEVEL = "q"
_BORDER = 4
_MODULE_PIXELS = 12


def _code(digits: str) -> segno.QRCode:
    return segno.make_qr(digits, error=_LEVEL, mode="numeric", boost_error=False)


def qr_png(digits: str) -> bytes:
    """Black on white, 12 pixels a module, the standard's border of 4 modules."""
    out = BytesIO()
    _code(digits).save(out, kind="png", scale=_MODULE_PIXELS, border=_BORDER, light="white")
    return out.getvalue()


def qr_svg(digits: str) -> str:
    """The same as a drawing for the press, without a border."""
    out = BytesIO()
    _code(digits).save(out, kind="svg", border=0, xmldecl=False, nl=False)
    return out.getvalue().decode("ascii")


def address_png(address: str) -> bytes:
    """Any text, such as an address for another program; six pixels a module."""
    out = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(out, kind="png", scale=_MODULE_PIXELS // 2, border=_BORDER, light="white")
    return out.getvalue()
