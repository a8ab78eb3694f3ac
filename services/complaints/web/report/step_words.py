"""What the eight steps and their fields are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext

# Code of a step → (its name in one or two words, the question its page asks).
STEP_WORDS: dict[str, tuple[Any, Any]] = {
    "apa": (lazy_gettext("Kejadian"), lazy_gettext("Apa yang terjadi?")),
    "di-mana": (lazy_gettext("Tempat"), lazy_gettext("Di mana itu terjadi?")),
    "siapa": (lazy_gettext("Kantor"), lazy_gettext("Siapa yang meminta?")),
    "berapa": (lazy_gettext("Uang yang diminta"), lazy_gettext("Berapa yang diminta?")),
    "kapan": (lazy_gettext("Waktu"), lazy_gettext("Kapan itu terjadi?")),
    "bukti": (lazy_gettext("Bukti"), lazy_gettext("Ada bukti?")),
    "nama": (lazy_gettext("Nama Anda"), lazy_gettext("Seberapa banyak kami boleh tahu?")),
    "periksa": (lazy_gettext("Periksa"), lazy_gettext("Periksa, lalu kirim")),
}

# What the summary of faults calls a field.
FIELD_WORDS: dict[str, Any] = {
    "service": lazy_gettext("Urusan apa?"),
    "story": lazy_gettext("Ceritakan apa yang terjadi"),
    "coercion": lazy_gettext("Apa yang terjadi kalau tidak membayar?"),
    "region": lazy_gettext("Wilayah kantor itu"),
    "office_region": lazy_gettext("Wilayah kantor itu"),
    "place": lazy_gettext("Tempat persisnya"),
    "office_kind": lazy_gettext("Kantor apa?"),
    "who": lazy_gettext("Peran atau ciri orangnya"),
    "exclude": lazy_gettext("Jangan kirim ke"),
    "asked": lazy_gettext("Jumlah yang diminta (rupiah)"),
    "paid_how": lazy_gettext("Apakah sudah Anda bayar?"),
    "paid": lazy_gettext("Jumlah yang sudah dibayar (rupiah)"),
    "frequency": lazy_gettext("Seberapa sering?"),
    "victims": lazy_gettext("Berapa orang yang diminta?"),
    "vulnerable": lazy_gettext("Apakah di antara mereka ada"),
    "day": lazy_gettext("Tanggal kejadian"),
    "timing": lazy_gettext("Bagaimana keadaannya sekarang?"),
    "handover_day": lazy_gettext("Tanggal penyerahan"),
    "handover_hour": lazy_gettext("Jam penyerahan"),
    "evidence": lazy_gettext("Bukti apa yang Anda punya?"),
    "files": lazy_gettext("Berkas"),
    "wish": lazy_gettext("Seberapa banyak kami boleh tahu?"),
    "name": lazy_gettext("Nama Anda"),
    "email": lazy_gettext("Alamat surel"),
}
