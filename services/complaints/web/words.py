"""What the codes of other services are called on the reporter's pages."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

STATES: dict[str, Any] = {
    "received": lazy_gettext("Diterima"),
    "verifying": lazy_gettext("Diverifikasi"),
    "waiting_reporter": lazy_gettext("Menunggu jawaban Anda"),
    "assigned": lazy_gettext("Ditugaskan"),
    "investigating": lazy_gettext("Diperiksa"),
    "referred": lazy_gettext("Dilimpahkan"),
    "proposed": lazy_gettext("Usul selesai"),
    "reporter_response": lazy_gettext("Menunggu tanggapan Anda"),
    "closed": lazy_gettext("Selesai"),
    "reopened": lazy_gettext("Dibuka kembali"),
    "merged": lazy_gettext("Digabung"),
    "rejected": lazy_gettext("Ditolak"),
}

CLOCKS: dict[str, Any] = {
    "verify": lazy_gettext("Telaah awal"),
    "accept": lazy_gettext("Petugas menerima tugas"),
    "plan": lazy_gettext("Rencana pemeriksaan"),
    "news": lazy_gettext("Kabar berikutnya untuk Anda"),
    "final": lazy_gettext("Jawaban akhir"),
    "receiver": lazy_gettext("Instansi penerima menjawab"),
    "review": lazy_gettext("Penyelia memeriksa hasil"),
    "reporter": lazy_gettext("Jawaban dari Anda"),
}

DESKS: dict[str, Any] = {
    "inspektorat_kab": lazy_gettext("Inspektorat kabupaten/kota"),
    "inspektorat_prov": lazy_gettext("Inspektorat provinsi"),
    "itjen": lazy_gettext("Inspektorat jenderal kementerian"),
    "propam": lazy_gettext("Propam Polri"),
    "reskrim": lazy_gettext("Reserse kriminal Polri"),
    "jamwas": lazy_gettext("Pengawasan kejaksaan"),
    "ombudsman": lazy_gettext("Ombudsman"),
    "bawas": lazy_gettext("Badan pengawasan peradilan"),
    "kpk": lazy_gettext("KPK"),
    "national": lazy_gettext("Meja nasional"),
}


def state_word(code: str) -> str:
    """The state as the reporter reads it."""
    return str(STATES.get(code) or gettext("Diproses"))


def clock_word(code: str) -> str:
    """The promise as the reporter reads it."""
    return str(CLOCKS.get(code) or gettext("Langkah berikutnya"))


def desk_word(code: str | None) -> str:
    """The kind of unit as the reporter reads it."""
    return str(DESKS.get(code or "") or gettext("Unit pemeriksa"))
