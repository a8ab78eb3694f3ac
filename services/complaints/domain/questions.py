"""What is gently asked back before a step is left: once, and it never blocks.

A question is left out when the form carries `seen_<code>`, so whoever shows one posts that along.
The page's twin is static/src/lapor/questions.js, on the vectors of tests/vectors/questions.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.complaints.domain.amount import parse_amount
from services.complaints.domain.day import parse_day
from services.complaints.domain.own_numbers import has_nik, has_phone
from services.complaints.domain.price import compare, equal_to
from services.complaints.domain.typed import Typed, region_of
from shared.rulebook import Rulebook
from shared.runtime.errors import Refusal

N_ = str  # marks a sentence for the catalogue; pages translate it

SENTENCES: Mapping[str, str] = {
    "nik": N_(
        "Ada 16 angka yang mirip NIK atau nomor kartu keluarga. Apakah itu nomor Anda atau "
        "keluarga? Kalau ya, hapus supaya Anda tidak dikenali. Kalau bukan, biarkan."
    ),
    "phone": N_(
        "Ada angka yang mirip nomor telepon. Apakah itu nomor Anda atau keluarga? Kalau ya, hapus "
        "supaya Anda tidak dikenali. Kalau itu nomor yang meminta uang, biarkan: itu berguna."
    ),
    "read": N_(
        "Kami membaca jumlahnya %(amount)s. Kalau bukan itu, tulis lengkap, misalnya 250 ribu "
        "atau 2,5 juta."
    ),
    "equal": N_(
        "Jumlah ini sama dengan tarif resmi %(tariff)s. Apakah ada uang lain yang diminta di luar "
        "itu? Kalau ada, tulis jumlah seluruhnya. Kalau tidak, lanjutkan saja."
    ),
    "future": N_("Tanggal kejadian ini belum tiba. Periksa tanggalnya, lalu lanjutkan."),
    "when": N_(
        "Apakah uangnya akan diserahkan pada hari tertentu? Kalau ya, isi tanggal dan jamnya: "
        "petugas dapat bertindak lebih cepat. Kalau tidak, lanjutkan saja."
    ),
    "hour": N_(
        "Jam berapa uangnya akan diserahkan? Perkiraan pun cukup. Kalau tidak tahu, lanjutkan "
        "saja: kami memakai pukul 12.00."
    ),
    "over": N_(
        "Tanggal penyerahan ini sudah lewat, padahal tenggatnya belum. Periksa tanggalnya, lalu "
        "lanjutkan."
    ),
}
_FREE_TEXTS = {"apa": ("story",), "di-mana": ("place",), "siapa": ("who",)}
_STILL_TO_COME = ("le7d", "le48h")
# A sum below 1,000 may mean thousands, 1 to 999 after millions ("2 juta 500") too; above a
# billion a zero too many is likelier than a demand. Read back, never corrected.
_SMALL, _MILLION, _LARGE = 1_000, 10**6, 10**9


@dataclass(frozen=True)
class Question:
    """`code` is the kind and the field ("nik_story"); `sentence` a message id that `values` fill.

    `values` are rupiah under "amount" and a tariff's id under "tariff"; never what was typed.
    """

    code: str
    field: str
    sentence: str
    values: Mapping[str, int | str]


def questions_of(
    rulebook: Rulebook, step: str, typed: Typed, *, today: date
) -> tuple[Question, ...]:
    """What to ask before leaving the step with this code, without what was asked before.

    `today` is the day where it happened. What cannot be read asks nothing: that is a refusal.
    """
    found = [
        Question(f"{kind}_{name}", name, SENTENCES[kind], values)
        for kind, name, values in _asked(rulebook, step, typed, today)
    ]
    return tuple(one for one in found if not typed.word(f"seen_{one.code}"))


Asked = Iterator[tuple[str, str, dict[str, int | str]]]


def _asked(rulebook: Rulebook, step: str, typed: Typed, today: date) -> Asked:
    for name in _FREE_TEXTS.get(step, ()):
        text = typed.word(name)
        if has_nik(text):
            yield "nik", name, {}
        if has_phone(text):
            yield "phone", name, {}
    if step == "berapa":
        yield from _about_money(rulebook, typed, today)
    if step == "kapan":
        yield from _about_days(typed, today)


def _about_money(rulebook: Rulebook, typed: Typed, today: date) -> Asked:
    asked = _amount(typed, "asked")
    paid = _amount(typed, "paid") if typed.word("paid_how") == "part" else None
    for name, amount in (("asked", asked), ("paid", paid)):
        if amount and (amount < _SMALL or amount >= _LARGE or 0 < amount % _MILLION < _SMALL):
            yield "read", name, {"amount": amount}
    region = region_of(rulebook, typed)
    rows = compare(rulebook, typed.word("service"), region=region, on=today, asked=asked)
    if equal := equal_to(rows):
        yield "equal", "asked", {"tariff": equal.id}


def _about_days(typed: Typed, today: date) -> Asked:
    day, handover = _day(typed, "day"), _day(typed, "handover_day")
    comes = typed.word("timing") in _STILL_TO_COME
    if day and day > today:
        yield "future", "day", {}
    if comes and not typed.word("handover_day") and typed.word("paid_how") != "all":
        yield "when", "handover_day", {}
    if handover and handover >= today and not typed.word("handover_hour"):
        yield "hour", "handover_hour", {}
    if handover and handover < today and comes:
        yield "over", "handover_day", {}


def _amount(typed: Typed, name: str) -> int | None:
    try:
        return parse_amount(typed.word(name), name)
    except Refusal:
        return None


def _day(typed: Typed, name: str) -> date | None:
    try:
        return parse_day(typed.word(name), name)
    except Refusal:
        return None
