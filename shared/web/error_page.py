"""The page of a refusal or a fault: what happened, when to come back, where to go instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, render_template, request
from flask_babel import gettext, lazy_gettext, ngettext

from shared.web.problems import Problem
from shared.web.words import clock_time

# Titles stand in the browser's history: they say what happened to the page, nothing of its subject
# (docs/adr/0019). Any other status is a fault of the asker's (4xx) or of ours (5xx).
_TITLES: dict[int, Any] = {
    400: lazy_gettext("Tidak terbaca"),
    403: lazy_gettext("Bukan untuk Anda"),
    404: lazy_gettext("Halaman tidak ada"),
    405: lazy_gettext("Tidak bisa dibuka begitu"),
    409: lazy_gettext("Keadaan sudah berubah"),
    413: lazy_gettext("Terlalu besar"),
    422: lazy_gettext("Perlu diperbaiki"),
    429: lazy_gettext("Tunggu sebentar"),
    500: lazy_gettext("Kesalahan pada kami"),
    503: lazy_gettext("Sedang tidak tersedia"),
}
_SAME_AGAIN = frozenset({429, 500, 503})
_SHORT_LETTERS = 60
_MIB = 1 << 20


def error_page(
    status: int,
    problems: Sequence[Problem],
    *,
    wait_seconds: int | None = None,
    kept: Sequence[tuple[str, str]] = (),
    all_shown: bool = True,
) -> str:
    """The page in the asker's language.

    `kept` are fields to be sent again from it; all of them are shown, or only what is long enough
    to have been written (the rest goes along unseen).
    """
    outcome, advice = halves(problems[0].message)
    return render_template(
        "error.html",
        status=status,
        problems=problems,
        title=_TITLES.get(status, _TITLES[400] if status < 500 else _TITLES[500]),
        outcome=outcome,
        advice=advice,
        wait=wait_words(wait_seconds),
        limit=_limit() if status == 413 else "",
        same_again=status in _SAME_AGAIN and request.method == "GET",
        kept=[(name, text, all_shown or _is_written(text)) for name, text in kept],
        all_shown=all_shown,
    )


def wait_words(seconds: int | None) -> str:
    """30 → `Coba lagi dalam 1 menit, mulai pukul 03.33 WIB.`; "" when nobody knows."""
    if seconds is None:
        return ""
    minutes = -(-seconds // 60)
    at = _now() + timedelta(seconds=seconds + 59)
    said = gettext(
        "Coba lagi dalam %(limit)s, mulai pukul %(time)s.",
        limit=ngettext("%(num)s menit", "%(num)s menit", minutes),
        time=clock_time(at),
    )
    return str(said)


def _now() -> datetime:
    now: datetime = current_app.extensions["kentongan_clock"].now()
    return now


def halves(message: str) -> tuple[str, str]:
    """The first sentence, which says what happened, and the rest, which says what to do."""
    found = re.match(r"(.+?[.?!])\s+(.+)", message, re.DOTALL)
    return (found[1], found[2]) if found else (message, "")


def _limit() -> str:
    size = request.max_content_length or 0
    amount = f"{size / _MIB:.1f}".rstrip("0").rstrip(".")
    return str(gettext("Batasnya %(size)s MB sekali kirim.", size=amount.replace(".", ",")))


def _is_written(text: str) -> bool:
    return len(text) > _SHORT_LETTERS or "\n" in text
