"""What the desk's codes are called on its pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_interval
from flask_babel import gettext, lazy_gettext

from services.triage.domain.states import OUTCOMES, STATES
from shared.rulebook import Rulebook
from shared.web.i18n import spoken
from shared.web.words import date_words, local

_ = lazy_gettext

_STATES = {
    is_english: {code: one.name_en if is_english else one.name for code, one in STATES.items()}
    for is_english in (False, True)
}

ROLES: dict[str, Any] = {
    "investigator": _("Penyidik"),
    "supervisor": _("Penyelia"),
    "key_officer": _("Petugas kunci"),
    "auditor": _("Pengawas"),
    "administrator": _("Pengelola aturan"),
}
SYSTEM = _("sistem atau pelapor")
PRIORITIES = ("P1", "P2", "P3", "P4")
REASONS: dict[str, Any] = {
    "accused_office": _("kantor yang dilaporkan"),
    "same_head": _("di bawah atasan yang sama"),
    "reporter_excluded": _("dikecualikan oleh pelapor"),
    "lowest": _("unit terendah tanpa benturan kepentingan"),
    "backup": _("pengganti: tidak ada unit yang membidangi"),
    "nobody_left": _("tidak ada unit lain yang tersisa"),
    "higher_up": _("lebih tinggi dari yang perlu"),
    "tie_break": _("setingkat, tetapi bukan yang pertama"),
    "backs_up_only": _("hanya pengganti"),
    "rerouted": _("dialihkan oleh penyelia"),
    "exclusion_overridden": _("dikecualikan pelapor, tetapi dua orang memutuskan lain"),
    "works_it_now": _("menangani kasus ini sekarang"),
    "no_key": _("belum punya kunci, jadi tidak dapat membuka naskah"),
    "sealed_elsewhere": _("naskah disegel untuk unit lain yang tidak boleh menanganinya"),
}
COMPONENTS: dict[str, Any] = {
    "coercion": _("Paksaan"),
    "time": _("Waktu"),
    "victim": _("Korban"),
    "money": _("Uang"),
    "pattern": _("Pola"),
    "evidence": _("Bukti"),
}
ACTIONS: dict[str, Any] = {
    "tariff_checked": _("Tarif dan dasar hukum diperiksa"),
    "documents_checked": _("Dokumen diperiksa"),
    "site_visited": _("Lokasi didatangi"),
    "accused_heard": _("Terlapor dimintai keterangan"),
    "witness_heard": _("Saksi dimintai keterangan"),
    "reporter_asked": _("Pelapor ditanya lewat surat"),
    "handed_to_police": _("Diteruskan ke penegak hukum"),
}
USED: dict[str, Any] = {
    "half": _("Setengah waktunya terpakai"),
    "most": _("Empat perlima waktunya terpakai"),
}
LEVELS: dict[str, Any] = {
    "officer": _("ke petugas jaga berikutnya"),
    "away": _("penyelia unitnya dikecualikan"),
    "superior": _("ke atasan penyelia"),
    "oversight": _("ke unit pengawas"),
}
HANDOVERS: dict[str, Any] = {
    "other_unit": _("kasus beralih ke unit lain"),
    "new_key": _("unit tujuan punya kunci baru"),
    "new_letter": _("datang surat baru"),
    "not_free": _("unit tujuan tidak bebas lagi menerima kasus ini"),
    "over": _("kasus sudah selesai"),
    "too_old": _("bekal sudah terlalu lama"),
    "replaced": _("bekal lain disiapkan"),
    "taken_back": _("bekal ditarik"),
}
TASKS: dict[str, Any] = {
    "check_tariff": _("Cek tarif dan dasar hukum"),
    "check_evidence": _("Periksa bukti"),
    "ask_reporter": _("Tanya pelapor lewat surat"),
    "visit_site": _("Datangi lokasi"),
    "hear_witness": _("Mintai keterangan saksi"),
    "hear_accused": _("Mintai keterangan terlapor"),
    "ask_protection": _("Pertimbangkan perlindungan LPSK"),
    "draft_result": _("Siapkan usul hasil"),
}
PRESSED: dict[str, Any] = {
    "yes": _("Ya, ada yang menekan"),
    "no": _("Tidak"),
    "unsaid": _("Tidak mau menjawab"),
}
ENDED: dict[str, Any] = {
    "taken_back": _("Pelapor melanjutkan laporannya"),
    "confirmed": _("Pencabutan disetujui"),
    "refused": _("Pencabutan tidak disetujui"),
}
GUARDS: dict[str, Any] = {
    "reason": _("tulis alasannya"),
    "where_else": _("sebut ke mana pelapor dapat mengadu"),
    "two_persons_for_false_report": _(
        "laporan palsu perlu dua orang; orang lain di unit ini yang memutuskan"
    ),
    "main_case": _("hanya lewat halaman penggabungan, ke kasus utama yang terbuka"),
    "undone_in_time": _("hanya lewat halaman pemisahan, selama tanggalnya belum lewat"),
    "pauses_left": _("jeda sudah dua kali atau sudah 20 hari kerja"),
    "back_to_verifying": _("kasus ini tadinya diperiksa, bukan diverifikasi"),
    "back_to_investigating": _("kasus ini tadinya diverifikasi, bukan diperiksa"),
    "timed_out": _("waktunya belum habis"),
    "not_urgent": _("hanya untuk prioritas P3 dan P4"),
    "expired": _("hasilnya harus Kedaluwarsa"),
    "no_conflict_declared": _("nyatakan bahwa Anda bebas dari benturan kepentingan"),
    "supervisor_after_third_decline": _("sudah tiga kali ditolak; penyelia yang menugaskan"),
    "logged_action": _("catat paling sedikit satu tindakan"),
    "outcome": _("pilih hasilnya"),
    "other_person": _("yang mengusulkan tidak boleh memutuskan"),
    "other_investigator_second_time": _("pembukaan kedua harus oleh penyidik lain"),
    "new_evidence": _("perlu bukti baru dari pelapor"),
    "objected_in_time": _("perlu keberatan dari pelapor sebelum tanggalnya lewat"),
    "withdrawal": _("hanya lewat halaman pencabutan, setelah pelapor memintanya"),
    "checked_for_coercion": _("pastikan pelapor tidak ditekan untuk mencabut"),
}


def word(table: dict[str, Any], code: str) -> str:
    """The word for `code`; the code itself where nobody has named it."""
    return str(table.get(code, code))


def language() -> str:
    """The language the asker reads, for the names that data brings along."""
    return spoken()


def states() -> dict[str, str]:
    """Every state's name in the asker's language."""
    return _STATES[language() == "en"]


def outcomes() -> dict[str, str]:
    """Every outcome's name in the asker's language."""
    return {code: names[language() == "en"] for code, names in OUTCOMES.items()}


def clock_name(rulebook: Rulebook, code: str) -> str:
    """What a clock is called in the asker's language."""
    return rulebook.clocks[code].in_language(language())


