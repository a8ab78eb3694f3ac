"""What the kinds of facts are called on the trail, and what a fact says."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from services.triage.store.timeline import Happened
from services.triage.store.trail import Step
from services.triage.web.case.happenings import sentence
from services.triage.web.words import word
from shared.contracts.facts import PUBLIC
from shared.contracts.private import PRIVATE
from shared.service import House

_ = lazy_gettext

KINDS: dict[str, Any] = {
    "case.opened": _("Kasus dibuka"),
    "case.routed": _("Unit dipilih"),
    "case.candidates_considered": _("Unit dipertimbangkan"),
    "case.flagged_wave": _("Ditandai sebagai gelombang"),
    "case.moved": _("Status diubah"),
    "case.move_reasoned": _("Alasan perpindahan"),
    "case.merged": _("Kasus digabung"),
    "case.merge_undone": _("Gabungan dipisahkan"),
    "case.main_moved": _("Kasus utama berpindah"),
    "case.escalated": _("Kasus naik"),
    "case.escalation_ended": _("Naiknya kasus berakhir"),
    "desk.called": _("Meja diberi tahu"),
    "case.read": _("Naskah tersegel diambil"),
    "letter.written": _("Surat ditulis"),
    "withdrawal.decided": _("Pencabutan diputuskan"),
    "clock.warned": _("Peringatan tenggat"),
    "clock.breached": _("Janji terlewat"),
    "clock.missed": _("Tenggat dalam terlewat"),
    "reporter.reminded": _("Pelapor diingatkan"),
    "unit_key.published": _("Kunci unit diterbitkan"),
    "person.enrolled": _("Orang didaftarkan"),
    "person.signed_in": _("Masuk ke meja"),
    "person.signed_out": _("Keluar dari meja"),
    "person.refused": _("Gagal masuk ke meja"),
    "person.invited": _("Orang diundang"),
    "person.removed": _("Akses orang dicabut"),
    "person.role_changed": _("Peran orang diubah"),
    "person.passphrase_changed": _("Frasa sandi diganti"),
    "case.priority_changed": _("Prioritas diubah"),
    "task.added": _("Tugas ditambahkan"),
    "task.turned": _("Tugas selesai atau dibuka lagi"),
    "note.written": _("Catatan unit ditulis"),
    "unit_key.shared": _("Kunci unit dibagikan"),
    "unit_key.due": _("Kunci unit perlu diganti"),
    "case.rerouted": _("Kasus dialihkan"),
    "case.false_report_asked": _("Minta ditolak sebagai laporan palsu"),
    "case.false_report_ended": _("Putusan orang kedua atas laporan palsu"),
    "case.reroute_reasoned": _("Alasan pengalihan"),
    "case.override_asked": _("Pengecualian pelapor minta dilewati"),
    "case.override_ended": _("Permintaan melewati pengecualian berakhir"),
    "clock.adjusted": _("Tenggat disesuaikan"),
    "clock.recomputed": _("Tenggat dihitung ulang"),
    "trail.read": _("Jejak dibaca pengawas"),
    "person.reset_asked": _("Daftar ulang diminta"),
    "person.reset_approved": _("Daftar ulang disetujui"),
    "person.reset_refused": _("Daftar ulang ditolak"),
    "person.factor_added": _("Faktor kedua dipasang"),
    "person.factor_removed": _("Faktor kedua dilepas"),
    "person.passkey_doubted": _("Kunci sandi ditolak, mungkin disalin"),
    "breach.excused": _("Keterlambatan dimaklumi"),
    "holder.reminded": _("Pemegang diingatkan"),
    "case.rewrapped": _("Naskah dibungkus ulang"),
    "person.address_kept": _("Alamat kerja disimpan"),
    "person.address_dropped": _("Alamat kerja dihapus"),
    "case.handover_prepared": _("Bekal pengalihan disiapkan"),
    "case.handover_dropped": _("Bekal pengalihan dibuang"),
    "case.handed_over": _("Kasus diserahkan dengan bekal"),
    "case.oversight_asked": _("Pengawas diminta membungkus ulang"),
    "duty.set": _("Piket diatur"),
    "duty.dropped": _("Piket dihapus"),
    "calendar.changed": _("Kalender hari kerja berubah"),
    "name.asked": _("Nama pelapor diminta"),
    "name.answered": _("Permintaan nama dijawab"),
    "name.reasoned": _("Alasan soal nama"),
    "name.read": _("Nama diambil"),
    "name.put_away": _("Nama yang terbuka dihapus"),
    "rulebook.adopted": _("Aturan mulai dipakai"),
    "rulebook.unapproved": _("Aturan dipasang tanpa persetujuan dua orang"),
    "rulebook.proposed": _("Perubahan aturan diusulkan"),
    "rulebook.proposal_ended": _("Usulan perubahan aturan berakhir"),
}
READ = {
    "list": _("daftar"),
    "sample": _("cuplikan penolakan"),
    "file": _("berkas unduhan"),
    "case": _("satu kasus"),
}
# The kinds of second factors, as the facts of their coming and going name them.
FACTORS: dict[str, Any] = {"totp": _("kode aplikasi"), "passkey": _("kunci sandi")}
OURS = tuple(one.type for one in (*PUBLIC, *PRIVATE) if one.source == "triage")


def kinds() -> dict[str, str]:
    """Every kind of fact the desk tells, with its name; the code where nobody has named it."""
    return {code: word(KINDS, code) for code in dict.fromkeys((*KINDS, *OURS))}


def told(house: House, step: Step) -> tuple[str, str]:
    """(title, detail): the words of the case's timeline where the fact has some."""
    said = sentence(house, Happened(step.type, step.at, step.by, step.payload))
    return said or (word(KINDS, step.type), _detail(step))


def _read(what: str) -> str:
    """What an auditor read, in words: `list jenis=case.read` is "daftar, Uraian dibaca"."""
    how, *asked = what.split(" ")
    sought = (one.removeprefix("jenis=") for one in asked)
    return ", ".join([word(READ, how), *(word(KINDS, one) for one in sought)])


ENDED: dict[str, Any] = {
    "approved": _("disetujui"),
    "refused": _("ditolak"),
    "withdrawn": _("ditarik pengusulnya"),
    "expired": _("tidak diputuskan pada waktunya"),
}


def _detail(step: Step) -> str:
    told = step.payload
    if not step.type.startswith("rulebook."):
        what = str(told.get("what") or told.get("label", ""))
        return _read(what) if step.type == "trail.read" else word(FACTORS, what)
    said = [str(told["rules"])[:12], word(ENDED, told.get("how", "")), told.get("reason", "")]
    if "number" in told:
        said.insert(0, str(gettext("nomor %(number)s", number=told["number"])))
    return ", ".join(filter(None, said))
