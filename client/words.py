"""What the commands say, in Indonesian and English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

import shared
from shared.runtime.errors import Refusal

LANGUAGES = ("id", "en")
_SHARED = Path(shared.__file__ or "").parent / "web/locale/en/LC_MESSAGES/shared.po"

WORDS = MappingProxyType(
    {
        "accepted": ("Laporan Anda sudah diterima.", "Your report has been received."),
        "receipt": ("Kode Anda: %s", "Your code: %s"),
        "keep": (
            "Simpan kode ini. Hanya kode ini yang membuka kotak Anda, dan kami tidak menyimpannya.",
            "Keep this code. Nothing else opens your mailbox, and we do not have it.",
        ),
        "printed": (
            "Kode ini berlaku bila permintaan di atas terkirim (dalam 30 menit) dan diterima: %s",
            "This code counts once the request above was sent (within 30 minutes) and accepted: %s",
        ),
        "proving": (
            "Mesin ini menghitung sebentar, sebagai ganti bukti bahwa Anda bukan robot …",
            "This machine computes for a moment, in place of proving that you are no robot …",
        ),
        "desk": ("Ditangani: %s", "Handled by: %s"),
        "promise": ("Janji: %s, paling lambat %s", "Promised: %s, by %s"),
        "ask_receipt": ("Kode 24 angka", "24-digit code"),
        "empty": (
            "Kotak ini kosong. Bila Anda baru saja mengirim, tunggu sebentar; bila tidak, "
            "periksa kodenya.",
            "This mailbox is empty. If you have only just sent, wait a moment; if not, check "
            "the code.",
        ),
        "status": ("Status: %s", "Status: %s"),
        "late": ("terlambat", "late"),
        "from_desk": ("Surat %d dari petugas, %s", "Letter %d from the desk, %s"),
        "from_you": ("Surat %d dari Anda, %s", "Your letter %d, %s"),
        "unopened": ("(tidak dapat dibuka: %s)", "(cannot be opened: %s)"),
        "files": ("(%d berkas terlampir)", "(%d files attached)"),
        "ask_pressed": (
            "Apakah ada yang menekan Anda untuk mencabut laporan ini? (yes ya, no tidak, "
            "unsaid tidak mau menjawab)",
            "Does somebody press you to withdraw this report?",
        ),
        "ask_delete": (
            "Hapus laporan dan semua surat di kotak ini untuk selamanya?",
            "Delete the report and every letter in this mailbox for good?",
        ),
        "done_reply": ("Jawaban Anda sudah terkirim.", "Your answer has been sent."),
        "done_withdraw": (
            "Permintaan Anda sudah masuk. Laporan tetap berjalan sampai penyelia memutuskan.",
            "Your request has been received. The case goes on until a supervisor has decided.",
        ),
        "done_take_back": (
            "Pencabutan dibatalkan. Laporan Anda tetap berjalan.",
            "The withdrawal is taken back. Your report goes on.",
        ),
        "done_rate": ("Penilaian Anda sudah masuk.", "Your rating has been received."),
        "done_object": (
            "Keberatan Anda sudah masuk. Kasus akan dibuka kembali.",
            "Your objection has been received. The case will be opened again.",
        ),
        "done_delete": (
            "Surat di sini sudah dihapus. Kotaknya tetap ada.",
            "The letters here are deleted. The mailbox stays.",
        ),
        "other_rules": (
            "Aturan server berbeda dengan aturan di mesin ini; perbarui bila ditolak.",
            "The server's rules differ from this machine's; update if it refuses.",
        ),
        "name_why": ("tujuan: %s", "purpose: %s"),
        "name_basis": ("dasar: %s", "basis: %s"),
        "name_unchecked": (", belum diperiksa ahli hukum", ", not checked by a lawyer"),
        "name_who": ("diminta: %s; dijaga: %s", "asked by: %s; kept by: %s"),
        "name_until": ("sampai %s", "until %s"),
        "name_kept": (
            "(nama disimpan terpisah; dibuka hanya oleh dua orang, dan Anda diberi tahu)",
            "(name kept apart; opened only by two people, and you are told)",
        ),
        "file_as_is": (
            "%s dikirim apa adanya, termasuk data di dalamnya (tempat, waktu, alat).",
            "%s is sent as it is, with whatever it holds (place, time, device).",
        ),
        "refused": ("Ditolak", "Refused"),
        "unreachable": ("Tidak terhubung", "Unreachable"),
    }
)

STATES = MappingProxyType(
    {
        "received": ("diterima", "received"),
        "verifying": ("diverifikasi", "being verified"),
        "waiting_reporter": ("menunggu jawaban Anda", "waiting for your answer"),
        "assigned": ("ditugaskan", "assigned"),
        "investigating": ("diperiksa", "under investigation"),
        "referred": ("dilimpahkan", "referred"),
        "proposed": ("usul selesai", "a result is proposed"),
        "reporter_response": ("menunggu tanggapan Anda", "waiting for your response"),
        "closed": ("selesai", "closed"),
        "reopened": ("dibuka kembali", "reopened"),
        "merged": ("digabung", "merged"),
        "rejected": ("ditolak", "rejected"),
    }
)

# What was decided where no state changed; an event we do not know is shown by its state.
EVENTS = MappingProxyType(
    {
        "withdrawal_asked": ("Anda meminta laporan ini dicabut", "you asked to withdraw"),
        "withdrawal_taken_back": ("Anda melanjutkan laporan ini", "you went on after all"),
        "withdrawal_confirmed": ("penyelia menyetujui pencabutan", "withdrawal confirmed"),
        "withdrawal_refused": ("penyelia menolak pencabutan", "withdrawal not confirmed"),
        "result_rated": ("Anda menilai hasilnya", "you rated the result"),
        "result_objected": ("Anda mengajukan keberatan", "you objected"),
        "name_asked": ("nama Anda diminta", "your name was asked for"),
        "name_agreed": (
            "nama Anda dibuka untuk petugas yang meminta",
            "your name was opened to the officer who asked",
        ),
        "name_refused": ("nama Anda tidak dibuka: ditolak", "your name was not opened: refused"),
        "name_expired": (
            "nama Anda tidak dibuka: permintaan tidak dijawab",
            "your name was not opened: the request was not answered",
        ),
        "clock_recomputed": (
            "kalender hari libur berubah, tanggalnya dihitung ulang",
            "the calendar of holidays changed, the date was counted again",
        ),
        "contact_left": ("Anda meninggalkan alamat surel", "you left an address"),
        "letters_deleted": ("Anda menghapus surat di sini", "you deleted the letters here"),
    }
)

# English for refusals of this package, by code; those of shared stand in its catalogue.
REFUSALS = MappingProxyType(
    {
        "unreachable": "The server cannot be reached. Check address and connection, then retry.",
        "plain_http": "The address must start with https://, for the units' keys come this way.",
        "not_kentongan": "That address is no Kentongan server. Check the address.",
        "no_keeper": "Nobody is ready to keep a name yet. Send without it; it can follow later.",
        "unit_without_key": "The unit in charge is not ready yet. Nothing was sent; try later.",
        "mailbox_empty": "This mailbox is still empty: there is nothing to answer. Check the code.",
        "too_many_files": "At most %(most)s files. Leave some out, then send again.",
    }
)


def say(language: str, key: str) -> str:
    """The sentence; `key` must exist."""
    return WORDS[key][LANGUAGES.index(language)]


def state_word(language: str, state: str) -> str:
    """The state for people; its code when it is new to us."""
    named = STATES.get(state)
    return named[LANGUAGES.index(language)] if named else state


def step_word(language: str, state: str, event: str | None) -> str:
    """What a step is called: what was decided, or the state the case came into."""
    named = EVENTS.get(event or "")
    return named[LANGUAGES.index(language)] if named else state_word(language, state)


def sentence_of(language: str, refusal: Refusal) -> str:
    """What a refusal tells people, Indonesian when no translation is known."""
    told = refusal.sentence
    if language == "en":
        told = REFUSALS.get(refusal.code) or _english().get(told) or told
    return told % refusal.params if refusal.params else told


@cache
def _english() -> dict[str, str]:
    if not _SHARED.exists():
        return {}
    with _SHARED.open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source) if one.id and one.string}