def remaining(due_at: datetime, now: datetime) -> str:
    """`1 hari 4 jam lagi`, `Terlambat 2 hari`: two units at most."""
    left = abs(due_at - now)
    days, hours = left.days, left.seconds // 3600
    minutes = left.seconds % 3600 // 60
    if days:
        span = gettext("%(days)s hari", days=days)
        if days < 7 and hours:
            span += " " + gettext("%(hours)s jam", hours=hours)
    elif hours:
        span = gettext("%(hours)s jam", hours=hours)
    else:
        span = gettext("%(minutes)s menit", minutes=minutes)
    sentence = gettext("Terlambat %(span)s") if due_at < now else gettext("%(span)s lagi")
    return str(sentence % {"span": span})


def urgency_mark(due_at: datetime, now: datetime) -> str:
    """The class of a deadline's badge: late, soon (a day or less) or nothing."""
    if due_at < now:
        return "telat"
    return "awas" if due_at - now <= timedelta(days=1) else ""


def short_time(at: datetime, zone: str) -> str:
    """`21 Nov 2026, 22.00 WIB`."""
    there = local(at, zone)
    day = date_words(there.date(), "d MMM y", language())
    return f"{day}, {there:%H.%M} {zone}"


def month_name(code: str) -> str:
    """`November 2026` of `2026-11`."""
    return date_words(date.fromisoformat(f"{code}-01"), "LLLL y", language())


def short_span(first: date, last: date) -> str:
    """`16–22 Nov 2026`."""
    return _span_words(first, last, language())


@lru_cache(1024)
def _span_words(first: date, last: date, language: str) -> str:
    return format_interval(first, last, "yMMMd", locale=language)
