"""What is shown when nothing of ours runs: pages made beforehand, for the proxy to answer with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_babel import gettext, lazy_gettext

from shared.rulebook.wording import Door
from shared.web.app import Frame, build
from shared.web.headers import HSTS, NO_STORE, SECURITY_HEADERS
from shared.web.i18n import LANGUAGES


@dataclass(frozen=True)
class _Kind:
    title: Any
    heading: Any
    first: Any
    more: tuple[Any, ...] = ()
    has_doors: bool = False


_KINDS = {
    "tidak-tersedia": _Kind(
        title=lazy_gettext("Sedang tidak tersedia"),
        heading=lazy_gettext("Situs ini sedang tidak bisa dibuka"),
        first=lazy_gettext("Coba lagi dalam satu menit, lalu beberapa menit sekali."),
        more=(
            lazy_gettext("Yang sudah kami terima tidak hilang."),
            lazy_gettext(
                "Baru saja menekan “Kirim” dan belum melihat tanda terima? Biarkan halaman ini "
                "terbuka, lalu muat ulang nanti. Kiriman yang sama tidak menjadi dua."
            ),
        ),
        has_doors=True,
    ),
    "terlalu-besar": _Kind(
        title=lazy_gettext("Terlalu besar"),
        heading=lazy_gettext("Kiriman ini terlalu besar"),
        first=lazy_gettext(
            "Kembali ke halaman sebelumnya, lalu kirim berkas yang lebih sedikit atau lebih kecil."
        ),
        more=(lazy_gettext("Kiriman ini tidak kami baca dan tidak kami simpan."),),
    ),
    "tidak-terbaca": _Kind(
        title=lazy_gettext("Tidak terbaca"),
        heading=lazy_gettext("Permintaan ini tidak terbaca"),
        first=lazy_gettext("Periksa alamatnya, atau mulai lagi dari halaman depan."),
    ),
}
_UNAVAILABLE = lazy_gettext("Layanan sedang tidak tersedia. Coba lagi sebentar lagi.")


def interruption_pages(doors: Iterable[Door], brand: str) -> dict[str, str]:
    """Text by file name: every kind in both languages at once, since no session tells which one;
    the empty page of the quick exit; what a program is told."""
    frame = Frame(
        name="interruption",
        folder=Path(__file__).parent,
        url="http://127.0.0.1",
        session_key=bytes(32),
        brand=brand,
    )
    app, doors = build(frame, []), tuple(doors)
    made = {f"{name}.html": _page(app, kind, doors) for name, kind in _KINDS.items()}
    with app.test_request_context("/keluar"):
        made["keluar.html"] = render_template("left.html") + "\n"
        problem = {"code": "unavailable", "field": None, "message": str(_UNAVAILABLE)}
    told = {**problem, "errors": [problem]}
    made["tidak-tersedia.json"] = json.dumps(told, ensure_ascii=False) + "\n"
    return made


def nginx_headers() -> str:
    """The headers of every page as lines of an nginx configuration."""
    every = {**SECURITY_HEADERS, "Cache-Control": NO_STORE, "Strict-Transport-Security": HSTS}
    return "".join(f'add_header {name} "{every[name]}" always;\n' for name in sorted(every))


def _page(app: Flask, kind: _Kind, doors: tuple[Door, ...]) -> str:
    parts = list(_parts(app, kind, doors))
    with app.test_request_context("/"):
        return render_template(
            "interruption.html", title=str(kind.title), parts=parts, static=_beside
        )


def _parts(app: Flask, kind: _Kind, doors: tuple[Door, ...]) -> Iterator[dict[str, Any]]:
    for language in LANGUAGES:
        code = language.code
        with app.test_request_context(f"/?bahasa={code}"):
            yield {
                "language": code,
                "heading": str(kind.heading),
                "first": str(kind.first),
                "more": [str(sentence) for sentence in kind.more],
                "elsewhere": gettext("Tidak bisa menunggu?"),
                "about": gettext(
                    "Pintu lain ini tidak memakai kode kami, dan ada yang meminta identitas Anda."
                ),
                "front": gettext("Ke halaman depan"),
                "doors": [(door.in_language(code), door.by_in(code)) for door in doors]
                if kind.has_doors
                else [],
            }


def _beside(name: str) -> str:
    return f"/gangguan/static/{name}"
