"""The receipt's words on paper, in the asker's language."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from flask_babel import gettext, ngettext

from services.complaints.web.receipt.ticket import Told
from services.complaints.web.words import clock_word
from shared.crypto import receipt
from shared.paper.press import print_pdf
from shared.paper.qr import qr_svg
from shared.service import House
from shared.web.i18n import asker_language
from shared.web.words import long_date

_TEMPLATE = Path(__file__).parents[2] / "templates" / "complaints" / "receipt.typ"


def receipt_on_paper(house: House, digits: str, told: Told) -> bytes:
    """One A4 page (PDF): the digits, their QR code, what was promised, a slip to cut off."""
    answer = told.answer
    desk = current_app.jinja_env.filters["desk"](answer.desk)
    passed = ngettext(
        "%(num)s unit dilewati karena berkaitan dengan kantor itu.",
        "%(num)s unit dilewati karena berkaitan dengan kantor itu.",
        answer.excluded,
    )
    values = {
        "language": asker_language(),
        "brand": house.settings.brand,
        "title": gettext("Laporan Anda sudah kami terima"),
        "recorded": gettext("Tercatat %(day)s", day=long_date(told.day)),
        "code": gettext("Kode rahasia, 24 angka"),
        "only": gettext("Hanya kode ini yang membuka laporan Anda."),
        "groups": receipt.group(digits).split(" "),
        "qr": qr_svg(digits),
        "qr_says": gettext("Kode QR dari 24 angka itu"),
        "qr_only": gettext("Isi kode QR ini hanya 24 angka itu, tanpa alamat situs."),
        "next": gettext("Berikutnya"),
        "step": gettext("Langkah"),
        "by": gettext("Paling lambat"),
        "promised": [[clock_word(step), long_date(by)] for step, by in answer.promised],
        "desk": gettext("Penangan"),
        "desk_is": f"{desk}. {passed}" if answer.excluded else desk,
        "how": gettext("Cara membuka laporan"),
        "how_to": gettext(
            "Buka situs yang sama dengan tempat Anda melapor, pilih “Cek laporan”, lalu ketik "
            "24 angka itu. Spasi dan tanda baca tidak berpengaruh."
        ),
        "keep": gettext(
            "Siapa pun yang memegang kode ini dapat membaca laporan Anda. Setelah dicetak, hapus "
            "berkas PDF ini dari ponsel atau komputer, juga dari tempat sampahnya."
        ),
        "slip": gettext("Gunting di sini. Guntingan ini tidak menyebut dari mana kodenya."),
        "foot": gettext("Jangan difoto: foto dapat tersalin ke awan."),
    }
    return print_pdf(_TEMPLATE, values)
