"""What is done in a mailbox, in the reporter's words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from services.complaints.domain.mailbox import Step

TITLES: dict[str, Any] = {
    "evidence": lazy_gettext("Tambah bukti"),
    "identity": lazy_gettext("Sebut nama Anda"),
    "contact": lazy_gettext("Tinggalkan alamat surel"),
    "withdraw": lazy_gettext("Cabut laporan"),
    "take_back": lazy_gettext("Batalkan pencabutan"),
    "rate": lazy_gettext("Nilai hasilnya"),
    "object": lazy_gettext("Ajukan keberatan"),
    "delete": lazy_gettext("Hapus semua surat"),
}
BUTTONS: dict[str, Any] = {
    "evidence": lazy_gettext("Kirim bukti"),
    "identity": lazy_gettext("Kirim nama"),
    "contact": lazy_gettext("Kirim alamat"),
    "withdraw": lazy_gettext("Minta dicabut"),
    "take_back": lazy_gettext("Lanjutkan laporan"),
    "rate": lazy_gettext("Kirim penilaian"),
    "object": lazy_gettext("Kirim keberatan"),
    "delete": lazy_gettext("Hapus sekarang"),
}
EVENTS: dict[str, Any] = {
    "withdrawal_asked": lazy_gettext("Anda meminta laporan ini dicabut; penyelia memeriksanya"),
    "withdrawal_taken_back": lazy_gettext("Anda melanjutkan laporan ini"),
    "withdrawal_confirmed": lazy_gettext("Penyelia menyetujui pencabutan"),
    "withdrawal_refused": lazy_gettext("Penyelia tidak menyetujui pencabutan, laporan diteruskan"),
    "rerouted": lazy_gettext("Laporan Anda kini ditangani unit lain"),
    "exclusion_overridden": lazy_gettext(
        "Dua petugas memutuskan bahwa unit yang Anda minta dikecualikan kini menangani laporan ini"
    ),
    "name_asked": lazy_gettext("Nama Anda diminta"),
    "name_agreed": lazy_gettext("Nama Anda dibuka untuk petugas yang meminta"),
    "name_refused": lazy_gettext("Nama Anda tidak dibuka: penjaga menolak permintaan itu"),
    "name_expired": lazy_gettext("Nama Anda tidak dibuka: permintaan itu tidak dijawab"),
    "clock_recomputed": lazy_gettext("Kalender hari libur berubah, tanggalnya dihitung ulang"),
    "result_rated": lazy_gettext("Anda menilai hasilnya"),
    "result_objected": lazy_gettext("Anda mengajukan keberatan"),
    "contact_left": lazy_gettext("Anda meninggalkan alamat surel"),
    "letters_deleted": lazy_gettext("Anda menghapus surat di sini"),
}

# What stands above the mailbox after something was done.
DONE: dict[str, Any] = {
    "reply": lazy_gettext("Balasan Anda sudah masuk."),
    "evidence": lazy_gettext("Bukti Anda sudah masuk, tersegel untuk petugas pemeriksa."),
    "identity": lazy_gettext("Nama Anda sudah masuk, disegel terpisah untuk penjaga nama."),
    "contact": lazy_gettext("Alamat Anda sudah masuk, tersegel untuk pengirim kabar."),
    "withdraw": lazy_gettext(
        "Permintaan Anda sudah masuk. Laporan tetap berjalan sampai penyelia memutuskan."
    ),
    "take_back": lazy_gettext("Pencabutan dibatalkan. Laporan Anda tetap berjalan."),
    "rate": lazy_gettext("Penilaian Anda sudah masuk."),
    "object": lazy_gettext("Keberatan Anda sudah masuk. Kasus akan dibuka kembali."),
    "delete": lazy_gettext("Surat di sini sudah dihapus. Kotaknya tetap ada."),
}


def late_words(days: int | None) -> str:
    """How late a promise is; None where the date that was missed is not known."""
    if days is None:
        span = gettext("Terlambat.")
    elif days == 0:
        span = gettext("Terlambat kurang dari satu hari.")
    else:
        span = ngettext("Terlambat %(num)s hari.", "Terlambat %(num)s hari.", days)
    return f"{span} {gettext('Penyelia sudah diberi tahu otomatis. Tanggal baru:')}"


def event_words(step: Step) -> str:
    """What the reporter or a supervisor did, with what the reporter said of a result."""
    words = str(EVENTS.get(step.event or "") or gettext("Diproses"))
    if "is_solved" not in step.told:
        return words
    solved = gettext("terselesaikan") if step.told["is_solved"] else gettext("belum terselesaikan")
    stars = step.told.get("stars")
    return f"{words}: {solved}" + (f", {gettext('%(stars)s dari 5', stars=stars)}" if stars else "")
